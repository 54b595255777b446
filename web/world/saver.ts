// Saving: the rows that changed, as the exchanges with the engine bring them. A mirror of the world stays here, so that a new engine
// can start from it at once. Rows that come while the browser writes are written together after it.

import { place } from "../state/state.ts";
import * as store from "./store.ts";

let mirror: Record<string, string> = {};
let waiting: store.Rows = {};           // rows that are not written yet
let writing: Promise<void> | null = null;
let age = 0;                            // of the mirror: rows of an earlier world are not written over a later one
let refused: () => void = () => {};

/** begin takes over what was read from the store. refusal is called when storage stops working. */
export function begin(world: Record<string, string>, refusal: () => void): void {
  mirror = { ...world };
  waiting = {};
  age++;
  refused = refusal;
}

/** saved is the world as the engine told it last. */
export function saved(): Record<string, string> {
  return { ...mirror };
}

/** wants says whether this tab keeps the rows that change. */
export function wants(): boolean {
  return place.value !== "elsewhere";
}

/** take remembers rows and writes them where the world is kept. */
export function take(rows: store.Rows): void {
  for (const [name, value] of Object.entries(rows)) {
    if (value === null) delete mirror[name];
    else mirror[name] = value;
  }
  if (place.value !== "kept") return;
  Object.assign(waiting, rows);
  writing ??= flush().finally(() => (writing = null));
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

/** replace puts another world in the place of the one that is kept; an empty one is a fresh start. Transactions keep their order. */
export async function replace(world: Record<string, string>): Promise<void> {
  begin(world, refused);
  if (place.value === "kept") await store.replace(world).catch(() => refused());
}

/** keep begins to write where the store has answered late: everything as it is now. */
export async function keep(): Promise<void> {
  place.value = "kept";
  await replace(mirror);
}
