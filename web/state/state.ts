// What the page knows: a few cells. Components read them, session.ts and the actions write them.

import { Cell, derived } from "./cell.ts";
import type { Host } from "../engine/start.ts";
import type { CallRow, Choice, Cluster, Explanation, Files, KeyRow, LessonState, LessonView, Section, UserRow } from "../hsm";
import { type Line, empty, given } from "../line/line.ts";
import { type Transcript, blank } from "../terminal/blocks.ts";
import { handy } from "../page/pointer.ts";
import { notice } from "../terminal/remarks.ts";
import { noteOf, notices } from "../words/words.ts";

/** Terminal is one tab. id 0 stands for the first one until the engine has given it a number. */
export interface Terminal {
  id: number;
  key: number;              // stays the same while id is given
  named: string;            // "cluster" for the tab that buttons type into
  transcript: Transcript;
  line: Line;
  queue: string[];          // lines entered while something ran
  sending: boolean;         // a line is on its way to the engine
  unread: boolean;
}

/** Phase is how far the engine is. Bytes are of the compressed file, as they travel. */
export type Phase =
  | { is: "loading"; have: number; of: number }
  | { is: "starting" }
  | { is: "ready" }
  | { is: "failed"; file: string; why: string };

/** Model is the engine's read model as last read; null before the engine is here. */
export interface Model {
  cluster: Cluster | null;
  keys: Section<KeyRow> | null;
  users: Section<UserRow> | null;
  files: Files | null;
}

/** unread is a model that is shown as it is until every section has been read again. */
export function unread({ cluster, keys, users, files }: Model): Model {
  const again = <S extends { version: number } | null>(s: S): S => (s ? { ...s, version: 0 } : s);
  return { cluster: again(cluster), keys: again(keys), users: again(users), files: again(files) };
}

/** Place says where the world is kept: by this tab, by another one, nowhere, or by this tab once storage has answered. */
export type Place = "kept" | "elsewhere" | "memory" | "late";

let made = 0;

/** newTerminal is a tab before its first turn. */
export function newTerminal(id: number, named = ""): Terminal {
  return { id, key: made++, named, transcript: blank(), line: empty(), queue: [], sending: false, unread: false };
}

/** firstTerminal is the tab that stands in the page from the start, with its only pre-typed line. */
export function firstTerminal(): Terminal {
  const t = newTerminal(0);
  const transcript = notice(t.transcript, "welcome", noteOf("welcome", handy(notices.welcome())));
  return { ...t, transcript, line: given(t.line, "key_mgmt_util") };
}

export const host = new Cell<Host | null>(null);             // the engine, once it is here
export const terminals = new Cell<Terminal[]>([firstTerminal()]);
export const front = new Cell(0);
export const phase = new Cell<Phase>({ is: "loading", have: 0, of: 0 });
export const model = new Cell<Model>({ cluster: null, keys: null, users: null, files: null });
export const calls = new Cell<CallRow[]>([]);               // the newest calls, for the drawing
export const proposed = new Cell<string[]>(["key_mgmt_util"]); // lines that make sense now, as the engine says
export const explanation = new Cell<Explanation | null>(null);
export const possible = new Cell<Choice[]>([]);               // what the word being typed may become, where that is not said by the slots
export const hint = new Cell<string>("");                   // a short word of the page in the dock
export const place = new Cell<Place>("kept");
export const typedBy = new Cell<{ terminal: number; line: string } | null>(null); // the last button that typed elsewhere
export const filter = new Cell("");                         // of the Keys panel
export const course = new Cell<LessonView | null>(null);         // the lessons and how the one that is played stands; null before they are opened
export const clock = new Cell({ now: 0, at: 0 });           // simulated ms, and the page's own ms when that was so

/** frontTerminal is the tab that is seen. */
export function frontTerminal(): Terminal {
  return terminalOf(front.value) ?? terminals.value[0]!;
}

// Parts of the front tab, for readers that the rest of it does not concern: while somebody types only frontLine changes.
export const frontTab = derived([terminals, front], frontTerminal);
export const frontLine = derived([frontTab], () => frontTab.value.line);
export const frontTranscript = derived([frontTab], () => frontTab.value.transcript);
export const frontProgram = derived([frontTranscript], () => frontTranscript.value.program);
export const frontPrompt = derived([frontTranscript], () => frontTranscript.value.prompt);
export const frontUser = derived([frontTranscript], () => frontTranscript.value.user);

/** isUnderWay says whether a lesson has a step to come or to finish. */
const isUnderWay = (state: LessonState | null | undefined): boolean => state != null && !(state.ended && state.last);

/** next are the lines that are offered. None while a lesson is under way: they would give the solution of its steps away. */
export const next = derived([proposed, course], () => (isUnderWay(course.value?.state) ? [] : proposed.value),
  (a, b) => a.join("\n") === b.join("\n"));

/** terminalOf is the tab with a number. */
export function terminalOf(id: number): Terminal | undefined {
  return terminals.value.find((t) => t.id === id);
}

/** update changes one tab. */
export function update(id: number, change: (t: Terminal) => Terminal): void {
  terminals.value = terminals.value.map((t) => (t.id === id ? change(t) : t));
}
