// The timeline in the browser: behind each save of the world the points that are new are stored, in a database of their own, so that a
// start does not read them. After a start the points come back, and the world of one when somebody goes there. Loaded behind the prompt.

import { createStore, type UseStore } from "idb-keyval";
import { refresh } from "../engine/exchange.ts";
import type { Engine } from "../hsm";
import { own } from "../page/here.ts";
import { Cell } from "../state/cell.ts";
import { host, place } from "../state/state.ts";
import * as packed from "./packed.ts";
import * as saver from "./saver.ts";

type Rows = packed.Rows;

const shelf = "world/";    // where the saver keeps the timeline's name beside the world
const atOnce = 16;         // points that the engine is asked for in one call
const pauses = [150, 1_000] as const; // ms behind a save: after the last one, and at most
const end = "\uffff";

/** Line is the timeline of the engine that runs: its name, and by their ids which stored points have all rows of their world. */
interface Line { engine: Engine; name: string; worlds: Map<number, boolean> }

/** told says how the points are kept: "" while that is being found out, in the browser, or until the page is left. */
export const told = new Cell<"" | "kept" | "left">("");

let store: UseStore | null = null;
let line: Line | null = null;
let working: Promise<void> = Promise.resolve();
let timer = 0;
let since = 0;

/** attach joins what is stored of the world's timeline to the one that a new engine has begun, and stores what comes from now on. */
export function attach(engine: Engine): Promise<void> {
  told.value = "";
  const name = saver.shelf(shelf)["line"] ?? "";
  const mine: Line = line = { engine, name, worlds: new Map() };
  saver.onWritten(schedule);
  return alone(async () => {
    if (name !== "" && place.value !== "memory") await join(mine);
    if (line === mine) told.value = place.value === "memory" ? "left" : "kept";
    await keep();
  });
}

/** alone does one thing after the other; a failure ends the storing of this timeline, and nothing else. */
function alone(work: () => Promise<void>): Promise<void> {
  const mine = line;
  return (working = working.then(work).catch(() => {
    if (line !== mine) return; // another engine has taken over meanwhile
    line = null;
    told.value = "left";
  }));
}

/** settled settles when nothing is under way. */
export async function settled(): Promise<void> {
  clearTimeout(timer);
  await alone(keep);
}

async function join(mine: Line): Promise<void> {
  const names = (await read((s) => s.getAllKeys(range(mine.name)))) as string[];
  const stored: Record<string, string> = {};
  for (const [key, value] of await values(names.map((n) => n.slice(mine.name.length + 1)).filter((n) => /^(head$|points\/)/.test(n)), mine)) stored[key] = value as string;
  if (line !== mine) return;
  try {
    if (names.length > 0) await mine.engine.join({ stored });
  } catch {
    mine.name = ""; // not readable, or of another version: a fresh one begins, and the sweep takes this one away
    return;
  }
  const known = new Set(Object.entries(stored).flatMap(([name, row]) => (name === "head" ? [] : (JSON.parse(row) as { id: number }[]).map((p) => p.id))));
  for (const name of names) {
    const [, kind, id] = /\/(rows|whole)\/(\d+)$/.exec(name) ?? [];
    if (id && known.has(Number(id))) mine.worlds.set(Number(id), kind === "whole");
  }
}

const range = (name: string) => IDBKeyRange.bound(`${name}/`, `${name}/${end}`);

/** database opens it when it is wanted first. */
const database = (): UseStore => (store ??= createStore(own("timeline"), "rows"));

function read<T>(ask: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return database()("readonly", (s) => new Promise<T>((done, fail) => {
    const request = ask(s);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  }));
}

/** values reads rows of a timeline. */
function values(names: string[], of: { name: string }): Promise<[string, unknown][]> {
  return Promise.all(names.map(async (name): Promise<[string, unknown]> => [name, await read((s) => s.get(`${of.name}/${name}`))]));
}

function write(rows: Map<string, unknown>, of: { name: string }): Promise<void> {
  return database()("readwrite", (s) => new Promise<void>((done, fail) => {
    for (const [name, value] of rows) {
      if (value === null) s.delete(`${of.name}/${name}`);
      else s.put(value, `${of.name}/${name}`);
    }
    s.transaction.oncomplete = () => done();
    s.transaction.onabort = s.transaction.onerror = () => fail(s.transaction.error);
  }));
}

/** schedule stores soon: the world comes first. */
function schedule(): void {
  if (!line) return;
  const now = performance.now();
  if (timer === 0) since = now;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    timer = 0;
    void alone(keep);
  }, Math.min(pauses[0], Math.max(0, since + pauses[1] - now)));
}

