// The scripted engine is held to the real one: the same calls are played on both, the real one natively (main_other.go of wasm), and
// the forms of the answers and the values that the page acts on are compared.

import { deepEqual, equal } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import type { Engine, LessonAct, Turn } from "../hsm";
import { fakeEngine } from "./fake-engine.ts";
import { lessonText } from "./fake-lesson.ts";

type Call = { [M in keyof Engine]: [M, Parameters<Engine[M]>[0]] }[keyof Engine];

const type = (line: string, terminal = 1): Call => ["type", { terminal, line }];
const lesson = (act: LessonAct): Call => ["lesson", { lesson: act }];
const view = { terminal: 1, cluster: 0, calls: 0, keys: 0, total: 0, count: 200, filter: "", users: 0, files: 0 };

/** script is what both engines play: the first minute, a question, a wait, and terminals that come and go. */
const script: Call[] = [
  ["terminals", {}], ["open", { name: "", columns: 80 }], ["next", { terminal: 1 }], ["cluster", { since: 0, calls: 0 }], ["users", { since: 0 }],
  type(""), type("nonsense"), type("key_mgmt_util"), ["next", { terminal: 1 }],
  ["complete", { terminal: 1, line: "genE", cursor: 4 }], ["explain", { terminal: 1, line: "genECCKeyPair -i 14", cursor: 19 }],
  type("genECCKeyPair -i 14 -l early"),
  type("loginHSM -u CU -s example_user -hpswd"), type("aws"), type("loginHSM -u CU -s example_user -hpswd"), ["interrupt", { terminal: 1 }],
  type("genECCKeyPair -i 14 -l ecc14"), ["keys", { since: 0, terminal: 1, from: 0, count: 200, filter: "" }],
  ["keys", { since: 0, terminal: 1, from: 0, count: 200, filter: "nothing has this" }],
  type("getAttribute -o 7 -a 512 -out attr_7"), ["files", { since: 0 }], type("genECCKeyPair -i 1 -l ecc1"),
  ["interrupt", { terminal: 1 }], ["resize", { terminal: 1, columns: 60 }], ["end", { terminal: 1 }],
  type("hsm stop 2"), type("key_mgmt_util"), type("loginHSM -u CU -s example_user -p aws"),
  type("genECCKeyPair -i 14 -l three -min_srv 3"), ["advance", { ms: 100 }], ["interrupt", { terminal: 1 }],
  type("genECCKeyPair -i 2 -l two"), ["keys", { since: 0, terminal: 1, from: 0, count: 200, filter: "" }], ["cluster", { since: 0, calls: 0 }],
  ["batch", { ms: 5, view, rows: true }], ["batch", { ms: 0, type: { terminal: 1, line: "exit" } }],
  ["open", { name: "cluster", columns: 80 }], type("hsm start 2", 2), ["terminals", {}], ["close", { terminal: 2 }], ["terminals", {}],
  ["end", { terminal: 1 }], ["terminals", {}],
  lesson({ act: "list" }), lesson({ act: "course", files: { "01-hello.md": lessonText } }), lesson({ act: "open", name: "hello", at: 1 }), ["terminals", {}],
  lesson({ act: "guess", prediction: 0, choice: 0 }), type("genECCKeyPair -i 14 -l hullo"), lesson({ act: "seen", terminal: 1, at: 2 }), lesson({ act: "hint" }),
  lesson({ act: "show" }), type("genECCKeyPair -i 14 -l hello"), lesson({ act: "seen", terminal: 1, at: 3 }), lesson({ act: "next" }),
  lesson({ act: "leave" }), ["terminals", {}],
];

/** Played is what a call has brought: turns that were told unasked, and its answer. */
interface Played { turns: Turn[]; answer: unknown }

/** real plays the script on the engine that the page gets. */
function real(): Played[] {
  const input = script.map(([method, arg]) => `${JSON.stringify({ method, arg })}\n`).join("");
  const { stdout, stderr } = spawnSync("go", ["run", "./wasm"], { input, cwd: "..", encoding: "utf8", maxBuffer: 1 << 26 });
  equal(stdout === "", false, stderr);
  const said = stdout.replaceAll("\n}", "}").trim().split("\n").map((line) => JSON.parse(line) as { turn?: Turn; answer?: unknown });
  equal(said.filter((s) => s.answer !== undefined).length, script.length, stderr);
  const played: Played[] = [{ turns: [], answer: null }];
  for (const { turn, answer } of said) {
    if (turn) played.at(-1)!.turns.push(turn);
    else played.splice(-1, 1, { ...played.at(-1)!, answer }, { turns: [], answer: null });
  }
  return played.slice(0, -1);
}

/** scripted plays it on the scripted engine. */
async function scripted(): Promise<Played[]> {
  let turns: Turn[] = [];
  const engine = fakeEngine({}, (turn) => turns.push(structuredClone(turn)));
  const played: Played[] = [];
  for (const [method, arg] of script) {
    turns = [];
    const answer = structuredClone(await (engine[method] as (a: unknown) => Promise<unknown>)(arg));
    played.push({ turns, answer });
  }
  return played;
}

/** formOf is what kinds of values stand where. What may be empty, or may not be there, is of no form. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [formOf(value[0])] : "list";
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).sort().map(([name, v]) => [name, formOf(v)]));
}

/** agree compares two forms; an empty list or null fits any list or value. */
function agree(a: unknown, b: unknown, where: string): void {
  if (a === "null" || b === "null" || ((a === "list" || b === "list") && (Array.isArray(a) || Array.isArray(b)))) return;
  if (typeof a !== "object" || typeof b !== "object") return equal(a, b, where);
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = (of: object) => Object.keys(of).filter((name) => !optional.has(name)).join();
  equal(names(x), names(y), where);
  for (const name of Object.keys(x)) if (name in y) agree(x[name], y[name], `${where}.${name}`);
}

/** optional fields are left out where they say nothing; rows of a saved world are the engine's own. */
const optional = new Set(["error", "code", "rows", "calls"]);

/** matters are the values that the page acts on, by the name of a field. */
const matters = new Set(["terminal", "line", "echo", "at", "state", "prompt", "hidden", "status", "command", "program", "user", "clear", "have", "of",
  "handle", "class", "type", "label", "owner", "ownerName", "session", "nodes", "missing", "visible", "node", "keys", "total", "name", "password",
  "path", "directory", "from", "to", "current", "named", "daemon", "fips", "model", "profile"]);

/** valuesOf are those values, in their order; code is left to turns, where it is the tool's. */
function valuesOf(value: unknown, name = ""): unknown[] {
  if (Array.isArray(value) && value.some((v) => typeof v === "object")) return value.flatMap((v) => valuesOf(v, name));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return matters.has(name) || (name === "code" && typeof value === "number") ? [[name, value]] : [];
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).filter(([n]) => n !== "notes" && n !== "calls" && n !== "history" && n !== "wait").flatMap(([n, v]) => valuesOf(v, n));
}

test("contract: the scripted engine answers as the real one", async () => {
  const [want, got] = [real(), await scripted()];
  script.forEach(([method, arg], i) => {
    const what = `${i}: ${method} ${JSON.stringify(arg)}`;
    equal(got[i]!.turns.length, want[i]!.turns.length, `${what}: turns`);
    agree(formOf(want[i]), formOf(got[i]), what);
    deepEqual(valuesOf(got[i]), valuesOf(want[i]), what);
    for (const [n, turn] of want[i]!.turns.entries()) equal(got[i]!.turns[n]!.text === "", turn.text === "", `${what}: text`);
  });
});
