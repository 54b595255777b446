// globalThis.hsmplay: for embedders, the console and tests.

import { frontForLines, typeInto } from "./buttons.ts";
import type { AuditRow, Cluster, Files, KeyRow, Note, Section, Turn, UserRow } from "../hsm";
import { front, host, terminalOf, terminals } from "../state/state.ts";
import { losses, watchers } from "./watchers.ts";

/** Answer is what exec resolves with: everything the line showed, until its terminal was ready or asked. */
export interface Answer { text: string; notes: Note[]; code: number | null; prompt: string }

/** Views are the sections that view reads, by name. */
export interface Views { cluster: Cluster; keys: Section<KeyRow>; users: Section<UserRow>; files: Files; audit: { rows: AuditRow[] } }

let before: Promise<unknown> = Promise.resolve();

/** exec types a line into the front terminal. Calls wait for each other. It rejects with the reason where the line cannot be typed or
 *  was not carried out. */
export function exec(line: string): Promise<Answer> {
  if (typeof line !== "string") return Promise.reject(new TypeError("hsmplay.exec: a line is a text"));
  const run = before.then(() => ready).then(() => typed(line));
  before = run.catch(() => {});
  return run;
}

/** typed enters a line and gathers its turns. */
function typed(line: string): Promise<Answer> {
  return new Promise((done, fail) => {
    const answer: Answer = { text: "", notes: [], code: null, prompt: "" };
    const leave = () => {
      watchers.delete(watch);
      losses.delete(lost);
    };
    const watch = (turn: Turn) => {
      if (turn.terminal !== id) return;
      answer.text += turn.text;
      answer.notes.push(...turn.notes);
      answer.code = turn.code ?? answer.code;
      answer.prompt = turn.prompt;
      if (turn.state === "waits" || turn.state === "runs") return;
      void settled(id).then(() => done(answer)).finally(leave);
    };
    const lost = (terminal: number, why: string) => {
      if (terminal !== id) return;
      leave();
      fail(new Error(`hsmplay.exec: ${why}`));
    };
    const id = frontForLines();
    watchers.add(watch);
    losses.add(lost);
    typeInto(id, line);
  });
}

/** settled waits until the terminal's line is done: its promise settles behind its last turn. */
export function settled(id: number): Promise<void> {
  const isBusy = () => terminalOf(id)?.sending ?? false;
  return new Promise((done) => {
    if (!isBusy()) return done();
    const leave = terminals.subscribe(() => {
      if (isBusy()) return;
      leave();
      done();
    });
  });
}

/** view reads a section of the read model, whole. */
export async function view<Name extends keyof Views>(section: Name): Promise<Views[Name]> {
  await ready;
  if (!host.value) throw new Error("hsmplay.view: the engine is being started again");
  const { engine } = host.value;
  const views: { [N in keyof Views]: () => Promise<Views[N]> } = {
    cluster: () => engine.cluster({ since: 0, calls: 0 }),
    keys: () => engine.keys({ since: 0, terminal: front.value, from: 0, count: 1_000_000, filter: "" }),
    users: () => engine.users({ since: 0 }),
    files: () => engine.files({ since: 0 }),
    audit: () => engine.audit({}),
  };
  if (!Object.hasOwn(views, section)) throw new Error(`hsmplay.view: no section ${section}`);
  return views[section]();
}

let answered: () => void = () => {};

/** ready resolves when the engine answers. */
export const ready = new Promise<void>((done) => (answered = done));

/** isReady resolves ready. */
export function isReady(): void {
  answered();
}
