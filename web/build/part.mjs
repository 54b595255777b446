// part writes an engine as two modules: the first, with all of the memory, is what a start runs, and the rest are the other functions. A
// browser takes apart and checks every byte before it runs one: what no start runs comes while the prompt stands there already.
//
// Both count functions as the engine does, so that no function changes. One that is in the other module stands as a few bytes that call it
// through Go's table of functions. In the first these ask for the rest before that: web/engine/rest.ts has the answer.

import { bodiesOf, codeOf, op, read } from "./code.mjs";
import { added, calledOf, exportsOf, find, leb, memoryOf, moduleOf, named, number, numbersOf, section, sectionsOf, signed, takenOf } from "./module.mjs";
import { namesOf, tablesIn } from "./tables.mjs";

/** asked is the place in Go's table, before all of Go's functions, of what is called when the rest is needed. */
export const asked = 1;

const short = 48; // bytes: a function that calls nothing and is no longer is in both
const [table, global] = [1, 3]; // kinds of what a module shows

/** byChance are functions that run at a start or do not by chance: those of Go's runtime and of what it calls when it collects garbage. */
const byChance = /^\w+$|^slices\.[^[]*$|^(runtime|internal\/(runtime\/|bytealg|abi|sync)[^.]*|sync|syscall\/js|unique|weak|sort)\./;
/** sorting finds what a function sorts: which of those that sort it run depends on how long a list is and how it lies. */
const sorting = (name) => /^slices\.[^[]*(\[.*)$/.exec(name)?.[1];

/** parted returns the two modules of an engine that was slimmed; whole is the same as Go made it, which has the names, and ran what was seen to
 *  run at a start. */
export function parted(slim, whole, ran) {
  const names = namesOf(tablesIn(memoryOf(find(sectionsOf(whole), section.data).bytes)));
  const [imported] = number(find(sectionsOf(slim), section.import).bytes, 0);
  const { functions } = calledOf(find(sectionsOf(slim), section.element).bytes);
  const used = new Set(ran);
  const own = functions.map((f) => f - imported);
  const sorted = new Set(names.filter((_, place) => used.has(own[place])).map(sorting));
  names.forEach((name, place) => {
    if (byChance.test(name) || (sorting(name) !== undefined && sorted.has(sorting(name)))) used.add(own[place]);
  });
  return part(slim, used);
}

/** part returns the two modules of an engine; used are the functions that a start runs, by their numbers among the module's own. */
export function part(wasm, used) {
  const engine = taken(wasm);
  const isFirst = engine.bodies.map((_, i) => !engine.places.has(i) || engine.shown.has(i) || used.has(i));
  return { first: firstOf(engine, isFirst), rest: restOf(engine, isFirst) };
}

/** taken is an engine taken apart; places are those of functions in Go's table, and shown what stays in the first: what JavaScript calls. */
function taken(wasm) {
  const sections = sectionsOf(wasm);
  const of = (id) => find(sections, id).bytes;
  const [imported] = number(of(section.import), 0);
  const { first, functions } = calledOf(of(section.element));
  return {
    sections, of, imported,
    takes: takenOf(of(section.type)), types: numbersOf(of(section.function)), bodies: bodiesOf(of(section.code)),
    places: new Map(functions.map((own, i) => [own - imported, first + i])),
    shown: new Set([...exportsOf(of(section.export)).filter((x) => x.kind === 0).map((x) => x.index), number(of(section.start), 0)[0]].map((own) => own - imported)),
    typed: added(of(section.type), [0x60, 0, 0]), // the type of what is asked: it takes and gives nothing
    globals: globalsOf(of(section.global)),
  };
}

/** globalsOf are the types of a module's variables. */
function globalsOf(bytes) {
  let [count, at] = number(bytes, 0);
  return Array.from({ length: count }, () => {
    const type = bytes.subarray(at, at + 2);
    at = bytes.indexOf(op.end, at + 3) + 1;
    if (bytes[at - 2] !== 0) throw new Error("a variable that does not begin with 0");
    return type;
  });
}

/** through are the instructions that call a function by its place in the table. */
const through = ({ takes, types, places }, i) => [
  ...Array.from({ length: takes[types[i]] }, (_, n) => [op.get, n]).flat(),
  op.i32const, ...signed(places.get(i)), op.callIndirect, ...leb(types[i]), 0, op.end,
];

/** firstOf is the module that a start runs. It shows what the rest shares with it. */
function firstOf(engine, isFirst) {
  const ask = [op.i32const, asked, op.callIndirect, ...leb(engine.takes.length), 0];
  const shown = [[...named("table"), table, 0], ...engine.globals.map((_, n) => [...named(`g${n}`), global, n])];
  const changed = {
    [section.type]: engine.typed,
    [section.export]: added(engine.of(section.export), ...shown),
    [section.code]: codeOf(engine.bodies.map((body, i) => (isFirst[i] ? body : Buffer.from([0, ...ask, ...through(engine, i)])))),
  };
  return moduleOf(engine.sections.map((s) => (changed[s.id] ? { ...s, bytes: changed[s.id] } : s)));
}

/** restOf is the module of the other functions. It takes their places in the table when it is instantiated. */
function restOf(engine, isFirst) {
  const { of, typed, bodies, places, imported } = engine;
  const callees = bodies.map((body) => read(body).list.filter((x) => x[0] === op.call).map((x) => number(x, 1)[0] - imported));
  const needed = new Set(callees.flatMap((own, i) => (isFirst[i] ? [] : own)));
  const body = (own, i) => {
    if (!isFirst[i]) return own;
    if (!needed.has(i)) return Buffer.from([0, op.unreachable, op.end]);
    return !places.has(i) || (own.length <= short && callees[i].length === 0) ? own : Buffer.from([0, ...through(engine, i)]);
  };
  const moved = [...places].filter(([i]) => !isFirst[i]);
  return moduleOf([
    { id: section.type, bytes: typed },
    { id: section.import, bytes: sharedOf(engine) },
    { id: section.function, bytes: of(section.function) },
    { id: section.element, bytes: placing(moved.map(([i, place]) => ({ place, own: i + imported }))) },
    { id: section.code, bytes: codeOf(bodies.map(body)) },
  ]);
}

/** sharedOf is the section of what the rest has from elsewhere: what the engine has, and the first's table, memory and variables. */
function sharedOf({ of, globals }) {
  const only = (id) => {
    const [count, from] = number(of(id), 0);
    if (count !== 1) throw new Error(`${count} of section ${id}`);
    return of(id).subarray(from);
  };
  const from = (name, kind, type) => [...named("first"), ...named(name), kind, ...type];
  return added(of(section.import), from("table", table, only(section.table)), from("mem", 2, only(section.memory)),
    ...globals.map((type, n) => from(`g${n}`, global, type)));
}

/** placing is the section that puts functions in their places of the table: neighbours in one piece. */
function placing(functions) {
  const pieces = [];
  for (const { place, own } of functions.sort((a, b) => a.place - b.place)) {
    const last = pieces.at(-1);
    if (last && last.from + last.own.length === place) last.own.push(own);
    else pieces.push({ from: place, own: [own] });
  }
  const written = pieces.map(({ from, own }) => [0, op.i32const, ...signed(from), op.end, ...leb(own.length), ...own.flatMap((f) => leb(f))]);
  return Buffer.from([...leb(pieces.length), ...written.flat()]);
}
