// order puts functions of an engine beside those that look like them: gzip finds again what stands less than 32 KB before, and Go's linker
// goes by packages. Functions that Go calls by number keep their numbers, in the table of those.

import { bodiesOf, codeOf, op, read } from "./code.mjs";
import { calledOf, exportsOf, find, leb, named, number, numbersOf, section, signed } from "./module.mjs";

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
    [section.export]: () => shownOf(of(section.export), to),
  };
  return sections.map((s) => (changed[s.id] ? { ...s, bytes: changed[s.id]() } : s));
}

/** calling is an instruction with the new number of the function that it calls. */
const calling = (x, to) => (x[0] === op.call ? Buffer.from([op.call, ...leb(to(number(x, 1)[0]))]) : x);

/** typesOf is the section of the functions' types, in their order. */
function typesOf(types, sorted) {
  const all = numbersOf(types);
  return Buffer.from([...leb(all.length), ...sorted.flatMap((f) => leb(all[f.i]))]);
}

/** elementsOf is the section of the functions that are called by number. */
function elementsOf(elements, to) {
  const { first, functions } = calledOf(elements);
  return Buffer.from([1, 0, op.i32const, ...signed(first), op.end, ...leb(functions.length), ...functions.flatMap((own) => leb(to(own)))]);
}

/** shownOf is the section of what a page may call. */
function shownOf(exports, to) {
  const all = exportsOf(exports);
  return Buffer.from([...leb(all.length), ...all.flatMap(({ name, kind, index }) => [...named(name), kind, ...leb(kind === 0 ? to(index) : index)])]);
}
