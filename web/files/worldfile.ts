// The form of a saved world in a file.

import { worlds } from "./words.ts";

/** NoWorld is a file that cannot be loaded, in words for the visitor. */
export class NoWorld extends Error {}

/** progressRow is the row of a World file that holds the progress of lessons: it is not of the world, and no engine gets it. */
export const progressRow = "@progress";

/** rowsOf reads the rows of a saved world: one JSON object of texts. It throws NoWorld. */
export function rowsOf(text: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NoWorld(worlds.none());
  }
  const isRows = typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, "world") &&
    Object.values(value).every((row) => typeof row === "string");
  if (!isRows) throw new NoWorld(worlds.none());
  return value as Record<string, string>;
}
