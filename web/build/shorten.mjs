// shorten writes the functions of an engine in fewer bytes that pack better; each does what it did. Go's compiler lets every jump go through
// a table at the head of the function, gives every call its function's number and the distance to where the function ends, and computes
// every address by itself: numbers that differ from place to place, an eighth of the download. What is not written as Go 1.26 does stays.

import { bodiesOf, codeOf, isPlain, op, read, wide, withLocal } from "./code.mjs";
import { find, leb, number, section, signed } from "./module.mjs";
import { counted, headOf, isBlock, isOn, nest, returning } from "./places.mjs";

const page = 4096; // bytes at the start of memory that no object of Go reaches into

const first = 4096; // Go's number of the first function

/** shorten returns the code section of an engine, shorter. */
export function shorten(sections) {
  const entered = enteredOf(find(sections, section.type).bytes);
  let [, at] = number(find(sections, section.function).bytes, 0);
  return codeOf(bodiesOf(find(sections, section.code).bytes).map((body, i) => {
    const [type, next] = number(find(sections, section.function).bytes, at);
    at = next;
    return shorter(body, entered[type], BigInt(first + i));
  }));
}

/** enteredOf tells of each type whether its functions are entered at places: the number of one is all that they take and return. */
function enteredOf(types) {
  const [count, start] = number(types, 0);
  let at = start;
  return Array.from({ length: count }, () => {
    const from = at;
    for (let lists = 0; lists < 2; lists++) {
      const [length, first] = number(types, lists === 0 ? from + 1 : at); // behind 0x60
      at = first + length;
    }
    return placed.equals(types.subarray(from, at));
  });
}
const placed = Buffer.from([0x60, 1, 0x7f, 1, 0x7f]); // a number of 32 bits, and another

/** shorter is a function in fewer bytes; own is its number, which addresses of return begin with. */
function shorter(body, atPlaces, own) {
  const { declared, list } = read(body);
  const ways = counted(addressed(leaving(straight(list))));
  const alike = atPlaces ? returning(ways, own) : undefined;
  return alike ? Buffer.concat([withLocal(declared), ...alike]) : Buffer.concat([declared, ...ways]);
}

/** straight are instructions whose jumps to later places go there at once: a jump sets local 0 to the place's number and goes back to the
 *  loop at the function's head, whose table leads to the blocks that end at each place. */
function straight(list) {
  const head = headOf(list);
  if (!head) return list;
  const out = [], open = [];
  for (let i = 0; i < list.length; i++) {
    const place = i > head.table && toPlace(list, i) && open.length - 1 - number(list[i + 2], 1)[0] === head.loop
      ? head.places[Math.min(number(list[i], 1)[0], head.places.length - 1)] : undefined;
    if (place === undefined || open[place.depth] !== place.block) {
      nest(open, list[i], i);
      out.push(list[i]);
      continue;
    }
    const alone = isBlock(out.at(-1), op.if) && list[i + 3][0] === op.end; // if … br … end
    const depth = open.length - 1 - place.depth;
    if (alone) {
      out.pop();
      open.pop();
    }
    out.push(Buffer.from([alone ? op.brIf : op.br, ...leb(alone ? depth - 1 : depth)]));
    i += alone ? 3 : 2;
  }
  return out;
}

/** leaving are instructions in which a function that gives way returns 1 where it stands, not at its end. */
function leaving(list) {
  const outer = list.findIndex((x) => [op.block, op.loop, op.if].includes(x[0]));
  const [before, one, last] = list.slice(-3);
  if (outer < 0 || !isBlock(list[outer], op.block) || !last || before[0] !== op.end || !isOn(one, op.i32const, 1)) return list;
  const open = [];
  return list.flatMap((x, i) => {
    if (x[0] === op.brIf && number(x, 1)[0] === open.length - 1 && open[0] === outer) return gone;
    nest(open, x, i);
    return [x];
  });
}
const gone = [[op.if, 0x40], [op.i32const, 1], [op.return], [op.end]].map((x) => Buffer.from(x));

/** addressed are instructions in which what is added to an address is added in 32 bits, or by the load or store itself. */
function addressed(list) {
  const out = [];
  for (let i = 0; i < list.length; i++) {
    const far = list[i + 2]?.[0] === op.wrap && list[i + 1][0] === op.i64add && list[i][0] === op.i64const ? short(list[i]) : undefined;
    if (far === undefined) {
      out.push(list[i]);
      continue;
    }
    if (out.at(-1)[0] === op.extend) out.pop();
    else out.push(list[i + 2]);
    const [next, after] = list.slice(i + 3, i + 5);
    const near = far > 0 && far < page;
    if (near && isPlain(next, op.loads)) out.push(offset(next, far));
    else if (near && simple.includes(next?.[0]) && isPlain(after, op.stores)) out.push(next, offset(after, far));
    else {
      out.push(Buffer.from([op.i32const, ...signed(far)]), Buffer.from([op.i32add]));
      i += 2;
      continue;
    }
    i += isPlain(next, op.loads) ? 3 : 4;
  }
  return out;
}
const simple = [op.get, op.getGlobal, op.i32const, op.i64const, op.f32const, op.f64const];

/** offset is a load or store that adds to its address. */
const offset = (x, by) => Buffer.from([x[0], x[1], ...leb(by)]);

/** toPlace tells a jump by the table: three instructions. */
const toPlace = (list, i) => list[i][0] === op.i32const && isOn(list[i + 1] ?? [], op.set, 0) && list[i + 2][0] === op.br;

/** short is the number of i64.const where it has no more than 28 bits. */
const short = (x) => (x.length > 5 ? undefined : Number(wide(x)));
