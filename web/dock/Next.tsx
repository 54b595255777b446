import { useCell } from "../state/cell.ts";
import { front, frontTerminal, next, terminals } from "../state/state.ts";
import { putLine } from "../session/buttons.ts";
import { focusField } from "../page/focus.ts";

/** Next offers up to three whole lines that make sense now; a click puts one on the prompt. */
export function Next() {
  useCell(terminals);
  useCell(front);
  const lines = useCell(next);
  const { line, transcript } = frontTerminal();
  const put = (text: string) => {
    putLine(text, text);
    focusField();
  };
  if (transcript.state !== "ready") return <div class="next" />;
  return (
    <div class="next" role="group" aria-label="Lines that make sense now">
      {lines.length > 0 && <span class="tag" aria-hidden="true">Next</span>}
      {lines.map((text) => (
        <button type="button" class="chip mono" key={text} aria-pressed={line.text === text} onClick={() => put(text)}>{text}</button>
      ))}
    </div>
  );
}
