import assert from "node:assert/strict";
import { test } from "node:test";
import { filled } from "../engine/rows.ts";

test("rows: a text that stands at another row is put where it belongs", () => {
  const answer = { rows: { a: "1", b: { as: "a" }, gone: null }, worlds: [{ rows: { c: "2", d: { as: "c" } } }] };
  filled(answer);
  assert.deepEqual(answer, { rows: { a: "1", b: "1", gone: null }, worlds: [{ rows: { c: "2", d: "2" } }] });
});

test("rows: of a view, which are a list, stay as they are", () => {
  const answer = { rows: [{ as: "a" }] };
  filled(answer);
  assert.deepEqual(answer, { rows: [{ as: "a" }] });
});
