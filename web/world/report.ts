// The report about a stopped engine: what a maintainer needs, and no passwords.

import { built, lastFault } from "../engine/boot.ts";
import { withoutPasswords } from "../words/passwords.ts";
import { progressRow } from "../files/worldfile.ts";
import { saved, shelf } from "./saver.ts";
import { course, host } from "../state/state.ts";
import { saveText } from "../page/download.ts";

/** copyReport puts the report on the clipboard. */
export async function copyReport(): Promise<void> {
  const text = [`hsmplay ${built.id}`, navigator.userAgent, `fault: ${lastFault.why}`, `line: ${withoutPasswords(lastFault.line)}`].join("\n");
  await navigator.clipboard.writeText(text);
}

/** downloadWorld offers the world as a file: as it is now, or as it was saved last where the engine does not answer. */
export async function downloadWorld(): Promise<void> {
  const own = course.value?.state ? null : await host.value?.engine.save({}).catch(() => null); // in a lesson the engine has its world
  const { progress } = shelf("course/");
  saveText("hsmplay-world.json", JSON.stringify({ ...(own?.rows ?? saved()), ...(progress && { [progressRow]: progress }) }));
}
