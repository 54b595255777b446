import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Flow } from "../engine/flow.ts";
import type { FromWorker } from "../engine/protocol.ts";
import type { State, Turn } from "../hsm";

/** turn is a turn as JSON. */
const turn = (text: string, state: State = "runs", more: Partial<Turn> = {}): string => JSON.stringify({ terminal: 1, line: null, echo: true, at: "", text, notes: [],
  state, prompt: "$ ", hidden: false, wait: null, status: 0, code: null, command: "cat", program: "bash", user: "", said: "", clear: false, ...more } satisfies Turn);

/** desk is a flow and what it has sent. */
function desk() {
  const sent: FromWorker[] = [];
  const flow = new Flow((m) => sent.push(m));
  const turns = () => sent.flatMap((m) => (m.is === "turn" ? [JSON.parse(m.turn) as Turn] : []));
  /** draw draws all that has come, again and again until nothing more comes. */
  const draw = () => {
    for (let n = 0, seen = 0; n < sent.length; n++) {
      const m = sent[n]!;
      if (m.is === "turn") flow.drawn(m.size);
      ok(seen++ < 1e6);
    }
  };
  return { flow, sent, turns, draw };
}

test("flow: what is small goes at once, in its order", () => {
  const { flow, sent } = desk();
  flow.turn(turn("a", "ready"));
  flow.message({ is: "result", id: 1, result: "{}" });
  deepEqual(sent.map((m) => m.is), ["turn", "result"]);
});

test("flow: a flood waits for the page, and everything comes in its order", () => {
  const { flow, sent, turns, draw } = desk();
  const text = "0123456789".repeat(1000);
  for (let i = 0; i < 100; i++) flow.turn(turn(text));
  flow.turn(turn("end", "ready", { notes: [{ id: "n", parts: [] }] }));
  flow.message({ is: "result", id: 7, result: "{}" });
  ok(turns().reduce((n, t) => n + t.text.length, 0) < 100_000, "no more is on its way than fits");
  draw();
  equal(turns().map((t) => t.text).join(""), text.repeat(100) + "end");
  ok(turns().every((t) => t.text.length <= 8 * 1024));
  equal(turns().at(-1)!.notes.length, 1);
  equal(sent.at(-1)!.is, "result");
});

test("flow: one long line comes in pieces, with its line first and its end last", () => {
  const { flow, turns, draw } = desk();
  const text = "😀".repeat(100_001);
  flow.turn(turn(text, "ready", { line: "printf", at: "$ ", said: "printf succeeded." }));
  draw();
  equal(turns().map((t) => t.text).join(""), text);
  ok(turns().every((t) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(t.text)));
  deepEqual(turns().map((t) => t.line), ["printf", ...Array<null>(turns().length - 1).fill(null)]);
  deepEqual(turns().map((t) => t.state), [...Array<State>(turns().length - 1).fill("runs"), "ready"]);
  equal(turns().filter((t) => t.said !== "").length, 1);
});

test("flow: of more than a page can hold the newest comes, and how much was left out is said", () => {
  const { flow, turns, draw } = desk();
  for (let i = 0; i < 1000; i++) flow.turn(turn(`${i}`.padEnd(16_000, "x")));
  flow.turn(turn("", "ready"));
  draw();
  const told = turns().map((t) => t.text).join("");
  ok(told.length < 9e6 && told.includes("999xxx"));
  const [note] = turns().at(-1)!.notes;
  equal(note!.id, "page.cut");
  ok(note!.parts[0]!.text.startsWith((16_000_000 - told.length).toLocaleString("en")));
});

test("flow: at Ctrl-C what has not come comes no more, but the end of the line does", () => {
  const { flow, turns, draw } = desk();
  for (let i = 0; i < 50; i++) flow.turn(turn("y".repeat(10_000)));
  const before = turns().length;
  flow.drop(1);
  flow.turn(turn("^C\n", "ready"));
  draw();
  deepEqual(turns().slice(before).map((t) => t.text), ["^C\n"]);
});
