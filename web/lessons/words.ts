// What the page says about lessons, in the language that they are read in. What a lesson says comes from its own file.

import type { LessonRow, LessonState } from "../hsm";
import { counted } from "../words/words.ts";

/** themes are the parts of the course, in their order. */
export const themes = ["start", "keys", "cluster", "people", "automation"];

/** languages are those that lessons can be read in; what is not translated is shown in English. */
export const languages: Record<string, string> = { en: "English", de: "Deutsch" };

/** lengthOf says how long a lesson takes and how far it is. */
export function lengthOf({ minutes, ticked, fresh }: LessonRow): string {
  const done = ticked.filter(Boolean).length;
  const steps = done === 0 ? says.steps(ticked.length) : done === ticked.length ? says.done : says.of(done, ticked.length);
  const more = fresh.filter(Boolean).length;
  return `${minutes} min · ${steps}${more > 0 && done > 0 ? ` · ${says.fresh(more)}` : ""}`;
}

/** stepOf says which step of how many it is, and what is left. */
export function stepOf({ step, titles, left, ended, last }: LessonState): string {
  return `${says.stepOf(step + 1, titles.length)} · ${ended && last ? says.done : says.left(left)}`;
}

/** missText is what is missing, as one sentence. */
export function missText({ says }: LessonState["missing"][number]): string {
  return says.map((p) => p.text).join("");
}

const english = {
  themes: { start: "Start", keys: "Keys", cluster: "The cluster", people: "People", automation: "Automation and moving on" } as Record<string, string>,
  more: "More",
  lessons: "Lessons",
  intro: "Short lessons in worlds of their own. Your world is kept aside while one runs, and comes back when you leave it.",
  reading: "The lessons are being fetched.",
  none: (why: string) => `The lessons did not come: ${why}.`,
  again: "try again",
  language: "Language", saveProgress: "Save progress as a file", loadProgress: "Load progress", close: "Close",
  review: "Review", reviewOf: "three short steps on what went wrong before.",
  after: (titles: string[]) => `after “${titles.join("”, “")}”`,
  steps: (n: number) => counted(n, "step"), of: (n: number, of: number) => `${n} of ${counted(of, "step")}`, done: "done", fresh: (n: number) => `${n} new`,
  noSuch: "No such lesson", notNow: "Not now", beginIt: "Begin",
  begin: (title: string) => `Lesson: ${title}.`,
  aside: (title: string) => `Lesson “${title}” begins in a world of its own. Your world is kept aside and comes back when you leave the lesson.`,
  back: "You are back in your own world.",
  stepOf: (n: number, of: number) => `step ${n} of ${of}`, left: (min: number) => `about ${min} min left`,
  bar: (n: number, of: number) => `Step ${n} of ${of}`, met: (n: number, of: number) => `${n} of ${of}`,
  stepsDone: (n: number, of: number) => `${n} of ${of} steps done`,
  asked: "What the step asks for", met1: "done: ", open1: "to do: ", stays1: "so already, and to stay so: ", stays: "so already; to stay so",
  held: "What the step asks for is shown once you have guessed, or typed a line.",
  hints: "Hints", hintButton: (n: number, of: number) => `Hint ${n} of ${of}`, showMe: "Show me", next: "Next step", another: "Another lesson", home: "Back to my world",
  all: "all lessons", stepAgain: "this step again", lessonAgain: "this lesson again", freely: "play freely", leave: "leave the lesson", below: "more below",
  run: "Run them", up: (line: string) => `${line}: up`, down: (line: string) => `${line}: down`,
  ticked: (goal: string, fact: string) => `Done: ${goal}${fact === "" ? "" : `, ${fact}`}.`,
  step: (n: number, of: number, title: string) => `Step ${n} of ${of}: ${title}.`,
  toDo: (goals: string[]) => `${goals.length === 1 ? "To do" : "To do, in any order"}: ${goals.join("; ")}.`,
  ended: (title: string) => `The step “${title}” is done.`,
  last: (title: string) => `The lesson “${title}” is done.`,
  missing: "What is missing",
  predict: "First, what do you expect?", expected: "Expected",
  right: (is: string) => `Yes: ${is}.`,
  wrong: (chosen: string, is: string) => `You said ${chosen}; it is ${is}.`,
  hint: (n: number, of: number) => `Hint ${n} of ${of}`,
  shown: (at: number, of: number, tab: number) => `Line ${at} of ${of} of our way is on the prompt${tab > 1 ? ` of tab ${tab}` : ""}. Enter runs it.`,
  busy: "The prompt is not empty: our line waits until it is.",
  order: "Put these lines in order, then run them.",
  blank: "Fill the blanks.",
  yours: "Yours",
  ours: "Ours",
  tab: (n: number) => `tab ${n}`,
  note: "Lesson: ",
  free: "You play freely in the lesson’s world.",
  progress: "Progress is kept in this browser and in World files. Nothing leaves the page.",
  taken: "The progress in the file was added to yours.",
  notTaken: (why: string) => `This file holds no progress of lessons: ${why}.`,
  faults: "Lessons that cannot be read",
  added: (count: number) => `${counted(count, "lesson")} added.`,
  neither: "Neither", putHome: "Put into the home directory", add: "Add to the lessons",
};

/** Says is the table of what the page says about lessons; each language has all of it. */
export type Says = typeof english;

/** says is the table of the language that is read. */
export let says: Says = english;

/** speakIn takes the table of a language; it is fetched the first time. */
export async function speakIn(language: string): Promise<void> {
  says = language === "de" ? (await import("./words.de.ts")).german : english;
}
