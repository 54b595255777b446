import { useState } from "preact/hooks";
import { read } from "../files/bytes.ts";
import { type Shown, asHex, asText } from "../files/dump.ts";
import { handOut } from "../files/hand.ts";
import { shown } from "../files/names.ts";
import { tell } from "../files/tray.ts";
import { dateOf, downloads, sightOf, size } from "../files/words.ts";
import type { FileRow, Inspection } from "../hsm";
import { host } from "../state/state.ts";
import { visible } from "../words/words.ts";
import { Decoded } from "./Decoded.tsx";
import { close, show } from "./dialog.ts";

/** Look is a way to look at a file. */
type Look = "decoded" | "text" | "hex";

const looks: { look: Look; says: string }[] = [
  { look: "decoded", says: "Decoded" }, { look: "text", says: "Text" }, { look: "hex", says: "Hex" },
];

interface Opened { file: FileRow; data: Uint8Array; sight: Inspection }

/** firstLook is the one that says most about a file. */
function firstLook({ kind, text }: Inspection): Look {
  if (kind === "attributes" || kind === "pem") return "decoded";
  return text ? "text" : "hex";
}

function ViewerBody({ file, data, sight }: Opened) {
  const [look, see] = useState(firstLook(sight));
  const offered = looks.filter((l) => l.look !== "decoded" || firstLook(sight) === "decoded");
  const name = visible(shown(file.path));
  return (
    <div class="viewer">
      <h2>{name}</h2>
      <p class="size">{size(data.length)} · changed {dateOf(file.changed).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}</p>
      <p class="voice sight">{sightOf(sight, file)}</p>
      <div class="row looks" role="group" aria-label="Show as">
        {offered.map((l) => <button type="button" key={l.look} aria-pressed={look === l.look} onClick={() => see(l.look)}>{l.says}</button>)}
      </div>
      {look === "decoded" ? <Facts name={name} sight={sight} /> : <Dump name={name} look={look} data={data} />}
      <div class="row">
        <button type="button" onClick={() => void handOut(file)}>Download</button>
        <button type="button" class="main" autoFocus onClick={close}>Close</button>
      </div>
    </div>
  );
}

/** Facts is what the engine has read in the file; the empty line keeps the place of the one under a dump. */
function Facts({ name, sight }: { name: string; sight: Inspection }) {
  return (
    <>
      <div class="content" tabIndex={0} role="region" aria-label={`${name}, decoded`}><Decoded sight={sight} /></div>
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
    show(`File ${shown(file.path)}`, <ViewerBody file={file} data={data} sight={sight} />);
  } catch {
    tell([downloads.gone(file.path)]);
  }
}
