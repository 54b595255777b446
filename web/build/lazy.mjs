// lazy makes a module of Go fill its tables when they are first used. gojq fills those of its functions when the program begins, which is
// a large part of what the engine does before its prompt, and jq is typed seldom.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const gojq = "github.com/itchyny/gojq";
const begins = "func init() {";
const compiles = "func Compile(q *Query, options ...CompilerOption) (*Code, error) {";

/** changed are the files of gojq that are others, by name: what they were to what they are. */
export const changed = {
  "builtin.go": (text) => replaced(text, begins, "func fillDefinitions() {"),
  "func.go": (text) => `${replaced(text, begins, "func fillFunctions() {")}
var fill = sync.OnceFunc(func() {
	fillDefinitions()
	fillFunctions()
})
`,
  "compiler.go": (text) => replaced(text, compiles, `${compiles}\n\tfill()`),
};

/** replaced is a text in which something is another; it has to stand there once. */
function replaced(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`gojq has not one ${from}`);
  return text.replace(from, to);
}

/** lazy writes a copy of gojq and a go.mod that uses it under build, and returns the flags of go build for it: none where gojq does not
 *  look as it did. */
export function lazy(top) {
  try {
    const from = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", gojq], { cwd: top, encoding: "utf8" }).trim();
    const to = join(top, "build", "gojq");
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from).filter((f) => f === "go.mod" || /(?<!_test)\.go$/.test(f))) {
      const text = readFileSync(join(from, name), "utf8");
      writeFileSync(join(to, name), changed[name]?.(text) ?? text);
    }
    writeFileSync(join(top, "build", "engine.mod"), `${readFileSync(join(top, "go.mod"), "utf8")}\nreplace ${gojq} => ./build/gojq\n`);
    copyFileSync(join(top, "go.sum"), join(top, "build", "engine.sum"));
    return ["-modfile=build/engine.mod"];
  } catch (why) {
    console.log(`gojq stays as it is: ${why.message}`);
    return [];
  }
}
