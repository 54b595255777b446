import { useCell } from "../state/cell.ts";
import { phase } from "../state/state.ts";
import { megabytes } from "../words/words.ts";

/** Loading is the bar under the header while the engine comes, with words; then it is gone. */
export function Loading() {
  const now = useCell(phase);
  if (now.is === "ready" || now.is === "failed") return null;
  const loading = now.is === "loading" ? now : { have: 1, of: 1 };
  const words = now.is === "loading" && now.of > 0 ? `engine ${megabytes(now.have)} of ${megabytes(now.of)} MB` : "the engine starts";
  return (
    <>
      <progress value={loading.have} max={loading.of || 1} aria-label="Loading the engine" />
      <span class="words">{words}</span>
    </>
  );
}
