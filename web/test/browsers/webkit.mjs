// WebKit: MiniBrowser of WebKitGTK, driven by WebKitWebDriver as WebDriver (W3C) has it.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";

/** freePort is a port that nobody listens on. */
const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** keys are the names of keys that are no letters, as WebDriver has them (17.4.2). */
const keys = { Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", Backspace: "\uE003" };

/** webkit starts it and answers with a visitor: what story.mjs asks of a browser. */
export async function webkit({ driver, browser }) {
  const port = await freePort();
  const running = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: "1", LIBGL_ALWAYS_SOFTWARE: "1" } });
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  let session;
  const options = { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } };
  for (let tries = 0; !session; tries++) {
    await new Promise((done) => setTimeout(done, 200));
    session = await call("POST", "/session", { capabilities: { alwaysMatch: { browserName: "MiniBrowser", ...options } } }).catch((fault) => {
      if (tries > 100 || !/fetch failed/.test(String(fault))) throw fault;
    });
  }
  const at = `/session/${session.sessionId}`;
  await call("POST", `${at}/timeouts`, { script: 240_000, pageLoad: 240_000 });
  await call("POST", `${at}/window/rect`, { width: 1440, height: 980 }).catch(() => {});
  const strokes = (all) => call("POST", `${at}/actions`, { actions: [{ type: "key", id: "keys", actions: all.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]) }] });
  const run = async (script, ...args) => {
    const { fault, value } = await call("POST", `${at}/execute/async`, {
      script: `const done = arguments[arguments.length - 1]; (async () => (${script})(...arguments[0]))().then((value) => done({ value }), (fault) => done({ fault: String(fault) }));`, args: [args] });
    if (fault) throw new Error(fault);
    return value;
  };
  return {
    open: (url) => call("POST", `${at}/url`, { url }),
    reload: () => call("POST", `${at}/refresh`, {}),
    run,
    write: (text) => strokes([...text]),
    press: (key) => strokes([keys[key]]),
    shot: async (path) => writeFileSync(path, Buffer.from(await call("GET", `${at}/screenshot`), "base64")),
    end: async () => {
      await call("DELETE", at).catch(() => {});
      running.kill();
    },
  };
}
