// The life of a line on the page: entered, queued, sent, and its turns drawn.

import { EngineFault } from "../engine/start.ts";
import type { Turn } from "../hsm";
import { enter as enterProgram } from "../line/history.ts";
import { type Key, reduce } from "../line/keys.ts";
import type { Around, Effect } from "../line/line.ts";
import { restOf } from "../line/suggest.ts";
import { refresh, refreshWhileStreaming, type } from "../engine/exchange.ts";
import { sayTurn } from "../words/speech.ts";
import { derived } from "../state/cell.ts";
import { type Terminal, course, explanation, front, frontTab, hint, host, next, place, terminalOf, terminals, update } from "../state/state.ts";
import { adopt, isClosed, newShell } from "./tabs.ts";
import { lose, watchers } from "./watchers.ts";
import { add, expect, giveUp, strike } from "../terminal/blocks.ts";
import { clear, notice, withdraw } from "../terminal/remarks.ts";
import { type NoticeId, hints, noteOf, notices } from "../words/words.ts";

const saveEvery = 250; // ms, while a line runs
const patience = 100;  // ms that a line may take to say something before it is shown as running

/** around is what the reducer needs to know of a terminal. */
export function around(t: Terminal): Around {
  const { state, hidden } = t.transcript;
  const asks = state === "asks";
  return { asks, hidden, busy: t.sending || state === "waits" || state === "runs", next: next.value, rest: asks || isQuiet() ? "" : restOf(t.line, next.value) };
}

/** isQuiet says whether a question of a lesson is open: nothing is given away then. */
const isQuiet = (): boolean => course.value?.state?.quiet === true;

/** suggestion is the rest of the front line, "" for none. */
export const suggestion = derived([frontTab, next, course, place], () => {
  const { transcript: { state } } = frontTab.value;
  return state !== "ready" || place.value === "elsewhere" ? "" : around(frontTab.value).rest;
});

/** press reduces a key on the front terminal's line and does what it says; true: the browser goes on with it. */
export function press(key: Key, id = front.value): boolean {
  const t = terminalOf(id);
  if (!t || place.value === "elsewhere") return true;
  const done = reduce(t.line, key, around(t));
  const before = t.line;
  update(id, (now) => ({ ...now, line: done.line }));
  if (key.kind === "chord" || done.line.text !== before.text) hint.value = "";
  for (const effect of done.effects) carryOut[effect.do](id, effect as never, before.given ? "" : before.text);
  return done.native;
}

/** carryOut is what each effect of the reducer does. */
const carryOut: { [K in Effect["do"]]: (id: number, effect: Extract<Effect, { do: K }>, before: string) => void } = {
  type: (id, e) => enter(id, e.line),
  interrupt: (id, _, before) => void interrupt(id, before),
  end: (id) => void end(id),
  complete: (id) => void complete(id),
  clear: (id) => update(id, (t) => ({ ...t, transcript: clear(t.transcript) })),
  why: () => void import("../terminal/Why.tsx").then((w) => w.openLast()),
  say: (_, e) => void (hint.value = hints[e.id]),
};

/** enter takes a line that was entered: an answer goes at once, a command when the one before it has ended. */
export function enter(id: number, line: string): void {
  explanation.value = null;
  const t = terminalOf(id)!;
  if (t.transcript.state === "closed") return void newShell();
  update(id, (now) => ({ ...now, transcript: { ...now.transcript, asked: now.transcript.asked + 1 } }));
  if (t.transcript.state === "asks" && !t.sending) return void send(id, line);
  if (t.transcript.program === "bash" && editors.test(line) && host.value && !t.sending && t.queue.length === 0 && t.transcript.state === "ready") {
    return void import("../files/nano.ts").then((n) => n.run(id, line));
  }
  update(id, (now) => ({ ...now, queue: [...now.queue, line] }));
  pump(id);
}

/** editors are programs for a screen, of which the machine has none. */
const editors = /^\s*(?:nano|vim?|emacs|less|more)(?:\s+[^|&;<>]*)?$/;

/** pump sends the next queued line of a terminal that is ready. */
export function pump(id: number): void {
  const t = terminalOf(id);
  if (!t || !host.value || t.id === 0 || t.sending || t.transcript.state !== "ready") return;
  const [line, ...queue] = t.queue;
  if (line === undefined) return;
  update(id, (now) => ({ ...now, queue }));
  void send(id, line);
}

