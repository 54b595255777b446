// The reducer (line, key) → (line, effects): two tables of keys and one function.

import type { Completion } from "../hsm";
import * as edit from "./edit.ts";
import * as history from "./history.ts";
import { type Around, type Line, type Step, pass, step } from "./line.ts";
import * as menu from "./menu.ts";
import * as paste from "./paste.ts";
import * as search from "./search.ts";
import { wordOf } from "./suggest.ts";

/** Key is everything that can happen to a line. chord: "Enter", "C-a", "A-f", "S-Tab". */
export type Key =
  | { kind: "chord"; chord: string; selected: boolean }
  | { kind: "input"; text: string; from: number; to: number }
  | { kind: "paste"; text: string }
  | { kind: "choices"; text: string; found: Completion }
  | { kind: "pick"; index: number }
  | { kind: "put"; text: string }
  | { kind: "insert"; word: string }
  | { kind: "review"; answer: "all" | "one" | "cancel" }
  | { kind: "ready" };

type Bound = (line: Line, around: Around) => Step;

/** editKeys are the keys that change the line and do nothing else. */
const editKeys: Record<string, (line: Line, around: Around) => Line> = {
  "C-a": (l) => edit.moveTo(l, 0),
  "C-e": (l) => edit.moveTo(l, l.text.length),
  "C-b": (l) => edit.moveTo(l, Math.max(0, l.to - 1)),
  "C-u": (l, a) => edit.kill(l, 0, l.to, !a.hidden),
  "C-k": (l, a) => edit.kill(l, l.to, l.text.length, !a.hidden),
  "C-w": (l, a) => edit.kill(l, edit.blankStart(l.text, l.to), l.to, !a.hidden),
  "A-Backspace": (l, a) => edit.kill(l, edit.wordStart(l.text, l.to), l.to, !a.hidden),
  "A-d": (l, a) => edit.kill(l, l.to, edit.wordEnd(l.text, l.to), !a.hidden),
  "C-y": (l, a) => (a.hidden ? l : edit.insert(l, l.kill)),
  "A-b": (l) => edit.moveTo(l, edit.wordStart(l.text, l.to)),
  "A-f": (l, a) => (a.rest !== "" ? edit.put(l, l.text + wordOf(a.rest)) : edit.moveTo(l, edit.wordEnd(l.text, l.to))),
  "A-.": (l, a) => (a.asks ? l : edit.insert(l, history.lastWord(l))),
  "ArrowUp": (l, a) => (a.asks ? l : l.walk >= 0 ? history.walkBack(l, a.next) : history.older(l)),
  "ArrowDown": (l, a) => (a.asks ? l : down(l, a.next)),
};

/** menuKeys walk an open completion list. */
const menuKeys: Record<string, number> = { "Tab": 1, "S-Tab": -1, "ArrowDown": 1, "ArrowUp": -1 };

/** down walks the history forward; on an empty line, or while they are walked, the Next lines. */
function down(line: Line, next: string[]): Line {
  const atEnd = line.at >= history.past(line).length;
  const blank = line.text === "" || line.given;
  return atEnd && (blank || line.walk >= 0) ? history.walkNext(line, next) : history.newer(line);
}

/** actKeys are the keys that act. */
const actKeys: Record<string, Bound> = {
  "ArrowRight": (l, a) => (a.rest !== "" ? step(edit.put(l, l.text + a.rest)) : pass({ ...l, leaving: false })),
  "Enter": submit,
  "Tab": tab,
  "Escape": escape,
  "C-c": (l) => step({ ...edit.put(l, ""), pending: [], search: null, review: null, walk: -1,
    at: history.past(l).length }, { do: "interrupt" }),
  "C-d": (l, a) => (l.text !== "" && !l.given ? step(edit.deleteForward(l))
    : a.busy ? step(l) : step(edit.put(l, ""), { do: "end" })),
  "C-l": (l) => step(l, { do: "clear" }),
  "C-r": (l, a) => (a.asks ? step(l) : step(search.begin(l))),
  "A-w": (l) => step(l, { do: "why" }),
  "C-z": (l) => step(l, { do: "say", id: "noJobs" }),
};

