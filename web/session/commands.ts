// The words that begin a line at the prompts that have been in front, as the engine completes them: in notes only these are links.

import { Cell, derived } from "../state/cell.ts";
import { frontTab, host } from "../state/state.ts";

/** commands are the words that are known so far. */
export const commands = new Cell<ReadonlySet<string>>(new Set(["key_mgmt_util"]));

const asked = new Set<string>();

/** prompted is the program whose prompt is in front, "" for none. */
const prompted = derived([frontTab, host], () => {
  const { id, transcript: { state, program } } = frontTab.value;
  return host.value && id > 0 && state === "ready" ? program : "";
});

/** begin asks at the first prompt of each program. */
export function begin(): void {
  const look = async (program: string) => {
    if (program === "" || asked.has(program)) return;
    asked.add(program);
    const found = await host.value!.engine.complete({ terminal: frontTab.value.id, line: "", cursor: 0 }).catch(() => null);
    if (found) commands.value = new Set([...commands.value, ...found.choices.map((c) => c.word.trim())]);
    else asked.delete(program);
  };
  prompted.subscribe((program) => void look(program));
  void look(prompted.value);
}

/** isLine says whether code is a line to type: one that begins with a command. */
export function isLine(text: string, known = commands.value): boolean {
  const first = /^[\w./-]+/.exec(text)?.[0] ?? "";
  return known.has(first.split("/").at(-1)!) && !/[…<>]/.test(text);
}
