// What a WebAssembly module is made of: numbers, sections, and the memory that it begins with.

/** Section numbers of the format. */
export const section = { custom: 0, type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, start: 8, element: 9, code: 10, data: 11 };

const preamble = 8; // bytes, "\0asm" and the version
const gap = 256;    // zeros from which on a segment ends: fewer cost less than another segment

/** number reads a LEB128 number and answers with it and where it ends. */
export function number(bytes, at) {
  let value = 0, factor = 1, byte;
  do {
    byte = bytes[at++];
    value += (byte & 127) * factor;
    factor *= 128;
  } while (byte > 127);
  return [value, at];
}

/** leb writes a number that is not negative, as LEB128. */
export function leb(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** signed writes a number of 32 bits where the format reads signed ones. */
export function signed(value) {
  const bytes = [];
  for (;;) {
    const byte = value & 127;
    value >>= 7;
    if (value === (byte > 63 ? -1 : 0)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

/** signed64 writes a number of 64 bits where the format reads signed ones. */
export function signed64(value) {
  const bytes = [];
  for (;;) {
    const byte = Number(value & 127n);
    value >>= 7n;
    if (value === (byte > 63 ? -1n : 0n)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

/** sectionsOf are the sections of a module, in their order. */
export function sectionsOf(wasm) {
  const sections = [];
  for (let at = preamble; at < wasm.length; ) {
    const [size, from] = number(wasm, at + 1);
    sections.push({ id: wasm[at], bytes: wasm.subarray(from, from + size) });
    at = from + size;
  }
  return sections;
}

/** moduleOf is the module that some sections make. */
export function moduleOf(sections) {
  const start = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([start, ...sections.flatMap(({ id, bytes }) => [Buffer.from([id, ...leb(bytes.length)]), bytes])]);
}

/** find is the section of a number. */
export function find(sections, id) {
  const found = sections.find((s) => s.id === id);
  if (!found) throw new Error(`it has no section ${id}`);
  return found;
}

/** named is a name, as it stands before what it names. */
export const named = (name) => [...leb(name.length), ...Buffer.from(name)];

/** numbersOf are the numbers of a section that is a list of them, as that of the functions' types. */
export function numbersOf(bytes) {
  let [count, at] = number(bytes, 0);
  return Array.from({ length: count }, () => {
    const [value, next] = number(bytes, at);
    at = next;
    return value;
  });
}

/** takenOf is how many values a function of each type takes. */
export function takenOf(types) {
  let [count, at] = number(types, 0);
  return Array.from({ length: count }, () => {
    const [takes, from] = number(types, at + 1); // behind 0x60
    const [gives, last] = number(types, from + takes);
    at = last + gives;
    return takes;
  });
}

/** exportsOf are the names, kinds (0: a function) and numbers of what a module shows. */
export function exportsOf(exports) {
  let [count, at] = number(exports, 0);
  return Array.from({ length: count }, () => {
    const [length, from] = number(exports, at);
    const [index, next] = number(exports, from + length + 1);
    at = next;
    return { name: exports.toString("utf8", from, from + length), kind: exports[from + length], index };
  });
}

/** calledOf are the functions that are called by number: that of the first of them, and each in its place. A table of another kind is an
 *  error. */
export function calledOf(elements) {
  const [segments, flags] = number(elements, 0);
  const [first, end] = number(elements, flags + 2); // behind i32.const
  if (segments !== 1 || elements[flags] !== 0 || elements[end] !== 0x0b) throw new Error("functions called by number, of another kind");
  return { first, functions: numbersOf(elements.subarray(end + 1)) };
}

/** added is a section of a list with more behind what it has: each the bytes of one. */
export function added(bytes, ...more) {
  const [count, from] = number(bytes, 0);
  return Buffer.concat([Buffer.from(leb(count + more.length)), bytes.subarray(from), ...more.map((one) => Buffer.from(one))]);
}

/** memoryOf is the memory that a module begins with, up to its last byte that is not zero. */
export function memoryOf(data) {
  const segments = segmentsOf(data);
  const memory = Buffer.alloc(Math.max(...segments.map((s) => s.address + s.length)));
  for (const s of segments) data.copy(memory, s.address, s.at, s.at + s.length);
  return memory;
}

/** segmentsOf are the pieces of a data section. */
function segmentsOf(data) {
  let [count, at] = number(data, 0);
  return Array.from({ length: count }, () => {
    const [address, end] = number(data, at + 2); // after the flags and i32.const
    const [length, start] = number(data, end + 1); // after its end
    if (data[at] !== 0 || data[at + 1] !== 0x41 || data[end] !== 0x0b) throw new Error("a segment of another kind");
    at = start + length;
    return { address, at: start, length };
  });
}

/** dataOf is the data section that makes a memory. Go's linker ends a segment at every few zeros, and their addresses alone are a
 *  twentieth of the download. */
export function dataOf(memory) {
  const pieces = [];
  for (let at = 0; at < memory.length; ) {
    const from = at;
    for (let zeros = 0; at < memory.length && zeros < gap; at++) zeros = memory[at] === 0 ? zeros + 1 : 0;
    let end = at;
    while (end > from && memory[end - 1] === 0) end--;
    if (end > from) pieces.push(Buffer.from([0, 0x41, ...signed(from), 0x0b, ...leb(end - from)]), memory.subarray(from, end));
    while (at < memory.length && memory[at] === 0) at++;
  }
  return Buffer.concat([Buffer.from(leb(pieces.length / 2)), ...pieces]);
}
