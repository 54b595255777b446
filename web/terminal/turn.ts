// What opens and closes in a block of the front terminal. The reader stays where he is, also at the end: what opens is read from its beginning.

import { front, frontTerminal, update } from "../state/state.ts";
import type { Block } from "./blocks.ts";
import { scrolls } from "./scrolls.ts";

let turned = -1; // the block in which something was opened or closed last

/** turn opens or closes something in a block. */
export function turn({ id }: Block, what: Partial<Block>): void {
  turned = id;
  const scroller = document.querySelector(".transcript:not([hidden])");
  if (scroller) scrolls.set(frontTerminal().key, scroller.scrollTop);
  put(id, what);
}

/** put changes a block. */
export function put(id: number, what: Partial<Block>): void {
  update(front.value, (t) => ({ ...t, transcript: { ...t.transcript, blocks: t.transcript.blocks.map((b) => (b.id === id ? { ...b, ...what } : b)) } }));
}

/** reveal brings what was opened in a block into sight once it is there, and its beginning where it is higher than the room. What is open since an
 *  earlier visit stays where it is. */
export function reveal({ id }: Block, box: HTMLElement | null): void {
  if (!box || turned !== id) return;
  turned = -1;
  box.scrollIntoView({ block: "nearest" });
  box.closest(".transcript")!.dispatchEvent(new Event("scroll")); // before anything else grows: is it the end?
}
