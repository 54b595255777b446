// Playing lessons: what is asked of the engine, the tabs of the page's own world while a lesson has another one, what is kept and spoken.

import { attach } from "../engine/boot.ts";
import { forget, refresh } from "../engine/exchange.ts";
import type { LessonAct, LessonState, LessonView, Note, Turn, TypedLine } from "../hsm";
import { given, isTyped } from "../line/line.ts";
import { ready, settled } from "../session/api.ts";
import { press } from "../session/session.ts";
import { isFree, typeInto } from "../session/buttons.ts";
import { open as openTab, reopen, see as showTab } from "../session/tabs.ts";
import { watchers } from "../session/watchers.ts";
import { Cell } from "../state/cell.ts";
import { type Terminal, course, front, hint, host, newTerminal, terminalOf, terminals, update } from "../state/state.ts";
import { remarkOn } from "../terminal/remarks.ts";
import { say } from "../words/speech.ts";
import { plain } from "../words/words.ts";
import * as saver from "../world/saver.ts";
import { tabsOf, write } from "../world/screen.ts";
import { language, texts } from "./course.ts";
import { see } from "./mount.ts";
import { missText, says, speakIn } from "./words.ts";

const shelf = "lesson/";   // of the world that a lesson is played in
const desk = "course/";    // of the course: how the lesson stands, progress

/** aside are the tabs of the page's own world while a lesson is played; null while it is the one that is seen. */
let aside: { terminals: Terminal[]; front: number } | null = null;

/** unfolded says whether the bar of narrow pages shows the whole card. */
export const unfolded = new Cell(false);

let before: Promise<unknown> = Promise.resolve();
let posed: TypedLine | null = null; // a line of a prediction whose tab is not there yet
let moving = false; // between two worlds: what is heard is of neither

/** ask does one thing in the course, one after the other, and keeps what comes of it. */
function ask(act: LessonAct): Promise<LessonView> {
  const run = before.then(() => ready).then(async () => {
    if (!host.value) throw new Error("the engine is being started again");
    const now = await host.value.engine.lesson({ lesson: act });
    saver.lay(desk, { played: now.played === "" ? null : now.played, name: now.state?.name ?? null, progress: now.progress });
    course.value = now;
    return now;
  });
  before = run.catch(() => {});
  return run;
}

/** read fetches the course and hands it to the engine; again for another language. It fails with why it did not come. */
export async function read(again = false): Promise<void> {
  if (course.value && !again) return;
  const chosen = language();
  const [{ files, says: translated }] = await Promise.all([texts(chosen), speakIn(chosen)]);
  const { progress } = saver.shelf(desk);
  await ask({ act: "course", files, says: translated, ...(course.value === null && progress ? { progress } : {}) });
}

/** begin opens a lesson; the page's own world is kept aside. */
export async function begin(name: string): Promise<void> {
  await read();
  const state = await enter({ act: "open", name, at: Date.now() });
  say(says.begin(state.title));
  sayStep(state);
}

/** resume goes on with the lesson that was played when the page was left, or the engine stopped. */
export async function resume(): Promise<void> {
  const { played, name } = saver.shelf(desk);
  if (!played || !name) return;
  course.value = null; // the engine may be a new one
  try {
    await read();
    await enter({ act: "resume", name, played, rows: saver.shelf(shelf), at: Date.now() });
  } catch {
    ended(); // a lesson that has changed begins anew
  }
}

/** enter shows a lesson's world in place of the one that is there; the own one is kept aside. */
async function enter(act: LessonAct): Promise<LessonState> {
  const own = aside ?? { terminals: terminals.value, front: front.value };
  let kept: ReturnType<typeof tabsOf> = null;
  const state = await move(act, () => {
    if (!aside) write(); // the own screen, while it is shown
    aside = own;
    saver.clearShelf(shelf);
    saver.aimAt(shelf);
    kept = act.act === "resume" ? tabsOf("lesson") : null;
    return kept ?? { terminals: [newTerminal(0)], front: 0 };
  });
  // What is heard of one tab gives it its number first, whichever it is.
  if (!kept) terminals.value = [...terminals.value].sort((a, b) => a.id - b.id);
  see(true);
  unfolded.value = true;
  address(state!.name);
  return state!;
}

