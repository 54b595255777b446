// Runs the unit tests of the page's pure parts: bundles each *.test.ts and *.test.mjs and hands them to node's own runner.
import { build } from "esbuild";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const out = mkdtempSync(join(tmpdir(), "hsmplay-test-"));
const tests = readdirSync(here).filter((f) => /\.test\.(ts|mjs)$/.test(f));
await build({
  entryPoints: tests.map((f) => join(here, f)), outdir: out, outExtension: { ".js": ".mjs" },
  bundle: true, format: "esm", platform: "node", sourcemap: "inline", jsx: "automatic", jsxImportSource: "preact",
  define: { BUILT: JSON.stringify({ id: "test", wasm: "", rest: "", size: 0, gz: 0, br: 0, script: "worker.js", course: { en: "course.json" } }), LESSONS: "[]" },
});
const run = spawnSync(process.execPath,
  ["--enable-source-maps", "--test", ...tests.map((f) => join(out, f.replace(/\.ts$/, ".mjs")))],
  { stdio: "inherit", cwd: join(here, "..") });
rmSync(out, { recursive: true });
process.exit(run.status ?? 1);
