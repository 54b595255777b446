import { opened } from "../panels/opened.ts";
import { derived, sameFields, useCell } from "../state/cell.ts";
import { frontTranscript } from "../state/state.ts";
import { outcome } from "../words/words.ts";

const shown = 2; // lines of the answer

/** answer is the newest command and the beginning of what came of it. */
const answer = derived([frontTranscript], () => {
  const b = frontTranscript.value.blocks.findLast((o) => o.line !== null && o.line !== "");
  if (!b) return { line: "", how: "", says: "" };
  const said = b.chunks.join("").slice(0, 2_000).split("\n").filter((l) => l.trim() !== "");
  return { line: b.line!, how: outcome(b), says: said.slice(0, shown).map((l) => l.trim()).join("\n") };
}, sameFields);

/** LastAnswer is a strip above the command line where an open panel takes the transcript's place; it leads back there. */
export function LastAnswer() {
  const isOpen = useCell(opened) !== "";
  const { line, how, says } = useCell(answer);
  if (!isOpen || line === "") return null;
  return (
    <button type="button" class="lastanswer" aria-label={`${line}, ${how}: to the whole answer`} onClick={() => (opened.value = "")}>
      <b class="mono">{line}</b>
      <span class="mono says">{says || how}</span>
    </button>
  );
}
