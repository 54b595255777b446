import { asNew, local, locks, storage, until } from "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { place, terminals } from "../state/state.ts";
import { readWorld } from "../world/place.ts";
import { replace, saved, take, written } from "../world/saver.ts";

const own = "hsmplay:/play/world";
const notes = () => terminals.value.flatMap((t) => t.transcript.blocks.map((b) => b.notice)).filter((n) => n !== "" && n !== "welcome");
const stored = () => Object.fromEntries(storage.databases.get(own) ?? []);

/** slow makes the browser's storage wait for a word. */
function slow(): () => void {
  let go = () => {};
  storage.answers = new Promise((r) => (go = r));
  return go;
}

test("place: a first visit takes a copy of what was kept under the former name, and leaves it there", async () => {
  asNew();
  storage.databases.set("hsmplay:world", new Map([["world", "{}"], ["node/0", "n"]]));
  deepEqual(await readWorld(), { world: "{}", "node/0": "n" });
  deepEqual(stored(), { world: "{}", "node/0": "n", "@begun": "" });
  equal(storage.databases.get("hsmplay:world")!.size, 2);
  await replace({});
  equal(await readWorld(), null, "a fresh start does not bring the former world back");
  equal(storage.databases.has("hsmplay:settings"), false);
});

test("place: where nothing was kept no database is made but the own one", async () => {
  asNew();
  equal(await readWorld(), null);
  deepEqual([...storage.databases.keys()], [own]);
  equal(place.value, "kept");
});

test("place: slow storage is waited for by who has a world here, and is not called a refusal", async () => {
  asNew();
  storage.databases.set(own, new Map([["world", "{}"], ["@begun", ""]]));
  local.set("hsmplay:/play/visited", "1");
  const go = slow();
  let world: unknown = "none yet";
  const reading = readWorld().then((w) => (world = w));
  await until(() => notes().includes("slow"));
  equal(world, "none yet");
  go();
  await reading;
  deepEqual(world, { world: "{}" });
  equal(place.value, "kept");
  deepEqual(notes(), []);
});

test("place: who has none begins meanwhile, and is saved when storage answers", async () => {
  asNew();
  const go = slow();
  equal(await readWorld(), null);
  equal(place.value, "late");
  deepEqual(notes(), ["slow"]);
  take({ world: "{}", "node/0": "n" });
  deepEqual(saved(), { world: "{}", "node/0": "n" });
  go();
  await until(() => stored()["world"]);
  deepEqual(stored(), { world: "{}", "node/0": "n", "@begun": "" });
  equal(place.value, "kept");
  deepEqual(notes(), []);
  take({ "node/0": null });
  await written();
  deepEqual(stored(), { world: "{}", "@begun": "" });
});

test("place: a world that comes late is not written over", async () => {
  asNew();
  storage.databases.set(own, new Map([["world", "an earlier one"]]));
  const go = slow();
  equal(await readWorld(), null);
  take({ world: "{}" });
  go();
  await until(() => notes().includes("found"));
  take({ world: "{more}" });
  await written();
  deepEqual(stored(), { world: "an earlier one" });
  terminals.value = terminals.value.map((t) => ({ ...t, transcript: { ...t.transcript, blocks: [] } }));
});

test("place: a refusal is called one", async () => {
  asNew();
  place.value = "kept";
  storage.refuses = true;
  equal(await readWorld(), null);
  equal(place.value, "memory");
  deepEqual(notes(), ["memory"]);
});

test("place: a tab that only reads writes nothing", async () => {
  asNew();
  locks.lose();
  await until(() => place.value === "elsewhere");
  locks.taken = true;
  storage.databases.set(own, new Map([["world", "{}"]]));
  deepEqual(await readWorld(), { world: "{}" });
  equal(place.value, "elsewhere");
  take({ world: "x" });
  await written();
  ok(storage.written.length === 0);
});

/** asks is another tab that would like to write. */
const asks = () => dispatchEvent(Object.assign(new Event("storage"), { key: "hsmplay:/play/wanted" }));

test("place: a tab that takes over gets the world as the other one has written it to its end", async () => {
  asNew();
  storage.databases.set(own, new Map([["world", "{half}"], ["@begun", ""]]));
  equal(place.value, "elsewhere");
  locks.taken = true;
  const reading = readWorld(true);
  await until(() => local.has("hsmplay:/play/wanted"));
  storage.databases.get(own)!.set("world", "{whole}"); // what the other one does before it gives the lock
  locks.free();
  deepEqual(await reading, { world: "{whole}" });
  equal(place.value, "kept");
});

test("place: a tab that is asked for its place writes what waits, and then reads only", async () => {
  equal(place.value, "kept");
  const go = slow();
  take({ world: "{more}" });
  asks();
  await new Promise((soon) => setTimeout(soon, 20));
  equal(place.value, "kept", "it has not written yet");
  go();
  await until(() => place.value === "elsewhere");
  equal(stored()["world"], "{more}");
  take({ world: "{lost}" });
  await written();
  equal(stored()["world"], "{more}");
});

test("place: one that does not answer is not waited for longer than a moment", async () => {
  locks.taken = true;
  deepEqual(await readWorld(true), { world: "{more}" });
  equal(place.value, "kept");
});
