import "./fake-page.ts";
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { learn, meaning, pieces } from "../terms/terms.ts";

const row = (term: string, means: string, also: string[] = []) => ({ term, also, means, source: "" });

test("terms: words are found whole, each once, the longest first, with a plural's s", () => {
  learn([row("HSM", "A box."), row("key", "A key."), row("token key", "Stays."), row("KCV", "Three bytes.", ["key check value"])]);
  const marked = (text: string) => pieces(text, new Set()).filter((p) => p.means !== "").map((p) => `${p.text}=${p.means}`);
  deepEqual(marked("HSMs keep a token key. Another HSM does not."), ["HSMs=A box.", "token key=Stays."]);
  deepEqual(marked("Keys and monkeys, key-like"), ["Keys=A key."]);
  deepEqual(marked("The key check value is the KCV; hsm is no word"), ["key check value=Three bytes."]);
  equal(pieces("The HSM.", new Set()).map((p) => p.text).join(""), "The HSM.");
  equal(meaning("Token-Keys"), "Stays.");
  equal(meaning("nothing"), "");
});
