import { useCell } from "../state/cell.ts";
import { explanation, front, frontTerminal, place, terminals } from "../state/state.ts";
import type { Line } from "../line/line.ts";
import { Choices } from "./Choices.tsx";
import { Meaning } from "./Meaning.tsx";
import { Next } from "./Next.tsx";
import { Review } from "./Review.tsx";
import { Search } from "./Search.tsx";
import { Slots } from "./Slots.tsx";
import { Waiting } from "./Waiting.tsx";

/** wordAt is the word before the caret. */
function wordAt(line: Line): string {
  return /\S*$/.exec(line.text.slice(0, line.to))![0];
}

/** Info is the part of the dock under the prompt. Its height is fixed: what is open takes the whole of it. */
export function Info() {
  useCell(terminals);
  useCell(front);
  const said = useCell(explanation);
  const readOnly = useCell(place) === "elsewhere";
  const t = frontTerminal();
  const { line } = t;
  if (line.review) return <Review lines={line.review} />;
  if (line.menu) return <Choices menu={line.menu} />;
  if (t.transcript.state === "waits" && t.transcript.wait) return <Waiting wait={t.transcript.wait} />;
  return (
    <>
      {line.search ? <Search search={line.search} /> : <Slots said={said} word={wordAt(line)} quiet={t.transcript.state === "ready" && !t.sending && !readOnly} />}
      <Meaning terminal={t} said={said} />
      {readOnly ? <div class="next" /> : <Next />}
    </>
  );
}
