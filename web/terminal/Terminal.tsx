import { useCell } from "../state/cell.ts";
import { front, terminals } from "../state/state.ts";
import { TranscriptView } from "./Transcript.tsx";

/** Terminals holds the transcript of every tab; only the front one is seen. */
export function Terminals() {
  const all = useCell(terminals);
  const seen = useCell(front);
  return <>{all.map((t) => <TranscriptView key={t.key} transcript={t.transcript} seen={t.id === seen} />)}</>;
}
