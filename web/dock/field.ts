// The field and the reducer in step: keys go to the reducer first, what the field does by itself is taken over.

import { press } from "../session/session.ts";
import { type Terminal, front, frontTerminal, terminals } from "../state/state.ts";
import { withdraw } from "../terminal/remarks.ts";

type Field = HTMLTextAreaElement | HTMLInputElement;

let landing = false; // a finger or the mouse is on its way into the given words

const modifiers = new Set(["Control", "Shift", "Alt", "AltGraph", "Meta", "CapsLock", "Dead", "Process", "Unidentified"]);

/** chordOf names a key: "Enter", "C-a", "A-f", "S-Tab". "" is a key that is the browser's alone. */
export function chordOf(e: KeyboardEvent): string {
  if (e.isComposing || modifiers.has(e.key) || e.metaKey || e.getModifierState("AltGraph")) return "";
  if (e.ctrlKey && (e.altKey || e.shiftKey)) return "";
  if (e.ctrlKey) return e.key.length === 1 ? `C-${e.key.toLowerCase()}` : "";
  if (e.altKey) {
    // On some systems Alt changes the letter, so the key's place is asked first.
    const letter = /^Key([A-Z])$/.exec(e.code)?.[1]?.toLowerCase() ?? (e.code === "Period" ? "." : e.key);
    return `A-${letter}`;
  }
  return e.shiftKey && e.key === "Tab" ? "S-Tab" : e.key;
}

/** field is the element that takes the keys now: the password input while an answer is hidden. */
export function field(): Field {
  const hidden = frontTerminal().transcript.hidden;
  return document.getElementById(hidden ? "secret" : "field") as Field;
}

/** takeOver tells the reducer what the field holds and where its caret stands. */
function takeOver(f: Field): void {
  const { line } = frontTerminal();
  const [from, to] = [f.selectionStart ?? 0, f.selectionEnd ?? 0];
  if (f.value !== line.text || from !== line.from || to !== line.to) press({ kind: "input", text: f.value, from, to });
}

/** show puts the reducer's line into the field where they differ. */
function show(): void {
  const f = field();
  const { text, from, to } = frontTerminal().line;
  const changed = f.value !== text;
  if (changed) f.value = text;
  const moved = f.selectionStart !== from || f.selectionEnd !== to;
  if (moved && (changed || document.activeElement === f)) f.setSelectionRange(from, to);
}

/** swap shows the field that fits the question and moves the focus along. */
function swap(): void {
  const now = field();
  const other = document.getElementById(now.id === "field" ? "secret" : "field") as Field;
  if (!now.hidden) return;
  const focused = document.activeElement === other;
  other.value = "";
  other.hidden = true;
  now.hidden = false;
  if (focused) now.focus();
}

/** chord hands a chord to the reducer and answers whether the browser is to go on with it. */
export function chord(name: string): boolean {
  const f = field();
  takeOver(f);
  const selected = f.selectionStart !== f.selectionEnd || (getSelection()?.isCollapsed === false && document.activeElement !== f);
  return press({ kind: "chord", chord: name, selected });
}

function onKey(e: KeyboardEvent): void {
  const name = chordOf(e);
  if (name !== "" && !chord(name)) e.preventDefault();
}

/** onPaste keeps the browser's own way for one line, so that its undo works, and shows several first. */
function onPaste(e: ClipboardEvent): void {
  const text = e.clipboardData?.getData("text/plain") ?? "";
  if (!/[\r\n]/.test(text)) return;
  e.preventDefault();
  takeOver(field());
  press({ kind: "paste", text });
}

/** untouched takes the words of a first visit off a tab: a returning visitor finds an empty prompt. */
export function untouched(t: Terminal): Terminal {
  const f = document.getElementById("field") as HTMLTextAreaElement;
  if (f.value === t.line.text) f.value = "";
  return { ...t, line: { ...t.line, text: "", from: 0, to: 0, given: false }, transcript: withdraw(t.transcript, "welcome") };
}

/** land makes the first tap or click on the given words select them, as in an address bar; the caret that the tap itself sets
 *  is not taken over until then. */
function land(f: Field): void {
  f.addEventListener("pointerdown", () => (landing = frontTerminal().line.given && document.activeElement !== f));
  f.addEventListener("pointercancel", () => (landing = false));
  f.addEventListener("click", () => {
    if (!landing) return;
    landing = false;
    f.select();
  });
}

/** wire ties both fields to the reducer, for the life of the page. */
export function wire(): void {
  for (const id of ["field", "secret"]) {
    const f = document.getElementById(id) as Field;
    f.addEventListener("keydown", onKey as EventListener);
    f.addEventListener("paste", onPaste as EventListener);
    f.addEventListener("input", () => takeOver(f));
    land(f);
    f.addEventListener("beforeinput", (e) => {
      // Soft keyboards may say Enter in this way only.
      if (!/^insert(LineBreak|Paragraph)$/.test((e as InputEvent).inputType)) return;
      e.preventDefault();
      chord("Enter");
    });
  }
  document.addEventListener("selectionchange", () => {
    const f = field();
    if (!landing && document.activeElement === f && f.value === frontTerminal().line.text) takeOver(f);
  });
  const draw = () => {
    swap();
    show();
  };
  terminals.subscribe(draw);
  front.subscribe(draw);
  // What was typed before this script ran is kept.
  const f = field();
  if (f.value !== frontTerminal().line.text) takeOver(f);
}
