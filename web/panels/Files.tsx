import { useMemo, useState } from "preact/hooks";
import { derived, useCell } from "../state/cell.ts";
import { putLine } from "../session/buttons.ts";
import { Reading, isReading } from "./Reading.tsx";
import { Tray } from "./Tray.tsx";
import { shown, word } from "../files/names.ts";
import { handIn, later } from "../files/tray.ts";
import { dateOf, size, when } from "../files/words.ts";
import { focusField } from "../page/focus.ts";
import { useRove } from "../page/rove.ts";
import type { FileRow } from "../hsm";
import { frontTerminal, model } from "../state/state.ts";
import { counted, visible } from "../words/words.ts";

const filterFrom = 8; // files, from which on a filter is offered
const listed = 30; // rows that are drawn at first, and with each more

/** FilesPanel lists what was written on the client instance, takes files in and hands them out. */
export function FilesPanel() {
  const { files } = useCell(model);
  const rows = files?.rows ?? [];
  const [most, show] = useState(listed);
  const [wanted, want] = useState("");
  const newest = useMemo(() => rows.filter((f) => shown(f.path).toLowerCase().includes(wanted.toLowerCase())).sort((a, b) => b.changed - a.changed), [rows, wanted]);
  const rove = useRove<HTMLUListElement>();
  return (
    <>
      <Tray />
      {(rows.length >= filterFrom || wanted !== "") && <input class="filter" type="search" aria-label="Filter files" placeholder="Filter" value={wanted} onInput={(e) => want(e.currentTarget.value)} />}
      {rows.length === 0
        ? isReading(files) ? <Reading /> : <p class="empty">Nothing written yet. <code>getAttribute … -out attr_7</code> writes here.</p>
        : <ul class="files" {...rove}>{newest.slice(0, most).map((f) => <File key={f.id} file={f} />)}</ul>}
      {rows.length > 0 && newest.length === 0 && <p class="empty">No file matches. {rows.length} are hidden. <button type="button" onClick={() => want("")}>show all</button></p>}
      {newest.length > most && <p class="empty">{counted(newest.length - most, "more file")} <button type="button" onClick={() => show(most + listed)}>show more</button></p>}
    </>
  );
}

/** hasFiles says whether there is anything to download. */
const hasFiles = derived([model], () => (model.value.files?.rows.length ?? 0) > 0);

/** FileTools stand beside the title. */
export function FileTools() {
  return (
    <>
      {useCell(hasFiles) && <button type="button" class="plain" onClick={() => later(import("../files/hand.ts"), (h) => h.handOutAll())}>Download all</button>}
      <button type="button" onClick={() => later(import("../dialogs/Editor.tsx"), (e) => e.make())}>New</button>
      <Upload />
    </>
  );
}

/** Upload is a label with the browser's own control for files in it, so that the keyboard reaches it. */
function Upload() {
  const take = (e: preact.TargetedEvent<HTMLInputElement>) => {
    handIn([...e.currentTarget.files!].map((file) => ({ name: file.name, file })));
    e.currentTarget.value = "";
    if (!e.currentTarget.matches(":focus-visible")) focusField(); // a click leaves the focus on the command line
  };
  return <label class="upload" title="Files can also be dropped anywhere on the page">Upload<input type="file" multiple class="hidden" aria-label="Upload files" onChange={take} /></label>;
}

function File({ file }: { file: FileRow }) {
  const name = visible(shown(file.path));
  const at = dateOf(file.changed);
  return (
    <li>
      <div class="what">
        <button type="button" class="chip mono" title={`Puts on the prompt: ${lineFor(file)}`} onClick={() => put(file)}>{name}</button>
        <span class="size">{file.directory ? "directory" : size(file.size)} · <time dateTime={at.toISOString()}>{when(at, new Date())}</time></span>
      </div>
      {!file.directory && (
        <>
          <button type="button" class="plain" aria-label={`View ${name}`} onClick={() => later(import("../dialogs/Viewer.tsx"), (v) => v.view(file))}>View</button>
          <button type="button" class="plain" aria-label={`Download ${name}`} onClick={() => later(import("../files/hand.ts"), (h) => h.handOut(file))}>Download</button>
        </>
      )}
    </li>
  );
}

/** lineFor shows a file in the front terminal: bash has a program for what is not text. */
function lineFor({ path, directory, text }: FileRow): string {
  const { program } = frontTerminal().transcript;
  const verb = directory ? "ls" : text || program !== "bash" ? "cat" : "xxd";
  return `${verb} ${word(shown(path), program)}`;
}

function put(file: FileRow): void {
  putLine(lineFor(file), word(shown(file.path), frontTerminal().transcript.program));
  focusField();
}
