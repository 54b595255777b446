// Where the world comes from when the page opens: who writes, what is stored, and what to do when storage is refused.

import * as saver from "./saver.ts";
import { remark } from "../session/session.ts";
import { front, place } from "../state/state.ts";
import { hold, read } from "./store.ts";
import { notices } from "../words/words.ts";

/** readWorld finds out who writes and reads what is stored; null is a fresh world. */
export async function readWorld(steal = false): Promise<Record<string, string> | null> {
  try {
    place.value = (await hold(steal, lost)) ? "kept" : "elsewhere";
    const found = await read();
    saver.begin(found ?? {}, refused);
    return found;
  } catch {
    saver.begin({}, refused);
    refused();
    return null;
  }
}

/** refused goes on in memory when storage is refused, and says so. */
function refused(): void {
  if (place.value === "memory") return;
  place.value = "memory";
  remark(front.value, "memory", notices.memory());
}

/** lost turns this tab into a reader when another one has taken over. */
function lost(): void {
  place.value = "elsewhere";
  remark(front.value, "elsewhere", notices.elsewhere());
}
