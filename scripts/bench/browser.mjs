// browser.mjs measures the engine and the page in Chromium, beside an empty Go program in the same run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { buildSync } from "esbuild";
import { measureEngine } from "./engine.mjs";
import { measureTimeline } from "./timeline.mjs";
import { measureTypes } from "./types.mjs";
import { line, median } from "./line.mjs";
import { measureScroll } from "./scroll.mjs";

const servers = [];
process.on("exit", () => servers.forEach((server) => server.kill())); // also after a fault before the browser is there

/** serving serves a folder and answers with its address. */
async function serving(folder) {
  const server = spawn("bin/hsmplay", ["serve", "-addr", "127.0.0.1:0", "-site", folder], { stdio: ["ignore", "pipe", "inherit"] });
  servers.push(server);
  const [said] = await once(createInterface(server.stdout), "line");
  return said.match(/http:\S+/)[0];
}

const home = await serving("dist");
const chrome = {
  executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
};
const browser = await chromium.launch(chrome);

// The bench's own files beside the site: the empty program, and a page that runs nothing else.
const find = (pattern) => readdirSync("dist", { recursive: true }).find((f) => pattern.test(f));
const parts = { engine: home + find(/engine-.*\.wasm$/), rest: home + find(/rest-.*\.wasm$/) };
const goroot = (await import("node:child_process")).execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const own = {
  "/bench/empty.wasm": ["application/wasm", readFileSync("build/bench/empty.wasm")],
  "/bench/keygen.wasm": ["application/wasm", readFileSync("build/bench/keygen.wasm")],
  "/bench/wasm_exec.js": ["text/javascript", readFileSync(`${goroot}/lib/wasm/wasm_exec.js`)],
  "/bench/begin.js": ["text/javascript", buildSync({ entryPoints: ["scripts/bench/begin.ts"], bundle: true, write: false, format: "iife" }).outputFiles[0].text],
  "/bench/": ["text/html", `<!doctype html><script src="wasm_exec.js"></script><script src="begin.js"></script>`],
};

/** emptySite is a page that starts an empty Go program and nothing else, served as ours is. */
function emptySite() {
  const folder = "build/bench/site";
  mkdirSync(folder, { recursive: true });
  copyFileSync("build/bench/empty.wasm", join(folder, "empty.wasm"));
  copyFileSync(`${goroot}/lib/wasm/wasm_exec.js`, join(folder, "wasm_exec.js"));
  writeFileSync(join(folder, "index.html"), `<!doctype html><script src="wasm_exec.js"></script><script>
    const go = new Go();
    globalThis.over = WebAssembly.instantiateStreaming(fetch("empty.wasm"), go.importObject)
      .then((m) => go.run(m.instance)).then(() => performance.now());</script>`);
  return serving(folder);
}

/** visit returns the milliseconds from navigation until a page says that it is there. */
async function visit(page, address) {
  await page.goto(address);
  return page.evaluate(async () => globalThis.over ?? (await globalThis.hsmplay.ready, performance.now()));
}

/** visits measures first visits, each in a fresh browser context, and later ones, in a profile that is kept on disk. */
async function visits(address, rounds) {
  const first = [], again = [];
  for (let i = 0; i < rounds; i++) {
    const context = await browser.newContext({ serviceWorkers: "block" });
    first.push(await visit(await context.newPage(), address));
    await context.close();
  }
  const profile = mkdtempSync(join(tmpdir(), "hsmplay-bench-"));
  const context = await chromium.launchPersistentContext(profile, chrome);
  const page = await context.newPage();
  for (let i = 0; i < rounds + 2; i++) {
    const ms = await visit(page, address);
    if (i > 1) again.push(ms);
    // What the browser keeps for the next visit it keeps in its own time: the service worker's files, and compiled code.
    await page.evaluate(async () => globalThis.hsmplay && navigator.serviceWorker.ready);
    await page.waitForTimeout(2000);
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  return { first: median(first), again: median(again) };
}

/** fresh opens a page with empty storage. */
async function fresh() {
  const context = await browser.newContext({ serviceWorkers: "block" });
  await context.route("**/bench/**", (route) => {
    const file = own[new URL(route.request().url()).pathname];
    return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.continue();
  });
  return context.newPage();
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
  await measureEngine(bench, parts, line);
  await bench.context().close();
  const types = await fresh();
  await types.goto(home + "bench/");
  await measureTypes(types, parts);
  await types.context().close();
  const timeline = await fresh();
  await timeline.goto(home + "bench/");
  await measureTimeline(timeline, parts);
  await timeline.context().close();

  const empty = await visits(await emptySite(), 5);
  const ours = await visits(home, 5);
  for (const which of ["first", "again"]) {
    line(which === "first" ? "start.navigation" : "start.second_visit", ours[which], "ms", `<=${(2.5 * empty[which]).toPrecision(3)}`, `empty=${empty[which].toPrecision(3)}ms`);
  }

  const page = await fresh();
  await page.goto(home);
  await page.evaluate(() => globalThis.hsmplay.ready);
  await page.locator("[data-terminal]:visible").first().click();
  const idle = await keystrokes(page);
  await page.evaluate(() => { void globalThis.hsmplay.exec("while true; do :; done"); });
  const busy = await keystrokes(page);
  line("keystroke.busy", busy, "ms", `<=${(idle + 1000 / 60).toPrecision(3)}`, `idle=${idle.toPrecision(3)}ms`);
  await page.context().close();

  const panels = await fresh();
  await panels.goto(home);
  await panels.evaluate(() => globalThis.hsmplay.ready);
  await measureScroll(panels);
} finally {
  await browser.close();
  for (const server of servers) server.kill();
}
