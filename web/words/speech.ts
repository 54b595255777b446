// The spoken log: one hidden role=log that gets one sentence per command and per change of the cluster.

import { settings } from "../state/settings.ts";

const kept = 20;

/** say adds a sentence to the log. */
export function say(sentence: string): void {
  const log = document.getElementById("spoken");
  if (!log || sentence === "") return;
  const p = document.createElement("p");
  p.textContent = sentence;
  log.append(p);
  while (log.childElementCount > kept) log.firstElementChild!.remove();
}

/** sayTurn speaks a finished command: its sentence, or the whole text where that is wanted. */
export function sayTurn(said: string, text: string): void {
  say(settings.value.speech === "full" && text.trim() !== "" ? text : said);
}
