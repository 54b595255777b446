// slim makes an engine that Go has built smaller for the way to the browser; build/engine.wasm stays as Go made it. What it never calls goes
// (unused.mjs), and what only a crash's trace shows (strip.mjs); tables that can be computed are computed at the start (fold.mjs), and memory
// is written in few pieces (module.mjs). Where Go's tables do not look as they do in 1.26, the engine is left as it is.

import { fold } from "./fold.mjs";
import { added, dataOf, find, leb, memoryOf, moduleOf, number, section, sectionsOf } from "./module.mjs";
import { order } from "./order.mjs";
import { shorten } from "./shorten.mjs";
import { strip } from "./strip.mjs";
import { tablesIn } from "./tables.mjs";
import { withoutUnused } from "./unused.mjs";

/** slim returns the smaller engine, or the one it was given. */
export function slim(wasm) {
  try {
    const sections = sectionsOf(wasm);
    const memory = memoryOf(find(sections, section.data).bytes);
    const tables = tablesIn(memory);
    const used = sections.map((s) => (s.id === section.code ? { ...s, bytes: withoutUnused(sections, tables) } : s));
    strip(memory, tables);
    const whole = Buffer.from(memory);
    const unfolding = fold(memory, tables);
    const short = order(used.map((s) => (s.id === section.code ? { ...s, bytes: shorten(used) } : s)));
    const changed = withStart(short, unfolding).map((s) => (s.id === section.data ? { ...s, bytes: dataOf(memory) } : s));
    if (!begun(changed, unfolding).subarray(0, whole.length).equals(whole)) throw new Error("its tables did not come out the same");
    return moduleOf(changed);
  } catch (why) {
    console.log(`the engine stays as Go made it: ${why.message}`);
    return wasm;
  }
}

/** withStart are sections with one function more, which is called when the module is instantiated. */
function withStart(sections, body) {
  const of = (id) => find(sections, id).bytes;
  if (sections.some((s) => s.id === section.start)) throw new Error("it has a start already");
  const [imported, own, types] = [section.import, section.function, section.type].map((id) => number(of(id), 0)[0]);
  const more = { [section.type]: [0x60, 0, 0], [section.function]: leb(types), [section.code]: [...leb(body.length), ...body] };
  return sections.flatMap((s) => {
    if (more[s.id]) return { ...s, bytes: added(s.bytes, more[s.id]) };
    return s.id === section.export ? [s, { id: section.start, bytes: Buffer.from(leb(imported + own)) }] : s;
  });
}

/** begun is the memory of a module once it has been instantiated, without its other functions. */
function begun(sections, body) {
  const start = [
    { id: section.type, bytes: Buffer.from([1, 0x60, 0, 0]) },
    { id: section.function, bytes: Buffer.from([1, 0]) },
    find(sections, section.memory),
    { id: section.export, bytes: Buffer.from([1, 3, ...Buffer.from("mem"), 2, 0]) },
    { id: section.start, bytes: Buffer.from([0]) },
    { id: section.code, bytes: Buffer.concat([Buffer.from([1, ...leb(body.length)]), body]) },
    find(sections, section.data),
  ];
  const { mem } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(start))).exports;
  return Buffer.from(mem.buffer);
}
