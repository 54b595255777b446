// The built site, served as `hsmplay serve` does, on a port that stays the same when it is stopped and started again.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { resolve } from "node:path";

const top = resolve(import.meta.dirname, "../../..");

/** serve starts the server and answers with its address, and with how it is stopped. */
export function serve(port = 0) {
  return new Promise((done, fail) => {
    const server = spawn(`${top}/bin/hsmplay`, ["serve", "-addr", `127.0.0.1:${port}`], { cwd: top });
    const stop = () => new Promise((stopped) => {
      server.once("exit", stopped);
      server.kill();
    });
    let said = "";
    const hear = (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) done({ address: found[0], port: Number(found[1]), stop });
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.once("exit", () => fail(new Error(`hsmplay serve has ended: ${said}`)));
  });
}

/** hold runs in the page before its first script: the browser's storage answers only once the page says `answer()`. */
function hold() {
  const open = indexedDB.open.bind(indexedDB);
  const held = [];
  globalThis.answer = () => {
    indexedDB.open = open;
    held.splice(0).forEach((go) => go());
  };
  indexedDB.open = (name, version) => {
    const asked = {}; // the real request is made later; its handlers are those of this one by then
    held.push(() => {
      const request = open(name, version);
      for (const on of ["onsuccess", "onerror", "onupgradeneeded", "onblocked"]) request[on] = asked[on];
      for (const what of ["result", "error", "transaction"]) Object.defineProperty(asked, what, { get: () => request[what] });
    });
    return asked;
  };
}

/** slow serves a site under another address, where the browser's storage is slow: see hold. */
export async function slow(site) {
  const server = createServer(async ({ url }, answer) => {
    const page = await fetch(new URL(url, site.address));
    let body = Buffer.from(await page.arrayBuffer());
    const type = page.headers.get("content-type") ?? "";
    if (type.startsWith("text/html")) body = body.toString().replace("<head>", `<head><script>(${hold})()</script>`);
    answer.writeHead(page.status, { "content-type": type, "cache-control": "no-store" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}
