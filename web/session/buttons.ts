// Buttons type lines. This module decides where: never into a half-typed line, a question or a waiting command.

import { enter, press } from "./session.ts";
import { type Terminal, frontTerminal, host, place, terminals, typedBy } from "../state/state.ts";
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
  return typeLines([line]);
}

/** typeLines enters several, one after the other. */
export function typeLines(lines: string[]): Promise<void> {
  before = before.then(async () => {
    const [first, ...rest] = lines;
    const id = await typeSomewhere(first!);
    for (const line of rest) if (id !== undefined) enter(id, line);
  }).catch(() => {});
  return before;
}

/** typeSomewhere answers with the terminal. */
async function typeSomewhere(line: string): Promise<number | undefined> {
  const seen = frontTerminal();
  if (isFree(seen) && seen.transcript.program === "bash") {
    typedBy.value = null;
    typeInto(seen.id, line);
    return seen.id;
  }
  if (!host.value) return undefined;
  const id = terminals.value.find(isSpare)?.id ?? (await open("cluster", false));
  enter(id, line);
  typedBy.value = { terminal: id, line };
  return id;
}

/** isSpare says whether a tab is one that buttons type into; lines may queue there. */
function isSpare({ named, line, transcript: { program, state } }: Terminal): boolean {
  return named === "cluster" && program === "bash" && (state === "ready" || state === "runs") && !isTyped(line);
}

let put = ""; // what putLine has put on a prompt last: while nobody changes it, another line may take its place

/** putLine puts a whole line on the front prompt, for Enter to run; on a half-typed line it only inserts word. */
export function putLine(line: string, word: string): void {
  const now = frontTerminal().line;
  const free = !isTyped(now) || now.text === put;
  if (free) put = line;
  press(free ? { kind: "put", text: line } : { kind: "insert", word });
}

/** frontForLines is the front terminal where a line may be typed into it by a program, else it says why not. */
export function frontForLines(): number {
  const t = frontTerminal();
  const why = place.value === "elsewhere" ? "this tab reads only: another one has the playground open"
    : !host.value ? "the engine is being started again"
    : t.transcript.state === "closed" ? "the shell of the front terminal has ended"
    : t.transcript.state === "asks" ? "a question waits for its answer"
    : !isFree(t) ? "the terminal is busy, or somebody is typing on it" : "";
  if (why !== "") throw new Error(`hsmplay.exec: ${why}`);
  return t.id;
}

/** typeInto enters a line on an empty prompt. */
export function typeInto(id: number, line: string): void {
  press({ kind: "put", text: "" }, id);
  enter(id, line);
}
