import { useCell } from "../state/cell.ts";
import { front, frontTerminal, terminals } from "../state/state.ts";

/** Prompt is what stands before the field: the tool's prompt, or nothing while a line runs. */
export function Prompt() {
  useCell(terminals);
  useCell(front);
  const { transcript: t, sending } = frontTerminal();
  const shown = t.state === "asks" || (t.state === "ready" && !sending);
  return <>{shown ? t.prompt : ""}</>;
}
