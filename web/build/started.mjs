// started tells which functions of an engine run at a start, by starting it: on a first visit, and on a world in which every tool is open.
// It runs by itself, since an engine never ends: started.mjs ENGINE writes the functions' numbers among the module's own, as JSON.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { bodiesOf, codeOf, op } from "./code.mjs";
import { added, find, leb, moduleOf, named, number, numbersOf, section, sectionsOf, takenOf } from "./module.mjs";

const [i32, changes, variable] = [0x7f, 1, 3]; // the marks' type, and how a module shows them

/** startedIn returns the numbers of the functions that ran. */
export function startedIn(wasm) {
  const folder = mkdtempSync(join(tmpdir(), "hsmplay-start-"));
  try {
    writeFileSync(join(folder, "engine.wasm"), wasm);
    const out = execFileSync(process.execPath, [import.meta.filename, join(folder, "engine.wasm")], { encoding: "utf8", maxBuffer: 16e6 });
    return new Set(JSON.parse(out));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** marked is an engine each of whose functions has a mark, a variable that it sets before it runs: the function stands a second time behind
 *  all others, and in its own place one that sets the mark and calls it. */
function marked(wasm) {
  const sections = sectionsOf(wasm);
  const of = (id) => find(sections, id).bytes;
  const [[imported], [others]] = [section.import, section.global].map((id) => number(of(id), 0));
  const [types, takes, bodies] = [numbersOf(of(section.function)), takenOf(of(section.type)), bodiesOf(of(section.code))];
  const marking = (type, i) => [0, op.i32const, 1, op.setGlobal, ...leb(others + i),
    ...Array.from({ length: takes[type] }, (_, n) => [op.get, n]).flat(), op.call, ...leb(imported + types.length + i), op.end];
  const changed = {
    [section.function]: Buffer.from([...leb(2 * types.length), ...[...types, ...types].flatMap((type) => leb(type))]),
    [section.global]: added(of(section.global), ...types.map(() => [i32, changes, op.i32const, 0, op.end])),
    [section.export]: added(of(section.export), ...types.map((_, i) => [...named(`ran ${i}`), variable, ...leb(others + i)])),
    [section.code]: codeOf([...types.map((type, i) => Buffer.from(marking(type, i))), ...bodies]),
  };
  return moduleOf(sections.map((s) => (changed[s.id] ? { ...s, bytes: changed[s.id] } : s)));
}

/** begin starts an engine, and answers with what calls its methods and with what tells the functions that have run. */
async function begin(module, options) {
  const go = new Go();
  go.env = {};
  const instance = new WebAssembly.Instance(module, go.importObject);
  void go.run(instance);
  const methods = await hsmplayEngine(JSON.stringify(options), () => {});
  const marks = Object.entries(instance.exports).filter(([name]) => name.startsWith("ran "));
  return {
    call: async (name, arg = {}) => JSON.parse(await methods[name](JSON.stringify(arg))),
    ran: () => marks.filter(([, mark]) => mark.value === 1).map(([name]) => Number(name.slice("ran ".length))),
  };
}

/** first makes the calls that bringUp of boot.ts makes until the prompt is there. */
async function first(call) {
  const { terminals } = await call("terminals");
  for (const { terminal } of terminals) await call("resize", { terminal, columns: 80 });
  if (terminals.length === 0) await call("open", { name: "", columns: 80 });
  const view = { terminal: terminals[0]?.terminal ?? 1, cluster: 0, calls: 0, keys: 0, total: 0, count: 200, filter: "", users: 0, files: 0 };
  for (const rows of [false, true]) await call("batch", { ms: 5, view, rows });
}

/** lived are the lines of a world that is come back to, by tab. */
const lived = [
  ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 14 -l pair", "genSymKey -t 31 -s 32 -l aes",
    "genRSAKeyPair -m 2048 -e 65537 -l rsa", "genECCKeyPair -i 16 -l other", "setAttribute -o 7 -a 3 -v 1", ...Array(60).fill("genSymKey -t 31 -s 16 -l one_of_many")],
  ["/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin example_admin"],
  ["cloudhsm-cli interactive"],
  ["twice() { echo $(($1 * 2)); }", "n=$(twice 21); export n", "echo $n > answer.txt; mkdir -p keys", "hsm stop 2"],
];

/** live types them, and answers with the world's rows, as storage gives them back. */
async function live(call) {
  for (const [i, lines] of lived.entries()) {
    if (i > 0) await call("open", { name: "", columns: 80 });
    for (const line of lines) await call("type", { terminal: i + 1, line });
  }
  const { rows } = await call("save");
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row?.as ? rows[row.as] : row]));
}

if (import.meta.filename === process.argv[1]) {
  const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  runInThisContext(readFileSync(join(goroot, "lib", "wasm", "wasm_exec.js"), "utf8"));
  const module = new WebAssembly.Module(marked(readFileSync(process.argv[2])));
  const fresh = await begin(module, {});
  await first(fresh.call);
  const ran = new Set(fresh.ran());
  const again = await begin(module, { rows: await live(fresh.call) });
  await first(again.call);
  writeFileSync(1, JSON.stringify([...new Set([...ran, ...again.ran()])]));
  process.exit(0);
}
