// What the page says about lessons. What a lesson says comes from its own file.

import type { LessonRow, LessonState } from "../hsm";
import { counted } from "../words/words.ts";

/** themes are the parts of the course, in their order. */
export const themes: Record<string, string> = {
  start: "Start", keys: "Keys", cluster: "The cluster", people: "People", automation: "Automation and moving on",
};

/** languages are those that lessons can be read in; what is not translated is shown in English. */
export const languages: Record<string, string> = { en: "English", de: "Deutsch" };

/** lengthOf says how long a lesson takes and how far it is. */
export function lengthOf({ minutes, ticked, fresh }: LessonRow): string {
  const done = ticked.filter(Boolean).length;
  const steps = done === 0 ? counted(ticked.length, "step") : done === ticked.length ? "done" : `${done} of ${counted(ticked.length, "step")}`;
  const more = fresh.filter(Boolean).length;
  return `${minutes} min · ${steps}${more > 0 && done > 0 ? ` · ${more} new` : ""}`;
}

/** stepOf says which step of how many it is, and what is left. */
export function stepOf({ step, titles, left, ended, last }: LessonState): string {
  return `step ${step + 1} of ${titles.length}${ended && last ? " · done" : ` · about ${left} min left`}`;
}

/** missText is what is missing, as one sentence. */
export function missText({ says }: LessonState["missing"][number]): string {
  return says.map((p) => p.text).join("");
}

export const says = {
  lessons: "Lessons",
  intro: "Short lessons in worlds of their own. Your world is kept aside while one runs, and comes back when you leave it.",
  reading: "The lessons are being fetched.",
  none: (why: string) => `The lessons did not come: ${why}.`,
  again: "try again",
  begin: (title: string) => `Lesson: ${title}.`,
  kept: "Your own world is kept aside, and comes back when you leave the lesson.",
  aside: (title: string) => `Lesson “${title}” begins in a world of its own. Your world is kept aside and comes back when you leave the lesson.`,
  back: "You are back in your own world.",
  ticked: (goal: string, fact: string) => `Done: ${goal}${fact === "" ? "" : `, ${fact}`}.`,
  step: (n: number, of: number, title: string, goals: string[]) => `Step ${n} of ${of}: ${title}. ${goals.length === 1 ? "To do" : "To do, in any order"}: ${goals.join("; ")}.`,
  ended: (title: string) => `The step “${title}” is done.`,
  last: (title: string) => `The lesson “${title}” is done.`,
  missing: "What is missing",
  predict: "First, what do you expect?",
  right: (is: string) => `Yes: ${is}.`,
  wrong: (chosen: string, is: string) => `You said ${chosen}; it is ${is}.`,
  hint: (n: number, of: number) => `Hint ${n} of ${of}`,
  shown: (at: number, of: number, tab: number) => `Line ${at} of ${of} of our way is on the prompt${tab > 1 ? ` of tab ${tab}` : ""}. Enter runs it.`,
  busy: "The prompt is not empty: our line waits until it is.",
  order: "Put these lines in order, then run them.",
  blank: "Fill the blanks.",
  yours: "Yours",
  ours: "Ours",
  free: "You play freely in the lesson’s world.",
  progress: "Progress is kept in this browser and in World files. Nothing leaves the page.",
  taken: "The progress in the file was added to yours.",
  notTaken: (why: string) => `This file holds no progress of lessons: ${why}.`,
  faults: "Lessons that cannot be read",
  added: (count: number) => `${counted(count, "lesson")} added.`,
  record: "What was done, step by step. It proves the steps, not the person.",
} as const;
