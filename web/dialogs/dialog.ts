// Dialogs: made when they are opened, gone when they are closed; the focus returns where it was.

import { type ComponentChild, render } from "preact";

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
    if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
  });
  // A click on the backdrop lands on the dialog itself.
  dialog.addEventListener("click", (e) => {
    const box = dialog.getBoundingClientRect();
    const inside = e.clientX >= box.left && e.clientX <= box.right && e.clientY >= box.top && e.clientY <= box.bottom;
    if (e.target === dialog && !inside) dialog.close();
  });
  render(body, dialog);
  document.body.append(dialog);
  dialog.showModal();
}

/** close closes the open dialog. */
export function close(): void {
  document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
}
