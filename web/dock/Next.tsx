import { derived, useCell } from "../state/cell.ts";
import { enter } from "../session/session.ts";
import { front, frontLine, frontTranscript, next } from "../state/state.ts";
import { putLine } from "../session/buttons.ts";
import { visible } from "../words/words.ts";
import { focusField } from "../page/focus.ts";
import { useRove } from "../page/rove.ts";
import { answersTo } from "./answers.ts";

/** chosenNext is the place of the Next line that stands on the prompt, -1 for none. */
export const chosenNext = derived([frontLine, next], () => next.value.indexOf(frontLine.value.text));

/** offersNext says whether the front terminal can take a line. */
export const offersNext = derived([frontTranscript], () => frontTranscript.value.state === "ready");

/** Next offers up to three whole lines that make sense now; a click puts one on the prompt. */
export function Next() {
  const lines = useCell(next);
  const chosen = useCell(chosenNext);
  const put = (text: string) => {
    putLine(text, text);
    focusField();
  };
  const rove = useRove<HTMLDivElement>();
  if (!useCell(offersNext)) return <div class="next"><Answers /></div>;
  return (
    <div class="next" {...rove} role="group" aria-label="Lines that make sense now">
      {lines.length > 0 && <span class="tag" aria-hidden="true">Next</span>}
      {lines.map((text, i) => (
        <button type="button" class="chip mono" key={text} aria-pressed={i === chosen} onClick={() => put(text)}>{visible(text)}</button>
      ))}
    </div>
  );
}

/** asked is the question that stands at the prompt, "" for none or a hidden one. */
const asked = derived([frontTranscript], () => {
  const { state, hidden, prompt } = frontTranscript.value;
  return state === "asks" && !hidden ? prompt : "";
});

/** Answers are the answers that a question names; a click gives one. */
function Answers() {
  const answers = answersTo(useCell(asked));
  const give = (answer: string) => {
    enter(front.value, answer);
    focusField();
  };
  return <>{answers.map(({ types, says }) => <button type="button" class="chip" key={types} onClick={() => give(types)}><b class="mono">{types}</b>{says !== types && ` ${says}`}</button>)}</>;
}
