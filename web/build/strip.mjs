// strip takes out of an engine built by Go what only the trace of a crash shows: names of functions, files and lines, a twelfth of
// the download. What the runtime itself needs of the same tables (frame sizes, pointer maps) stays. build/engine.wasm keeps
// all of it.
//
// The tables are Go's pclntab (runtime/symtab.go and runtime2.go of Go 1.26). Where they do not look as they do there, the
// engine is left as it is.

const magic = [0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]; // version of the tables, smallest instruction 1, pointers of 8 bytes
const headerSize = 72;
const funcSize = 44; // _func without its tables, in bytes
const unneeded = { nameOff: 4, pcfile: 20, pcln: 24, cuOffset: 32, startLine: 36 }; // offsets in _func

/** strip returns the engine without them, or as it is. */
export function strip(wasm) {
  try {
    const segments = segmentsOf(wasm);
    const memory = Buffer.alloc(Math.max(...segments.map((s) => s.address + s.length)));
    for (const s of segments) wasm.copy(memory, s.address, s.at, s.at + s.length);
    forget(tables(memory));
    const stripped = Buffer.from(wasm);
    for (const s of segments) memory.copy(stripped, s.at, s.address, s.address + s.length);
    return stripped;
  } catch (why) {
    console.log(`the engine keeps its names and lines: ${why.message}`);
    return wasm;
  }
}

/** number reads a LEB128 number and answers with it and where it ends. */
function number(bytes, at) {
  let value = 0, factor = 1, byte;
  do {
    byte = bytes[at++];
    value += (byte & 127) * factor;
    factor *= 128;
  } while (byte > 127);
  return [value, at];
}

/** segmentsOf are the pieces of memory that a module begins with. */
function segmentsOf(wasm) {
  let [at, size] = [8, 0];
  for (let section; ; at += size) {
    if (at >= wasm.length) throw new Error("it has no data");
    section = wasm[at];
    [size, at] = number(wasm, at + 1);
    if (section === 11) break;
  }
  let count;
  [count, at] = number(wasm, at);
  return Array.from({ length: count }, () => {
    const [address, end] = number(wasm, at + 2); // after the flags and i32.const
    const [length, start] = number(wasm, end + 1); // after its end
    if (wasm[at] !== 0 || wasm[at + 1] !== 0x41 || wasm[end] !== 0x0b) throw new Error("a segment of another kind");
    at = start + length;
    return { address, at: start, length };
  });
}

/** tables finds the tables in memory. */
function tables(memory) {
  for (let at = memory.indexOf(Buffer.from(magic)); at >= 0; at = memory.indexOf(Buffer.from(magic), at + 1)) {
    const word = (n) => Number(memory.readBigUInt64LE(at + 8 + 8 * n));
    if (word(3) === headerSize) {
      const part = (from, to) => memory.subarray(at + word(from), at + word(to));
      return { count: word(0), names: part(3, 4), files: part(5, 6), lines: part(6, 7), functions: memory.subarray(at + word(7)) };
    }
  }
  throw new Error("its tables were not found");
}

/** forget clears names, files and lines, and what of the tables only they used. */
function forget({ count, names, files, lines, functions }) {
  const used = Buffer.alloc(lines.length);
  const rows = Array.from({ length: count }, (_, i) => functions.subarray(functions.readUInt32LE(8 * i + 4)));
  rows.forEach((row, i) => {
    if (row.readUInt32LE(0) !== functions.readUInt32LE(8 * i)) throw new Error("its functions are listed in another way");
    use(lines, used, row.readUInt32LE(16)); // pcsp
    for (let n = row.readUInt32LE(28); n > 0; n--) use(lines, used, row.readUInt32LE(funcSize + 4 * (n - 1)));
  });
  for (const row of rows) for (const offset of Object.values(unneeded)) row.writeUInt32LE(0, offset);
  lines.forEach((_, i) => (lines[i] *= used[i]));
  names.fill(0);
  files.fill(0);
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
