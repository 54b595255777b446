// unused empties functions that Go links into every engine and that this one never calls. One that is called after all ends the engine, as
// any crash does, so only what no line can lead to stands here.

import { bodiesOf, codeOf, op } from "./code.mjs";
import { calledOf, find, number, section } from "./module.mjs";
import { namesOf } from "./tables.mjs";

/** unused are they, by their names. */
const unused = [
  /^runtime\.\W*trace(?!back|LockInit|Acquire$|Locker\.ok$|\w*Enabled$)/, // what the tracer writes while it is on; a crash is told with a traceback
  /^runtime\.\W*(dump(?!gstatus)|schedtrace|profBuf)/, // dumps of memory and of goroutines, the rows of a processor's profile
  /^runtime\..*(Checkmark|Zombies|checkFinalizersAndCleanups|Bubble)/, // checks of the collector, and goroutines in a test's own time
  /^runtime\.(printanycustomtype|gcDumpObject|\W*hexdump)/, // how a heap that is broken is told
  /^runtime\.(saveblockevent|\w*RecordGoroutineProfile)/, // profiles, which nobody asks for; the first thing that is made counts all the same
  /^runtime\.(expandCgoFrames|printOneCgoTraceback|printCgoTraceback|callCgoSymbolizer|cgoContextPCs)/, // C
  /^crypto\/internal\/fips140\/.*(\.init\.func\d+\.1|\.init\.0\.func1|fipsPCT.*\.func1)$|fips140\/drbg\..*Counter/, // tests of itself, and chance, in Go's FIPS mode, which is off
  /^runtime\.(initMetrics|readMetrics|timeHistogram)|^internal\/godebug\.registerMetric/, // figures about the runtime, which nobody reads
  /^internal\/bisect\./, // which of many changes of Go breaks a program
  /^os\/exec\.(?!init)|^os\.(\(\*Process|[sS]tartProcess)/, // other programs: a browser has none
];

/** isUnused tells by a function's name whether no line leads to it. */
export const isUnused = (name) => unused.some((kind) => kind.test(name));

/** never is the body of a function that is never called. */
const never = Buffer.from([0, op.unreachable, op.end]);

/** withoutUnused is the code of an engine, without what it never calls. */
export function withoutUnused(sections, tables) {
  const [imported] = number(find(sections, section.import).bytes, 0);
  const { functions } = calledOf(find(sections, section.element).bytes);
  const bodies = bodiesOf(find(sections, section.code).bytes);
  namesOf(tables).forEach((name, place) => {
    if (isUnused(name)) bodies[functions[place] - imported] = never;
  });
  return codeOf(bodies);
}
