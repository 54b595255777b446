// Where the focus goes: to the field, and from pane to pane by F6.

import { field } from "../dock/field.ts";
import { coarse } from "./pointer.ts";

/** panes are the stops of F6, in their order. */
const panes = ["#field, #secret", ".transcript:not([hidden])", "#timeline", "#tabs [aria-selected=true]", "#lesson, #lessonbar button", "#strip", "#drawer", "#openers button", "header"];

/** focusField puts the focus on the command line, except where that would raise a soft keyboard: that stays down until tapped. */
export function focusField(): void {
  if (!coarse()) field().focus();
}

/** isLost says whether nothing has the focus that can be seen. */
export function isLost(): boolean {
  return document.activeElement === document.body || !document.activeElement?.checkVisibility();
}

/** focusBack puts the focus on the first of some elements that takes it, else on the command line. */
export function focusBack(...to: (string | Element | null)[]): void {
  for (const e of [...to, "#field"]) {
    const element = typeof e === "string" ? document.querySelector(e) : e;
    if (element instanceof HTMLElement) element.focus();
    if (!isLost()) return;
  }
}

/** stops are the panes that can take the focus now. */
function stops(): HTMLElement[] {
  return panes.map((p) => [...document.querySelectorAll<HTMLElement>(p)].find((e) => e.checkVisibility()))
    .filter((e) => e !== undefined);
}

/** nextPane moves the focus to the next pane, or to the one before. */
export function nextPane(by: 1 | -1): void {
  const all = stops();
  const at = all.findIndex((e) => e === document.activeElement || e.contains(document.activeElement));
  all[(at + by + all.length) % all.length]?.focus();
}