/** move lets the engine take another world, and puts its tabs there. Where it cannot, everything stays as it was. */
async function move(act: LessonAct, tabs: () => { terminals: Terminal[]; front: number }): Promise<LessonState | null> {
  moving = true;
  posed = null;
  try {
    const { state } = await ask(act);
    forget();
    reopen();
    const there = tabs();
    terminals.value = there.terminals;
    front.value = there.front;
    await attach(host.value!);
    // What was under way is of either world and was let go: all rows are read, so that what is kept is whole.
    saver.take((await host.value!.engine.save({})).rows);
    const first = state?.tabs[0] ?? -1; // where a lesson begins; one that goes on has the tab that was seen
    if (terminalOf(first) && (there.front === 0 || !terminalOf(there.front))) front.value = first;
    await refresh();
    return state;
  } finally {
    moving = false;
  }
}

/** leave ends the lesson, or free play, and brings the page's own world back. */
export async function leave(): Promise<void> {
  const own = aside ?? { terminals: [newTerminal(0)], front: 0 };
  await move({ act: "leave" }, () => {
    aside = null;
    saver.aimAt("");
    saver.clearShelf(shelf);
    return own;
  });
  see(false);
  address("");
  say(says.back);
}

/** free leaves the card folded and the lesson's world as it is. */
export async function free(): Promise<void> {
  await ask({ act: "free" });
  say(says.free);
}

/** again goes back to the beginning of a step. */
export async function again(step: number): Promise<void> {
  sayStep(await enter({ act: "back", step }));
}

/** next goes on to the next step. */
export async function next(): Promise<void> {
  const { state } = await ask({ act: "next" });
  posed = null;
  unfolded.value = true;
  sayStep(state!);
  void refresh();
}

/** giveHint gives the next hint, and speaks it. */
export async function giveHint(): Promise<void> {
  const { state } = await ask({ act: "hint" });
  say(`${says.hint(state!.hints.length, state!.hintsOf)}: ${plain(state!.hints.at(-1) ?? [])}`);
  requestAnimationFrame(() => {
    for (const hint of document.querySelectorAll(".hints li:last-child")) hint.scrollIntoView({ block: "nearest" });
  });
}

/** showMe puts the next line of the lesson's own way on the prompt and does not run it. */
export async function showMe(): Promise<void> {
  const { show, state } = await ask({ act: "show" });
  if (!show || !state) return;
  if (!await put(show)) return void (hint.value = says.busy);
  hint.value = says.shown(show.at, show.of, show.tab);
  say(`${hint.value} ${show.line}`);
}

/** tabOf is the tab that a line of the lesson belongs to; undefined where there is none yet. */
const tabOf = ({ tab }: TypedLine): Terminal | undefined => terminalOf(course.value?.state?.tabs[tab - 1] ?? -1);

/** turnTo shows the tab that a line of the lesson belongs to. Where there is none it is opened, after those that come before it: the lesson counts them so. */
async function turnTo(line: TypedLine): Promise<Terminal | undefined> {
  let id = tabOf(line)?.id;
  for (let tab = 1; id === undefined && tab <= line.tab; tab++) {
    if (tabOf({ ...line, tab })) continue;
    const made = await openTab("", false);
    if (tab === line.tab) id = made;
    await before; // it has its number then
  }
  if (id !== undefined && front.value !== id) showTab(id);
  return terminalOf(id ?? -1);
}

/** put puts a line of the lesson on the prompt of its tab, and answers whether it is free for it. */
export async function put(line: TypedLine): Promise<boolean> {
  const t = await turnTo(line);
  if (!t || (!isFree(t) && t.transcript.state !== "asks")) return false;
  press({ kind: "put", text: line.line }, t.id);
  return true;
}

/** pose puts the line of a prediction on the prompt of its tab: typing there replaces it, and so does the next prediction.
 *  What is seen stays: no tab is opened for it or brought to the front, and one that comes later finds its line there. */
export function pose(line: TypedLine): void {
  const t = tabOf(line);
  posed = t ? null : line;
  if (t && isFree(t)) update(t.id, (now) => ({ ...now, line: given(now.line, line.line) }));
}

/** run runs lines one after the other, each in its tab, up to a prompt that somebody types on. */
export async function run(lines: TypedLine[]): Promise<void> {
  for (const line of lines) {
    const t = await turnTo(line);
    if (!t || isTyped(t.line)) return void (hint.value = says.busy);
    typeInto(t.id, line.line);
    await settled(t.id);
  }
}

