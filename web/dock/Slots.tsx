import { useEffect, useRef } from "preact/hooks";
import type { Explanation, Slot } from "../hsm";
import { hints } from "../words/words.ts";

/** Slots shows the words of the command's syntax: filled ones with their value, the current one marked, and those that
 *  the word being typed may become. While there are none, a quiet line about the keys stands in their place. */
export function Slots({ said, word, quiet }: { said: Explanation | null; word: string; quiet: boolean }) {
  const row = useRef<HTMLDivElement>(null);
  const current = said?.current ?? -1;
  useEffect(() => {
    const slot = row.current?.children[Math.max(0, current)] as HTMLElement | undefined;
    // The current slot stays in sight where the row is longer than the dock.
    if (slot) row.current!.scrollLeft = slot.offsetLeft - row.current!.offsetLeft - row.current!.clientWidth / 3;
  }, [current]);
  if (!said || said.slots.length < 2) return <div class="slots">{quiet && <Quiet />}</div>;
  return (
    <div class="slots mono" ref={row}>
      {said.slots.map((slot, i) => (
        <OneSlot key={slot.word} slot={slot} current={i === said.current} near={said.current < 0 && isNear(slot, word)} />
      ))}
    </div>
  );
}

/** Quiet is a line about the keys, or about tapping where there are none. */
function Quiet() {
  return <><span class="fine roomy">{hints.keys}</span><span class="fine narrow">{hints.keysShort}</span><span class="touch">{hints.touch}</span></>;
}

/** isNear says whether a word that is being typed may become a slot's. */
function isNear(slot: Slot, word: string): boolean {
  return !slot.filled && word.length > 1 && slot.word.startsWith(word);
}

function OneSlot({ slot, current, near }: { slot: Slot; current: boolean; near: boolean }) {
  const kind = slot.filled ? "filled" : slot.optional ? "optional" : "missing";
  return (
    <span class={`slot ${kind} ${near ? "near" : ""}`} aria-current={current ? "true" : undefined}>
      {slot.word}
      {slot.value !== "" && slot.value !== slot.word && <b> {slot.value}</b>}
    </span>
  );
}
