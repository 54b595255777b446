// Runs the story in the browsers that are asked for: node web/test/browsers/run.mjs firefox webkit
// $FIREFOX, $WEBKIT_DRIVER and $MINIBROWSER name the programs (scripts/browsers.sh finds or installs them); $SHOTS is a folder for pictures.
import { mkdirSync } from "node:fs";
import { serve } from "./site.mjs";
import { story } from "./story.mjs";

const browsers = {
  firefox: async () => (await import("./firefox.mjs")).firefox(process.env.FIREFOX),
  webkit: async () => (await import("./webkit.mjs")).webkit({ driver: process.env.WEBKIT_DRIVER, browser: process.env.MINIBROWSER }),
};
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const asked = process.argv.slice(2);
let [passed, failed, skipped] = [0, 0, 0];
for (const name of asked.length > 0 ? asked : Object.keys(browsers)) {
  const site = await serve();
  let visitor;
  try {
    visitor = await browsers[name]();
    let broken = false;
    for (const [i, { says, run }] of story.entries()) {
      if (broken) { // each step goes on where the one before has ended
        skipped++;
        continue;
      }
      const begun = Date.now();
      try {
        await run(visitor, site);
        passed++;
        console.log(`ok      ${name}: ${says} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
      } catch (fault) {
        failed++;
        broken = true;
        console.log(`FAILED  ${name}: ${says}\n${fault.stack}`);
      }
      if (shots) await visitor.shot(`${shots}/${name}-${i}.png`).catch(() => {});
    }
  } catch (fault) {
    failed++;
    console.log(`FAILED  ${name}: it does not start\n${fault.stack}`);
  }
  await visitor?.end().catch(() => {});
  await site.stop().catch(() => {});
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 ? 1 : 0);