/** guess answers a prediction. */
export async function guess(prediction: number, choice: number): Promise<void> {
  const { state } = await ask({ act: "guess", prediction, choice });
  const p = state!.predict[prediction]!;
  say(`${p.chosen === p.right ? says.right(p.is) : says.wrong(p.choices[choice]!, p.is)} ${plain(p.why)}`);
  if (!state!.quiet && !state!.ended) say(says.toDo(state!.goals.filter((g) => !g.met).map((g) => plain(g.says))));
}

/** merge adds progress from a file to what is here. */
export function merge(progress: string): Promise<LessonView> {
  return ask({ act: "merge", progress });
}

/** add reads lessons of somebody's own, beside the course, and answers with the names of those that can be played. */
export async function add(files: Record<string, string>): Promise<string[]> {
  await read();
  const had = new Set(course.value!.lessons.map((l) => l.name));
  const { lessons } = await ask({ act: "course", files });
  const named = Object.keys(files).map((file) => file.replace(/^.*\//, "").replace(/^\d+-/, "").replace(/\.md$/, ""));
  return lessons.filter((l) => !had.has(l.name) || named.includes(l.name)).map((l) => l.name);
}

/** reviewed remembers that a review was begun. */
export async function review(): Promise<void> {
  const [first] = course.value!.review;
  await ask({ act: "review", at: Date.now() });
  if (first) await begin(first.lesson);
}

/** ended forgets the lesson, when another world takes the place of the own one. */
export function ended(): void {
  aside = null;
  see(false);
  course.value = null;
  saver.clearShelf(shelf);
  saver.lay(desk, { played: null, name: null });
}

/** address shows in the page's address which lesson is played. */
function address(name: string): void {
  const url = new URL(location.href);
  if (name === "") url.searchParams.delete("lesson");
  else url.searchParams.set("lesson", name);
  history.replaceState(history.state, "", url);
}

/** heard tells the player of a line that has ended, and shows what has come of it. */
async function heard(turn: Turn): Promise<void> {
  const was = course.value?.state;
  if (!was || moving || turn.state === "runs" || turn.state === "waits") return;
  const { state } = await ask({ act: "seen", terminal: turn.terminal, at: Date.now() });
  if (!state) return;
  if (posed) pose(posed);
  if (turn.line) unfolded.value = false; // the answer of one's own line is seen
  sayTicks(was, state);
  if (state.wrong) tellUnder(turn.terminal, { id: `lesson.${state.wrong.id}`, parts: state.wrong.says.flat(), error: false });
  else if (state.failed.length > 0 && was.failed.length === 0) tellUnder(turn.terminal, { id: "lesson.failed", parts: state.failed, error: true });
  else if (!state.ended && turn.line !== null && state.missing.length > 0) say(`${says.missing}: ${missText(state.missing[0]!)}`);
}

/** tellUnder puts the lesson's note under the command that caused it, and speaks it. */
function tellUnder(id: number, note: Note): void {
  update(id, (t) => ({ ...t, transcript: remarkOn(t.transcript, { ...note, parts: [{ text: says.note, code: false }, ...note.parts] }) }));
  say(plain(note.parts));
}

/** sayTicks speaks one sentence per tick. */
function sayTicks(was: LessonState, is: LessonState): void {
  if (was.step !== is.step || was.name !== is.name) return;
  is.goals.forEach((goal, i) => {
    if (goal.met && !was.goals[i]?.met) say(says.ticked(plain(goal.says), goal.fact));
  });
  if (is.ended && !was.ended) say(is.last ? says.last(is.title) : says.ended(is.titles[is.step]!));
}

/** sayStep speaks what a step asks for. While a question is open, the checklist would give its answer away. */
function sayStep({ step, titles, goals, prose, predict, held }: LessonState): void {
  const toDo = held ? [] : [says.toDo(goals.map((g) => plain(g.says)))];
  say([says.step(step + 1, titles.length, titles[step]!), ...toDo, ...prose.map(plain)].join(" "));
  const open = predict.find((p) => p.chosen < 0);
  if (open) say(`${says.predict} ${plain(open.asks)} ${open.tab > 1 ? `${says.tab(open.tab)}, ` : ""}${open.line}: ${open.choices.join(", ")}.`);
}

watchers.add((turn) => void heard(turn).catch(() => {}));
