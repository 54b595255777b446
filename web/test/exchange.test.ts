import { until } from "./fake-page.ts";
import { deepEqual, equal, rejects } from "node:assert/strict";
import { test } from "node:test";
import { forget, look, refresh, type } from "../engine/exchange.ts";
import { Order } from "../engine/order.ts";
import type { Host } from "../engine/start.ts";
import type { Engine, KeyRow, News } from "../hsm";
import { host, model, place } from "../state/state.ts";
import { begin, saved } from "../world/saver.ts";

/** engine answers batches when a test says so. */
function engine() {
  const asked: ((news: Partial<News> | Error) => void)[] = [];
  const batch: Engine["batch"] = () => new Promise((answer, fail) => asked.push((news) =>
    (news instanceof Error ? fail(news) : answer({ seq: 0, now: 0, due: 0, ...news }))));
  host.value = { engine: { batch } as Engine, ping: () => Promise.resolve(true), complete() {}, kill() {} } satisfies Host;
  return asked;
}

test("exchange: who asks while a look fails is answered by another one", async () => {
  place.value = "memory";
  begin({}, () => {});
  forget();
  const asked = engine();
  const first = refresh();
  await until(() => asked.length === 1);
  void refresh();
  asked[0]!(new Error("it failed"));
  await until(() => asked.length === 2);
  asked[1]!({ seq: 4, rows: { world: "4" } });
  await first;
  equal(saved()["world"], "4");
});

test("exchange: answers that overtake each other are taken over in the order in which they were read", async () => {
  place.value = "memory";
  begin({}, () => {});
  forget();
  const asked = engine();
  const [first, second] = [refresh(), type(1, "echo")];
  await until(() => asked.length === 2);
  asked[1]!({ seq: 2, rows: { world: "2", "ran/1": "a" } });
  await new Promise((r) => setTimeout(r, 5));
  deepEqual(saved(), {}, "it waits for the one before");
  asked[0]!({ seq: 1, rows: { world: "1" } });
  await Promise.all([first, second]);
  deepEqual(saved(), { world: "2", "ran/1": "a" });
});

test("exchange: keys that stay the same are not sent again when there are more", async () => {
  forget();
  const asked = engine();
  const tell = async (keys: { version: number; rows: KeyRow[]; total: number }) => {
    const looked = look();
    await until(() => asked.length > 0);
    asked.pop()!({ keys });
    await looked;
  };
  const rows = [{ id: "key-6" } as KeyRow];
  await tell({ version: 5, rows, total: 1 });
  await tell({ version: 5, rows: [], total: 3 });
  deepEqual(model.value.keys, { version: 5, rows, total: 3 });
  await tell({ version: 4, rows: [], total: 9 });
  deepEqual(model.value.keys, { version: 5, rows, total: 3 }, "of rows that are not known");
  await tell({ version: 6, rows: [], total: 0 });
  deepEqual(model.value.keys, { version: 6, rows: [], total: 0 });
});

test("exchange: an answer that fails keeps no other from being taken over", async () => {
  forget();
  const asked = engine();
  const [first, second] = [refresh(), type(1, "echo")];
  await until(() => asked.length === 2);
  asked[1]!({ seq: 3, rows: { world: "3" } });
  asked[0]!(new Error("it failed"));
  await Promise.all([first, second]);
  equal(saved()["world"], "3");
});

test("exchange: an answer that cannot be taken over keeps no other one waiting", async () => {
  const order = new Order();
  const taken: number[] = [];
  let come: (answer: { seq: number }) => void = () => {};
  const late = new Promise<{ seq: number }>((done) => (come = done));
  const second = rejects(() => order.turn(Promise.resolve({ seq: 2 }), () => { throw new Error("it cannot be drawn"); }), /it cannot be drawn/);
  const third = order.turn(Promise.resolve({ seq: 3 }), ({ seq }) => void taken.push(seq));
  const first = order.turn(late, ({ seq }) => void taken.push(seq));
  come({ seq: 1 });
  await Promise.all([first, second, third]);
  deepEqual(taken, [1, 3]);
});

test("exchange: an engine that is replaced leaves nothing behind that waits", async () => {
  const asked = engine();
  forget();
  const line = type(1, "echo");
  await until(() => asked.length === 1);
  void refresh();
  await until(() => asked.length === 2);
  asked[0]!({ seq: 9, rows: { world: "9" } });
  await new Promise((r) => setTimeout(r, 5));
  forget();
  await line;
  equal(saved()["world"], "3");
  host.value = null;
});
