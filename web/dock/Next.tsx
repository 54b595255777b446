import { derived, useCell } from "../state/cell.ts";
import { frontLine, frontTranscript, next } from "../state/state.ts";
import { putLine } from "../session/buttons.ts";
import { visible } from "../words/words.ts";
import { focusField } from "../page/focus.ts";

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
  if (!useCell(offersNext)) return <div class="next" />;
  return (
    <div class="next" role="group" aria-label="Lines that make sense now">
      {lines.length > 0 && <span class="tag" aria-hidden="true">Next</span>}
      {lines.map((text, i) => (
        <button type="button" class="chip mono" key={text} aria-pressed={i === chosen} onClick={() => put(text)}>{visible(text)}</button>
      ))}
    </div>
  );
}
