// Editing of the text: moves, deletions, kill and yank, as bash's readline does them.

import type { Line } from "./line.ts";

const wordChar = /[\p{L}\p{N}_]/u;

/** put replaces the whole text, the caret behind it. */
export function put(line: Line, text: string, at = text.length): Line {
  return { ...line, text, from: at, to: at, given: false, killed: false };
}

/** sync takes over where the field's own caret stands and what it holds. */
export function sync(line: Line, text: string, from: number, to: number): Line {
  const same = text === line.text;
  return {
    ...line, text, from, to,
    given: line.given && same && to - from === text.length,
    killed: line.killed && same && to === line.to,
  };
}

/** insert puts text in place of the selection. */
export function insert(line: Line, text: string): Line {
  const base = line.given ? { ...line, text: "", from: 0, to: 0 } : line;
  return put(base, base.text.slice(0, base.from) + text + base.text.slice(base.to), base.from + text.length);
}

/** insertWord inserts a word at the caret with a blank before and behind it where one is missing. */
export function insertWord(line: Line, word: string): Line {
  const before = line.given ? "" : line.text.slice(0, line.from);
  const lead = before === "" || /\s$/.test(before) ? "" : " ";
  return insert(line, `${lead}${word} `);
}

/** moveTo sets the caret. */
export function moveTo(line: Line, at: number): Line {
  return put(line, line.text, at);
}

/** wordStart is the start of the word before the caret. */
export function wordStart(text: string, at: number): number {
  while (at > 0 && !wordChar.test(text[at - 1]!)) at--;
  while (at > 0 && wordChar.test(text[at - 1]!)) at--;
  return at;
}

/** wordEnd is the end of the word behind the caret. */
export function wordEnd(text: string, at: number): number {
  while (at < text.length && !wordChar.test(text[at]!)) at++;
  while (at < text.length && wordChar.test(text[at]!)) at++;
  return at;
}

/** blankStart is the start of the run without blanks before the caret, as Ctrl-W takes it. */
export function blankStart(text: string, at: number): number {
  while (at > 0 && /\s/.test(text[at - 1]!)) at--;
  while (at > 0 && !/\s/.test(text[at - 1]!)) at--;
  return at;
}

/** kill cuts text[from:to] into the kill buffer; kills in a row join. keep false forgets it, for secrets. */
export function kill(line: Line, from: number, to: number, keep = true): Line {
  const cut = line.text.slice(from, to);
  const back = from < line.to;
  const joined = !line.killed ? cut : back ? cut + line.kill : line.kill + cut;
  const next = put(line, line.text.slice(0, from) + line.text.slice(to), from);
  if (cut === "") return { ...next, killed: line.killed };
  return keep ? { ...next, kill: joined, killed: true } : next;
}

/** deleteForward removes the character behind the caret, whole also where it takes two units. */
export function deleteForward(line: Line): Line {
  if (line.from !== line.to) return insert(line, "");
  const rest = [...line.text.slice(line.to)].slice(1).join("");
  return put(line, line.text.slice(0, line.to) + rest, line.to);
}
