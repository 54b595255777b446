import { useState } from "preact/hooks";
import { read } from "../files/bytes.ts";
import { type Shown, asHex, asText } from "../files/dump.ts";
import { handOut } from "../files/hand.ts";
import { isEditable, lines } from "../files/editing.ts";
import { another, shown } from "../files/names.ts";
import { focusField } from "../page/focus.ts";
import { look as lookAgain } from "../engine/exchange.ts";
import { typeLine } from "../session/buttons.ts";
import { useCell } from "../state/cell.ts";
import { tell } from "../files/tray.ts";
import { dateOf, downloads, edits, sightOf, size } from "../files/words.ts";
import type { FileRow, Inspection } from "../hsm";
import { frontTerminal, host, model, place } from "../state/state.ts";
import { visible } from "../words/words.ts";
import { type Reading, readingOf } from "../files/decode.ts";
import { Decoded, Facts } from "./Decoded.tsx";
import { compare } from "./Compare.tsx";
import { edit } from "./Editor.tsx";
import { close, named, show } from "./dialog.ts";

/** Look is a way to look at a file. */
type Look = "decoded" | "text" | "hex";

const looks: { look: Look; says: string }[] = [
  { look: "decoded", says: "Decoded" }, { look: "text", says: "Text" }, { look: "hex", says: "Hex" },
];

interface Opened { file: FileRow; data: Uint8Array; sight: Inspection; reading: Reading | null }

/** firstLook is the one that says most about a file. */
function firstLook({ kind, text }: Inspection, reading: Reading | null): Look {
  if (kind === "attributes" || kind === "pem" || reading) return "decoded";
  return text ? "text" : "hex";
}

function ViewerBody({ file, data, sight, reading }: Opened) {
  const first = firstLook(sight, reading);
  const [look, see] = useState(first);
  const offered = looks.filter((l) => l.look !== "decoded" || first === "decoded");
  const name = visible(shown(file.path));
  return (
    <div class="viewer">
      <h2>{name}</h2>
      <p class="size">{size(data.length)} · changed {dateOf(file.changed).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}</p>
      <p class="voice sight">{reading?.says ?? sightOf(sight, file)}</p>
      <div class="row looks" role="group" aria-label="Show as">
        {offered.map((l) => <button type="button" key={l.look} aria-pressed={look === l.look} onClick={() => see(l.look)}>{l.says}</button>)}
      </div>
      {look === "decoded" ? <Content name={name} sight={sight} reading={reading} data={data} /> : <Dump name={name} look={look} data={data} />}
      <Deeds file={file} data={data} />
    </div>
  );
}

/** Deeds are what can be done with a file. Those that change something type their line. */
function Deeds({ file, data }: { file: FileRow; data: Uint8Array }) {
  const [doing, go] = useState<"" | "rename" | "copy" | "remove">("");
  const [to, name] = useState("");
  const from = nameOnLine(file.path);
  const free = useCell(place) !== "elsewhere";
  const type = (line: string) => {
    close();
    void typeLine(line).then(focusField);
  };
  const begin = (what: "rename" | "copy") => {
    name(what === "copy" ? another(shown(file.path), (n) => model.value.files!.rows.some((f) => shown(f.path) === n)) : shown(file.path));
    go(what);
  };
  if (doing === "remove") return (
    <div class="row">
      <span>{edits.remove(lines.remove(from))}</span>
      <button type="button" onClick={() => type(lines.remove(from))}>Delete it</button>
      <button type="button" class="main" ref={(b) => b?.focus()} onClick={() => go("")}>Keep it</button>
    </div>
  );
  if (doing !== "") return (
    <form class="row" onSubmit={(e) => {
      e.preventDefault();
      const said = e.currentTarget.querySelector("input")!.value.trim(); // Enter may come before the last letter is drawn
      if (said !== "") type(lines[doing](from, said));
    }}>
      <label class="named">{doing === "rename" ? "New name" : "Name of the copy"} <input class="filter" value={to} ref={named} onInput={(e) => name(e.currentTarget.value)} /></label>
      <button type="button" onClick={() => go("")}>Cancel</button>
      <button class="main">{doing === "rename" ? "Rename" : "Copy"}</button>
    </form>
  );
  return (
    <div class="row">
      {free && isEditable(data) && <button type="button" onClick={() => { close(); void edit(file.path, from); }}>Edit</button>}
      {free && <button type="button" onClick={() => begin("rename")}>Rename</button>}
      {free && <button type="button" onClick={() => begin("copy")}>Copy</button>}
      {free && <button type="button" onClick={() => go("remove")}>Delete</button>}
      <button type="button" onClick={() => { close(); compare(file); }}>Compare</button>
      <button type="button" onClick={() => void handOut(file)}>Download</button>
      <button type="button" class="main" autoFocus onClick={close}>Close</button>
    </div>
  );
}

