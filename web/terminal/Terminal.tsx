import { derived, sameRows, useCell } from "../state/cell.ts";
import { front, terminals } from "../state/state.ts";
import { TranscriptView } from "./Transcript.tsx";

/** transcripts are those of the tabs, without the lines being typed. */
export const transcripts = derived([terminals], () => terminals.value.map(({ id, key, transcript }) => ({ id, key, transcript })), sameRows);

/** Terminals holds the transcript of every tab; only the front one is seen. */
export function Terminals() {
  const all = useCell(transcripts);
  const seen = useCell(front);
  return <>{all.map((t) => <TranscriptView key={t.key} of={t.key} transcript={t.transcript} seen={t.id === seen} />)}</>;
}
