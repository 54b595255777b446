// The lines that are offered next. The engine tries each of them in a copy of the world, which takes longer than a line: so they are asked
// for behind the line, once no other has followed for a moment.

import { front, host, proposed } from "../state/state.ts";

const calm = 30; // ms

let timer: ReturnType<typeof setTimeout> | undefined;

/** hold keeps from asking, when a line goes out. */
export function hold(): void {
  clearTimeout(timer);
}

/** propose asks soon for what may be typed as the world is now. */
export function propose(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), calm);
}

async function ask(): Promise<void> {
  const [asked, terminal] = [host.value, front.value];
  if (!asked || terminal === 0) return;
  const lines = await asked.engine.next({ terminal }).then((answer) => answer.lines, () => null);
  if (!lines || asked !== host.value || terminal !== front.value) return;
  if (lines.join("\n") !== proposed.value.join("\n")) proposed.value = lines;
}
