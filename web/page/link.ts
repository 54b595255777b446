// Addresses that bring lines along: they are put on the prompt, several are shown first. Nothing runs by itself.

import { press, remark, withdrawAll } from "../session/session.ts";
import { front, place } from "../state/state.ts";
import { notices } from "../words/words.ts";

const key = "lines";

/** linkTo is the address of the page with lines. */
export function linkTo(lines: string[]): string {
  const url = new URL(location.href);
  url.search = "";
  url.hash = `${key}=${lines.map(encodeURIComponent).join("+")}`;
  return url.href;
}

/** linesIn are the lines that an address brings. */
export function linesIn(hash: string): string[] {
  const found = new RegExp(`^#${key}=(.*)$`).exec(hash)?.[1];
  try {
    return found ? found.split("+").map(decodeURIComponent) : [];
  } catch {
    return []; // an address that was cut short
  }
}

/** take puts the lines of the page's address on the prompt, and takes them out of the address. A tab that only reads keeps them there until it takes over. */
export function take(): void {
  const lines = linesIn(location.hash);
  if (lines.length === 0) return;
  if (place.value === "elsewhere") {
    withdrawAll("elsewhere");
    return remark(front.value, "linked", notices.linked(lines.length));
  }
  history.replaceState(history.state, "", location.pathname + location.search);
  press({ kind: "put", text: "" });
  press({ kind: "paste", text: lines.join("\n") });
}
