// The answers that a question offers in its own words: "Retry/Ignore/Abort?(R/I/A):", "…(y/n)?", "… (0 or 1):".

/** Answer is what is typed, and the word for it. */
export interface Answer { types: string; says: string }

const usual: Record<string, string> = { y: "yes", n: "no" };

/** answersTo reads a question; none for one that wants something else. */
export function answersTo(question: string): Answer[] {
  const found = /[([](\w)(?:\/(\w)|\s+or\s+(\w))(?:\/(\w))?[)\]]/.exec(question);
  if (!found) return [];
  const letters = found.slice(1).filter((l) => l !== undefined);
  const words = question.slice(0, found.index).replace(/\?\s*$/, "").trim().split("/");
  const named = words.length === letters.length && words.every((w) => /^\w+$/.test(w));
  return letters.map((types, i) => ({ types, says: named ? words[i]!.toLowerCase() : usual[types.toLowerCase()] ?? types }));
}
