// What every browser must be able to do, told once: by real keys in the page, and by looking at what stands there. A browser is a visitor with open,
// reload, run (a function in the page), write, press, shot and end.
import { deepEqual, match, ok } from "node:assert/strict";
import { serve, slow } from "./site.mjs";

const patience = 120_000; // ms; a busy machine is no fault of the page

/** until waits for a function in the page to answer with something true, and answers with it. */
async function until(v, what, script, ...args) {
  const end = Date.now() + patience;
  for (let fault = ""; ;) {
    const found = await v.run(script, ...args).catch((f) => { fault = String(f); });
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience / 1000} s. ${fault}\n${await v.run(() => document.querySelector("#terminal")?.innerText.slice(-1500)).catch(String)}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

/** ready waits for the engine. */
const ready = (v) => until(v, "the engine answers", () => globalThis.hsmplay?.ready.then(() => document.querySelector("#loading progress") === null));

/** text is what the newest block shows; an answer that has come is one whose line is over. */
const last = () => [...document.querySelectorAll(".transcript:not([hidden]) article")].at(-1)?.innerText ?? "";

/** clear empties the command line by keys, from its end. */
async function clear(v) {
  const typed = await v.run(() => {
    const field = document.querySelector("#field");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    return field.value.length;
  });
  for (let i = 0; i < typed; i++) await v.press("Backspace");
}

/** type types lines by keys, and waits for each answer. */
async function type(v, ...lines) {
  for (const line of lines) {
    const before = await v.run(() => document.querySelectorAll(".transcript:not([hidden]) .typed").length);
    await v.run(() => document.querySelector("#field").focus());
    await v.write(line);
    await v.press("Enter");
    await until(v, line, (n) => document.querySelectorAll(".transcript:not([hidden]) .typed").length > n && document.querySelector("#prompt").textContent !== "", before);
  }
  return v.run(last);
}

/** click clicks the first button with a text in a part of the page. */
const click = (v, where, says) => until(v, `the button ${says}`, (selector, text) => {
  const found = [...document.querySelectorAll(`${selector} button`)].find((b) => b.checkVisibility() && b.textContent.trim().startsWith(text));
  found?.click();
  return found !== undefined;
}, where, says);

/** keys are the handles and labels of the read model. */
const keys = (v) => v.run(async () => (await hsmplay.view("keys")).rows.map((k) => `${k.handle} ${k.label} ${k.nodes.join("")}`));

/** kept waits until the world as it is now is in the browser's storage. */
const kept = async (v) => {
  const lines = await v.run(async () => (await hsmplay.view("cluster")).lines);
  await until(v, "the world is kept", (wanted) => new Promise((done) => {
    const opening = indexedDB.open(`hsmplay:${new URL(".", location.href).pathname}world`);
    opening.onsuccess = () => {
      const row = opening.result.transaction("rows").objectStore("rows").get("world");
      row.onsuccess = () => { opening.result.close(); done(JSON.parse(row.result ?? "{}").Lines === wanted); };
      row.onerror = () => done(false);
    };
  }), lines);
};

let world = ""; // the World file on its way from one step to the next

/** story are the steps, in their order: each goes on where the one before has ended. */
export const story = [
  { says: "the seed session by real keys", run: async (v, site) => {
    await v.open(site.address);
    await ready(v);
    await until(v, "the first line stands on the prompt", () => document.querySelector("#field").value === "key_mgmt_util");
    await v.run(() => document.querySelector("#field").focus());
    await v.press("Enter");
    await until(v, "key_mgmt_util", () => document.querySelector("#prompt").textContent.startsWith("Command:"));
    match(await type(v, "loginHSM -u CU -s example_user -p aws"), /Cfm3LoginHSM returned: 0x00/);
    match(await type(v, "genECCKeyPair -i 14 -l ecc14"), /public key handle: 6 {4}private key handle: 7/);
    match(await type(v, "getAttribute -o 7 -a 512 -out attr_7"), /Attributes dumped into attr_7/);
    match(await type(v, "genECCKeyPair -i 1 -l ecc1"), /0xb3/);
    match(await type(v, "exit", "cat attr_7"), /OBJ_ATTR_CLASS\n0x03/);
    deepEqual(await keys(v), ["6 ecc14 012", "7 ecc14 012"]);
  } },
  { says: "RSA keys come from SubtleCrypto", run: async (v) => {
    ok(await v.run(() => new Promise((done) => {
      const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(typeof crypto.subtle?.generateKey)"])));
      worker.onmessage = (e) => done(e.data === "function");
    })), "the worker has crypto.subtle");
    match(await type(v, "key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genRSAKeyPair -m 2048 -e 65537 -l rsa"), /Cfm3GenerateKeyPair returned: 0x00/);
    deepEqual((await keys(v)).slice(2), ["8 rsa 012", "9 rsa 012"]);
    match(await type(v, "exportPubKey -k 8 -out rsa.pem", "exit", "openssl pkey -pubin -in rsa.pem -noout -text"), /2048 bit/);
  } },
  { says: "a reload brings world, transcript and half-typed line back", run: async (v) => {
    await v.run(() => document.querySelector("#field").focus());
    await v.write("ls -l ha");
    await kept(v);
    await new Promise((done) => setTimeout(done, 2_000)); // a visitor's pause; leaving writes what is left
    await v.reload();
    await ready(v);
    deepEqual((await keys(v)).length, 4);
    await until(v, "the half-typed line", () => document.querySelector("#field").value === "ls -l ha");
    match(await v.run(() => document.querySelector(".transcript:not([hidden])").innerText), /public key handle: 6/);
    await clear(v);
  } },
  { says: "a world leaves as a file and comes in again", run: async (v) => {
    await v.run(() => {
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => { globalThis.handed = blob; return make.call(URL, blob); };
    });
    await click(v, "#menu", "Worlds");
    await click(v, "dialog", "Download");
    world = await until(v, "the file", () => globalThis.handed?.text());
    match(world, /ecc14/);
    await click(v, "dialog", "Close");
    await type(v, "hsm new");
    await until(v, "no keys", async () => (await hsmplay.view("keys")).total === 0);
    await click(v, "#menu", "Worlds");
    await until(v, "the control for files", (text) => {
      const control = document.querySelector("dialog input[type=file]");
      if (!control) return false;
      const files = new DataTransfer();
      files.items.add(new File([text], "world.json", { type: "application/json" }));
      control.files = files.files;
      control.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }, world);
    await click(v, "dialog", "Open it");
    await until(v, "the keys of the file", async () => (await hsmplay.view("keys").catch(() => ({}))).total === 4);
    await ready(v);
  } },
  { says: "offline the page comes up with its world", run: async (v, site) => {
    await kept(v);
    await until(v, "the service worker", async () => (await navigator.serviceWorker.ready) && navigator.serviceWorker.controller !== null
      || (await caches.keys()).length > 0);
    await v.reload(); // the second visit is the worker's
    await ready(v);
    await site.stop();
    await v.reload();
    await ready(v);
    deepEqual((await keys(v)).length, 4);
    match(await type(v, "hsm status"), /3 of 3 HSMs up/);
    Object.assign(site, await serve(site.port));
  } },
  { says: "the first lesson, from its first to its last step", run: async (v) => {
    await click(v, "#menu", "Lessons");
    await click(v, "dialog .lessons", "1"); // the first one
    const card = (wanted) => until(v, `the card says ${wanted}`, (text) => document.querySelector("#lesson")?.innerText.match(new RegExp(text, "i")) !== null, wanted);
    await card("step 1 of 4");
    await until(v, "a terminal of the lesson", () => document.querySelector("#prompt").textContent === "$ ");
    await clear(v);
    for (const [i, line] of ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 14 -l mine", "findKey -l mine"].entries()) {
      await type(v, line);
      if (i < 3) {
        await click(v, "#lesson", "Next step");
        await card(`step ${i + 2} of 4`);
      }
    }
    await card("Names are for people");
    await click(v, "#lesson", "Back to my world");
    await until(v, "the own world", async () => (await hsmplay.view("keys").catch(() => ({}))).total === 4);
  } },
  { says: "the page looks as in other browsers: nothing wider than the window, switches as wide as their words", run: async (v) => {
    await click(v, "#menu", "Settings");
    const { page, options } = await until(v, "the switches", () => document.querySelector("dialog .options label") && {
      page: document.documentElement.scrollWidth - innerWidth,
      options: [...document.querySelectorAll("dialog .options label")].map((l) => {
        const words = document.createRange();
        words.selectNodeContents(l);
        return [l.textContent.trim(), l.getBoundingClientRect().width - words.getBoundingClientRect().width];
      }),
    });
    ok(page <= 0, `${page} px wider than the window`);
    for (const [says, spare] of options) ok(spare < 24, `${says} has ${spare} px to spare`);
    await click(v, "dialog", "Close");
  } },
  { says: "where storage is slow a first visit begins, and nothing of it is lost", run: async (v, site) => {
    const there = await slow(site);
    const note = (text) => until(v, `the note ${text}`, (t) => document.querySelector("#transcripts").innerText.includes(t), text);
    await v.open(there.address);
    await ready(v);
    await note("slow to answer. You can begin");
    await v.run(() => document.querySelector("#field").focus());
    await v.press("Escape");
    match(await type(v, "echo early > f", "ls"), /f/);
    await v.run(() => answer());
    await until(v, "the note goes", () => !document.querySelector("#transcripts").innerText.includes("slow to answer"));
    await type(v, "echo late > g");
    await kept(v);
    await v.reload();
    await note("Your world comes when it does"); // it is held again
    await v.run(() => answer());
    await ready(v);
    match(await type(v, "cat f g"), /early\nlate/);
    match(await v.run(() => document.querySelector("#transcripts").innerText), /echo early > f/);
    there.stop();
  } },
];
