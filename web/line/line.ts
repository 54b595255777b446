// The line being typed, as a value: what stands in the field, its history, and what is open above it.
// keys.ts reduces it; nothing here knows a browser.

import type { Choice } from "../hsm";

/** Menu is an open list of completions: base is the text they complete, current is -1 before one is picked. */
export interface Menu { base: string; from: number; to: number; choices: Choice[]; current: number }

/** Search is a running Ctrl-R: at is the place of the hit in the history, -1 for none. before comes back on Esc. */
export interface Search { query: string; at: number; before: string }

/** Line is the state of one terminal's command line. from and to are the selection in UTF-16 units. */
export interface Line {
  text: string;
  from: number;
  to: number;
  given: boolean;          // text was put there by the page and nobody has touched it yet
  kill: string;            // what Ctrl-Y gives back
  killed: boolean;         // the last key was a kill: the next one joins it
  program: string;         // whose history it is
  history: Record<string, string[]>;
  at: number;              // place in the history; its length for the line being typed
  draft: string;           // the line being typed, while the history is walked
  walk: number;            // place in the Next lines while ↓ walks them, -1 for none
  menu: Menu | null;
  search: Search | null;
  review: string[] | null; // pasted lines that wait for a word
  pending: string[];       // pasted lines that come one by one
  leaving: boolean;        // Esc was pressed: Tab leaves the field
}

/** Effect is what the page is to do after a key. */
export type Effect =
  | { do: "type"; line: string }
  | { do: "interrupt" }
  | { do: "end" }
  | { do: "complete" }
  | { do: "clear" }
  | { do: "why" }
  | { do: "say"; id: "noJobs" | "nothingToComplete" };

/** Around is what a key needs to know beside the line: whether it answers a question, the Next lines, and the rest that is suggested. */
export interface Around { asks: boolean; hidden: boolean; busy: boolean; next: string[]; rest: string }

/** Step is the answer of the reducer. native: the browser goes on with the key. */
export interface Step { line: Line; effects: Effect[]; native: boolean }

/** empty is the line of a fresh terminal. */
export function empty(program = "bash"): Line {
  return {
    text: "", from: 0, to: 0, given: false, kill: "", killed: false, program, history: {}, at: 0, draft: "",
    walk: -1, menu: null, search: null, review: null, pending: [], leaving: false,
  };
}

/** given is a line with words put there by the page, selected as in an address bar. */
export function given(line: Line, text: string): Line {
  return { ...line, text, from: 0, to: text.length, given: true };
}

/** isTyped says whether somebody has typed into the line: such a line is never overwritten by a button. */
export function isTyped(line: Line): boolean {
  return (line.text !== "" && !line.given) || line.review !== null || line.search !== null;
}

/** step is a Step that has handled its key. */
export function step(line: Line, ...effects: Effect[]): Step {
  return { line, effects, native: false };
}

/** pass is a Step that leaves the key to the browser. */
export function pass(line: Line): Step {
  return { line, effects: [], native: true };
}
