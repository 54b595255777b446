import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../build/code.mjs";
import { moduleOf, section } from "../build/module.mjs";
import { asked, part } from "../build/part.mjs";

const [i32, base] = [0x7f, 8];
const [unary, nothing] = [0, 1]; // types
/** Functions of a number: 0 starts the module, 1 adds one, 2 is twice 1, 3 counts its calls in a variable and calls 2, 4 calls what stands at
 *  a place in the table, and is shown as f; 5 is a constant that nobody calls. */
const bodies = [
  [0, 0x0b],
  [0, 0x20, 0, 0x41, 1, 0x6a, 0x0b],
  [0, 0x20, 0, 0x10, 2, 0x10, 2, 0x0b],
  [0, 0x23, 0, 0x41, 1, 0x6a, 0x24, 0, 0x20, 0, 0x10, 3, 0x0b],
  [0, 0x41, 5, 0x20, 0, 0x11, unary, 0, 0x0b],
  [0, 0x41, 7, 0x0b],
].map((b) => Buffer.from(b));

/** engine is a module of them, as Go's look: the functions stand in the table from place 8 on, f calls the one at place. */
function engine(place) {
  const f = Buffer.from([0, 0x20, 0, 0x41, place, 0x11, unary, 0, 0x0b]);
  return moduleOf([
    { id: section.type, bytes: Buffer.from([2, 0x60, 1, i32, 1, i32, 0x60, 0, 0]) },
    { id: section.import, bytes: Buffer.from([1, 2, ...Buffer.from("go"), 1, 0x67, 0, nothing]) },
    { id: section.function, bytes: Buffer.from([6, nothing, unary, unary, unary, unary, unary]) },
    { id: section.table, bytes: Buffer.from([1, 0x70, 0, base + 5]) },
    { id: section.memory, bytes: Buffer.from([1, 0, 1]) },
    { id: section.global, bytes: Buffer.from([1, i32, 1, 0x41, 0, 0x0b]) },
    { id: section.export, bytes: Buffer.from([2, 1, 0x66, 0, 5, 3, ...Buffer.from("mem"), 2, 0]) },
    { id: section.start, bytes: Buffer.from([1]) },
    { id: section.element, bytes: Buffer.from([1, 0, 0x41, base, 0x0b, 5, 2, 3, 4, 5, 6]) },
    { id: section.code, bytes: codeOf(bodies.map((b, i) => (i === 4 ? f : b))) },
  ]);
}

/** started is what a page makes of the two modules: f, how often the rest was asked for, and the variable. */
function started(wasm, used) {
  const { first, rest } = part(wasm, new Set(used));
  const go = { go: { g() {} } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(first), go);
  const now = { asked: 0, f: exports.f, calls: () => exports.g0.value };
  const shown = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 6, 1, 0, 1, 0x61, 0, 0, 7, 5, 1, 1, 0x61, 0, 0]);
  const ask = () => {
    if (now.asked++ === 0) new WebAssembly.Instance(new WebAssembly.Module(rest), { ...go, first: exports });
  };
  exports.table.set(asked, new WebAssembly.Instance(new WebAssembly.Module(shown), { "": { a: ask } }).exports.a);
  return now;
}

const [addsOne, twice, counts] = [1, 2, 3];

test("part: what a start runs asks for nothing", () => {
  const now = started(engine(base + 1), [addsOne, twice]);
  assert.deepEqual([now.f(5), now.asked], [7, 0]);
});

test("part: a function of the rest is asked for once, however it is called, and shares memory, table and variables", () => {
  for (const used of [[], [addsOne], [twice], [counts], [addsOne, counts], [twice, counts]]) {
    const now = started(engine(base + 2), used);
    assert.deepEqual([now.f(5), now.f(6), now.calls()], [7, 8, 2], `with ${used}`);
    assert.ok(now.asked > 0, `with ${used} the rest is needed`);
  }
});

test("part: a table of another kind is refused", () => {
  const wasm = Buffer.from(engine(base));
  const at = wasm.indexOf(Buffer.from([1, 0, 0x41, base, 0x0b, 5]));
  wasm[at + 1] = 1;
  assert.throws(() => part(wasm, new Set()), /of another kind/);
});
