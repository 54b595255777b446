// The completion list: Tab asks, a single choice is taken, several are walked.

import type { Completion } from "../hsm";
import { put } from "./edit.ts";
import { type Line, type Menu, type Step, step } from "./line.ts";

/** take puts a word in place of what it completes; a blank follows where the choice says so. */
function take(line: Line, menu: Menu, word: string, space: boolean): Line {
  const rest = menu.base.slice(menu.to);
  const text = menu.base.slice(0, menu.from) + word + (space && !rest.startsWith(" ") ? " " : "");
  return put(line, text + rest, text.length);
}

/** common is the longest beginning that all words share. */
function common(words: string[]): string {
  const first = words[0] ?? "";
  let n = first.length;
  for (const w of words) while (!w.startsWith(first.slice(0, n))) n--;
  return first.slice(0, n);
}

/** offer answers a completion that was asked for: text is the line it was asked for. */
export function offer(line: Line, text: string, found: Completion): Step {
  if (line.text !== text) return step(line);
  const menu: Menu = { base: text, from: found.from, to: found.to, choices: found.choices, current: -1 };
  const only = found.choices[0];
  if (!only) return step({ ...line, menu: null }, { do: "say", id: "nothingToComplete" });
  if (found.choices.length === 1) return step({ ...take(line, menu, only.word, only.space), menu: null });
  const shared = common(found.choices.map((c) => c.word));
  if (shared.length <= found.to - found.from) return step({ ...line, menu });
  const longer = take(line, menu, shared, false);
  return step({ ...longer, menu: { ...menu, base: longer.text, to: found.from + shared.length } });
}

/** walk moves through the list and shows the choice on the line. */
export function walk(line: Line, menu: Menu, by: number): Line {
  const n = menu.choices.length;
  const current = menu.current < 0 && by < 0 ? n - 1 : (menu.current + by + n) % n;
  return { ...take(line, menu, menu.choices[current]!.word, false), menu: { ...menu, current } };
}

/** pick takes a choice and closes the list. */
export function pick(line: Line, menu: Menu, index: number): Line {
  const choice = menu.choices[index];
  return choice ? { ...take(line, menu, choice.word, choice.space), menu: null } : { ...line, menu: null };
}

/** close leaves the list, the line as it was before it was opened. */
export function close(line: Line, menu: Menu): Line {
  return { ...put(line, menu.base, menu.to), menu: null };
}
