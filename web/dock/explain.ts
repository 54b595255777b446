// Asking the engine what the line being typed means, after a short pause.

import type { Explanation } from "../hsm";
import { explanation, front, frontTerminal, host, possible, terminals } from "../state/state.ts";

const pause = 60; // ms

/** begin asks whenever the front line has changed. */
export function begin(): void {
  let asked = "";
  let timer = 0;
  const look = () => {
    const { id, line, transcript } = frontTerminal();
    const wanted = `${id} ${line.to} ${line.text}`;
    if (wanted === asked) return;
    asked = wanted;
    clearTimeout(timer);
    if (line.text.trim() === "" || transcript.state !== "ready") explanation.value = null, possible.value = [];
    else timer = window.setTimeout(() => void ask(id, line.text, line.to), pause);
  };
  terminals.subscribe(look);
  front.subscribe(look);
}

async function ask(terminal: number, line: string, cursor: number): Promise<void> {
  const found = await host.value?.engine.explain({ terminal, line, cursor }).catch(() => null);
  const now = frontTerminal();
  if (!found || now.id !== terminal || now.line.text !== line) return;
  explanation.value = found;
  await askWhat(found, terminal, line, cursor);
}

/** askWhat asks what a word at the end may become, while no command is known that would say it. */
async function askWhat(found: Explanation, terminal: number, line: string, cursor: number): Promise<void> {
  const isOpen = found.slots.length < 2 && cursor === line.length && /\S$/.test(line);
  const choices = isOpen ? (await host.value?.engine.complete({ terminal, line, cursor }).catch(() => null))?.choices ?? [] : [];
  if (frontTerminal().id === terminal && frontTerminal().line.text === line) possible.value = choices.filter((c) => c.means !== "" && !line.endsWith(c.word));
}