/** submit is Enter. A question's answer is no history. */
function submit(line: Line, around: Around): Step {
  if (line.review) return paste.runAll(line);
  if (line.menu && line.menu.current >= 0) return step(menu.pick(line, line.menu, line.menu.current));
  const typed = around.asks ? line : history.remember(line, line.text);
  return step({ ...edit.put(typed, ""), menu: null, walk: -1 }, { do: "type", line: line.text });
}

/** tab completes where there is a word to complete, else leaves the field. */
function tab(line: Line, around: Around): Step {
  const word = line.text.slice(0, line.to).trim() !== "";
  if (line.leaving || around.asks || !word) return pass(line);
  return step({ ...line, from: line.to, given: false }, { do: "complete" });
}

/** escape closes what is open; else it clears the given line, and the next Tab leaves the field. */
function escape(line: Line): Step {
  if (line.menu) return step(menu.close(line, line.menu));
  if (line.review) return paste.cancel(line);
  return step({ ...(line.given ? edit.put(line, "") : line), leaving: true });
}

/** whileSearching handles a key of a running Ctrl-R; null ends the search and handles it as ever. */
function whileSearching(line: Line, key: Key): Step | null {
  const running = line.search!;
  if (key.kind !== "chord") return null;
  if (key.chord === "C-r") return step(search.older(line, running));
  if (key.chord === "Backspace") return step(search.shorten(line, running));
  if (key.chord === "Escape" || key.chord === "C-g") return step(search.cancel(line, running));
  if ([...key.chord].length === 1) return step(search.type(line, running, key.chord));
  return null;
}

/** chord handles one key of the keyboard. */
function chord(line: Line, key: Key & { kind: "chord" }, around: Around): Step {
  if (key.chord === "C-c" && key.selected && !line.given) return pass(line);
  const by = menuKeys[key.chord];
  if (line.menu && by) return step(menu.walk(line, line.menu, by));
  const act = actKeys[key.chord];
  if (act) return act(line, around);
  const change = editKeys[key.chord];
  return change ? step({ ...change(line, around), menu: null }) : pass({ ...line, leaving: false });
}

/** others are the things that happen to a line beside the keyboard. */
const others: { [K in Exclude<Key["kind"], "chord">]: (line: Line, key: Extract<Key, { kind: K }>) => Step } = {
  input: (l, k) => typedIn(l, k.text, k.from, k.to),
  paste: (l, k) => paste.paste(l, k.text),
  choices: (l, k) => menu.offer(l, k.text, k.found),
  pick: (l, k) => step(l.menu ? menu.pick(l, l.menu, k.index) : l),
  put: (l, k) => step({ ...edit.put(l, k.text), menu: null, walk: -1 }),
  insert: (l, k) => step({ ...edit.insertWord(l, k.word), menu: null }),
  review: (l, k) => ({ all: paste.runAll, one: paste.oneByOne, cancel: paste.cancel })[k.answer](l),
  ready: (l) => step(paste.follow(l)),
};

/** typedIn takes over what the field has made of a key by itself; dropped text may bring several lines. */
function typedIn(line: Line, text: string, from: number, to: number): Step {
  if (text.includes("\n")) return paste.paste(edit.put(line, ""), text);
  const next = edit.sync(line, text, from, to);
  return pass(text === line.text ? next : { ...next, menu: null, walk: -1, leaving: false });
}

/** reduce is the command line: what becomes of it when something happens. */
export function reduce(line: Line, key: Key, around: Around): Step {
  if (line.search) {
    const found = whileSearching(line, key);
    if (found) return found;
    if (key.kind !== "ready" && key.kind !== "choices") line = { ...line, search: null };
  }
  if (key.kind === "chord") return chord(line, key, around);
  const handle = others[key.kind] as (line: Line, key: Key) => Step;
  return handle(line, key);
}
