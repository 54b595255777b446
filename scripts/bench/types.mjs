// types.mjs measures making and signing per type of key: natively beside `openssl speed`, and in the browser, where RSA keys
// stand beside SubtleCrypto called alone in the same run.
import { execFileSync } from "node:child_process";
import { line } from "./line.mjs";

/** openssl returns signatures per second by algorithm, or nothing where it is not installed. */
function openssl() {
  try {
    const text = execFileSync("openssl", ["speed", "-seconds", "1", "-mr", "rsa2048", "ecdsap256", "ecdsap384"],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const rate = (pattern) => { const m = text.match(pattern); return m ? `openssl.sign=${Math.round(m[1])}/s` : "-"; };
    return { "Sign/RSA-2048": rate(/^\+F2:\d+:2048:([\d.e-]+)/m), "Sign/P-256": rate(/^\+F4:\d+:256:([\d.e-]+)/m),
      "Sign/P-384": rate(/^\+F4:\d+:384:([\d.e-]+)/m) };
  } catch {
    console.error("no openssl here: its yardstick is left out");
    return {};
  }
}

/** measureNative prints what Go's benchmarks of core/mech/internal/material say, as operations per second. */
export function measureNative() {
  const yardsticks = openssl();
  const text = execFileSync("go", ["test", "./core/mech/internal/material", "-run", "^$", "-bench", "Make|Sign", "-benchtime", "300ms"], { encoding: "utf8" });
  for (const [, name, ns] of text.matchAll(/^Benchmark(\S+?)-\d+\s+\d+\s+([\d.]+) ns\/op/gm)) {
    line(`native.${name}`, Math.round(1e9 / Number(ns)), "/s", "-", yardsticks[name] ?? "-");
  }
}

/** inPage is carried out in the browser: it must not use anything of this module. */
async function inPage({ engine, rest }) {
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const { complete, pairs } = await beginEngine(await (await fetch(engine)).arrayBuffer(), rest);
  const methods = await globalThis.hsmplayEngine("{}", () => {}, pairs);
  await complete();
  const call = async (name, arg) => JSON.parse(await methods[name](JSON.stringify(arg)));
  const type = async (text) => {
    let turn = await call("type", { terminal: 1, line: text });
    while (turn.state === "waits") {
      await new Promise((done) => setTimeout(done, 5));
      const { terminals } = await call("terminals", {});
      turn = { ...turn, state: terminals[0].state };
    }
    return turn;
  };
  await call("open", { name: "", columns: 80 });
  for (const text of ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genSymKey -t 31 -s 32 -l message"]) await type(text);
  await call("write", { path: "message", base64: btoa("a message to sign".repeat(60)) });
  const timed = async (f, n) => {
    const times = [];
    for (let i = 0; i < n; i++) {
      const start = performance.now();
      await f(i);
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const rsa = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
  const alone = async () => {
    const pair = await crypto.subtle.generateKey(rsa, true, ["sign", "verify"]);
    await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  };
  const make = async (text, n) => timed((i) => type(`${text} -l ${text.length}.${i}`), n);
  const rows = {
    "make.AES-256": await make("genSymKey -t 31 -s 32", 40),
    "make.P-256": await make("genECCKeyPair -i 2", 40),
    "make.P-384": await make("genECCKeyPair -i 14", 40),
    "make.secp256k1": await make("genECCKeyPair -i 16", 40),
    "make.RSA-2048": await make("genRSAKeyPair -m 2048 -e 65537", 15),
    "subtle.RSA-2048": await timed(alone, 15),
  };
  const handles = async (label) => {
    const { rows } = await call("keys", { since: 0, terminal: 1, from: 0, count: 0, filter: "" });
    return rows.find((k) => k.class === "private" && k.type.includes(label)).handle;
  };
  for (const [label, mechanism] of [["P-256", 17], ["P-384", 18], ["secp256k1", 17], ["RSA", 1]]) {
    const handle = await handles(label);
    rows[`sign.${label}`] = await timed(() => type(`sign -f message -k ${handle} -m ${mechanism} -out s`), 30);
  }
  return rows;
}

/** measureTypes prints what inPage has measured, in milliseconds a command. */
export async function measureTypes(page, parts) {
  const rows = await page.evaluate(inPage, parts);
  const subtle = rows["subtle.RSA-2048"];
  delete rows["subtle.RSA-2048"];
  for (const [name, ms] of Object.entries(rows)) {
    const budget = name === "make.RSA-2048" ? `<=${(2 * subtle).toPrecision(3)}` : "-";
    line(`browser.${name}`, ms, "ms", budget, name === "make.RSA-2048" ? `subtle=${subtle.toPrecision(3)}ms` : "-");
  }
}
