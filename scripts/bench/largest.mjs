// largest.mjs measures the largest world there can be, 28 HSMs × 3,300 keys × 1,024 users, by Go's benchmarks of core/sim.
import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import { line } from "./line.mjs";

const budgets = { findKey: "<=5", Load: "<=1500" };

/** measureLargest prints milliseconds per operation, and the bytes that the loaded world takes. */
export function measureLargest() {
  const args = ["test", "./core/sim", "-run", "^$", "-bench", "Largest", "-benchtime", "10x", "-timeout", "30m"];
  const text = execFileSync("go", args, { encoding: "utf8" });
  const load = `load=${loadavg()[0].toFixed(1)}`;
  for (const [, name, ns, , mb] of text.matchAll(/^BenchmarkLargest\/(\w+?)-\d+\s+\d+\s+([\d.]+) ns\/op(\s+([\d.]+) MB)?/gm)) {
    if (mb) line(`largest.${name}`, Number(mb), "MB", "-", load);
    else line(`largest.${name}`, Number(ns) / 1e6, "ms", budgets[name], load);
  }
}
