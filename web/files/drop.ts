// Drag and drop: files may be dropped anywhere on the page, and a sign shows where they go.

import { place } from "../state/state.ts";
import { type Incoming, handIn, later } from "./tray.ts";
import { uploads } from "./words.ts";

let sign: HTMLElement | null = null;

/** show puts the sign over the page, dialogs included. */
function show(): void {
  if (sign) return;
  sign = document.createElement("div");
  sign.className = "drop";
  sign.popover = "manual";
  const words = document.createElement("p");
  words.textContent = place.value === "elsewhere" ? uploads.readOnly() : uploads.drop();
  sign.append(words);
  document.body.append(sign);
  sign.showPopover?.();
}

function hide(): void {
  sign?.remove();
  sign = null;
}

/** handed is what was dropped. It must be read while the event lasts. */
export function handed(data: DataTransfer): Incoming[] {
  return [...data.items].filter((item) => item.kind === "file").map((item) => {
    const file = item.getAsFile();
    const entry = item.webkitGetAsEntry?.();
    const folder = entry?.isDirectory === true ? (entry as FileSystemDirectoryEntry) : undefined;
    return { name: file?.name ?? entry?.name ?? "", file: folder ? null : file, ...(folder && { folder }) };
  });
}

/** take hands files in; folders and files of Markdown may be lessons, which is asked first. */
function take(incoming: Incoming[]): void {
  if (!incoming.some((i) => i.folder || i.name.endsWith(".md"))) return handIn(incoming);
  later(import("../lessons/dropped.tsx"), (d) => d.dropped(incoming));
}

/** wire listens on the whole page. What is not a file is left to the browser. */
export function wire(): void {
  const withFiles = (run: (e: DragEvent) => void) => (e: DragEvent) => {
    if (!e.dataTransfer?.types.includes("Files")) return;
    e.preventDefault();
    run(e);
  };
  document.addEventListener("dragenter", withFiles(show));
  document.addEventListener("dragover", withFiles((e) => void (e.dataTransfer!.dropEffect = "copy")));
  document.addEventListener("dragleave", withFiles((e) => e.relatedTarget === null && hide()));
  document.addEventListener("drop", withFiles((e) => {
    hide();
    take(handed(e.dataTransfer!));
  }));
}
