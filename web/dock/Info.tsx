import { derived, sameFields, useCell } from "../state/cell.ts";
import { frontTab, place } from "../state/state.ts";
import { Choices } from "./Choices.tsx";
import { Meaning } from "./Meaning.tsx";
import { Next } from "./Next.tsx";
import { Review } from "./Review.tsx";
import { Search } from "./Search.tsx";
import { Slots } from "./Slots.tsx";
import { Waiting } from "./Waiting.tsx";

/** open is what takes the place under the prompt: pasted lines, completions, a wait or a search. */
export const open = derived([frontTab], () => {
  const { line: { review, menu, search }, transcript: { state, wait } } = frontTab.value;
  return { review, menu, search, wait: state === "waits" ? wait : null };
}, sameFields);

/** Info is the part of the dock under the prompt. Its height is fixed: what is open takes the whole of it. */
export function Info() {
  const { review, menu, search, wait } = useCell(open);
  const readOnly = useCell(place) === "elsewhere";
  if (review) return <Review lines={review} />;
  if (menu) return <Choices menu={menu} />;
  if (wait) return <Waiting wait={wait} />;
  return (
    <>
      {search ? <Search search={search} /> : <Slots />}
      <Meaning />
      {readOnly ? <div class="next" /> : <Next />}
    </>
  );
}
