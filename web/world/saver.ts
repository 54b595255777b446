// Saving: the rows that changed, after each line and every 250 ms during one. A mirror of the saved world stays
// here, so that a new engine can start from it at once.

import { host, place } from "../state/state.ts";
import { type Rows, wipe, write } from "./store.ts";

let mirror: Record<string, string> = {};
let saving: Promise<void> = Promise.resolve();
let asked = false;
let refused: () => void = () => {};

/** begin takes over what was read from the store. refusal is called when storage stops working. */
export function begin(world: Record<string, string>, refusal: () => void): void {
  mirror = { ...world };
  refused = refusal;
}

/** saved is the world as of the last save. */
export function saved(): Record<string, string> {
  return { ...mirror };
}

/** save asks the engine for the changed rows and writes them. Asking again while one runs adds one run, not many. */
export function save(): Promise<void> {
  if (asked) return saving;
  asked = true;
  saving = saving.then(run, run);
  return saving;
}

async function run(): Promise<void> {
  asked = false;
  const running = host.value;
  if (!running || place.value === "elsewhere") return;
  const { rows } = await running.engine.changes({});
  remember(rows);
  if (place.value !== "kept") return;
  if (Object.keys(rows).length > 0) await write(rows).catch(() => refused());
}

function remember(rows: Rows): void {
  for (const [key, value] of Object.entries(rows)) {
    if (value === null) delete mirror[key];
    else mirror[key] = value;
  }
}

/** forget wipes the world, for Start over. */
export async function forget(): Promise<void> {
  await saving.catch(() => {});
  begin({}, refused);
  if (place.value === "kept") await wipe();
}

/** replace puts another world in the place of the one that is kept. */
export async function replace(world: Record<string, string>): Promise<void> {
  await forget();
  begin(world, refused);
  if (place.value === "kept") await write(world).catch(() => refused());
}
