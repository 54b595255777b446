// History: one per program and terminal, as separate programs have; repeats once.

import { put } from "./edit.ts";
import type { Line } from "./line.ts";

/** past is the history of the program that reads the line now. */
export function past(line: Line): string[] {
  return line.history[line.program] ?? [];
}

/** remember adds a typed line to the history of the running program. */
export function remember(line: Line, text: string): Line {
  const lines = past(line);
  const grown = text.trim() === "" || lines.at(-1) === text ? lines : [...lines, text];
  return { ...line, history: { ...line.history, [line.program]: grown }, at: grown.length, draft: "", walk: -1 };
}

/** enter makes the line read the history of a program. */
export function enter(line: Line, program: string): Line {
  if (program === line.program) return line;
  const next = { ...line, program };
  return { ...next, at: past(next).length, draft: "", walk: -1 };
}

/** older goes one line back. */
export function older(line: Line): Line {
  const lines = past(line);
  if (line.at === 0) return line;
  const draft = line.at === lines.length ? line.text : line.draft;
  return { ...put(line, lines[line.at - 1]!), at: line.at - 1, draft };
}

/** newer goes one line forward, at the end back to the line being typed. */
export function newer(line: Line): Line {
  const lines = past(line);
  if (line.at >= lines.length) return line;
  const at = line.at + 1;
  return { ...put(line, at === lines.length ? line.draft : lines[at]!), at };
}

/** walkNext puts the next of the lines that make sense now; behind the last one stands the empty line. */
export function walkNext(line: Line, next: string[]): Line {
  const walk = line.walk + 1;
  return walk < next.length ? { ...put(line, next[walk]!), walk } : { ...put(line, ""), walk: -1 };
}

/** walkBack goes back through them, to the empty line. */
export function walkBack(line: Line, next: string[]): Line {
  const walk = line.walk - 1;
  return walk >= 0 ? { ...put(line, next[walk] ?? ""), walk } : { ...put(line, ""), walk: -1 };
}

/** lastWord is the last word of the newest line, for Alt-. */
export function lastWord(line: Line): string {
  return past(line).at(-1)?.trim().split(/\s+/).at(-1) ?? "";
}
