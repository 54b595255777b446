import { asNew, storage, until } from "./fake-page.ts";
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { test } from "node:test";
import type { Host } from "../engine/start.ts";
import type { Engine, TimelineNews } from "../hsm";
import { host, place } from "../state/state.ts";
import { pack, unpack } from "../world/packed.ts";
import * as points from "../world/points.ts";
import * as saver from "../world/saver.ts";
import { hold, read } from "../world/store.ts";

type Rows = Record<string, string | null>;

const database = "hsmplay:/play/timeline";
const stored = () => new Map([...(storage.databases.get(database) ?? [])].map(([key, value]) => [key.slice(key.indexOf("/") + 1), value as unknown]));
const names = () => [...stored().keys()].sort();
const line = () => saver.shelf("world/")["line"];

/** Scripted is an engine whose timeline says what a test tells it to. */
class Scripted {
  news: Partial<TimelineNews>[] = [];
  joined: Record<string, string>[] = [];
  recalled: unknown[] = [];
  refuses = false;
  rows: Rows = {};  // that the next exchange brings
  engine = {
    batch: async () => {
      const rows = this.rows;
      this.rows = {};
      return { seq: 0, now: 0, due: 0, rows };
    },
    points: async () => ({ rows: {}, worlds: [], gone: [], hidden: [], more: this.news.length > 1, ...this.news.shift() }),
    join: async ({ stored }: { stored: Record<string, string> }) => {
      if (this.refuses) throw new Error("not of this timeline");
      this.joined.push(stored);
      return {};
    },
    recall: async (a: unknown) => (this.recalled.push(a), {}),
  } as unknown as Engine;
}

/** begin is a page with an engine, in a browser where something may be stored. */
async function begin(): Promise<Scripted> {
  const scripted = new Scripted();
  place.value = "kept";
  host.value = { engine: scripted.engine } as Host;
  await points.attach(scripted.engine);
  return scripted;
}

/** fresh is a page whose world has no timeline yet. */
async function fresh(): Promise<Scripted> {
  await points.settled();
  await saver.written();
  await hold(false, () => {}, async () => {});
  saver.begin((await read(true)) ?? {}, () => {});
  place.value = "kept";
  saver.lay("world/", { line: null });
  await saver.written();
  storage.databases.get(database)?.clear();
  return begin();
}

asNew();

const world = (id: number, rows: Rows, whole = false) => ({ id, whole, rows });
const page = (...ids: number[]) => ({ head: "{}", "points/0": JSON.stringify(ids.map((id) => ({ id }))) });

test("points: they are stored behind the world, under the name of its timeline, and come back", async () => {
  const first = await fresh();
  first.news = [{ worlds: [world(1, { world: "a", "file/x": "x" }, true)] }, { worlds: [world(2, { world: "b", "file/x": null })], rows: page(1, 2) }];
  saver.take({ world: "b" });
  await until(() => names().length === 4);
  deepEqual(names(), ["head", "points/0", "rows/2", "whole/1"]);
  ok(line());
  await saver.written();
  equal(storage.databases.get("hsmplay:/play/world")!.get("@world/line"), line());

  const second = await begin();
  deepEqual(second.joined, [page(1, 2)]);
  equal(points.told.value, "kept");
  await points.recall([2, 1]);
  deepEqual(second.recalled, [{ to: 2, stored: { world: "b" } }, { to: 1, stored: { world: "a", "file/x": "x" } }]);
});

test("points: none is stored before the world that it is of", async () => {
  const engine = await fresh();
  engine.rows = { world: "as of the line" };
  engine.news = [{ worlds: [world(1, { world: "as of the line" }, true)], rows: page(1) }];
  storage.written.length = 0;
  await points.settled();
  const order = storage.written.map((done) => done.find((o) => o === "put world" || o.endsWith("/whole/1"))).filter((o) => o !== undefined);
  deepEqual(order.map((o) => o.split("/").at(-1)), ["put world", "1"]);
});

test("points: the timeline of a world that goes on the shelf while unused ones are swept stays", async () => {
  const engine = await fresh();
  engine.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  await points.settled();
  const was = line()!;
  const shelved: string[] = [];
  const sweeping = points.sweep(async () => [...shelved]);
  shelved.push(was);
  await saver.replace({});
  saver.lay("world/", { line: null });
  await begin();
  await sweeping;
  ok([...storage.databases.get(database)!.keys()].some((k) => k.startsWith(was)));
});

