// The rest of a line, as its history or the lines that make sense now have it. The value of a secret is never among it.

import { secretAt } from "../words/passwords.ts";
import { past } from "./history.ts";
import type { Line } from "./line.ts";

/** restOf is what may follow the text of a line whose caret stands at its end; "" for nothing. */
export function restOf(line: Line, next: string[]): string {
  const { text } = line;
  const isOpen = line.menu !== null || line.search !== null || line.review !== null;
  if (text.trim() === "" || line.given || isOpen || line.from !== text.length || line.to !== text.length) return "";
  const lines = past(line);
  for (let i = lines.length - 1; i >= 0; i--) {
    const rest = restIn(lines[i]!, text);
    if (rest !== "") return rest;
  }
  for (const whole of next) {
    const rest = restIn(whole, text);
    if (rest !== "") return rest;
  }
  return "";
}

/** restIn is what a whole line has behind a text, up to a secret. */
function restIn(whole: string, text: string): string {
  if (whole.length <= text.length || !whole.startsWith(text) || whole.includes("\n")) return "";
  const secret = secretAt(whole);
  const rest = whole.slice(text.length, secret < 0 ? undefined : Math.max(secret, text.length));
  return rest.trim() === "" ? "" : rest;
}

/** wordOf is the first word of a rest, with what stands before it. */
export function wordOf(rest: string): string {
  return /^\s*\S+\s?/.exec(rest)?.[0] ?? rest;
}
