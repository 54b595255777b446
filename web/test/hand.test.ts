import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { answersTo } from "../dock/answers.ts";
import { partsOf, viewOf } from "../terminal/folds.ts";
import { linesIn } from "../page/link.ts";
import { hasPassword, secretAt, withoutPasswords } from "../words/passwords.ts";
import "./fake-page.ts";
import { diff } from "../files/diff.ts";
import { isEditable, saveLine } from "../files/editing.ts";
import { reduce } from "../line/keys.ts";
import { type Line, empty } from "../line/line.ts";
import { restOf, wordOf } from "../line/suggest.ts";
import { type Column, ordered } from "../panels/Table.tsx";
import { ranges } from "../words/words.ts";

const seq = (n: number) => Array.from({ length: n }, (_, i) => `${i + 1}\n`).join("");

test("folds: over 60 lines there are ends and a middle, and together they are the text", () => {
  equal(partsOf([seq(60)]), null);
  const { head, middle, tail, lines } = partsOf([seq(61)])!;
  deepEqual([head, tail, lines], [seq(12), seq(61).slice(seq(49).length), 37]);
  equal(head + middle.join("") + tail, seq(61));
});

test("folds: chunks that end within a line are parted at line ends", () => {
  const text = seq(200).trimEnd();
  for (const size of [1, 7, 100, 10_000]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g"))!;
    const { head, middle, tail } = partsOf(chunks)!;
    equal(head, seq(12));
    equal(tail, text.slice(seq(188).length));
    equal(head + middle.join("") + tail, text);
  }
});

test("folds: what runs is whole, a long answer shows its ends, a hand decides otherwise", () => {
  equal(viewOf({ open: true }, true), "whole");
  equal(viewOf({ open: false }, true), "ends");
  equal(viewOf({ open: false }, false), "whole");
  equal(viewOf({ open: false, folded: true }, false), "line");
  equal(viewOf({ open: false, folded: false }, true), "whole");
});

test("answers: a question's own words become buttons", () => {
  const said = (q: string) => answersTo(q).map((a) => `${a.types}=${a.says}`).join(" ");
  equal(said("Retry/Ignore/Abort?(R/I/A):"), "R=retry I=ignore A=abort");
  equal(said("Retry/rollBack/Ignore?(R/B/I):"), "R=retry B=rollback I=ignore");
  equal(said("Do you want to continue(y/n)?"), "y=yes n=no");
  equal(said("          Enter the boolean attribute value (0 or 1):"), "0=0 1=1");
  equal(said("Enter password: "), "");
});

test("passwords: found in the lines of each tool, and not where -p is something else", () => {
  equal(withoutPasswords("loginHSM -u CU -s a -p aws"), "loginHSM -u CU -s a -p …");
  equal(withoutPasswords("loginHSM CO admin secret"), "loginHSM CO admin …");
  equal(withoutPasswords("login --username a --password 'b c' --role x"), "login --username a --password … --role x");
  ok(!hasPassword("mkdir -p a/b"));
  ok(!hasPassword("loginHSM CO admin -hpswd"));
  equal(secretAt("loginHSM -u CU -s a -p aws"), "loginHSM -u CU -s a -p ".length);
  equal(secretAt("findKey"), -1);
});

test("link: lines come back from an address as they were", () => {
  const lines = ["echo a+b & c#d", "genECCKeyPair -i 14 -l \"x y\""];
  deepEqual(linesIn(`#lines=${lines.map(encodeURIComponent).join("+")}`), lines);
  deepEqual(linesIn("#other"), []);
  deepEqual(linesIn("#lines=%E0%A4%A"), []);
});

const line = (text: string, ...history: string[]): Line => ({ ...empty("t"), text, from: text.length, to: text.length, history: { t: history } });

