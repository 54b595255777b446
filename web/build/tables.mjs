// The tables by which Go's runtime finds what a function is (runtime/symtab.go and runtime2.go of Go 1.26), as they lie in memory.

const magic = [0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8]; // version of the tables, smallest instruction 1, pointers of 8 bytes
const headerSize = 72;

/** Fields of _func, by their offsets in bytes. Behind it stand its tables, as offsets: pcdata, then funcdata. */
export const field = { entry: 0, name: 4, args: 8, deferreturn: 12, pcsp: 16, pcfile: 20, pcln: 24, npcdata: 28, cu: 32, startLine: 36, kind: 40, nfuncdata: 43 };

/** funcSize is the size of _func without its tables, in bytes. */
export const funcSize = 44;

/** tablesIn finds the tables: parts of the memory, the addresses of those that fold.mjs takes out, and a row for each function. */
export function tablesIn(memory) {
  const word = (at) => Number(memory.readBigUInt64LE(at));
  for (let at = memory.indexOf(Buffer.from(magic)); at >= 0; at = memory.indexOf(Buffer.from(magic), at + 1)) {
    if (word(at + 32) !== headerSize) continue;
    const place = (n) => at + word(at + 32 + 8 * n);
    const part = (n) => memory.subarray(place(n), place(n + 1));
    const count = word(at + 8);
    const module = moduleDataIn(memory, at, place(0));
    const functions = place(4);
    const rows = Array.from({ length: count }, (_, i) => memory.subarray(functions + memory.readUInt32LE(functions + 8 * i + 4)));
    rows.forEach((row, i) => {
      if (row.readUInt32LE(field.entry) !== memory.readUInt32LE(functions + 8 * i)) throw new Error("its functions are listed in another way");
    });
    return { count, rows, names: part(0), units: part(1), files: part(2), lines: part(3), functions, buckets: word(module + 8 * 19), data: word(module + 8 * 40) };
  }
  throw new Error("its tables were not found");
}

/** moduleDataIn finds runtime.moduledata: it begins with the addresses of the tables and of the names. */
function moduleDataIn(memory, header, names) {
  const start = Buffer.alloc(16);
  start.writeBigUInt64LE(BigInt(header), 0);
  start.writeBigUInt64LE(BigInt(names), 8);
  const at = memory.indexOf(start);
  if (at < 0) throw new Error("its module data was not found");
  return at;
}

/** pcdataOf and funcdataOf are the tables of a row, as offsets in it. */
export const pcdataOf = (row) => Array.from({ length: row.readUInt32LE(field.npcdata) }, (_, n) => funcSize + 4 * n);
export const funcdataOf = (row) => Array.from({ length: row[field.nfuncdata] }, (_, n) => funcSize + 4 * (row.readUInt32LE(field.npcdata) + n));

/** namesOf are the functions' names. */
export const namesOf = ({ rows, names }) => rows.map((row) => names.toString("latin1", row.readUInt32LE(field.name), names.indexOf(0, row.readUInt32LE(field.name))));
