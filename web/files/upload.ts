// Uploading: a visitor's files become files of the instance, one after another. Nothing is overwritten unasked.

import type { FileRow, Files } from "../hsm";
import { opened } from "../panels/opened.ts";
import { refresh } from "../engine/exchange.ts";
import { host, place } from "../state/state.ts";
import { base64Of } from "./bytes.ts";
import { another, cleaned, home, shown } from "./names.ts";
import { type Answer, type Ask, type Incoming, tell, tray } from "./tray.ts";
import { uploads } from "./words.ts";

let before: Promise<void> = Promise.resolve();

/** upload takes files in. Calls wait for each other. */
export function upload(incoming: Incoming[]): Promise<void> {
  return (before = before.then(() => take(incoming)).catch(() => {}));
}

/** settle answers a question, or all of them. One that is not in front any more was answered by a click before. */
export function settle(ask: Ask, answer: Answer, all: boolean): Promise<void> {
  return (before = before.then(() => (tray.value.asks[0] === ask ? answered(answer, all) : undefined)).catch(() => {}));
}

/** Shelf is what is in the home directory, by name, and what still fits. */
interface Shelf { rows: Map<string, FileRow>; room: Files["room"] }

/** Report is what became of files: names that were kept, and sentences about the others. */
interface Report { kept: string[]; told: string[] }

async function take(incoming: Incoming[]): Promise<void> {
  const closed = place.value === "elsewhere" ? uploads.readOnly() : host.value ? "" : uploads.early();
  if (closed !== "") return inform({ kept: [], told: [closed] });
  const report: Report = { kept: [], told: [] };
  const asks: Ask[] = [];
  const shelf = await look();
  for (const { name, file } of incoming) {
    const named = cleaned(name);
    if (!file) report.told.push(uploads.folder(name));
    else if ("why" in named) report.told.push(uploads[named.why](name));
    else if (shelf.rows.has(named.name)) asks.push({ name: named.name, file, directory: shelf.rows.get(named.name)!.directory });
    else await keep(named.name, file, shelf, report);
  }
  tray.value = { ...tray.value, asks: [...tray.value.asks, ...asks] };
  await finish(report);
}

async function answered(answer: Answer, all: boolean): Promise<void> {
  const report: Report = { kept: [], told: [] };
  const asks = tray.value.asks.slice(0, all ? undefined : 1);
  const shelf = await look();
  for (const { name, file } of answer === "skip" ? [] : asks) {
    const there = shelf.rows.get(name);
    const aside = there && (answer === "both" || there.directory);
    await keep(aside ? another(name, (n) => shelf.rows.has(n)) : name, file, shelf, report);
  }
  tray.value = { ...tray.value, asks: tray.value.asks.slice(asks.length) };
  await finish(report);
}

/** keep writes a file, or tells why not. */
async function keep(name: string, file: File, { rows, room }: Shelf, { kept, told }: Report): Promise<void> {
  const old = rows.get(name);
  const why = file.size > room.file ? uploads.large(name, file.size, room.file)
    : file.size > room.bytes + (old?.size ?? 0) ? uploads.full(name, room.bytes)
    : room.files === 0 && !old ? uploads.many(name) : "";
  if (why !== "") return void told.push(why);
  const base64 = await base64Of(file).catch(() => null);
  if (base64 === null) return void told.push(uploads.unread(name));
  const path = `${home}/${name}`;
  try {
    await host.value!.engine.write({ path, base64 });
  } catch (fault) {
    return void told.push(uploads.refused(name, (fault as Error).message));
  }
  kept.push(name);
  rows.set(name, { id: path, path, size: file.size, directory: false, changed: 0, text: false });
  room.bytes -= file.size - (old?.size ?? 0);
  room.files -= old ? 0 : 1;
}

/** finish saves what was kept and tells about it. */
async function finish(report: Report): Promise<void> {
  if (report.kept.length > 0) {
    await refresh();
  }
  inform(report);
}

/** inform tells what became of files, where it is seen. */
function inform({ kept, told }: Report): void {
  opened.value = "files";
  tell([...(kept.length > 0 ? [uploads.kept(kept)] : []), ...told]);
}

async function look(): Promise<Shelf> {
  const { rows, room } = await host.value!.engine.files({ since: 0 });
  const here = rows.filter((row) => row.path.slice(0, row.path.lastIndexOf("/")) === home);
  return { rows: new Map(here.map((row) => [shown(row.path), row])), room: { ...room } };
}
