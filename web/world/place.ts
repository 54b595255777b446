// Where the world comes from when the page opens: who writes, what is stored, and what to do when storage is slow or refused.

import * as saver from "./saver.ts";
import * as screen from "./screen.ts";
import { former, own } from "../page/here.ts";
import { refresh } from "../engine/exchange.ts";
import { remark, withdrawAll } from "../session/session.ts";
import { front, place } from "../state/state.ts";
import { hold, read } from "./store.ts";
import { notices } from "../words/words.ts";

type World = Record<string, string> | null;

const patience = 3_000; // ms after which the page says what it waits for

/** hasVisited says whether this browser has had a world here before, as far as it tells. */
function hasVisited(): boolean {
  try {
    return [own, former].some((name) => localStorage.getItem(name("visited")) !== null);
  } catch {
    return false;
  }
}

/** haveVisited remembers it. */
export function haveVisited(): void {
  try {
    localStorage.setItem(own("visited"), "1");
  } catch {
    // Refused storage is told by the store.
  }
}

/** Answer is what the browser's storage says: whether this tab writes, and the world that is stored. */
interface Answer { writes: boolean; world: World }

/** readWorld finds out who writes and reads what is stored; null is a fresh world. A slow browser is waited for by who has a world
 *  here; who has none begins meanwhile, and is saved when the browser answers. */
export async function readWorld(steal = false): Promise<World> {
  const reading = answer(steal);
  const slow = after(patience).then(() => "slow" as const);
  const first = await Promise.race([reading, slow]);
  if (first !== "slow") return settle(first);
  remark(front.value, "slow", notices.slow(hasVisited()));
  if (hasVisited()) return settle(await reading);
  place.value = "late";
  saver.begin({}, refused);
  void reading.then(come);
  return null;
}

/** answer asks the storage; null is a refusal. */
async function answer(steal: boolean): Promise<Answer | null> {
  try {
    const writes = await hold(steal, lost, finish);
    return { writes, world: await read(writes) };
  } catch {
    return null;
  }
}

/** settle takes over what storage said before the engine has begun. */
function settle(said: Answer | null): World {
  withdrawAll("slow");
  saver.begin(said?.world ?? {}, refused);
  if (said) place.value = said.writes ? "kept" : "elsewhere";
  else refused();
  screen.bring();
  return ownWorld(said);
}

/** ownWorld is the page's own world among what is stored, null where there is none yet. */
function ownWorld(said: Answer | null): World {
  const own = saver.ownRows(said?.world ?? {});
  return Object.keys(own).length > 0 ? own : null;
}

/** come is what happens when storage answers after the visitor has begun: the new world is kept, unless there is one already. */
async function come(said: Answer | null): Promise<void> {
  withdrawAll("slow");
  if (place.value !== "late") return;
  if (!said) return refused();
  if (!said.writes) return lost();
  if (!ownWorld(said)) {
    haveVisited();
    return saver.keep();
  }
  place.value = "memory";
  remark(front.value, "found", notices.found());
}

const after = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** refused goes on in memory when storage is refused, and says so. */
function refused(): void {
  if (place.value === "memory") return;
  place.value = "memory";
  remark(front.value, "memory", notices.memory());
}

/** finish writes what is not written yet, before another tab takes over. */
async function finish(): Promise<void> {
  screen.write();
  await refresh();
  await saver.written();
}

/** lost turns this tab into a reader when another one has taken over. */
function lost(): void {
  place.value = "elsewhere";
  remark(front.value, "elsewhere", notices.elsewhere());
}
