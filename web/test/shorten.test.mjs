import assert from "node:assert/strict";
import { test } from "node:test";
import { bodiesOf, codeOf } from "../build/code.mjs";
import { find, moduleOf, section, sectionsOf, signed } from "../build/module.mjs";
import { shorten } from "../build/shorten.mjs";

/** callee is a function that answers with what lies at 100: 1 means that the caller has to give way. */
const callee = [0, 0x41, 0xe4, 0, 0x28, 2, 0, 0x0b];

/** caller is a function as Go writes it: three places, a jump forward and one back, a call, addresses on the stack at local 1. */
const caller = [2, 1, 0x7f, 1, 0x7e, 0x23, 0, 0x21, 1, // two locals
  ...[0x02, 0x40, 0x03, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0e, 2, 0, 1, 2, 0x0b],
  ...[0x20, 1, 0xad, 0x42, 16, 0x7c, 0xa7, 0x42, 5, 0x37, 3, 0],                        // at SP+16: 5
  ...[0x20, 1, 0xad, 0x42, 16, 0x7c, 0xa7, 0x29, 3, 0, 0x21, 2],
  ...[0x20, 1, 0xad, 0x42, 0x78, 0x7c, 0xa7, 0x20, 2, 0x37, 3, 0],                      // at SP-8 too
  ...[0x41, 0xe8, 0, 0x28, 2, 0, 0x04, 0x40, 0x41, 2, 0x21, 0, 0x0c, 3, 0x0b],          // to place 2, if 104 says so
  ...[0x20, 1, 0x42, 0x81, 0x80, 0x84, 0x80, 1, 0x37, 3, 0, 0x41, 0, 0x10, 0, 0x0d, 3], // returns to 4097, place 1
  0x0b, ...[0x41, 0xc8, 1, 0x42, 7, 0x37, 3, 0],                                        // at 200: 7
  0x0b, ...[0x41, 0xd0, 1, 0x41, 0xd0, 1, 0x29, 3, 0, 0x42, 1, 0x7c, 0x37, 3, 0],       // at 208: one more
  ...[0x41, 0xd0, 1, 0x29, 3, 0, 0x42, 3, 0x54, 0x04, 0x40, 0x41, 1, 0x21, 0, 0x0c, 1, 0x0b, 0x41, 0, 0x0f], // back to place 1
  0x0b, 0x00, 0x0b, 0x41, 1, 0x0b];

/** twice is caller with two numbers that lead to its second place, as Go numbers a call and what is behind it. */
const twice = (() => {
  const at = caller.indexOf(0x0e);
  return [...caller.slice(0, at), 0x0e, 3, 0, 1, 1, 2, ...caller.slice(at + 5)];
})();

/** engine is a module of functions, with a memory and the pointer to its stack. */
const engine = (...bodies) => moduleOf([
  { id: section.type, bytes: Buffer.from([1, 0x60, 1, 0x7f, 1, 0x7f]) },
  { id: section.function, bytes: Buffer.from([bodies.length, ...bodies.map(() => 0)]) },
  { id: section.memory, bytes: Buffer.from([1, 0, 1]) },
  { id: 6, bytes: Buffer.from([1, 0x7f, 1, 0x41, ...signed(8192), 0x0b]) },
  { id: section.export, bytes: Buffer.from([2, 3, ...Buffer.from("mem"), 2, 0, 1, ...Buffer.from("f"), 0, bodies.length - 1]) },
  { id: section.code, bytes: codeOf(bodies.map((b) => Buffer.from(b))) },
]);

/** shortened is a module with its functions shortened. */
function shortened(wasm) {
  const sections = sectionsOf(wasm);
  return moduleOf(sections.map((s) => (s.id === section.code ? { ...s, bytes: shorten(sections) } : s)));
}

/** ran is what a module answers and leaves in memory when it begins at a place. */
function ran(wasm, place, gives, jumps) {
  const { mem, f } = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports;
  new Uint32Array(mem.buffer).set([gives, jumps], 25);
  return [f(place), Buffer.from(mem.buffer).toString("base64")];
}

test("a shortened function does what it did, from each of its places", () => {
  const whole = engine(callee, caller), short = shortened(whole);
  for (const place of [0, 1, 2, 3]) for (const gives of [0, 1]) for (const jumps of [0, 1]) {
    assert.deepEqual(ran(short, place, gives, jumps), ran(whole, place, gives, jumps), `from ${place}, ${gives}, ${jumps}`);
  }
});

test("each number of a place has a block of its own, and leads where it led", () => {
  const whole = engine(callee, twice), short = shortened(whole);
  assert.ok(find(sectionsOf(short), section.code).bytes.includes(Buffer.from([0x0e, 3, 0, 1, 2, 3])), "the table counts");
  for (const place of [0, 1, 2, 3, 4]) for (const gives of [0, 1]) {
    assert.deepEqual(ran(short, place, gives, 0), ran(whole, place, gives, 0), `from ${place}, ${gives}`);
  }
});

test("a shortened function jumps forward at once, gives way where it stands, and has its number once", () => {
  const [first, body] = bodiesOf(find(sectionsOf(shortened(engine(callee, caller))), section.code).bytes);
  const has = (...bytes) => body.includes(Buffer.from(bytes));
  assert.deepEqual([...first], callee, "what has nothing of it stays");
  assert.ok(has(0x28, 2, 0, 0x0d, 1), "the jump to place 2 leaves its block");
  assert.ok(has(0x10, 0, 0x04, 0x40, 0x41, 1, 0x0f, 0x0b), "behind the call it returns 1");
  assert.ok(has(0x42, 0x80, 0x80, 0x84, 0x80, 1, 0x21, 1), "a new local before the others has the number");
  assert.ok(has(0x42, 1, 0x20, 1, 0x84, 0x37, 3, 0), "the address of return is made of both");
  assert.ok(has(0x20, 2, 0x42, 5, 0x37, 3, 16) && has(0x20, 2, 0x29, 3, 16, 0x21, 3), "a load and a store have their offsets");
  assert.ok(has(0x20, 2, 0x41, 0x78, 0x6a, 0x20, 3), "what lies below is added in 32 bits");
  assert.ok(has(0x41, 1, 0x21, 0, 0x0c, 1), "a jump back goes through the table");
});

test("an instruction that is not known is refused", () => {
  assert.throws(() => shorten(sectionsOf(engine([0, 0xfd, 0x0c, 0x0b]))), /does not write: fd/);
});
