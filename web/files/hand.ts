// Handing files of the instance to the visitor: one, or all of them.

import { saveBytes } from "../page/download.ts";
import type { FileRow } from "../hsm";
import { host } from "../state/state.ts";
import { archive } from "./archive.ts";
import { read } from "./bytes.ts";
import { tell } from "./tray.ts";
import { downloads } from "./words.ts";

/** handOut offers a file under its own name. */
export async function handOut({ path }: FileRow): Promise<void> {
  const bytes = await read(path).catch(() => null);
  if (bytes) saveBytes(path.split("/").at(-1)!, bytes);
  else tell([downloads.gone(path)]);
}

/** handOutAll offers everything as one archive. */
export async function handOutAll(): Promise<void> {
  const { rows } = await host.value!.engine.files({ since: 0 });
  saveBytes("hsmplay-files.zip", await archive(rows, read), "application/zip");
  tell([downloads.all(rows.filter((row) => !row.directory).length)]);
}
