// compile makes the engine with Go. Run by itself it prints the flags, one a line, for whoever builds something else as the engine is built.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const top = resolve(import.meta.dirname, "../..");

/** small leaves functions out of line, and does not try slices of unknown length on the stack first: a tenth of the download. */
const small = "-l -d=variablemakethreshold=0";
/** unbarred leaves out write barriers, a fifteenth of the download. They let Go collect garbage while the program changes its memory;
 *  without them it must collect while nothing but the runtime runs: stopped says so to the engine. Pauses are a few ms, in a worker. */
const unbarred = "-wb=false";
const stopped = "gcstoptheworld=1";

/** compiler are flags, and the packages that they are for: of several that fit, Go takes the last. Arithmetic of keys is to be fast, and
 *  Go's runtime too; the runtime works while garbage is collected. */
const compiler = [
  [`${small} ${unbarred}`, ["all"]],
  [unbarred, ["crypto/internal/fips140/nistec/...", "crypto/internal/fips140/bigmod", "math/big", "math/bits", "github.com/consensys/..."]],
  ["", ["runtime", "internal/runtime/..."]],
];

const flags = ["-trimpath", "-buildvcs=false", `-ldflags=-s -w -X=runtime.godebugDefault=${stopped}`,
  ...compiler.flatMap(([of, packages]) => packages.map((name) => `-gcflags=${name}=${of}`))];

/** compile writes the engine to a file and answers with its path. */
export function compile(out) {
  execFileSync("go", ["build", ...flags, "-o", out, "./wasm"], { cwd: top, stdio: "inherit", env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
  if (!readFileSync(out).includes(stopped)) throw new Error(`the engine was not told ${stopped}, which it needs without write barriers`);
  return out;
}

if (import.meta.filename === process.argv[1]) console.log(flags.join("\n"));
