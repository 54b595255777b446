// Bringing the engine up: the first time, after a crash, for a fresh world, and after taking over from another tab.

import { isReady } from "../session/api.ts";
import { restart as restartClock } from "./clock.ts";
import { type Host, start } from "./start.ts";
import { type Built, LoadFault, type Modules } from "./load.ts";
import { empty, given, isTyped } from "../line/line.ts";
import { forget, look, refresh } from "./exchange.ts";
import * as saver from "../world/saver.ts";
import * as screen from "../world/screen.ts";
import { hear, pump, remark, running, withdrawAll } from "../session/session.ts";
import { course, firstTerminal, front, frontTerminal, host, model, newTerminal, phase, place, terminalOf, terminals, update } from "../state/state.ts";
import { adopt, columns, reopen, see } from "../session/tabs.ts";
import { notice, stand, withdraw } from "../terminal/remarks.ts";
import { notices } from "../words/words.ts";
import { haveVisited, readWorld } from "../world/place.ts";

declare const BUILT: Built;

/** built is what the build knows about itself and the engine. */
export const built: Built = BUILT;

let modules: Modules | null = null; // of the engine, once it is here

/** lastFault is why the engine ended the last time, for the report. */
export let lastFault = { why: "", line: "" };

/** boot loads the engine and the stored world side by side and starts the one on the other. */
export async function boot(): Promise<void> {
  try {
    const reading = readWorld();
    await bringUp(reading);
    const world = await reading;
    withdrawAll("notLoaded");
    if (place.value === "kept") haveVisited();
    await greet(world !== null);
    await goOn();
  } catch (fault) {
    const file = fault instanceof LoadFault ? fault.file : "engine";
    const why = fault instanceof Error ? fault.message : String(fault);
    phase.value = { is: "failed", file, why };
    remark(front.value, "notLoaded", notices.notLoaded(file, why));
  }
}

type World = Record<string, string> | null;

/** bringUp starts an engine on a world and gives every tab its terminal. Both may still be on their way. */
async function bringUp(world: World | Promise<World>): Promise<void> {
  phase.value = { is: "starting" };
  const options = Promise.resolve(world).then((rows) => (rows ? { rows } : {}));
  const started: Host = await start(built, modules, options, {
    turn: hear,
    exit: (why) => void crashed(why),
    loading: (have, of) => (phase.value = { is: "loading", have, of }),
    loaded: (first) => (modules = { first, rest: null }),
    rest: (come) => {
      if (modules && come) modules = { ...modules, rest: come };
      withdrawAll("awaited");
      withdrawAll("late");
    },
    late: (why) => (why === "" ? remark(front.value, "awaited", notices.awaited()) : remark(front.value, "late", notices.late(why))),
  });
  restartClock();
  reopen();
  host.value = started;
  await attach(started);
  phase.value = { is: "ready" };
  await look();
  void refresh(); // which saves: the prompt does not wait for that
  started.complete();
  for (const t of terminals.value) pump(t.id);
  isReady();
  void import("../world/points.ts").then((p) => p.attach(started.engine)).catch(() => {});
}

/** attach ties the tabs to the engine's terminals, by number. */
export async function attach({ engine }: Host): Promise<void> {
  const { terminals: known, notes } = await engine.terminals({});
  for (const info of known) {
    if (!terminalOf(info.terminal)) adopt(info.terminal);
    const state = info.state === "closed" ? "closed" : "ready";
    update(info.terminal, (t) => ({
      ...t, named: info.named, sending: false, transcript: stand(t.transcript, { ...info, state }),
      line: { ...t.line, program: info.program, history: { ...t.line.history, [info.program]: info.history }, at: info.history.length },
    }));
    void engine.resize({ terminal: info.terminal, columns: columns() });
  }
  const here = terminals.value.filter((t) => t.id === 0 || known.some((k) => k.terminal === t.id));
  terminals.value = here.length > 0 ? here : [newTerminal(0)];
  if (terminalOf(0)) await engine.open({ name: "", columns: columns() });
  if (!terminalOf(front.value)) see(terminals.value[0]!.id);
  for (const note of notes) update(front.value, (t) => ({ ...t, transcript: notice(t.transcript, note.id, note) }));
}

