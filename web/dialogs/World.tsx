import { useState } from "preact/hooks";
import { replaceWorld } from "../engine/boot.ts";
import { useCell } from "../state/cell.ts";
import { type Found, find } from "../files/world.ts";
import { worlds } from "../files/words.ts";
import { focusField } from "../page/focus.ts";
import { downloadWorld } from "../world/report.ts";
import { saved } from "../world/saver.ts";
import { say } from "../words/speech.ts";
import { host, model, place } from "../state/state.ts";
import { hints } from "../words/words.ts";
import { close, show } from "./dialog.ts";

/** here is how much is in the world of the page. */
function here(): { keys: number; files: number; lines: number } {
  const { keys, files, cluster } = model.value;
  return { keys: keys?.total ?? 0, files: files?.rows.filter((f) => !f.directory).length ?? 0, lines: cluster?.lines ?? 0 };
}

/** take replaces the world, and brings the old one back if the new one does not come up. */
async function take({ rows, progress }: Found): Promise<void> {
  const before = saved();
  close();
  try {
    await replaceWorld(rows);
    if (progress !== "") await (await import("../lessons/lessons.ts")).merge(progress).catch((fault: Error) => say(worlds.failed(fault.message)));
  } catch (fault) {
    await replaceWorld(before);
    say(worlds.failed((fault as Error).message));
  }
  focusField();
}

/** Stage is how far loading is. */
type Stage = { is: "idle" } | { is: "reading" } | { is: "refused"; why: string } | { is: "asking"; found: Found };

function WorldBody() {
  const [stage, go] = useState<Stage>({ is: "idle" });
  const free = useCell(place) !== "elsewhere" && useCell(host) !== null;
  const choose = async (file: File | undefined) => {
    if (!file) return;
    go({ is: "reading" });
    try {
      const found = await find(file);
      const { keys, files, lines } = here();
      if (keys + files + lines === 0) await take(found);
      else go({ is: "asking", found });
    } catch (fault) {
      const why = (fault as Error).message;
      say(why);
      go({ is: "refused", why });
    }
  };
  if (stage.is === "asking") return <Ask found={stage.found} />;
  return (
    <>
      <h2>This world</h2>
      <p>A world is the cluster with its keys and users, the files and the terminals. It is kept in this browser; as a file it can be kept elsewhere and loaded again, here or by <code>hsmplay exec -state FILE</code>. The file holds everything: keys too, and passwords that stand in typed lines.</p>
      <p class="told" role="status">{stage.is === "reading" ? "Reading…" : stage.is === "refused" ? stage.why : free ? "" : host.value ? hints.readOnly : "The engine is not here yet."}</p>
      <div class="row">
        <button type="button" onClick={() => void downloadWorld()}>Download</button>
        {free && <label class="upload">Load a world…<input type="file" accept=".json,application/json" class="hidden" aria-label="Load a world"
          onChange={(e) => { void choose(e.currentTarget.files![0]); e.currentTarget.value = ""; }} /></label>}
        <button type="button" class="main" autoFocus onClick={close}>Close</button>
      </div>
    </>
  );
}

/** Ask comes before anything is lost. */
function Ask({ found }: { found: Found }) {
  const now = here();
  return (
    <>
      <h2>Replace this world?</h2>
      <p>Here: {worlds.holds(now.keys, now.files, now.lines)}. In the file: {worlds.holds(found.keys, found.files, found.lines)}. The world that is here is forgotten; a download keeps it.</p>
      <div class="row">
        <button type="button" onClick={() => void downloadWorld()}>Download this one</button>
        <button type="button" onClick={() => void take(found)}>Replace it</button>
        <button type="button" class="main" ref={(b) => b?.focus()} onClick={close}>Keep it</button>
      </div>
    </>
  );
}

/** world opens what can be done with the whole of it. */
export function world(): void {
  show("This world", <WorldBody />);
}
