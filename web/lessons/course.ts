// The course: one file per language, fetched when lessons are opened for the first time; the service worker keeps it.

import { built } from "../engine/boot.ts";
import { languages } from "./words.ts";
import { own } from "../page/here.ts";

/** Texts are files of lessons by their names. */
export type Texts = Record<string, string>;

const key = own("lessons.language");

/** language is the one that lessons are read in. */
export function language(): string {
  const usual = (navigator.language ?? "en").slice(0, 2).toLowerCase();
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(key);
  } catch {
    // Refused storage: the browser's language.
  }
  return Object.hasOwn(languages, chosen ?? "") ? chosen! : Object.hasOwn(languages, usual) ? usual : "en";
}

/** speak chooses a language and remembers it. */
export function speak(chosen: string): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // Refused storage: the choice holds as long as the course is open.
  }
}

/** texts are the lessons, and what of them is translated. It fails with why they did not come. */
export async function texts(chosen: string): Promise<{ files: Texts; says: Texts }> {
  const [files, says] = await Promise.all(["en", chosen].map((name) => (name === "en" && chosen === name ? fetched("en") : fetched(name))));
  return { files: files!, says: chosen === "en" ? {} : says! };
}

const kept = new Map<string, Promise<Texts>>();

function fetched(name: string): Promise<Texts> {
  const address = built.course[name];
  if (!address) return Promise.resolve({});
  const coming = kept.get(name) ?? fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json() as Promise<Texts>;
  });
  kept.set(name, coming);
  coming.catch(() => kept.delete(name));
  return coming;
}
