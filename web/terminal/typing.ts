// Keys typed while the terminal has the focus, but not the field, go to the field.

import { chord, chordOf, field } from "../dock/field.ts";
import { press } from "../session/session.ts";

const acting = new Set(["Enter", "Backspace", "C-c"]);

/** wire listens on the terminal for the life of the page. */
export function wire(): void {
  const terminal = document.getElementById("terminal")!;
  terminal.addEventListener("keydown", (e) => {
    const target = e.target as Element;
    if (target !== terminal && !target.matches(".transcript, .tool.flat")) return;
    const name = chordOf(e);
    const types = [...name].length === 1 || acting.has(name);
    if (!types || (name === "C-c" && getSelection()?.isCollapsed === false)) return;
    field().focus();
    // A character goes into the field by itself once that has the focus.
    if (acting.has(name) && name !== "Backspace" && !chord(name)) e.preventDefault();
  });
  terminal.addEventListener("paste", (e) => {
    if (e.target === field()) return;
    field().focus();
    press({ kind: "paste", text: e.clipboardData?.getData("text/plain") ?? "" });
    e.preventDefault();
  });
}
