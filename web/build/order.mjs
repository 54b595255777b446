// order puts functions of an engine beside those that look like them: gzip finds again what stands less than 32 KB before, and Go's linker
// goes by packages. Functions that Go calls by number keep their numbers, in the table of those.

import { bodiesOf, codeOf, op, read } from "./code.mjs";
import { find, leb, number, section } from "./module.mjs";

const long = 4000; // bytes from which on a function stays where it is, behind the others: it has enough of its own

/** order returns the sections of a module whose functions stand in another order. */
export function order(sections) {
  const of = (id) => find(sections, id).bytes;
  const [imported] = number(of(section.import), 0);
  const functions = bodiesOf(of(section.code)).map((body, i) => ({ i, body, ...read(body) }));
  const look = new Map(functions.map((f) => [f, Buffer.concat([f.declared, Buffer.from(f.list.map((x) => x[0]))])]));
  const [few, many] = [functions.filter((f) => f.body.length < long), functions.filter((f) => f.body.length >= long)];
  const sorted = [...few.sort((a, b) => Buffer.compare(look.get(a), look.get(b)) || a.i - b.i), ...many];
  const moved = new Map(sorted.map((f, place) => [f.i + imported, place + imported]));
  const to = (f) => moved.get(f) ?? f;
  const changed = {
    [section.code]: () => codeOf(sorted.map((f) => Buffer.concat([f.declared, ...f.list.map((x) => calling(x, to))]))),
    [section.function]: () => typesOf(of(section.function), sorted),
    [section.element]: () => elementsOf(of(section.element), to),
    [section.export]: () => exportsOf(of(section.export), to),
  };
  return sections.map((s) => (changed[s.id] ? { ...s, bytes: changed[s.id]() } : s));
}

/** calling is an instruction with the new number of the function that it calls. */
const calling = (x, to) => (x[0] === op.call ? Buffer.from([op.call, ...leb(to(number(x, 1)[0]))]) : x);

/** typesOf is the section of the functions' types, in their order. */
function typesOf(types, sorted) {
  let [count, at] = number(types, 0);
  const all = Array.from({ length: count }, () => {
    const [type, next] = number(types, at);
    at = next;
    return type;
  });
  return Buffer.from([...leb(count), ...sorted.flatMap((f) => leb(all[f.i]))]);
}

/** elementsOf is the section of the functions that are called by number. */
function elementsOf(elements, to) {
  const [segments, flags] = number(elements, 0);
  const [, end] = number(elements, flags + 2); // behind i32.const
  if (segments !== 1 || elements[flags] !== 0 || elements[end] !== op.end) throw new Error("functions called by number, of another kind");
  let [count, at] = number(elements, end + 1);
  const out = [elements.subarray(0, at)];
  for (; count > 0; count--) {
    const [own, next] = number(elements, at);
    out.push(Buffer.from(leb(to(own))));
    at = next;
  }
  return Buffer.concat(out);
}

/** exportsOf is the section of what a page may call. */
function exportsOf(exports, to) {
  let [count, at] = number(exports, 0);
  const out = [Buffer.from(leb(count))];
  for (; count > 0; count--) {
    const [length, name] = number(exports, at);
    const kind = name + length;
    const [own, next] = number(exports, kind + 1);
    out.push(exports.subarray(at, kind + 1), Buffer.from(leb(exports[kind] === 0 ? to(own) : own)));
    at = next;
  }
  return Buffer.concat(out);
}
