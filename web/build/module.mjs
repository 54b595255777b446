// What a WebAssembly module is made of: numbers, sections, and the memory that it begins with.

/** Section numbers of the format. */
export const section = { custom: 0, type: 1, import: 2, function: 3, memory: 5, export: 7, start: 8, element: 9, code: 10, data: 11 };

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
