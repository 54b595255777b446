// strip takes out of an engine's memory what only the trace of a crash shows: names of functions, files and lines, and how their
// arguments lie. What the runtime itself needs of the same tables (frame sizes, pointer maps, a few names) stays.

import { number } from "./module.mjs";
import { field, funcdataOf, namesOf, pcdataOf } from "./tables.mjs";

const unneeded = [field.pcfile, field.pcln, field.cu, field.startLine];
/** Names that the runtime compares: a goroutine that begins in its own package runs while others wait for the garbage collector
 *  (isSystemGoroutine), and the frames of these two functions lie otherwise (stkframe.argMapInternal). The package's name is enough. */
const compared = ["runtime.", "reflect.makeFuncStub", "reflect.methodValueCall"];
const argInfo = 5;       // the place of FUNCDATA_ArgInfo
const noTable = 2 ** 32 - 1;
const endOfInfo = 0xff;

/** strip clears it, in the memory where the tables are. */
export function strip(memory, { rows, names, units, files, lines, data }) {
  const used = Buffer.alloc(lines.length);
  for (const row of rows) {
    for (const at of [field.pcsp, ...pcdataOf(row)]) use(lines, used, row.readUInt32LE(at));
    for (const at of unneeded) row.writeUInt32LE(0, at);
  }
  lines.forEach((_, i) => (lines[i] *= used[i]));
  for (const part of [units, files]) part.fill(0);
  keepCompared({ names, rows });
  forgetArguments(memory.subarray(data), rows);
}

/** keepCompared leaves of the names those that are compared; the others are empty, as the first is. */
function keepCompared({ names, rows }) {
  const places = namesOf({ names, rows }).map((own) => compared.findIndex((name) => own.startsWith(name)));
  const starts = compared.map((_, i) => 1 + compared.slice(0, i).reduce((sum, name) => sum + name.length + 1, 0));
  rows.forEach((row, i) => row.writeUInt32LE(starts[places[i]] ?? 0, field.name));
  names.fill(0);
  compared.forEach((name, i) => names.write(name, starts[i]));
}

/** use marks one table: pairs of numbers, up to a pair (but the first) that would begin with 0. At 0 there is none. */
function use(lines, used, from) {
  if (from === 0) return;
  let at = from;
  for (let first = true; ; first = false) {
    const [value, next] = number(lines, at);
    at = next;
    if (value === 0 && !first) break;
    [, at] = number(lines, at);
  }
  used.fill(1, from, at);
}

/** forgetArguments clears the tables of arguments, but for one that serves as another table too. */
function forgetArguments(data, rows) {
  const others = new Set(rows.flatMap((row) => funcdataOf(row).filter((_, n) => n !== argInfo).map((at) => row.readUInt32LE(at))));
  const own = new Set();
  for (const row of rows) {
    const at = funcdataOf(row)[argInfo];
    if (at === undefined) continue;
    own.add(row.readUInt32LE(at));
    row.writeUInt32LE(noTable, at);
  }
  own.delete(noTable);
  for (const at of own) if (!others.has(at)) data.fill(0, at, data.indexOf(endOfInfo, at) + 1);
}
