// Buttons type lines. This module decides where: never into a half-typed line, a question or a waiting command.

import { enter, press } from "./session.ts";
import { type Terminal, frontTerminal, host, terminalOf, terminals, typedBy } from "../state/state.ts";
import { isTyped } from "../line/line.ts";
import { open } from "./tabs.ts";

/** isFree says whether a line may be typed into a tab by something else than its keyboard. */
export function isFree(t: Terminal): boolean {
  return t.transcript.state === "ready" && !t.sending && t.queue.length === 0 && !isTyped(t.line);
}

let before: Promise<void> = Promise.resolve();

/** typeLine enters a line at a bash prompt: at the front one if it stands empty, else in the tab "cluster", which
 *  is opened on first need. The focus stays where it is. */
export function typeLine(line: string): Promise<void> {
  before = before.then(() => typeSomewhere(line)).catch(() => {});
  return before;
}

async function typeSomewhere(line: string): Promise<void> {
  const seen = frontTerminal();
  if (isFree(seen) && seen.transcript.program === "bash") {
    typedBy.value = null;
    press({ kind: "put", text: "" }, seen.id);
    enter(seen.id, line);
    return;
  }
  if (!host.value) return;
  const id = terminals.value.find(isSpare)?.id ?? (await open("cluster", false));
  enter(id, line);
  typedBy.value = { terminal: id, line };
}

/** isSpare says whether a tab is one that buttons type into; lines may queue there. */
function isSpare({ named, line, transcript: { program, state } }: Terminal): boolean {
  return named === "cluster" && program === "bash" && (state === "ready" || state === "runs") && !isTyped(line);
}

/** putLine puts a whole line on the front prompt, for Enter to run; on a half-typed line it only inserts word. */
export function putLine(line: string, word: string): void {
  const typed = isTyped(frontTerminal().line);
  press(typed ? { kind: "insert", word } : { kind: "put", text: line });
}

/** typeFront enters a line in the front terminal, or says why it may not. */
export function typeFront(line: string): number {
  const t = terminalOf(frontTerminal().id)!;
  if (t.transcript.state === "asks") throw new Error("hsmplay.exec: a question waits for its answer");
  if (!isFree(t)) throw new Error("hsmplay.exec: the terminal is busy, or somebody is typing on it");
  press({ kind: "put", text: "" }, t.id);
  enter(t.id, line);
  return t.id;
}
