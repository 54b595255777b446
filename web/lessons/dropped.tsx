// Lessons of somebody's own, dropped on the page as files or as a folder.

import { close, show } from "../dialogs/dialog.ts";
import { type Incoming, handIn } from "../files/tray.ts";
import { say } from "../words/speech.ts";
import * as lessons from "./lessons.ts";
import { lessonsList } from "./List.tsx";
import { says } from "./words.ts";

const most = 256 * 1024;  // bytes of a lesson
const filesMost = 200;    // of a folder

/** looksLike says whether a text has the front of a lesson and a step. */
export function looksLike(text: string): boolean {
  return /^---\r?\n[\s\S]*?^title: .*$[\s\S]*?^---$/m.test(text) && /^## /m.test(text);
}

/** dropped looks for lessons in what was handed in, and asks; the rest is uploaded. */
export async function dropped(incoming: Incoming[]): Promise<void> {
  const found: Record<string, string> = {};
  for (const { name, file, folder } of incoming) {
    for (const one of folder ? await filesOf(folder) : [file!]) {
      if (!one.name.endsWith(".md") || one.size > most) continue;
      const text = await one.text().catch(() => "");
      if (looksLike(text)) found[folder ? one.name : name] = text;
    }
  }
  const rest = incoming.filter((i) => !i.folder && !(i.name in found));
  if (Object.keys(found).length === 0) return handIn(incoming);
  if (rest.length > 0) handIn(rest);
  show(says.lessons, <Ask found={found} files={incoming.filter((i) => i.name in found)} />);
}

/** filesOf reads the files of a folder, not of those within. */
async function filesOf(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader?.();
  if (!reader) return []; // a browser that tells folders apart and does not open them
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail)).catch(() => []);
    if (more.length === 0 || entries.length > filesMost) break;
    entries.push(...more);
  }
  const files = entries.filter((e) => e.isFile).slice(0, filesMost).map((e) => new Promise<File | null>((done) => (e as FileSystemFileEntry).file(done, () => done(null))));
  return (await Promise.all(files)).filter((f) => f !== null);
}

function Ask({ found, files }: { found: Record<string, string>; files: Incoming[] }) {
  const play = async () => {
    close();
    const names = await lessons.add(found);
    say(says.added(names.length));
    lessonsList();
  };
  return (
    <>
      <h2>{says.lessons}</h2>
      <p>{Object.keys(found).join(", ")}</p>
      <div class="row">
        <button type="button" onClick={close}>{says.neither}</button>
        {files.length > 0 && <button type="button" onClick={() => { close(); handIn(files); }}>{says.putHome}</button>}
        <button type="button" class="main" ref={(b) => b?.focus()} onClick={() => void play()}>{says.add}</button>
      </div>
    </>
  );
}
