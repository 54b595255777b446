// fork.mjs measures a copy of a world that goes its own way: 3 HSMs × 3,300 keys, by Go's benchmark of core/sim.
import { execFileSync } from "node:child_process";
import { line } from "./line.mjs";

/** measureFork prints milliseconds per fork. */
export function measureFork() {
  const args = ["test", "./core/sim", "-run", "^$", "-bench", "^BenchmarkFork$", "-benchtime", "500x"];
  const text = execFileSync("go", args, { encoding: "utf8" });
  line("fork.3300keys.3hsms", Number(text.match(/\s([\d.]+) ns\/op/)[1]) / 1e6, "ms", "<=1");
}
