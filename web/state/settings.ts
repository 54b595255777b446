// What the visitor has chosen about the page itself. Remembered where the browser lets us.

import { Cell } from "./cell.ts";
import { former, own } from "../page/here.ts";

/** Settings are the choices; theme "system" follows the system. */
export interface Settings {
  theme: "system" | "light" | "dark";
  notes: "full" | "errors" | "off";
  speech: "short" | "full";
}

const key = own("settings");
const usual: Settings = { theme: "system", notes: "full", speech: "short" };

/** choices are the words that each setting may have, in the order of the menus. */
export const choices: { [K in keyof Settings]: readonly Settings[K][] } = {
  theme: ["system", "light", "dark"], notes: ["full", "errors", "off"], speech: ["short", "full"],
};

/** stored reads the choices of an earlier visit; whatever is not one of the words is left out. */
function stored(): Settings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? localStorage.getItem(former("settings")) ?? "{}");
    const fits = ([name, value]: [string, unknown]) => (choices[name as keyof Settings] as readonly unknown[] | undefined)?.includes(value);
    return { ...usual, ...Object.fromEntries(Object.entries(found as object).filter(fits)) };
  } catch {
    return usual;
  }
}

export const settings = new Cell<Settings>(stored());

/** show puts the choices on the root element, where the style sheets read them. */
function show(s: Settings): void {
  document.documentElement.dataset["theme"] = s.theme;
  document.documentElement.dataset["notes"] = s.notes;
}

/** begin shows the choices now and after every change, and remembers them. */
export function begin(): void {
  show(settings.value);
  settings.subscribe((s) => {
    show(s);
    try {
      localStorage.setItem(key, JSON.stringify(s));
    } catch {
      // Refused storage: the choice holds until the tab closes.
    }
  });
}
