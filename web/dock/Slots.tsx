import type { Explanation, Slot } from "../hsm";

/** Slots shows the words of the command's syntax: filled ones with their value, the current one marked. */
export function Slots({ said }: { said: Explanation | null }) {
  if (!said || said.slots.length === 0) return null;
  return <div class="slots mono">{said.slots.map((slot, i) => <OneSlot key={slot.word} slot={slot} current={i === said.current} />)}</div>;
}

function OneSlot({ slot, current }: { slot: Slot; current: boolean }) {
  const kind = slot.filled ? "filled" : slot.optional ? "optional" : "missing";
  return (
    <span class={`slot ${kind}`} aria-current={current ? "true" : undefined}>
      {slot.word}
      {slot.value !== "" && slot.value !== slot.word && <b> {slot.value}</b>}
    </span>
  );
}
