import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { type Key, reduce } from "../line/keys.ts";
import { type Around, type Effect, type Line, empty, given, isTyped } from "../line/line.ts";
import { enter, past } from "../line/history.ts";

const around: Around = { asks: false, hidden: false, busy: false, next: [], rest: "" };

/** press runs keys through the reducer; a text of more than one character that names no key is typed. */
function press(line: Line, keys: (string | Key)[], a = around): { line: Line; effects: Effect[] } {
  const effects: Effect[] = [];
  for (const k of keys) {
    const key: Key = typeof k !== "string" ? k
      : k.startsWith("=") ? typed(line, k.slice(1)) : { kind: "chord", chord: k, selected: false };
    const step = reduce(line, key, a);
    line = step.line;
    effects.push(...step.effects);
  }
  return { line, effects };
}

/** typed is what the field reports after text was typed at the caret. */
function typed(line: Line, text: string): Key {
  const at = line.from + text.length;
  return { kind: "input", text: line.text.slice(0, line.from) + text + line.text.slice(line.to), from: at, to: at };
}

const runs: { name: string; keys: (string | Key)[]; text: string; at?: number }[] = [
  { name: "Ctrl-A goes to the start", keys: ["=findKey", "C-a"], text: "findKey", at: 0 },
  { name: "Ctrl-B goes back", keys: ["=abc", "C-b"], text: "abc", at: 2 },
  { name: "Ctrl-U kills to the start, Ctrl-Y brings it back", keys: ["=a b", "C-u", "=x ", "C-y"], text: "x a b" },
  { name: "Ctrl-K kills to the end", keys: ["=abc def", "A-b", "C-k"], text: "abc " },
  { name: "kills in a row join", keys: ["=one two", "A-Backspace", "A-Backspace", "C-y"], text: "one two" },
  { name: "a kill after a move begins anew", keys: ["=one two", "A-Backspace", "C-a", "C-k", "C-y"], text: "one " },
  { name: "Ctrl-W takes to the blank, Alt-Backspace to the word", keys: ["=ls a-b", "C-w"], text: "ls " },
  { name: "Alt-Backspace stops at the dash", keys: ["=ls a-b", "A-Backspace"], text: "ls a-" },
  { name: "Alt-D kills a word forward", keys: ["=one two", "C-a", "A-d"], text: " two", at: 0 },
  { name: "Ctrl-D deletes forward, a whole character", keys: ["=a😀b", "C-a", "C-d", "C-d"], text: "b" },
  { name: "Alt-. brings the last word of the line before", keys: ["=cat attr_7", "Enter", "=ls ", "A-."], text: "ls attr_7" },
  { name: "up and down walk the history, the draft stays", keys: ["=one", "Enter", "=two", "Enter", "=dr", "ArrowUp",
    "ArrowUp", "ArrowDown", "ArrowDown"], text: "dr" },
  { name: "a repeated line stands once in the history", keys: ["=one", "Enter", "=two", "Enter", "=two", "Enter",
    "ArrowUp", "ArrowUp"], text: "one" },
  { name: "one pasted line goes on the prompt", keys: ["=cat ", { kind: "paste", text: "attr_7\r\n" }], text: "cat attr_7" },
  { name: "a clicked handle gets blanks around it", keys: ["=getAttribute -o", { kind: "insert", word: "7" }],
    text: "getAttribute -o 7 " },
];

for (const r of runs) {
  test(`line: ${r.name}`, () => {
    const { line } = press(empty(), r.keys);
    equal(line.text, r.text);
    if (r.at !== undefined) equal(line.to, r.at);
  });
}

test("line: Enter types the line and empties the field", () => {
  const { line, effects } = press(empty(), ["=findKey", "Enter"]);
  deepEqual(effects, [{ do: "type", line: "findKey" }]);
  equal(line.text, "");
});

test("line: each program has a history of its own", () => {
  const bash = press(empty(), ["=ls", "Enter"]).line;
  const tool = press(enter(bash, "key_mgmt_util"), ["ArrowUp"]).line;
  equal(tool.text, "");
  equal(press(enter(tool, "bash"), ["ArrowUp"]).line.text, "ls");
});

test("line: the given first line is replaced by typing, kept by a move, cleared by Esc, run by Enter", () => {
  const first = given(empty(), "key_mgmt_util");
  equal(isTyped(first), false);
  equal(press(first, ["=l"]).line.text, "l");
  equal(isTyped(press(first, [{ kind: "input", text: "key_mgmt_util", from: 13, to: 13 }]).line), true);
  equal(press(first, ["Escape"]).line.text, "");
  deepEqual(press(first, ["Enter"]).effects, [{ do: "type", line: "key_mgmt_util" }]);
});

test("line: an answer to a question is no history and no kill", () => {
  const asked = { ...around, asks: true, hidden: true };
  const { line, effects } = press(empty(), ["=secret", "C-u", "=secret", "Enter"], asked);
  deepEqual(effects, [{ do: "type", line: "secret" }]);
  deepEqual(past(line), []);
  equal(line.kill, "");
  equal(press(line, ["ArrowUp"], asked).line.text, "");
});