/** keep stores what is new. */
async function keep(): Promise<void> {
  const mine = line;
  for (let more = true; more;) {
    if (!mine || line !== mine || host.value?.engine !== mine.engine || place.value !== "kept") return; // a killed engine never answers
    const news = await mine.engine.points({ count: atOnce });
    more = news.more;
    const changed = news.worlds.length + news.gone.length + news.hidden.length + Object.keys(news.rows).length;
    if (line !== mine || place.value !== "kept" || changed === 0) return;
    if (mine.name === "") {
      mine.name = crypto.randomUUID();
      saver.lay(shelf, { line: mine.name });
    }
    const rows = new Map<string, unknown>(Object.entries(news.rows));
    for (const { id, whole, rows: world } of news.worlds) {
      mine.worlds.set(id, whole);
      rows.set(nameOf(mine, id), await packed.pack(world));
    }
    if (news.gone.length > 0) await drop(mine, news.gone, rows);
    if (news.hidden.length > 0) await hide(mine, news.hidden, rows);
    await refresh(); // the world comes first: a page that is left in between has points of its past, and none of what it has lost
    await saver.written();
    await write(rows, mine);
  }
}

const nameOf = ({ worlds }: Line, id: number): string => `${worlds.get(id) ? "whole" : "rows"}/${id}`;

/** rowsOf are the rows of a point: those that are about to be written, or stored ones. */
async function rowsOf(mine: Line, id: number, about: Map<string, unknown>): Promise<Rows> {
  const name = nameOf(mine, id);
  return packed.unpack(about.get(name) ?? (await values([name], mine))[0]![1]);
}

/** drop takes points away; what their rows say goes into those of the next point. */
async function drop(mine: Line, gone: number[], about: Map<string, unknown>): Promise<void> {
  const ids = [...mine.worlds.keys()].sort((a, b) => a - b);
  const open = new Map<number, Rows>();
  for (const id of gone.filter((n) => mine.worlds.has(n)).sort((a, b) => a - b)) {
    const next = ids[ids.indexOf(id) + 1];
    const old = nameOf(mine, id);
    if (next !== undefined && mine.worlds.get(next) === false) {
      const rows = { ...(open.get(id) ?? await rowsOf(mine, id, about)), ...await rowsOf(mine, next, about) };
      about.set(nameOf(mine, next), null);
      mine.worlds.set(next, mine.worlds.get(id)!);
      open.set(next, rows);
    }
    about.set(old, null);
    mine.worlds.delete(id);
    ids.splice(ids.indexOf(id), 1);
    open.delete(id);
  }
  for (const [id, rows] of open) about.set(nameOf(mine, id), await packed.pack(rows));
}

/** hide takes passwords out of what ran: they were typed before they were known for such. */
async function hide(mine: Line, secrets: string[], about: Map<string, unknown>): Promise<void> {
  for (const id of mine.worlds.keys()) {
    const rows = await rowsOf(mine, id, about);
    if (packed.hide(rows, secrets)) about.set(nameOf(mine, id), await packed.pack(rows));
  }
}

/** recall gives the engine the worlds of points back: all rows of the nearest one before, and those that have changed since. */
export function recall(ids: number[]): Promise<void> {
  const asked = working.then(async () => {
    for (const id of ids) await line!.engine.recall({ to: id, stored: await worldOf(line!, id) });
  });
  working = asked.catch(() => {});
  return asked;
}

async function worldOf(mine: Line, id: number): Promise<Record<string, string>> {
  const ids = [...mine.worlds.keys()].filter((n) => n <= id).sort((a, b) => a - b);
  const way = ids.slice(ids.findLastIndex((n) => mine.worlds.get(n)));
  const world: Record<string, string> = {};
  for (const [, value] of await values(way.map((n) => nameOf(mine, n)), mine)) {
    for (const [name, row] of Object.entries(await packed.unpack(value))) {
      if (row === null) delete world[name];
      else world[name] = row;
    }
  }
  return world;
}

/** copy makes a copy of a stored timeline and answers with its name. */
export async function copy(name: string): Promise<string> {
  await settled();
  const to = { name: crypto.randomUUID() };
  const names = ((await read((s) => s.getAllKeys(range(name)))) as string[]).map((n) => n.slice(name.length + 1));
  await write(new Map(await values(names, { name })), to);
  return to.name;
}

/** sweep deletes the timelines of worlds that are no more. Who is asked for those of the worlds on the shelf is asked behind what is stored
 *  has been read: a world may come from there or go there meanwhile. */
export async function sweep(shelved: () => Promise<string[]>): Promise<void> {
  const before = line?.name;
  const all = (await read((s) => s.getAllKeys())) as string[];
  const used = [before, ...await shelved(), line?.name];
  const gone = new Set(all.map((n) => n.slice(0, n.indexOf("/"))).filter((n) => !used.includes(n)));
  for (const name of gone) await database()("readwrite", async (s) => void s.delete(range(name)));
}