/** running are the lines on their way, by terminal, for the notes about a stopped engine. */
export const running = new Map<number, string>();

/** send hands a line to the engine, in a terminal that waits for one. */
export async function send(id: number, line: string): Promise<void> {
  const { hidden: secret, state, count } = terminalOf(id)!.transcript;
  running.set(id, secret ? "" : line);
  update(id, (t) => ({ ...t, sending: true }));
  const saves = setInterval(() => void refresh(), saveEvery);
  // Only commands: an answer to a question stands in the block of its command, and a hidden one nowhere.
  const quiet = state !== "ready" ? 0
    : setTimeout(() => update(id, (t) => ({ ...t, transcript: expect(t.transcript, line, count) })), patience);
  try {
    await type(id, line);
  } catch (fault) {
    update(id, (t) => ({ ...t, transcript: giveUp(t.transcript) }));
    blame(id, fault);
    lose(id, `the line was not carried out: ${fault instanceof Error ? fault.message : String(fault)}`);
  } finally {
    clearInterval(saves);
    clearTimeout(quiet);
    running.delete(id);
    update(id, (t) => ({ ...t, sending: false }));
    settle(id);
  }
}

/** settle is what follows when a line has stopped running: the next pasted line, the next of the queue. */
function settle(id: number): void {
  if (terminalOf(id)?.transcript.state === "ready") press({ kind: "ready" }, id);
  pump(id);
}

/** blame shows a fault of the engine; one that was stopped tells it elsewhere. */
function blame(id: number, fault: unknown): void {
  if (fault instanceof EngineFault && fault.code === "stopped") return;
  remark(id, "fault", notices.fault(fault instanceof Error ? fault.message : String(fault)));
}

/** remark puts a notice of the page into a terminal. */
export function remark(id: number, notable: NoticeId, text: string): void {
  update(id, (t) => ({ ...t, transcript: notice(t.transcript, notable, noteOf(notable, text)) }));
}

/** withdrawAll takes a notice of the page back, wherever it stands. */
export function withdrawAll(notable: NoticeId): void {
  for (const t of terminals.value) update(t.id, (now) => ({ ...now, transcript: withdraw(now.transcript, notable) }));
}

/** interrupt is Ctrl-C: what waits behind the line is dropped too. */
async function interrupt(id: number, half: string): Promise<void> {
  update(id, (t) => ({ ...t, queue: [], transcript: strike(t.transcript, half) }));
  explanation.value = null;
  await act(id, (e) => e.interrupt({ terminal: id }));
}

/** end is Ctrl-D on an empty line. */
async function end(id: number): Promise<void> {
  await act(id, (e) => e.end({ terminal: id }));
}

async function act(id: number, run: (e: NonNullable<typeof host.value>["engine"]) => Promise<unknown>): Promise<void> {
  if (!host.value || id === 0) return;
  try {
    await run(host.value.engine);
  } catch (fault) {
    blame(id, fault);
  }
  void refresh();
  settle(id);
}

async function complete(id: number): Promise<void> {
  const { text, to } = terminalOf(id)!.line;
  if (!host.value) return;
  try {
    press({ kind: "choices", text, found: await host.value.engine.complete({ terminal: id, line: text, cursor: to }) }, id);
  } catch (fault) {
    blame(id, fault);
  }
}

/** hear draws a turn: in its tab, in the first one that has no number yet, or in a new one. What a closed tab still says is not heard. */
export function hear(turn: Turn): void {
  const id = turn.terminal;
  if (isClosed(id)) return;
  if (!terminalOf(id)) adopt(id);
  update(id, (t) => ({
    ...t, transcript: add(t.transcript, turn), line: enterProgram(t.line, turn.program),
    unread: t.unread || (id !== front.value && turn.text !== ""),
  }));
  sayTurn(turn.said, turn.text);
  for (const watch of [...watchers]) watch(turn);
  if (turn.state === "runs") return refreshWhileStreaming();
  if (terminalOf(id)!.sending) return; // the answer to the line brings what has changed
  void refresh();
  settle(id);
}
