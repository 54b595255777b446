import { useCell } from "../state/cell.ts";
import { phase } from "../state/state.ts";
import { isAgain } from "../world/screen.ts";

/** isReading says whether a section is not known yet, and somebody who comes again is waiting for it. */
export function isReading(section: unknown): boolean {
  return section === null && isAgain();
}

/** Reading stands where rows of a world will stand that has not been read yet. */
export function Reading() {
  const failed = useCell(phase).is === "failed";
  return <p class="empty">{failed ? "Your world is kept; the engine that reads it is not here." : "Reading your world…"}</p>;
}
