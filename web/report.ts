// The report about a stopped engine: what a maintainer needs, and no passwords.

import { built, lastFault } from "./boot.ts";
import { withoutPasswords } from "./passwords.ts";
import { saved } from "./saver.ts";
import { saveText } from "./download.ts";

/** copyReport puts the report on the clipboard. */
export async function copyReport(): Promise<void> {
  const text = [`hsmplay ${built.id}`, navigator.userAgent, `fault: ${lastFault.why}`, `line: ${withoutPasswords(lastFault.line)}`].join("\n");
  await navigator.clipboard.writeText(text);
}

/** downloadWorld offers the saved world as a file. */
export function downloadWorld(): void {
  saveText("hsmplay-world.json", JSON.stringify(saved()));
}
