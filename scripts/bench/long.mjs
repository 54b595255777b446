// long.mjs plays one long session in the page: 10,000 commands, keys made and deleted again, and prints heap and latency after the first 2,000 and after
// all: CHROMIUM=… node scripts/bench/long.mjs [commands]. Each latency is of 400 commands, from the call to the answer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { line } from "./line.mjs";

const all = Number(process.argv[2] ?? 10_000);
const early = all / 5;
const saved = 3_000; // ms in which all that the last line changed is written
const sample = Math.min(400, early / 2); // commands

const server = spawn("bin/hsmplay", ["serve", "-addr", "127.0.0.1:0", "-site", "dist"], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => server.kill()); // also after a fault: whoever reads this one's output waits for the server too
const [said] = await once(createInterface(server.stdout), "line");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const page = await browser.newPage();
await page.goto(said.match(/http:\S+/)[0]);
await page.waitForFunction(() => globalThis.hsmplay);
await page.evaluate(() => hsmplay.ready);
const devtools = await page.context().newCDPSession(page);
await page.keyboard.press("Escape");
await page.evaluate(async () => {
  for (const text of ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws"]) await hsmplay.exec(text);
});

/** play makes and deletes keys, so many commands, and answers with the times of all. */
const play = (commands) => page.evaluate(async (n) => {
  const times = [];
  for (let i = 0; i < n / 2; i++) {
    const begun = performance.now();
    const { text } = await hsmplay.exec("genSymKey -t 31 -s 32 -l short");
    const handle = /Key Handle: (\d+)/.exec(text)?.[1];
    if (!handle) throw new Error(text);
    const made = performance.now();
    await hsmplay.exec(`deleteKey -k ${handle}`);
    times.push(made - begun, performance.now() - made);
  }
  return times;
}, commands);

/** resident is the memory of the browser's largest process, the page with its worker, in MB. */
function resident() {
  const sizes = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid)).map((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer")) return 0;
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.max(...sizes) / 1024;
}

/** figures are what is measured now: the page's heap after a collection, the process, and the middle of the last latencies. Rows that are
 *  being saved are no part of it. */
async function figures(times) {
  await page.waitForTimeout(saved);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return { heap: usedSize / 1e6, memory: resident(), latency: times.slice(-sample).toSorted((a, b) => a - b)[sample >> 1] };
}

const first = await figures(await play(early));
await play(all - early - sample);
const last = await figures(await play(sample));
for (const [name, unit] of [["heap", "MB"], ["memory", "MB"], ["latency", "ms"]]) {
  line(`long session: ${name} after ${all} commands`, last[name], unit, `${(first[name] * 1.1).toFixed(2)}`, `${first[name].toFixed(2)} after ${early}`);
}
await browser.close();
server.kill();