/** nameOnLine is how a file is named in the terminal that lines go to: as a path from the root, where a cd may have been typed. */
function nameOnLine(path: string): string {
  const { history } = frontTerminal().line;
  return (history["bash"] ?? []).some((l) => /\b(cd|pushd|popd)\b/.test(l)) ? path : shown(path);
}

/** Facts is what the engine has read in the file; the empty line keeps the place of the one under a dump. */
function Content({ name, sight, reading, data }: { name: string; sight: Inspection; reading: Reading | null; data: Uint8Array }) {
  return (
    <>
      <div class="content" tabIndex={0} role="region" aria-label={`${name}, decoded`}>{reading ? <Facts facts={reading.facts} /> : <Decoded sight={sight} text={new TextDecoder().decode(data)} />}</div>
      <p class="size cut" />
    </>
  );
}

/** hexWide is how many bytes stand in a row: fewer on a phone. */
const hexWide = () => (matchMedia("(max-width: 43rem)").matches ? 8 : 16);

/** Dump is the content as text or hex, and how much of it that is. */
function Dump({ name, look, data }: { name: string; look: "text" | "hex"; data: Uint8Array }) {
  const { text, bytes }: Shown = look === "text" ? asText(data) : asHex(data, hexWide());
  return (
    <>
      <pre class="content" key={look} tabIndex={0} role="region" aria-label={`${name} as ${look}`}>{text}</pre>
      <p class="size cut">{bytes < data.length ? `Shows the first ${size(bytes)} of ${size(data.length)}; the download has all.` : ""}</p>
    </>
  );
}

/** view opens a file. */
export async function view(file: FileRow): Promise<void> {
  const { engine } = host.value!;
  try {
    const [sight, data] = await Promise.all([engine.inspect({ path: file.path }), read(file.path)]);
    const reading = sight.kind === "text" || sight.kind === "binary" ? readingOf(data) : null;
    show(`File ${shown(file.path)}`, <ViewerBody file={file} data={data} sight={sight} reading={reading} />);
  } catch {
    tell([downloads.gone(file.path)]);
  }
}

/** viewNamed opens a file by the name that a line has for it, and says where there is none. */
export async function viewNamed(name: string): Promise<void> {
  if (host.value) await lookAgain(); // the line may just have made it
  const file = model.value.files?.rows.find((f) => !f.directory && (f.path === name || shown(f.path) === name.replace(/^(\.|~)\//, "")));
  if (file) void view(file);
  else tell([downloads.gone(name)]);
}

/** viewText opens what a command has shown, decoded. */
export async function viewText(title: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const sight = await host.value?.engine.inspect({ base64: btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join("")) }).catch(() => null);
  if (!sight) return;
  const file: FileRow = { id: "", path: title, size: bytes.length, directory: false, changed: 0, text: true };
  show(title, (
    <div class="viewer">
      <h2>{title}</h2>
      <p class="voice sight">{sightOf(sight, file)}</p>
      <div class="content" tabIndex={0} role="region" aria-label={`${title}, decoded`}><Decoded sight={sight} text={text} /></div>
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </div>
  ));
}
