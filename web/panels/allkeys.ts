// All keys of a large cluster. With each line the page reads the first of them only; the others are read here, the newest first, in pieces
// that do not keep the engine from a line.

import type { KeyRow } from "../hsm";
import { filter, front, host, model } from "../state/state.ts";
import { rest } from "./Keys.tsx";

const piece = 400;    // rows of one answer
const quiet = 1_200;  // ms without a new key, after which the older ones are read again
let following = false;
let round = 0;        // of reading: a newer one ends the older
let timer = 0;

/** follow reads whenever the keys have changed, for the life of the page. */
export function follow(): void {
  if (following) return;
  following = true;
  let seen: unknown = null;
  const look = () => {
    const { keys } = model.value;
    if (keys === seen) return;
    seen = keys;
    if (!keys || keys.total <= keys.rows.length) {
      round++;
      rest.value = null;
      return;
    }
    void read(++round);
  };
  model.subscribe(look);
  look();
}

/** read takes the newest piece at once, and the others when nothing more comes. */
async function read(mine: number): Promise<void> {
  clearTimeout(timer);
  const { total } = model.value.keys!;
  const last = Math.max(0, total - piece);
  const newest = await rows(last);
  if (mine !== round || !newest) return;
  const oldest = newest[0]?.handle ?? 0;
  show([...(rest.value?.rows ?? model.value.keys!.rows).filter((k) => k.handle < oldest), ...newest]);
  timer = window.setTimeout(() => void readOthers(mine, last, newest), rest.value!.rows.length < total ? 0 : quiet);
}

async function readOthers(mine: number, last: number, newest: KeyRow[]): Promise<void> {
  let all = newest;
  for (let from = last; from > 0 && mine === round;) {
    const next = Math.max(0, from - piece);
    const more = await rows(next, from - next);
    if (mine !== round || !more) return;
    all = [...more, ...all];
    from = next;
    if (all.length > rest.value!.rows.length) show(all);
  }
  if (mine === round) show(all);
}

const show = (all: KeyRow[]) => (rest.value = { version: 0, rows: all, total: all.length });

async function rows(from: number, count = piece): Promise<KeyRow[] | null> {
  const found = await host.value?.engine.keys({ since: 0, terminal: front.value, from, count, filter: filter.value }).catch(() => null);
  return found?.rows ?? null;
}
