// Keys typed while the focus is on something that takes none go to the command line, wherever the mouse clicked last.

import { chord, chordOf, field } from "../dock/field.ts";
import { press } from "../session/session.ts";
import { frontTerminal } from "../state/state.ts";

const acting = new Set(["Enter", "Backspace", "C-c"]);

/** typesItself are the places that take every key themselves, or lie over the page. */
const typesItself = "input, textarea, select, [contenteditable], dialog *, dialog";

/** pressable are the places that Enter and the space bar press. */
const pressable = "a, button, summary, label, [role=tab], [role=option], [role=separator]";

/** belongs says whether a key that was pressed somewhere is one for the command line. */
function belongs(name: string, target: Element): boolean {
  if (target.matches(typesItself) || document.querySelector("dialog[open]")) return false;
  if ([...name].length === 1 && name !== " ") return true;
  return (acting.has(name) || name === " ") && !target.matches(pressable);
}

/** toField gives the command line the focus. Given words are selected, as they are from the start where no soft keyboard would come up. */
function toField(): void {
  field().focus();
  if (frontTerminal().line.given) field().select();
}

/** wire listens for the life of the page. */
export function wire(): void {
  document.addEventListener("keydown", (e) => {
    const name = chordOf(e);
    if (e.defaultPrevented || !(e.target instanceof Element) || !belongs(name, e.target)) return;
    if (name === "C-c" && getSelection()?.isCollapsed === false) return;
    toField();
    // A character goes into the field by itself once that has the focus.
    if (acting.has(name) && name !== "Backspace" && !chord(name)) e.preventDefault();
  });
  document.addEventListener("paste", (e) => {
    if (!(e.target instanceof Element) || e.target.matches(typesItself) || document.querySelector("dialog[open]")) return;
    toField();
    press({ kind: "paste", text: e.clipboardData?.getData("text/plain") ?? "" });
    e.preventDefault();
  });
}
