import assert from "node:assert/strict";
import { test } from "node:test";
import { bodiesOf, codeOf } from "../build/code.mjs";
import { find, moduleOf, section, sectionsOf } from "../build/module.mjs";
import { order } from "../build/order.mjs";

/** constant is a function that answers with a number, and larger is one that answers with a number more than what it takes. */
const constant = (n) => [0, 0x41, n, 0x0b];
const larger = (n) => [0, 0x20, 0, 0x41, n, 0x6a, 0x0b];
/** caller calls what stands at a number in the table, with the number, and function 2 with the answer. */
const caller = [0, 0x20, 0, 0x20, 0, 0x11, 0, 0, 0x10, 2, 0x0b];

/** engine is a module in which function 3 is exported, and functions 1 and 0 stand in the table. */
const engine = moduleOf([
  { id: section.type, bytes: Buffer.from([1, 0x60, 1, 0x7f, 1, 0x7f]) },
  { id: section.import, bytes: Buffer.from([0]) },
  { id: section.function, bytes: Buffer.from([4, 0, 0, 0, 0]) },
  { id: 4, bytes: Buffer.from([1, 0x70, 0, 2]) },
  { id: section.export, bytes: Buffer.from([1, 1, 0x66, 0, 3]) },
  { id: section.element, bytes: Buffer.from([1, 0, 0x41, 0, 0x0b, 2, 1, 0]) },
  { id: section.code, bytes: codeOf([constant(7), larger(1), larger(40), caller].map((b) => Buffer.from(b))) },
]);

const answer = (wasm, n) => new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports.f(n);

test("order: functions stand beside their likes, and are found by name, by number and by their callers", () => {
  const ordered = moduleOf(order(sectionsOf(engine)));
  assert.deepEqual(bodiesOf(find(sectionsOf(ordered), section.code).bytes).map((b) => b.length), [11, 7, 7, 4], "by their instructions");
  for (const n of [0, 1]) assert.equal(answer(ordered, n), answer(engine, n), `f(${n})`);
});

test("order: a table of another kind is refused", () => {
  const other = sectionsOf(engine).map((s) => (s.id === section.element ? { ...s, bytes: Buffer.from([1, 1, 0, 1, 1]) } : s));
  assert.throws(() => order(other), /of another kind/);
});
