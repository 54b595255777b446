import { local, until } from "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { boot } from "../engine/boot.ts";
import { press } from "../session/session.ts";
import { firstTerminal, front, frontTerminal, model, phase, terminals, update } from "../state/state.ts";
import { own } from "../page/here.ts";
import { type Block, textOf } from "../terminal/blocks.ts";
import * as saver from "../world/saver.ts";
import { bring, rows, stale, tabsOf } from "../world/screen.ts";

async function typeLine(text: string): Promise<void> {
  press({ kind: "put", text });
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => !frontTerminal().sending && frontTerminal().transcript.blocks.some((b) => b.line === text));
}

const kept = () => JSON.stringify([rows(), ...local.values()]);

test("screen: a tab comes back with its blocks, its line and its place; the page's own notices do not", async () => {
  await boot();
  await typeLine("key_mgmt_util");
  await typeLine("listUsers");
  press({ kind: "put", text: "half" });
  ok(kept().includes("listUsers"));
  const back = tabsOf("own")!;
  deepEqual([back.front, back.terminals.length], [front.value, 1]);
  const [was, is] = [frontTerminal().transcript, back.terminals[0]!.transcript];
  deepEqual(is.blocks.map(textOf), was.blocks.filter((b) => b.notice === "").map(textOf));
  deepEqual([is.prompt, is.program, is.state], [was.prompt, "key_mgmt_util", "ready"]);
  equal(back.terminals[0]!.line.text, "half");
});

test("screen: a line comes back where the browser wrote nothing else of its tab, and never over another", () => {
  const desk = `${own("desk")}.own`;
  const was = [terminals.value, front.value, saver.shelf("screen/"), local.get(desk)!] as const;
  saver.clearShelf("screen/");
  local.set(desk, JSON.stringify({ front: 1, order: [1], lines: { 1: "half a line" } }));
  for (const [typed, shown] of [["", "half a line"], ["mine", "mine"]] as const) {
    terminals.value = [firstTerminal()];
    front.value = 0;
    if (typed !== "") update(0, (t) => ({ ...t, line: { ...t.line, text: typed, given: false } }));
    bring();
    equal(frontTerminal().line.text, shown);
  }
  [terminals.value, front.value] = was;
  saver.lay("screen/", was[2]);
  local.set(desk, was[3]);
});

test("screen: what is typed at a question is kept nowhere", async () => {
  press({ kind: "put", text: "" });
  await typeLine("loginHSM -u CU -s example_user -hpswd");
  await until(() => frontTerminal().transcript.state === "asks");
  press({ kind: "put", text: "hush" });
  ok(!kept().includes("hush"));
  equal(tabsOf("own")!.terminals[0]!.line.text, "");
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => frontTerminal().transcript.state === "ready");
  ok(!kept().includes("hush"));
});

test("screen: the last 500 blocks of a tab are kept, and fewer where they are long", () => {
  const block = (id: number, text: string): Block => ({ id, at: "$ ", line: `line ${id}`, chunks: [text], notes: [], command: "", open: false, code: null, status: 0, notice: "", early: false });
  const fill = (count: number, text: string) => update(front.value, (t) => ({ ...t, transcript: { ...t.transcript, blocks: Array.from({ length: count }, (_, i) => block(i, text)), count } }));
  fill(700, "x\n");
  rows();
  deepEqual(tabsOf("own")!.terminals[0]!.transcript.blocks.map((b) => b.id), Array.from({ length: 500 }, (_, i) => 200 + i));
  fill(100, "x".repeat(50_000));
  rows();
  equal(tabsOf("own")!.terminals[0]!.transcript.blocks.length, 20);
  update(front.value, (t) => ({ ...t, transcript: { ...t.transcript, blocks: [{ ...block(0, ""), chunks: Array.from({ length: 90 }, (_, i) => `${i}`.padStart(8_000)) }], count: 1 } }));
  rows();
  deepEqual(tabsOf("own")!.terminals[0]!.transcript.blocks[0]!.chunks.map(Number), Array.from({ length: 25 }, (_, i) => 65 + i));
});

test("screen: rows that were left are marked until the engine has read them", () => {
  equal(stale.value, "");
  phase.value = { is: "starting" };
  equal(stale.value, "reading your world");
  phase.value = { is: "failed", file: "f", why: "w" };
  equal(stale.value, "as it was left");
  model.value = { cluster: null, keys: null, users: null, files: null };
  equal(stale.value, "");
  terminals.value = [];
});
