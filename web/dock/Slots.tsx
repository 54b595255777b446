import { useEffect, useRef } from "preact/hooks";
import type { Choice, Slot } from "../hsm";
import { derived, useCell } from "../state/cell.ts";
import { explanation, frontLine, frontTab, next, place, possible } from "../state/state.ts";
import { meaning } from "./Meaning.tsx";
import { hints, visible } from "../words/words.ts";

/** wordAtCaret is the word before the caret, while there are slots that it may become. */
export const wordAtCaret = derived([frontLine, explanation], () => {
  if ((explanation.value?.slots.length ?? 0) < 2) return "";
  const { text, to } = frontLine.value;
  return /\S*$/.exec(text.slice(0, to))![0];
});

/** isQuiet says whether the prompt waits for a line. */
export const isQuiet = derived([frontTab, place], () => {
  const { transcript, sending } = frontTab.value;
  return transcript.state === "ready" && !sending && place.value !== "elsewhere";
});

/** Slots shows the words of the command's syntax: filled ones with their value, the current one marked, and those that
 *  the word being typed may become. While there are none, a quiet line about the keys stands in their place. */
export function Slots() {
  const said = useCell(explanation);
  const word = useCell(wordAtCaret);
  const quiet = useCell(isQuiet);
  const row = useRef<HTMLDivElement>(null);
  const current = said?.current ?? -1;
  useEffect(() => {
    const slot = row.current?.children[Math.max(0, current)] as HTMLElement | undefined;
    // The current slot stays in sight where the row is longer than the dock.
    if (slot) row.current!.scrollLeft = slot.offsetLeft - row.current!.offsetLeft - row.current!.clientWidth / 3;
  }, [current]);
  const may = useCell(possible);
  if (may.length > 0 && said && said.slots.length < 2) return <div class="slots">{may.slice(0, mostPossible).map((c) => <Possible key={c.word} choice={c} />)}</div>;
  if (!said || said.slots.length < 2) return <div class="slots">{quiet && <Quiet />}</div>;
  return (
    <div class="slots mono" ref={row}>
      {said.slots.map((slot, i) => (
        <OneSlot key={slot.word} slot={slot} current={i === said.current} near={said.current < 0 && isNear(slot, word)} />
      ))}
    </div>
  );
}

const mostPossible = 5; // words that are shown of those that a word may become

/** Possible is a word that the one being typed may become, with its meaning where that does not stand below. */
function Possible({ choice }: { choice: Choice }) {
  const means = choice.means === useCell(meaning) ? "" : visible(choice.means);
  return <span class="possible"><b class="mono">{visible(choice.word)}</b> {means}</span>;
}

/** Quiet is a line about the keys, or about tapping where there are none. */
function Quiet() {
  return <><span class="fine roomy">{hints.keys}</span><span class="fine narrow">{hints.keysShort}</span>{useCell(next).length > 0 && <span class="touch with">{hints.touch}</span>}<span class="touch alone">{hints.touchAlone}</span></>;
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
