// The tray of the Files panel: what is asked and told about files that were handed in.

import { Cell } from "../state/cell.ts";
import { say } from "../words/speech.ts";
import { model } from "../state/state.ts";
import { uploads } from "./words.ts";

/** Incoming is what a visitor hands in; a folder has no file. */
export interface Incoming { name: string; file: File | null; folder?: FileSystemDirectoryEntry }

/** Ask is a file whose name is taken. */
export interface Ask { name: string; file: File; directory: boolean }

/** Answer is what to do with it. */
export type Answer = "replace" | "both" | "skip";

/** Tray is what stands in the panel: open questions, and sentences about the last files. */
export interface Tray { asks: Ask[]; told: string[] }

export const tray = new Cell<Tray>({ asks: [], told: [] });

let toldOf = model.value.files; // the files that the sentences are about

/** begin takes sentences away when the files change again, and questions when the world does. */
export function begin(): void {
  model.subscribe(({ files }) => {
    if (files === null) tray.value = { asks: [], told: [] };
    else if (files !== toldOf && tray.value.told.length > 0) tray.value = { ...tray.value, told: [] };
  });
}

/** tell shows and speaks sentences, and the question that is in front. */
export function tell(told: string[]): void {
  toldOf = model.value.files;
  tray.value = { ...tray.value, told };
  for (const sentence of told) say(sentence);
  const [ask] = tray.value.asks;
  if (ask) say(uploads.taken(ask));
}

/** later does something with a part of the page that is loaded when it is needed, and tells where it does not come. */
export function later<Part>(part: Promise<Part>, use: (part: Part) => unknown): void {
  part.then(use, () => tell([uploads.notLoaded()]));
}

/** handIn takes files. */
export function handIn(incoming: Incoming[]): void {
  later(import("./upload.ts"), (u) => u.upload(incoming));
}

/** reply answers a question, or all of them. */
export function reply(ask: Ask, answer: Answer, all: boolean): void {
  later(import("./upload.ts"), (u) => u.settle(ask, answer, all));
}