test("suggest: the newest line of the history that begins so, then what makes sense now", () => {
  equal(restOf(line("gen", "genECCKeyPair -i 2", "genSymKey -t 31"), []), "SymKey -t 31");
  equal(restOf(line("genE", "genECCKeyPair -i 2", "genSymKey -t 31"), []), "CCKeyPair -i 2");
  equal(restOf(line("find"), ["findKey"]), "Key");
  equal(restOf(line(""), ["findKey"]), "");
  equal(restOf(line("findKey"), ["findKey"]), "");
  equal(restOf({ ...line("fin"), from: 0, to: 0 }, ["findKey"]), "");
});

test("suggest: the value of a secret is never a part of it", () => {
  equal(restOf(line("login", "loginHSM -u CU -s a -p hush"), []), "HSM -u CU -s a -p ");
  equal(restOf(line("loginHSM -u CU -s a -p ", "loginHSM -u CU -s a -p hush"), []), "");
  equal(restOf(line("loginHSM -u CU -s a -p h", "loginHSM -u CU -s a -p hush"), []), "");
  equal(restOf(line("loginHSM C", "loginHSM CO admin hush"), []), "O admin ");
});

test("suggest: → takes the rest, Alt-F its next word; without one they move", () => {
  const around = { asks: false, hidden: false, busy: false, next: [], rest: "CCKeyPair -i 2" };
  const press = (chord: string, rest = around.rest) => reduce(line("genE"), { kind: "chord", chord, selected: false }, { ...around, rest });
  deepEqual([press("ArrowRight").line.text, press("ArrowRight").native], ["genECCKeyPair -i 2", false]);
  equal(press("A-f").line.text, "genECCKeyPair ");
  equal(wordOf(" -i 2"), " -i ");
  ok(press("ArrowRight", "").native);
});

test("ranges: runs of more than three are written in brief", () => {
  equal(ranges([0, 1, 2]), "0 1 2");
  equal(ranges(Array.from({ length: 28 }, (_, i) => i)), "0–27");
  equal(ranges([0, 1, 2, 3, 5, 7, 8]), "0–3 5 7 8");
});

test("table: ordered by a column, numbers in texts as numbers, equal ones as they were", () => {
  const columns: Column<{ n: number; s: string }>[] = [{ name: "n", title: "", cell: () => "", by: (r) => r.n }, { name: "s", title: "", cell: () => "", by: (r) => r.s }];
  const rows = [{ n: 1, s: "k10" }, { n: 2, s: "k9" }, { n: 3, s: "k9" }];
  const by = (by: string, down: boolean) => ordered(rows, columns, { by, down }).map((r) => r.n).join("");
  deepEqual([by("n", true), by("s", false), by("s", true), by("x", true)], ["321", "231", "123", "123"]);
});

test("diff: the lines that are not the same, with what is around them", () => {
  const said = (a: string, b: string) => diff(a.split(""), b.split("")).map((d) => `${d.how}${d.text}`).join("");
  equal(said("abcd", "abcd"), " a b c d");
  equal(said("abcd", "acxd"), " a-b c+x d");
  equal(said("", "ab"), "+a+b");
  equal(said("ab", ""), "-a-b");
  const [a, b] = [Array.from({ length: 800 }, (_, i) => String(i * 7 % 31)), Array.from({ length: 800 }, (_, i) => String(i * 5 % 29))];
  const rows = diff(a, b);
  deepEqual(rows.filter((r) => r.how !== "+").map((r) => r.text), a);
  deepEqual(rows.filter((r) => r.how !== "-").map((r) => r.text), b);
});

test("editor: the line that saves a text ends with a word that is not in it", () => {
  equal(saveLine("f", "a\nb\n"), "cat > f <<'EOF'\na\nb\nEOF");
  equal(saveLine("f", "a\nEOF\nb"), "cat > f <<'EOF1'\na\nEOF\nb\nEOF1");
  equal(saveLine("a b", ""), "cat > 'a b' <<'EOF'\nEOF");
  ok(isEditable(new TextEncoder().encode("a\tb\n")));
  ok(!isEditable(new Uint8Array([0, 1])));
  ok(!isEditable(new Uint8Array([0xff, 0xfe])));
  ok(!isEditable(new TextEncoder().encode("a\r\nb")));
  ok(!isEditable(new Uint8Array(64 * 1024 + 1).fill(65)));
});