/** greet replaces the welcome by what a returning visitor wants to know. */
async function greet(restored: boolean): Promise<void> {
  const id = front.value;
  if (place.value === "elsewhere") remark(id, "elsewhere", notices.elsewhere());
  if (!restored) return;
  update(id, (t) => ({ ...t, transcript: withdraw(t.transcript, "welcome"),
    line: isTyped(t.line) ? t.line : { ...t.line, text: "", from: 0, to: 0, given: false } }));
  const { keys, cluster } = model.value;
  remark(id, "restored", notices.restored(keys?.total ?? 0, cluster?.lines ?? 0));
}

/** goOn goes on with the lesson that was played, if one was: its world takes the place of the own one. */
async function goOn(): Promise<void> {
  if (saver.shelf("course/")["played"]) await (await import("../lessons/lessons.ts")).resume();
}

/** stopLesson forgets the lesson, where another world takes the place of the own one. */
async function stopLesson(): Promise<void> {
  if (saver.shelf("course/")["played"] || course.value) (await import("../lessons/lessons.ts")).ended();
}

/** crashed restores the world as of the last command and says what was not carried out. */
async function crashed(why: string): Promise<void> {
  if (!host.value) return;
  const [id = front.value, line = ""] = [...running][0] ?? [];
  lastFault = { why, line };
  await restore();
  remark(terminalOf(id) ? id : front.value, "stopped", notices.stopped(line));
}

/** stopIt kills a worker that does not answer. */
export async function stopIt(): Promise<void> {
  withdrawAll("silent");
  await crashed("stopped by hand: the worker did not answer");
}

/** restore replaces the engine by a new one on the last save. */
async function restore(): Promise<void> {
  const rows = saver.saved();
  host.value?.kill();
  host.value = null;
  forget(true);
  for (const t of terminals.value) update(t.id, (now) => ({ ...now, queue: [], sending: false }));
  await bringUp(Object.keys(rows).length > 0 ? rows : null);
  await goOn();
}

/** startOver wipes the world and begins a fresh one, with nothing typed. */
export async function startOver(): Promise<void> {
  host.value?.kill();
  host.value = null;
  await stopLesson();
  saver.lead(undefined);
  void saver.replace({});
  screen.replace({});
  forget();
  terminals.value = [{ ...firstTerminal(), line: empty() }];
  front.value = 0;
  await bringUp(null);
}

/** takeOver makes this tab the writer and reads the world again, as the other tab left it. */
export async function takeOver(): Promise<void> {
  const { line } = frontTerminal();
  terminals.value = [{ ...newTerminal(0), line: given(line, "") }];
  front.value = 0;
  const world = await readWorld(true);
  host.value?.kill();
  host.value = null;
  forget(true);
  await bringUp(world);
  await greet(world !== null);
}

/** trial starts a second engine on rows of unknown origin, which is killed after use. */
export async function trial(rows: Record<string, string>, patience: number): Promise<Host> {
  const started = await start(built, modules, { rows }, { turn() {}, exit() {} }, patience);
  started.complete();
  return started;
}

/** replaceWorld begins anew on another world; no rows are a fresh one. */
export async function replaceWorld(rows: Record<string, string>): Promise<void> {
  host.value?.kill();
  host.value = null;
  await stopLesson();
  saver.lead(rows["@line"]);
  void saver.replace(saver.ownRows(rows));
  screen.replace(rows);
  forget();
  const { terminals: tabs, front: seen } = screen.tabsOf("own") ?? { terminals: [newTerminal(0)], front: 0 };
  terminals.value = tabs;
  front.value = seen;
  const fresh = Object.keys(rows).length === 0;
  await bringUp(fresh ? null : saver.ownRows(rows));
  await greet(!fresh);
}
