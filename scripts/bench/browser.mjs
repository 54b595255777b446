// browser.mjs measures the engine and the page in Chromium, beside an empty Go program in the same run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { measureEngine } from "./engine.mjs";
import { measureTypes } from "./types.mjs";
import { line, median } from "./line.mjs";

const server = spawn("bin/hsmplay", ["serve", "-addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
const [said] = await once(createInterface(server.stdout), "line");
const home = said.match(/http:\S+/)[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});

// The bench's own files beside the site: the empty program, and a page that runs nothing else.
const find = (pattern) => readdirSync("dist", { recursive: true }).find((f) => pattern.test(f));
const engine = find(/\.wasm$/);
const goroot = (await import("node:child_process")).execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const own = {
  "/bench/empty.wasm": ["application/wasm", readFileSync("build/bench/empty.wasm")],
  "/bench/keygen.wasm": ["application/wasm", readFileSync("build/bench/keygen.wasm")],
  "/bench/wasm_exec.js": ["text/javascript", readFileSync(`${goroot}/lib/wasm/wasm_exec.js`)],
  "/bench/": ["text/html", `<!doctype html><script src="wasm_exec.js"></script>`],
  "/bench/start.html": ["text/html", `<!doctype html><script src="wasm_exec.js"></script><script>
    const go = new Go();
    WebAssembly.instantiateStreaming(fetch("empty.wasm"), go.importObject)
      .then((m) => go.run(m.instance)).then(() => { globalThis.over = performance.now(); });</script>`],
};

/** fresh opens a page with empty storage. */
async function fresh() {
  const context = await browser.newContext({ serviceWorkers: "block" });
  await context.route("**/bench/**", (route) => {
    const file = own[new URL(route.request().url()).pathname];
    return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.continue();
  });
  return context.newPage();
}

/** navigation returns the milliseconds from navigation until the page answers, and the same for the empty program. */
async function navigation() {
  const page = await fresh();
  await page.goto(home);
  const ours = await page.evaluate(async () => (await globalThis.hsmplay.ready, performance.now()));
  await page.goto(home + "bench/start.html");
  await page.waitForFunction(() => globalThis.over);
  const empty = await page.evaluate(() => globalThis.over);
  await page.context().close();
  return { ours, empty };
}

/** keystrokes returns the median milliseconds from a real key to the second frame after it. */
async function keystrokes(page) {
  await page.evaluate(() => {
    globalThis.frames = [];
    addEventListener("keydown", () => {
      const at = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => globalThis.frames.push(performance.now() - at)));
    }, true);
  });
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("x");
    await page.waitForTimeout(40);
  }
  return median(await page.evaluate(() => globalThis.frames));
}

try {
  const bench = await fresh();
  await bench.goto(home + "bench/");
  await measureEngine(bench, home + engine, line);
  await bench.context().close();
  const types = await fresh();
  await types.goto(home + "bench/");
  await measureTypes(types, home + engine);
  await types.context().close();

  const runs = [];
  for (let i = 0; i < 5; i++) runs.push(await navigation());
  const empty = median(runs.map((r) => r.empty));
  const ours = median(runs.map((r) => r.ours));
  line("start.navigation", ours, "ms", `<=${(2.5 * empty).toPrecision(3)}`, `empty=${empty.toPrecision(3)}ms`);

  const page = await fresh();
  await page.goto(home);
  await page.evaluate(() => globalThis.hsmplay.ready);
  await page.locator("[data-terminal]:visible").first().click();
  const idle = await keystrokes(page);
  await page.evaluate(() => { void globalThis.hsmplay.exec("while true; do :; done"); });
  const busy = await keystrokes(page);
  line("keystroke.busy", busy, "ms", `<=${(idle + 1000 / 60).toPrecision(3)}`, `idle=${idle.toPrecision(3)}ms`);
} finally {
  await browser.close();
  server.kill();
}
