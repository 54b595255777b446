// The tray of the Files panel: what is asked and told about files that were handed in.

import { Cell } from "../cell.ts";

/** Incoming is what a visitor hands in; a folder has no file. */
export interface Incoming { name: string; file: File | null }

/** Ask is a file whose name is taken. */
export interface Ask { name: string; file: File; directory: boolean }

/** Answer is what to do with it. */
export type Answer = "replace" | "both" | "skip";

/** Tray is what stands in the panel: open questions, and sentences about the last files. */
export interface Tray { asks: Ask[]; told: string[] }

export const tray = new Cell<Tray>({ asks: [], told: [] });

/** handIn takes files; the work is loaded when it is needed. */
export function handIn(incoming: Incoming[]): void {
  void import("./upload.ts").then((u) => u.upload(incoming));
}

/** reply answers the first question, or all of them. */
export function reply(answer: Answer, all: boolean): void {
  void import("./upload.ts").then((u) => u.settle(answer, all));
}