test("points: what goes is put into the next one's rows", async () => {
  const engine = await fresh();
  engine.news = [{ worlds: [world(1, { a: "1", b: "1" }, true), world(2, { a: "2", c: "2" }), world(3, { b: null }), world(4, { a: "4" })], rows: page(1, 2, 3, 4) }];
  await points.settled();
  engine.news = [{ worlds: [world(5, { d: "5" })], gone: [2, 3], rows: page(1, 4, 5) }];
  await points.settled();
  deepEqual(names(), ["head", "points/0", "rows/4", "rows/5", "whole/1"]);
  deepEqual(await unpack(stored().get("rows/4")), { a: "4", c: "2", b: null });
  engine.news = [{ gone: [1], rows: page(4, 5) }];
  await points.settled();
  deepEqual(names(), ["head", "points/0", "rows/5", "whole/4"]);
  await points.recall([5]);
  deepEqual(engine.recalled, [{ to: 5, stored: { a: "4", c: "2", d: "5" } }]);
});

test("points: a password that comes to light is taken out of what ran, and of nothing else", async () => {
  const engine = await fresh();
  const ran = JSON.stringify([{ line: "echo <Secret-1>", path: ["echo", "<Secret-1>"], seq: 1 }]);
  engine.news = [{ worlds: [world(1, { "ran/1/0": ran, "file/x": "<Secret-1>" }, true), world(2, { "ran/2/0": "[]" })], rows: page(1, 2) }];
  await points.settled();
  const before = stored().get("rows/2");
  engine.news = [{ hidden: ["<Secret-1>"], rows: page(1, 2) }];
  await points.settled();
  const rows = await unpack(stored().get("whole/1"));
  deepEqual(JSON.parse(rows["ran/1/0"]!), [{ line: "echo ***", path: ["echo", "***"], seq: 1 }]);
  equal(rows["file/x"], "<Secret-1>");
  equal(stored().get("rows/2"), before);
});

test("points: rows that the engine refuses are left, and a timeline of another name begins", async () => {
  const first = await fresh();
  first.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  await points.settled();
  const was = line();
  const second = new Scripted();
  second.refuses = true;
  second.news = [{ worlds: [world(1, { a: "2" }, true)], rows: page(1) }];
  host.value = { engine: second.engine } as Host;
  await points.attach(second.engine);
  ok(line() !== was);
  equal([...storage.databases.get(database)!.keys()].filter((k) => k.startsWith(was!)).length, 3);
  await points.sweep(async () => []);
  await until(() => [...storage.databases.get(database)!.keys()].every((k) => k.startsWith(line()!)));
});

test("points: a store that fails ends the storing of points, and of nothing else", async () => {
  const engine = await fresh();
  await saver.written();
  engine.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  saver.lay("world/", { line: "mine" });
  await saver.written();
  await begin();
  const second = new Scripted();
  host.value = { engine: second.engine } as Host;
  await points.attach(second.engine);
  second.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }, {}];
  storage.failing = 1;
  await points.settled();
  equal(points.told.value, "left");
  equal(place.value, "kept");
  saver.take({ world: "still" });
  await saver.written();
  equal(saver.saved()["world"], "still");
  await rejects(() => points.recall([1]), /null/);
  const third = await begin();
  equal(points.told.value, "kept");
  third.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  await points.settled();
  ok(names().includes("whole/1"));
});

test("points: a tab that only reads stores none, nor does one whose engine was killed", async () => {
  const engine = await fresh();
  engine.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  place.value = "elsewhere";
  await points.settled();
  deepEqual(names(), []);
  place.value = "kept";
  host.value = null;
  await points.settled();
  deepEqual(names(), []);
  host.value = { engine: engine.engine } as Host;
  await points.settled();
  deepEqual(names(), ["head", "points/0", "whole/1"]);
});

test("points: a copy is another timeline", async () => {
  const engine = await fresh();
  engine.news = [{ worlds: [world(1, { a: "1" }, true)], rows: page(1) }];
  await points.settled();
  const name = await points.copy(line()!);
  const all = storage.databases.get(database)!;
  equal(all.size, 6);
  deepEqual(all.get(`${name}/whole/1`), all.get(`${line()}/whole/1`));
});

test("packed: rows come back as they were, also where the browser cannot pack", async () => {
  const rows = { a: "text ü \u0000", b: null };
  deepEqual(await unpack(await pack(rows)), rows);
  deepEqual(await unpack(JSON.stringify(rows)), rows);
  await rejects(() => unpack("{"), /JSON/);
  await rejects(() => unpack(new Uint8Array([1, 2, 3])), /header/);
});
