import { useCell } from "../state/cell.ts";
import { phase } from "../state/state.ts";
import { isAgain } from "../world/screen.ts";

/** isReading says whether a section is not known yet, or only as it was left, and somebody who comes again is waiting for it. What was
 *  left may be older than the world: that it was empty then says nothing of now. */
export function isReading(section: { version: number } | null): boolean {
  return (section === null || section.version === 0) && isAgain();
}

/** Reading stands where rows of a world will stand that has not been read yet. */
export function Reading() {
  const failed = useCell(phase).is === "failed";
  return <p class="empty">{failed ? "Your world is kept; the engine that reads it is not here." : "Reading your world…"}</p>;
}