test("line: Ctrl-C copies a selection, else interrupts", () => {
  const half = press(empty(), ["=abc"]).line;
  equal(reduce(half, { kind: "chord", chord: "C-c", selected: true }, around).native, true);
  const { line, effects } = press(half, ["C-c"]);
  deepEqual(effects, [{ do: "interrupt" }]);
  equal(line.text, "");
});

test("line: Ctrl-D on an empty line ends the program", () => {
  deepEqual(press(empty(), ["C-d"]).effects, [{ do: "end" }]);
  deepEqual(press(empty(), ["=a", "C-a", "C-d"]).effects, []);
});

test("line: Ctrl-R finds by what is typed, again finds older, Esc brings the line back", () => {
  const past = press(empty(), ["=genECCKeyPair -i 2 -l a", "Enter", "=findKey", "Enter", "=genECCKeyPair -i 14 -l b", "Enter", "=dr"]).line;
  equal(press(past, ["C-r", "g", "e", "n"]).line.text, "genECCKeyPair -i 14 -l b");
  equal(press(past, ["C-r", "g", "e", "n", "C-r"]).line.text, "genECCKeyPair -i 2 -l a");
  equal(press(past, ["C-r", "g", "e", "n", "C-r", "C-r"]).line.text, "genECCKeyPair -i 2 -l a");
  equal(press(past, ["C-r", "f", "Escape"]).line.text, "dr");
  deepEqual(press(past, ["C-r", "f", "i", "Enter"]).effects, [{ do: "type", line: "findKey" }]);
});

test("line: Tab asks for completion where there is a word, else leaves; after Esc it leaves", () => {
  deepEqual(press(empty(), ["=gen", "Tab"]).effects, [{ do: "complete" }]);
  equal(reduce(empty(), { kind: "chord", chord: "Tab", selected: false }, around).native, true);
  const escaped = press(empty(), ["=gen", "Escape"]).line;
  equal(reduce(escaped, { kind: "chord", chord: "Tab", selected: false }, around).native, true);
});

const choice = (word: string) => ({ word, means: "", space: true });

test("line: one choice is taken, several are walked, Esc leaves them", () => {
  const half = press(empty(), ["=genE"]).line;
  const one: Key = { kind: "choices", text: "genE", found: { from: 0, to: 4, choices: [choice("genECCKeyPair")] } };
  equal(press(half, [one]).line.text, "genECCKeyPair ");
  const gen = press(empty(), ["=gen"]).line;
  const many: Key = { kind: "choices", text: "gen", found: { from: 0, to: 3, choices: [choice("genDSAKeyPair"), choice("genSymKey")] } };
  equal(press(gen, [many, "Tab", "Tab"]).line.text, "genSymKey");
  equal(press(gen, [many, "Tab", "Tab", "Enter"]).line.text, "genSymKey ");
  equal(press(gen, [many, "ArrowUp"]).line.text, "genSymKey");
  equal(press(gen, [many, "Tab", "Escape"]).line.text, "gen");
});

test("line: choices that share a beginning are taken that far", () => {
  const half = press(empty(), ["=getA"]).line;
  const many: Key = { kind: "choices", text: "getA", found: { from: 0, to: 4, choices: [choice("getAttributeX"), choice("getAttributeY")] } };
  const { line } = press(half, [many]);
  equal(line.text, "getAttribute");
  equal(line.menu?.choices.length, 2);
});

test("line: an answer that comes after more was typed is dropped", () => {
  const { line } = press(empty(), ["=genEC", { kind: "choices", text: "gen", found: { from: 0, to: 3, choices: [choice("genSymKey")] } }]);
  equal(line.text, "genEC");
});

test("line: several pasted lines are shown, then run all, one by one, or not", () => {
  const pasted = press(empty(), [{ kind: "paste", text: "ls\nfindKey\n" }]).line;
  deepEqual(pasted.review, ["ls", "findKey"]);
  equal(pasted.text, "");
  deepEqual(press(pasted, [{ kind: "review", answer: "all" }]).effects,
    [{ do: "type", line: "ls" }, { do: "type", line: "findKey" }]);
  const one = press(pasted, [{ kind: "review", answer: "one" }]).line;
  equal(one.text, "ls");
  equal(press(one, ["Enter", { kind: "ready" }]).line.text, "findKey");
  equal(press(one, ["C-c", { kind: "ready" }]).line.text, "");
  deepEqual(press(pasted, [{ kind: "review", answer: "cancel" }]).line.review, null);
});

test("line: down on an empty line walks the Next lines and comes back to the empty one", () => {
  const a = { ...around, next: ["findKey", "exit"] };
  equal(press(empty(), ["ArrowDown"], a).line.text, "findKey");
  equal(press(empty(), ["ArrowDown", "ArrowDown"], a).line.text, "exit");
  equal(press(empty(), ["ArrowDown", "ArrowDown", "ArrowDown"], a).line.text, "");
  equal(press(empty(), ["ArrowDown", "ArrowUp"], a).line.text, "");
});
