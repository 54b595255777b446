import { FakeWorker, locks, storage, until } from "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { chosenNext, offersNext } from "../dock/Next.tsx";
import { open } from "../dock/Info.tsx";
import { shownPrompt } from "../dock/Prompt.tsx";
import { boot, replaceWorld, startOver, stopIt } from "../engine/boot.ts";
import { refresh } from "../engine/exchange.ts";
import * as tabs from "../session/tabs.ts";
import { press } from "../session/session.ts";
import { frontLine, frontProgram, frontTerminal, frontTranscript, frontUser, model, place, terminalOf, terminals } from "../state/state.ts";
import { textOf } from "../terminal/blocks.ts";
import { heads } from "../terminal/Tabs.tsx";
import { transcripts } from "../terminal/Terminal.tsx";
import { saved, take, written } from "../world/saver.ts";

const worker = () => FakeWorker.all.at(-1)!;
const shown = () => frontTerminal().transcript.blocks.map(textOf).join("");
const notes = () => terminals.value.flatMap((t) => t.transcript.blocks.map((b) => b.notice)).filter((n) => n !== "");

/** typeLine presses what a visitor would, and waits for the prompt. */
async function typeLine(line: string): Promise<void> {
  press({ kind: "put", text: line });
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => !frontTerminal().sending && frontTerminal().queue.length === 0, line);
}

test("boot: a first visit begins fresh, with the words that stand in the page, and its world is written", async () => {
  await boot();
  equal(frontTerminal().id, 1);
  equal(frontTerminal().line.text, "key_mgmt_util");
  deepEqual(notes(), ["welcome"]);
  equal(place.value, "kept");
  equal(model.value.users?.total, 6);
  deepEqual([...storage.databases.keys()], ["hsmplay:/play/world"]);
});

test("session: an Enter is one call of the engine, and its answer draws the model", async () => {
  await typeLine("key_mgmt_util");
  worker().calls = [];
  await typeLine("loginHSM -u CU -s example_user -p aws");
  deepEqual([...new Set(worker().calls)], ["batch"]);
  equal(frontUser.value, "example_user");
  await typeLine("genECCKeyPair -i 14 -l a");
  await until(() => model.value.keys?.total === 2);
  equal(model.value.cluster?.rows[0]!.keys, 2);
});

test("session: lines that are entered in a burst read the model once in a frame, and all of it at the end", async () => {
  await refresh();
  worker().calls = [];
  const [rows] = [model.value.keys!.total];
  for (let i = 0; i < 20; i++) press({ kind: "put", text: `genECCKeyPair -i 14 -l b${i}` }), press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => model.value.keys!.total === rows + 40);
  ok(worker().calls.length >= 20 && worker().calls.every((name) => name === "batch"), worker().calls.join());
});

test("session: typing tells nobody but the readers of the line", () => {
  const told: string[] = [];
  const cells = { frontTranscript, frontProgram, frontUser, heads, transcripts, shownPrompt, offersNext, chosenNext, open, frontLine };
  const leave = Object.entries(cells).map(([name, cell]) => (cell as typeof frontLine).subscribe(() => told.push(name)));
  for (const text of ["f", "fi", "fin"]) press({ kind: "input", text, from: text.length, to: text.length });
  for (const go of leave) go();
  deepEqual([...new Set(told)], ["frontLine"]);
  press({ kind: "put", text: "" });
});

test("session: a question is answered in the block of its command, Ctrl-C gives a wait up", async () => {
  await typeLine("loginHSM -u CU -s example_user -hpswd");
  equal(frontTerminal().transcript.state, "asks");
  press({ kind: "put", text: "hush" });
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => frontTerminal().transcript.state === "ready");
  ok(!shown().includes("hush"));
  await typeLine("genECCKeyPair -i 14 -l w -min_srv 4");
  equal(frontTerminal().transcript.state, "waits");
  press({ kind: "chord", chord: "C-c", selected: false });
  await until(() => frontTerminal().transcript.state === "ready");
  await typeLine("exit");
});

test("tabs: a closed tab stays closed, and the one before is in front", async () => {
  const id = await tabs.open("", true);
  equal(frontTerminal().id, id);
  await tabs.close(id);
  await new Promise((r) => setTimeout(r, 10));
  equal(terminalOf(id), undefined);
  equal(terminals.value.length, 1);
  equal(frontTerminal().id, 1);
});

test("tabs: a shell that has ended gives way to a new one in its tab", async () => {
  press({ kind: "chord", chord: "C-d", selected: false });
  await until(() => frontTerminal().transcript.state === "closed");
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => frontTerminal().id > 1 && frontTerminal().transcript.state === "ready");
  equal(terminals.value.length, 1);
});

test("saver: rows that come while the browser writes are written together after it", async () => {
  await written();
  const before = storage.written.length;
  let go = () => {};
  storage.answers = new Promise((r) => (go = r));
  take({ a: "1" });
  for (let i = 0; i < 50; i++) take({ a: `${i}`, [`b${i}`]: "x" });
  take({ b0: null });
  equal(saved()["a"], "49");
  go();
  await written();
  equal(storage.written.length - before, 2);
  equal(storage.databases.get("hsmplay:/play/world")!.get("a"), "49");
  ok(!storage.databases.get("hsmplay:/play/world")!.has("b0"));
});

test("saver: a lost connection is opened again; what fails time after time is a refusal, and says so once", async () => {
  storage.failing = 2;
  take({ c: "1" });
  await written();
  equal(storage.databases.get("hsmplay:/play/world")!.get("c"), "1");
  equal(place.value, "kept");
  storage.failing = 3;
  take({ c: "2" });
  await written();
  equal(place.value, "memory");
  deepEqual(notes().filter((n) => n === "memory"), ["memory"]);
  equal(saved()["c"], "2");
  place.value = "kept";
});

test("boot: another world takes the place of the kept one in one transaction", async () => {
  const before = storage.written.length;
  await replaceWorld({ world: "{}" });
  await until(() => storage.written.length > before);
  deepEqual(storage.written[before], ["clear", "put world", "put @begun"]);
  deepEqual(worker().options, { rows: { world: "{}" } });
  await startOver();
  await until(() => storage.written.length > before + 1);
  deepEqual(storage.written[before + 1], ["clear", "put @begun"]);
  deepEqual(worker().options, {});
  equal(frontTerminal().line.text, "");
});

test("boot: a worker that dies is replaced, and its line is named", async () => {
  const old = worker();
  old.say({ is: "exit", why: "the end" });
  await until(() => worker() !== old && terminals.value.every((t) => t.id > 0) && notes().includes("stopped"));
  await typeLine("key_mgmt_util");
  equal(frontProgram.value, "key_mgmt_util");
  await stopIt();
  await until(() => frontTerminal().transcript.state === "ready");
});

test("a tab that has lost the lock reads only, and writes nothing", async () => {
  locks.lose();
  await until(() => place.value === "elsewhere");
  const before = storage.written.length;
  equal(press({ kind: "input", text: "x", from: 1, to: 1 }), true);
  await refresh();
  take({ d: "1" });
  await written();
  equal(storage.written.length, before);
});
