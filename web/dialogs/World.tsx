import { useEffect, useState } from "preact/hooks";
import { replaceWorld } from "../engine/boot.ts";
import { type Found, find } from "../files/world.ts";
import { size, when, worlds } from "../files/words.ts";
import { focusField } from "../page/focus.ts";
import { useRove } from "../page/rove.ts";
import { useCell } from "../state/cell.ts";
import { host, model, place } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { hints, visible } from "../words/words.ts";
import { downloadWorld } from "../world/report.ts";
import { saved } from "../world/saver.ts";
import * as shelf from "../world/worlds.ts";
import { close, named, show } from "./dialog.ts";

/** now is how much is in the world of the page. */
function now(): { keys: number; files: number; lines: number } {
  const { keys, files, cluster } = model.value;
  return { keys: keys?.total ?? 0, files: files?.rows.filter((f) => !f.directory).length ?? 0, lines: cluster?.lines ?? 0 };
}

/** take opens a world from a file, and brings the old one back if the new one does not come up. */
async function take({ rows, progress }: Found, name: string): Promise<void> {
  const before = saved();
  close();
  try {
    await shelf.openRows(rows, name);
    if (progress !== "") await (await import("../lessons/lessons.ts")).merge(progress).catch((fault: Error) => say(worlds.failed(fault.message)));
  } catch (fault) {
    await replaceWorld(before);
    say(worlds.failed((fault as Error).message));
  }
  focusField();
}

/** Stage is how far loading is. */
type Stage = { is: "idle" } | { is: "reading" } | { is: "refused"; why: string } | { is: "asking"; found: Found; name: string };

function WorldBody() {
  const [stage, go] = useState<Stage>({ is: "idle" });
  const [all, setAll] = useState<shelf.Kept[]>([]);
  const free = useCell(place) !== "elsewhere" && useCell(host) !== null;
  const refuse = (fault: unknown) => go({ is: "refused", why: worlds.shelf((fault as Error).message) });
  const look = () => shelf.list().then(setAll, refuse);
  useEffect(() => void shelf.purge().then(look, refuse), []);
  /** deed does something on the shelf and shows what has come of it. */
  const deed = (run: () => Promise<unknown>) => () => void run().then(look, refuse);
  /** leave goes to another world. */
  const leave = (run: () => Promise<unknown>) => () => {
    close();
    void run().catch((fault: Error) => say(worlds.failed(fault.message))).then(focusField);
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    go({ is: "reading" });
    try {
      const found = await find(file);
      const { keys, files, lines } = now();
      const name = file.name.replace(/\.json$/, "");
      if (keys + files + lines === 0) await take(found, name);
      else go({ is: "asking", found, name });
    } catch (fault) {
      const why = (fault as Error).message;
      say(why);
      go({ is: "refused", why });
    }
  };
  const rove = useRove<HTMLUListElement>();
  if (stage.is === "asking") return <Ask found={stage.found} name={stage.name} />;
  return (
    <>
      <h2>Worlds</h2>
      <p>A world is the cluster with its keys and users, the files and the terminals. Worlds are kept in this browser; as a file one can be kept elsewhere and loaded again, here or by <code>hsmplay exec -state FILE</code>. The file holds everything but the timeline: keys too, and passwords that stand in typed lines.</p>
      <ul class="worlds" {...rove}>
        <Here deed={deed} free={free} />
        {all.map((k) => <Other key={k.id} kept={k} deed={deed} leave={leave} free={free} />)}
      </ul>
      <p class="told" role="status">{stage.is === "reading" ? "Reading…" : stage.is === "refused" ? stage.why : free ? "" : host.value ? hints.readOnly : "The engine is not here yet."}</p>
      <div class="row">
        {free && <button type="button" onClick={leave(shelf.make)}>New world</button>}
        <button type="button" onClick={() => void downloadWorld()}>Download</button>
        {free && <label class="upload">Load a world…<input type="file" accept=".json,application/json" class="hidden" aria-label="Load a world"
          onChange={(e) => { void choose(e.currentTarget.files![0]); e.currentTarget.value = ""; }} /></label>}
        <button type="button" class="main" autoFocus onClick={close}>Close</button>
      </div>
    </>
  );
}

