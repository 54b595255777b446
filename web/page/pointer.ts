// How the visitor points, and the words that fit it.

/** coarse says whether the visitor points with a finger. */
export const coarse = (): boolean => globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;

/** swaps name what the thumb can do in place of a key. */
const swaps: [RegExp, string][] = [
  [/Press Enter/g, "Tap Run"], [/Ctrl-C/g, "^C"], [/\bEnter\b/g, "Run"], [/Tab walks · Esc goes back to Next/, "Tap a word to take it"],
  [/Esc, then Tab leaves the field\./, ""],
];

/** handy is a sentence of the page as it fits the visitor's hand. */
export function handy(text: string): string {
  return coarse() ? swaps.reduce((t, [key, deed]) => t.replace(key, deed), text).trim() : text;
}
