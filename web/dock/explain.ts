// Asking the engine what the line being typed means, after a short pause.

import { explanation, front, frontTerminal, host, terminals } from "../state/state.ts";

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
    if (line.text.trim() === "" || transcript.state !== "ready") explanation.value = null;
    else timer = window.setTimeout(() => void ask(id, line.text, line.to), pause);
  };
  terminals.subscribe(look);
  front.subscribe(look);
}

async function ask(terminal: number, line: string, cursor: number): Promise<void> {
  const found = await host.value?.engine.explain({ terminal, line, cursor }).catch(() => null);
  const now = frontTerminal();
  if (found && now.id === terminal && now.line.text === line) explanation.value = found;
}
