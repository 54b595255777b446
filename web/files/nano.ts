// Lines that ask for an editor or a pager: the page has an editor, and says what to do in place of the others.

import { editNamed } from "../dialogs/Editor.tsx";
import type { Turn } from "../hsm";
import { send } from "../session/session.ts";
import { terminalOf, update } from "../state/state.ts";
import { add } from "../terminal/blocks.ts";
import { remarkOn } from "../terminal/remarks.ts";
import { parts } from "../words/words.ts";
import { edits } from "./words.ts";

const guesses = ["shell.said", "shell.no-editor", "shell.no-editor-tab"]; // the engine's, which knows of no editor

const note = (text: string) => ({ id: "page.editor", parts: parts(text), error: false });

/** run is a line that begins with such a program, in a terminal that is ready for it. */
export async function run(id: number, line: string): Promise<void> {
  const [, program = "", name = ""] = /^\s*(\w+)\s*(\S*)\s*$/.exec(line) ?? [];
  if (program === "nano") {
    show(id, line);
    return editNamed(name.replace(/^(['"])(.*)\1$/, "$2"));
  }
  await send(id, line);
  update(id, (t) => ({ ...t, transcript: remarkOn(t.transcript, note(edits.instead(/^\s*\w+/.exec(line)![0].trim(), name)), ...guesses) }));
}

/** show puts the line into the transcript: the engine never sees it. */
function show(id: number, line: string): void {
  const { prompt, program, user } = terminalOf(id)!.transcript;
  const turn: Turn = { terminal: id, line, echo: true, at: prompt, text: "", notes: [note(edits.opens())], state: "ready", prompt, hidden: false, wait: null,
    status: 0, code: null, command: "nano", program, user, said: edits.opens(), clear: false };
  update(id, (t) => ({ ...t, transcript: add(t.transcript, turn) }));
}
