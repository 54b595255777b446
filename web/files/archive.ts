// Everything as one archive: a zip, which opens everywhere, with directories, names and times.

import { type Zippable, zipSync } from "fflate";
import type { FileRow } from "../hsm";
import { packed } from "./names.ts";

const [oldest, newest] = [Date.UTC(1980, 0, 2), Date.UTC(2099, 11, 30)]; // what a zip can date

/** archive packs files, whose contents are read one after another. */
export async function archive(rows: FileRow[], read: (path: string) => Promise<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const entries: Zippable = {};
  for (const { path, directory, changed } of rows) {
    const mtime = Math.min(Math.max(changed, oldest), newest);
    entries[packed(path) + (directory ? "/" : "")] = [directory ? new Uint8Array() : await read(path), { mtime }];
  }
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}
