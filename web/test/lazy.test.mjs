import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { changed } from "../build/lazy.mjs";

test("the gojq that is used fills its tables when a filter is compiled, and not before", () => {
  const from = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/itchyny/gojq"], { encoding: "utf8" }).trim();
  for (const [name, change] of Object.entries(changed)) {
    const text = change(readFileSync(join(from, name), "utf8"));
    assert.doesNotMatch(text, /func init\(/, name);
    assert.match(text, /\bfill(Definitions|Functions)?\(/, name);
  }
});

test("another gojq is not half changed", () => {
  assert.throws(() => changed["builtin.go"]("package gojq\n"), /has not one/);
  assert.throws(() => changed["func.go"]("func init() {\n}\nfunc init() {\n}\n"), /has not one/);
});
