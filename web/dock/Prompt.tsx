import { derived, useCell } from "../state/cell.ts";
import { frontTab } from "../state/state.ts";

/** shownPrompt is what stands before the field: the tool's prompt, or nothing while a line runs. */
export const shownPrompt = derived([frontTab], () => {
  const { transcript: t, sending } = frontTab.value;
  return t.state === "asks" || (t.state === "ready" && !sending) ? t.prompt : "";
});

/** Prompt draws it. */
export function Prompt() {
  return <>{useCell(shownPrompt)}</>;
}
