import { derived, useCell } from "../state/cell.ts";
import { type Terminal, explanation, frontTab, hint, phase, place } from "../state/state.ts";
import { hints } from "../words/words.ts";
import { later } from "../panels/later.tsx";
import { handy } from "../page/pointer.ts";
import { act } from "../page/actions.ts";

/** meaning is the sentence about the word being typed, or about what stands at the prompt; queued is the line that it is about. */
export const meaning = derived([frontTab, hint, phase, place, explanation], () => {
  const said = explanation.value;
  if (place.value === "elsewhere") return hints.readOnly;
  return hint.value || standing(frontTab.value, phase.value.is === "ready") || said?.fault || said?.means || said?.summary || idle(frontTab.value);
});

/** firstQueued is the line that waits in front, undefined for none. */
export const firstQueued = derived([frontTab], () => frontTab.value.queue[0]);

/** typing says whether a line stands at the prompt that a dry run may be about. */
const typing = derived([frontTab, phase], () => phase.value.is === "ready" && frontTab.value.line.text !== "" && frontTab.value.transcript.state === "ready");

const Would = later(() => import("./Would.tsx").then((w) => w.Would));

/** hasEnded says whether the front terminal's last shell has. */
export const hasEnded = derived([frontTab], () => frontTab.value.transcript.state === "closed");

/** real is how much of the command at the prompt is documented, where its meaning is told. */
const real = derived([meaning, explanation], () => {
  const said = explanation.value;
  return said && said.real !== "" && [said.means, said.summary].includes(meaning.value) ? said : null;
});

/** Real says it, with the page that tells more. */
function Real() {
  const said = useCell(real);
  if (!said) return null;
  return <span class="real">{said.page === "" ? said.real : <a href={said.page} target="_blank" rel="noopener" title="What is documented of it, derived and made up">{said.real}</a>}</span>;
}

/** Meaning draws the sentence. */
export function Meaning() {
  const text = useCell(meaning);
  const first = useCell(firstQueued);
  const ended = useCell(hasEnded);
  const queued = text === hints.after || text === hints.queued ? first : undefined;
  return (
    <div class="meaning" aria-live="polite">
      {text !== "" && <p class="voice">{queued !== undefined && <><code>{queued}</code> </>}{handy(text)} <Real /></p>}
      {useCell(typing) && <Would />}
      {ended && <button type="button" onClick={() => act("newShell")}>new shell</button>}
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
