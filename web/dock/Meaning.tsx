import { useCell } from "../state/cell.ts";
import type { Explanation } from "../hsm";
import { type Terminal, hint, phase, place } from "../state/state.ts";
import { hints } from "../words/words.ts";
import { act } from "../page/actions.ts";

/** Meaning is the sentence about the word being typed, or about what stands at the prompt. */
export function Meaning({ terminal, said }: { terminal: Terminal; said: Explanation | null }) {
  const short = useCell(hint);
  const here = useCell(phase).is === "ready";
  const readOnly = useCell(place) === "elsewhere";
  const text = readOnly ? hints.readOnly : short || standing(terminal, here) || said?.fault || said?.means || said?.summary || idle(terminal);
  const queued = text === hints.after || text === hints.queued ? terminal.queue[0] : undefined;
  return (
    <div class="meaning" aria-live="polite">
      {text !== "" && <p class="voice">{queued !== undefined && <><code>{queued}</code> </>}{text}</p>}
      {terminal.transcript.state === "closed" && <button type="button" onClick={() => act("newShell")}>new shell</button>}
    </div>
  );
}

/** standing says what a terminal is in that is not an ordinary prompt. */
function standing({ transcript, queue, sending }: Terminal, here: boolean): string {
  if (transcript.state === "closed") return hints.ended;
  if (transcript.state === "asks") return transcript.hidden ? hints.hidden : hints.asks;
  if (queue.length > 0) return here ? hints.after : hints.queued;
  return sending && transcript.state === "runs" ? hints.runs : "";
}

/** idle is said at an empty prompt where something has to come first. */
function idle({ transcript, line }: Terminal): string {
  return line.text === "" && transcript.program !== "bash" && transcript.user === "" ? hints.notLoggedIn : "";
}
