// scroll.mjs measures the panel of keys in the page: scrolling through 3,300 keys beside an empty list of that length, on 3 HSMs and on 28, and one update.
import { line, median } from "./line.mjs";

const pairs = 1650;
const newest = 5 + 2 * pairs; // handle
const long = 50;    // ms from one frame to the next, from which on it is a long one
const step = 400;   // pixels a frame

/** make fills the HSMs by one line of bash. */
async function make(page, nodes) {
  await page.evaluate(async ([count, more]) => {
    await hsmplay.exec(`hsm new --nodes ${more}`);
    const lines = `for i in $(seq ${count}); do echo "genECCKeyPair -i 14 -l pair$i"; done`;
    await hsmplay.exec(`(echo "loginHSM -u CU -s example_user -p aws"; ${lines}) > all; key_mgmt_util < all > /dev/null`);
    await hsmplay.exec("key_mgmt_util");
    await hsmplay.exec("loginHSM -u CU -s example_user -p aws");
  }, [pairs, nodes]);
  await page.waitForFunction((rows) => Number(document.querySelector("#keys .rows.many table")?.getAttribute("aria-rowcount")) === rows + 1, pairs * 2, { timeout: 120_000 });
}

/** scrolled is carried out in the page: the long frames of a way down the list and back, of the keys or of an empty list as long. */
async function scrolled([isEmpty, long, step]) {
  const list = document.querySelector("#keys .rows.many");
  let box = list;
  if (isEmpty) {
    box = Object.assign(document.createElement("div"), { className: list.className });
    box.append(Object.assign(document.createElement("div"), { style: `height: ${list.scrollHeight}px` }));
    list.hidden = true;
    list.after(box);
  }
  const frame = () => new Promise(requestAnimationFrame);
  let longs = 0, last = await frame();
  for (const by of [step, -step]) {
    for (let at = by > 0 ? 0 : box.scrollHeight; at >= 0 && at <= box.scrollHeight; at += by) {
      box.scrollTop = at;
      const now = await frame();
      if (now - last > long) longs++;
      last = now;
    }
  }
  if (isEmpty) box.remove(), (list.hidden = false);
  return longs;
}

/** updated is the milliseconds from a line that deletes the newest key to the frame that shows it: HSMs that are full take no more. */
async function updated(handle) {
  const begun = performance.now();
  const rows = () => document.querySelector("#keys .rows.many table").getAttribute("aria-rowcount");
  const before = rows();
  await hsmplay.exec(`deleteKey -k ${handle}`);
  while (rows() === before) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}

/** measureScroll prints the figures of a page that is ready. */
export async function measureScroll(page) {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const nodes of [3, 28]) {
    await make(page, nodes);
    const counts = { empty: [], keys: [] };
    for (let i = 0; i < 3; i++) {
      counts.empty.push(await page.evaluate(scrolled, [true, long, step]));
      counts.keys.push(await page.evaluate(scrolled, [false, long, step]));
    }
    const empty = median(counts.empty);
    line(`scroll.3300keys.${nodes}hsms`, median(counts.keys), "long frames", `<=${empty}`, `empty=${empty}`);
    const times = [];
    for (let i = 0; i < 5; i++) times.push(await page.evaluate(updated, newest - i));
    line(`panels.update.3300keys.${nodes}hsms`, median(times), "ms");
    await page.evaluate(() => hsmplay.exec("exit"));
  }
}
