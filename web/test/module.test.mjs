import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, leb, memoryOf, number, signed } from "../build/module.mjs";

test("memory that is written in few pieces is the same memory", () => {
  const memory = Buffer.alloc(300_000);
  for (const [at, text] of [[8, "a"], [100, "near"], [40_000, "far"], [65_500, "at the edge"], [299_999, "!"]]) memory.write(text, at);
  const data = dataOf(memory);
  assert.deepEqual(memoryOf(data), memory);
  assert.equal(number(data, 0)[0], 4, "what is near lies in one piece");
  assert.ok(data.length < 300, `${data.length} bytes`);
});

test("numbers are written as the format reads them", () => {
  for (const value of [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 - 1]) assert.deepEqual(number(leb(value), 0), [value, leb(value).length]);
  assert.deepEqual([signed(63), signed(64), signed(-1), signed(-64), signed(-65), signed(8_301_056)],
    [[63], [0xc0, 0], [0x7f], [0x40], [0xbf, 0x7f], [0x80, 0xd4, 0xfa, 3]]);
});