type Deed = (run: () => Promise<unknown>) => () => void;

/** Here is the world that is played. */
function Here({ deed, free }: { deed: Deed; free: boolean }) {
  const { keys, lines } = now();
  const bytes = Object.entries(saved()).reduce((n, [name, row]) => n + name.length + row.length, 0);
  return (
    <li class="card here">
      <Name name={shelf.here()} rename={(name) => deed(async () => shelf.call(name))()} free={free}>
        {free && <button type="button" onClick={deed(() => shelf.copy(""))}>Copy</button>}
      </Name>
      <span class="remark">here now · {worlds.sums(keys, lines)} · {size(bytes)}</span>
    </li>
  );
}

/** Other is a world on the shelf. */
function Other({ kept: k, deed, leave, free }: { kept: shelf.Kept; deed: Deed; leave: Deed; free: boolean }) {
  if (k.gone) return <li class="card"><span class="row"><span class="remark">{visible(k.name)} is deleted.</span> <button type="button" onClick={deed(() => shelf.undo(k.id))}>Undo</button></span></li>;
  return (
    <li class="card">
      <Name name={k.name} rename={(name) => deed(() => shelf.rename(k.id, name))()} free={free}>
        {free && (
          <>
            <button type="button" onClick={deed(() => shelf.copy(k.id))} aria-label={`Copy ${k.name}`}>Copy</button>
            <button type="button" onClick={deed(() => shelf.remove(k.id))} aria-label={`Delete ${k.name}`}>Delete</button>
            <button type="button" class="main" onClick={leave(() => shelf.open(k.id))} aria-label={`Open ${k.name}`}>Open</button>
          </>
        )}
      </Name>
      <span class="remark">{worlds.sums(k.keys, k.lines)} · {size(k.bytes)} · left {when(new Date(k.left), new Date())}</span>
    </li>
  );
}

/** Name is the name of a world, with what can be done with it; Rename makes it a field. */
function Name({ name, rename, free, children }: { name: string; rename: (name: string) => void; free: boolean; children: preact.ComponentChildren }) {
  const [now, edit] = useState<string | null>(null);
  if (now === null) return <span class="row"><b>{visible(name)}</b>{free && <button type="button" onClick={() => edit(name)} aria-label={`Rename ${name}`}>Rename</button>}{children}</span>;
  return (
    <form class="row" onSubmit={(e) => {
      e.preventDefault();
      rename(e.currentTarget.querySelector("input")!.value); // Enter may come before the last letter is drawn
      edit(null);
    }}>
      <input class="filter" aria-label="Name of the world" maxLength={60} value={now} ref={named} onInput={(e) => edit(e.currentTarget.value)}
        onKeyDown={(e) => { if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); edit(null); } }} />
      <button class="main">Keep this name</button>
    </form>
  );
}

/** Ask comes before another world takes the place of this one. */
function Ask({ found, name }: { found: Found; name: string }) {
  const here = now();
  return (
    <>
      <h2>Open this world?</h2>
      <p>Here: {worlds.holds(here.keys, here.files, here.lines)}. In the file: {worlds.holds(found.keys, found.files, found.lines)}. The world that is here goes among the worlds beside it, so there is a way back.</p>
      <div class="row">
        <button type="button" onClick={() => void downloadWorld()}>Download this one</button>
        <button type="button" onClick={() => void take(found, name)}>Open it</button>
        <button type="button" class="main" ref={(b) => b?.focus()} onClick={close}>Stay here</button>
      </div>
    </>
  );
}

/** world opens the list of worlds. */
export function world(): void {
  show("Worlds", <WorldBody />);
}
