// Saving: the rows that changed, as the exchanges with the engine bring them. A mirror of the world stays here, so that a new engine
// can start from it at once. Rows that come while the browser writes are written together after it.

import { place } from "../state/state.ts";
import * as store from "./store.ts";

const beside = "@";                    // begins the names of what is kept beside the world: a lesson's world, progress
let mirror: Record<string, string> = {};
let side: Record<string, string> = {};  // by the whole name
let aim = "";                           // begins the names of the rows that the engine brings now
let waiting: store.Rows = {};           // rows that are not written yet
let writing: Promise<void> | null = null;
let age = 0;                            // of the mirror: rows of an earlier world are not written over a later one
let refused: () => void = () => {};

/** begin takes over what was read from the store. refusal is called when storage stops working. */
export function begin(world: Record<string, string>, refusal: () => void): void {
  const all = Object.entries(world);
  mirror = Object.fromEntries(all.filter(([name]) => !name.startsWith(beside)));
  if (all.some(([name]) => name.startsWith(beside))) side = Object.fromEntries(all.filter(([name]) => name.startsWith(beside)));
  aim = "";
  waiting = {};
  age++;
  refused = refusal;
}

/** saved is the world as the engine told it last. */
export function saved(): Record<string, string> {
  return { ...mirror };
}

/** ownRows are the rows of the page's own world among all that are stored. */
export function ownRows(stored: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !name.startsWith(beside)));
}

/** shelf is what is kept beside the world under names that begin so, without that beginning. */
export function shelf(name: string): Record<string, string> {
  const found = Object.entries(side).filter(([key]) => key.startsWith(beside + name));
  return Object.fromEntries(found.map(([key, value]) => [key.slice(beside.length + name.length), value]));
}

/** aimAt says whose rows the engine brings from now on: the own world's, "", or those of a shelf. */
export function aimAt(name: string): void {
  aim = name === "" ? "" : beside + name;
}

/** isAimed says whether the engine brings the rows of a shelf. */
export function isAimed(): boolean {
  return aim !== "";
}

/** lay puts rows on a shelf; null takes one away. */
export function lay(name: string, rows: store.Rows): void {
  keepRows(Object.fromEntries(Object.entries(rows).map(([key, value]) => [beside + name + key, value])));
}

/** clearShelf takes everything from a shelf. */
export function clearShelf(name: string): void {
  lay(name, Object.fromEntries(Object.keys(shelf(name)).map((key) => [key, null])));
}

/** wants says whether this tab keeps the rows that change. */
export function wants(): boolean {
  return place.value !== "elsewhere";
}

/** take remembers rows and writes them where the world is kept. */
export function take(rows: store.Rows): void {
  keepRows(aim === "" ? rows : Object.fromEntries(Object.entries(rows).map(([name, value]) => [aim + name, value])));
}

/** behind is what comes after each writing. */
let behind: () => void = () => {};

/** onWritten sets it. */
export function onWritten(tell: () => void): void {
  behind = tell;
}

/** renewed is told the rows of a world that a fresh one has taken the place of, in the engine. */
let renewed: (rows: Record<string, string>) => void = () => {};

/** onRenewal sets who is told. */
export function onRenewal(tell: (rows: Record<string, string>) => void): void {
  renewed = tell;
}

/** clusters are the ids of the clusters in a world's row. */
const clusters = (row: string): string[] => [...row.matchAll(/"ID":"(cluster-\w+)"/g)].map((m) => m[1]!);

/** isRenewed says whether rows bring a world that shares no cluster with the one before. */
function isRenewed({ world: now }: store.Rows): boolean {
  const was = mirror["world"];
  if (!now || !was) return false;
  const before = new Set(clusters(was));
  return before.size > 0 && !clusters(now).some((id) => before.has(id));
}

let hushed = false;

/** hush says that another cluster is no fresh one: somebody goes through the timeline. */
export function hush(on: boolean): void {
  hushed = on;
}

function keepRows(rows: store.Rows): void {
  if (!hushed && isRenewed(rows)) renewed({ ...mirror });
  for (const [name, value] of Object.entries(rows)) {
    const there = name.startsWith(beside) ? side : mirror;
    if (value === null) delete there[name];
    else there[name] = value;
  }
  if (place.value !== "kept") return;
  Object.assign(waiting, rows);
  writing ??= flush().finally(() => {
    writing = null;
    behind();
  });
}

/** written settles when nothing waits to be written. */
export async function written(): Promise<void> {
  await writing;
}

async function flush(): Promise<void> {
  while (Object.keys(waiting).length > 0 && place.value === "kept") {
    const [rows, from] = [waiting, age];
    waiting = {};
    await store.write(rows).catch(() => {
      if (from === age) waiting = { ...rows, ...waiting };
      refused();
    });
  }
}

/** replace puts another world in the place of the one that is kept; an empty one is a fresh start. What is kept beside it stays.
 *  Transactions keep their order. */
export async function replace(world: Record<string, string>): Promise<void> {
  begin(world, refused);
  if (place.value === "kept") await store.replace({ ...world, ...side }).catch(() => refused());
}

/** lead names the timeline of the world that replace is about to put here, or leaves it without one. */
export function lead(line: string | undefined): void {
  const { "@world/line": _, ...others } = side;
  side = line ? { ...others, "@world/line": line } : others;
}

/** keep begins to write where the store has answered late: everything as it is now. */
export async function keep(): Promise<void> {
  place.value = "kept";
  await replace(mirror);
}
