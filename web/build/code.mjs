// What a function of a WebAssembly module is made of: its locals and its instructions, as bytes.

import { leb, number } from "./module.mjs";

/** Instructions that are looked for by name, by their first byte. */
export const op = { unreachable: 0x00, block: 0x02, loop: 0x03, if: 0x04, end: 0x0b, br: 0x0c, brIf: 0x0d, brTable: 0x0e, return: 0x0f, call: 0x10, callIndirect: 0x11, get: 0x20, set: 0x21, tee: 0x22,
  getGlobal: 0x23, setGlobal: 0x24, loads: [0x28, 0x35], stores: [0x36, 0x3e], i64store: 0x37, i32const: 0x41, i64const: 0x42, f32const: 0x43, f64const: 0x44,
  i32add: 0x6a, i64add: 0x7c, i64or: 0x84, wrap: 0xa7, extend: 0xad };

const i64 = 0x7e;
/** behind is how many numbers stand behind an instruction's first byte; 0 where nothing does. */
const behind = Array.from({ length: 256 }, (_, first) => {
  if (first >= 0x28 && first <= 0x3e || first === 0x11) return 2; // loads and stores: alignment and offset; call_indirect
  if ([op.block, op.loop, op.if, op.br, op.brIf, 0x10, 0x3f, 0x40, op.i32const, op.i64const].includes(first) || first >= 0x20 && first <= 0x24) return 1;
  return first >= 0x45 && first <= 0xc4 || [0x00, 0x01, 0x05, op.end, op.return, 0x1a, 0x1b].includes(first) ? 0 : -1;
});

/** bodiesOf are the functions of a code section. */
export function bodiesOf(code) {
  let [count, at] = number(code, 0);
  return Array.from({ length: count }, () => {
    const [length, from] = number(code, at);
    return code.subarray(from, (at = from + length));
  });
}

/** codeOf is the code section that some functions make. */
export const codeOf = (bodies) => Buffer.concat([Buffer.from(leb(bodies.length)), ...bodies.flatMap((b) => [Buffer.from(leb(b.length)), b])]);

/** read takes a function apart: the bytes that declare its locals, how many these are beside its parameters, and its instructions. */
export function read(body) {
  let [groups, at] = number(body, 0);
  let locals = 0;
  for (; groups > 0; groups--) {
    const [count, type] = number(body, at);
    locals += count;
    at = type + 1;
  }
  const declared = body.subarray(0, at), list = [];
  while (at < body.length) {
    const end = endOf(body, at);
    list.push(body.subarray(at, end));
    at = end;
  }
  return { declared, locals, list };
}

/** withLocal are declared locals behind one of 64 bits. */
export function withLocal(declared) {
  const [groups, rest] = number(declared, 0);
  return Buffer.concat([Buffer.from([...leb(groups + 1), 1, i64]), declared.subarray(rest)]);
}

/** isPlain tells a load or store without an offset. */
export const isPlain = (x, [from, to]) => x !== undefined && x[0] >= from && x[0] <= to && x.length === 3 && x[2] === 0;

/** wide is the number of i64.const. */
export function wide(x) {
  let value = 0n;
  for (let i = x.length - 1; i > 0; i--) value = (value << 7n) | BigInt(x[i] & 127);
  return BigInt.asIntN(64, x.at(-1) & 64 ? value - (1n << BigInt(7 * (x.length - 1))) : value);
}

/** endOf is where the instruction ends that begins at a place. */
function endOf(body, at) {
  const first = body[at++];
  const skip = (count) => {
    for (; count > 0; count--) while (body[at++] > 127);
    return at;
  };
  if (behind[first] >= 0) return skip(behind[first]);
  if (first === op.f32const) return at + 4;
  if (first === op.f64const) return at + 8;
  const [count, from] = number(body, at); // of a table's entries, or which one of the instructions that begin with 0xfc
  at = from;
  if (first === op.brTable) return skip(count + 1);
  const operands = { 10: 2, 11: 1 }[count] ?? 0; // memory.copy, memory.fill
  if (first === 0xfc && (count < 8 || operands > 0)) return skip(operands);
  throw new Error(`an instruction that Go 1.26 does not write: ${first.toString(16)}`);
}
