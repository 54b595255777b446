// Pasting: one line goes on the prompt, several are shown first.

import { insert, put } from "./edit.ts";
import { remember } from "./history.ts";
import { type Effect, type Line, type Step, step } from "./line.ts";

/** paste takes text from the clipboard. */
export function paste(line: Line, text: string): Step {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length === 1) return step(insert(line, lines[0]!));
  return step({ ...line, menu: null, search: null, review: lines });
}

/** runAll enters every pasted line, in order. */
export function runAll(line: Line): Step {
  const lines = line.review ?? [];
  const effects = lines.map((text): Effect => ({ do: "type", line: text }));
  return step({ ...put(lines.reduce(remember, line), ""), review: null }, ...effects);
}

/** oneByOne puts the first pasted line on the prompt; the others follow whenever the prompt is back. */
export function oneByOne(line: Line): Step {
  const [first = "", ...rest] = line.review ?? [];
  return step({ ...put(line, first), review: null, pending: rest });
}

/** cancel drops the pasted lines. */
export function cancel(line: Line): Step {
  return step({ ...line, review: null, pending: [] });
}

/** follow puts the next pending line on a prompt that has come back empty. */
export function follow(line: Line): Line {
  const [next, ...rest] = line.pending;
  return next === undefined || line.text !== "" ? line : { ...put(line, next), pending: rest };
}
