// Dialogs: made when they are opened, gone when they are closed; the focus returns where it was.

import { type ComponentChild, render } from "preact";
import { focusBack } from "../page/focus.ts";

/** show opens a dialog with a title. */
export function show(title: string, body: ComponentChild): void {
  const dialog = document.createElement("dialog");
  const before = document.activeElement;
  dialog.setAttribute("aria-label", title);
  dialog.addEventListener("close", () => {
    render(null, dialog);
    dialog.remove();
    // Where what had the caret or a click goes, browsers take the caret off the field that has the focus now.
    const now = document.activeElement;
    if (now instanceof HTMLTextAreaElement || now instanceof HTMLInputElement) {
      now.blur();
      now.focus();
    }
    // The event comes late: who has moved on meanwhile is left alone.
    if (document.activeElement === document.body) focusBack(before, "#menu-button");
  });
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener("click", (e) => {
    const box = dialog.getBoundingClientRect();
    const inside = e.clientX >= box.left && e.clientX <= box.right && e.clientY >= box.top && e.clientY <= box.bottom;
    if (e.target === dialog && !inside) dialog.close();
  });
  holdFocus(dialog);
  render(body, dialog);
  document.body.append(dialog);
  dialog.showModal();
}

/** holdFocus moves the focus to the nearest control that stays where the one that had it goes. */
function holdFocus(dialog: HTMLElement): void {
  let around: Element[] = [];
  dialog.addEventListener("focusin", (e) => {
    around = [];
    for (let at = e.target as Element | null; at && at !== dialog; at = at.parentElement) around.push(at);
  });
  new MutationObserver(() => {
    if (around.length === 0 || document.activeElement !== document.body) return;
    const stays = around.find((e) => e.isConnected && e.querySelector("button")) ?? dialog;
    stays.querySelector<HTMLElement>("button")?.focus();
  }).observe(dialog, { childList: true, subtree: true });
}

/** named gives the focus to a field with a name: what is typed takes the place of it. */
export function named(field: HTMLInputElement | null): void {
  if (!field || document.activeElement === field) return;
  field.focus();
  field.select();
}

/** close closes the open dialog. */
export function close(): void {
  document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
}
