import { FakeWorker, storage, until } from "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { lessonText } from "./fake-lesson.ts";
import { boot, startOver } from "../engine/boot.ts";
import * as lessons from "../lessons/lessons.ts";
import { lengthOf, stepOf } from "../lessons/words.ts";
import { press } from "../session/session.ts";
import { course, frontTerminal, frontProgram, model, next, terminals } from "../state/state.ts";
import { textOf } from "../terminal/blocks.ts";
import { tabsOf } from "../world/screen.ts";
import { saved, shelf, written } from "../world/saver.ts";

const shown = () => frontTerminal().transcript.blocks.map(textOf).join("");

async function typeLine(line: string): Promise<void> {
  press({ kind: "put", text: line });
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => !frontTerminal().sending && frontTerminal().queue.length === 0, line);
}

globalThis.fetch = (async () => new Response(JSON.stringify({ "01-hello.md": lessonText }))) as typeof fetch;

test("lessons: the own world is kept aside, with its tabs, and comes back", async () => {
  await boot();
  await typeLine("hsm stop 2");
  const before = shown();
  await lessons.begin("hello");
  equal(shown().includes("hsm stop"), false);
  ok(Object.values(shelf("screen/")).some((row) => row.includes("hsm stop 2")), "what the own tabs showed is kept before they go");
  equal(tabsOf("own")!.terminals[0]!.line.text, "", "and no line that has been entered since");
  equal(model.value.cluster!.rows[2]!.state, "up");
  deepEqual([course.value!.state!.title, terminals.value.length, frontProgram.value], ["Hello", 1, "key_mgmt_util"]);
  ok(FakeWorker.all.at(-1)!.calls.includes("save"), "what is kept of the lesson's world is whole");
  await lessons.leave();
  equal(shown(), before);
  equal(model.value.cluster!.rows[2]!.state, "down");
  equal(course.value!.state, null);
});

test("lessons: a step ticks by what came of a line, gives nothing away while it is open, and leads on", async () => {
  await lessons.begin("hello");
  deepEqual(next.value, []);
  await typeLine("genECCKeyPair -i 14 -l hullo");
  await until(() => course.value!.state!.wrong !== null);
  const { notes } = frontTerminal().transcript.blocks.at(-1)!;
  equal(notes.at(-1)!.id, "lesson.another-label");
  equal(course.value!.state!.ended, false);
  await lessons.giveHint();
  equal(course.value!.state!.hints.length, 1);
  await lessons.guess(0, 0);
  deepEqual([course.value!.state!.predict[0]!.chosen, course.value!.state!.predict[0]!.right], [0, 1]);
  for (const line of ["findKey", "genECCKeyPair -i 1 -l no"]) {
    lessons.pose({ tab: 1, line });
    equal(frontTerminal().line.text, line, "the line of one prediction makes way for that of another");
  }
  await lessons.showMe();
  equal(frontTerminal().line.text, "genECCKeyPair -i 14 -l hello");
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => course.value!.state!.ended);
  deepEqual(next.value, [], "what is offered may be the next step");
  await lessons.next();
  deepEqual([course.value!.state!.step, course.value!.state!.ended], [1, false]);
});

test("lessons: how the lesson stands is kept beside the own world, and goes when another world comes", async () => {
  await written();
  equal(shelf("course/")["name"], "hello");
  ok(Object.keys(saved()).every((name) => !name.startsWith("@")));
  ok([...storage.databases.get("hsmplay:/play/world")!.keys()].includes("@course/played"));
  await startOver();
  equal(course.value, null);
  equal(shelf("course/")["played"], undefined);
  ok("progress" in shelf("course/"), "progress stays");
});

test("lessons: lengths in words", () => {
  const row = { name: "a", title: "A", theme: "start" as const, minutes: 6, after: [], ticked: [true, false], fresh: [false, true], last: 1 };
  equal(lengthOf(row), "6 min · 1 of 2 steps · 1 new");
  equal(lengthOf({ ...row, ticked: [true, true], fresh: [false, false] }), "6 min · done");
  equal(lengthOf({ ...row, ticked: [false, false], fresh: [false, false] }), "6 min · 2 steps");
  equal(stepOf({ step: 1, titles: ["a", "b"], left: 3, ended: false, last: true } as never), "step 2 of 2 · about 3 min left");
});
