import { until } from "./fake-page.ts";
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { forget, refresh, type } from "../engine/exchange.ts";
import type { Host } from "../engine/start.ts";
import type { Engine, News } from "../hsm";
import { host, place } from "../state/state.ts";
import { begin, saved } from "../world/saver.ts";

/** engine answers batches when a test says so. */
function engine() {
  const asked: ((news: Partial<News> | Error) => void)[] = [];
  const batch: Engine["batch"] = () => new Promise((answer, fail) => asked.push((news) =>
    (news instanceof Error ? fail(news) : answer({ seq: 0, now: 0, due: 0, ...news }))));
  host.value = { engine: { batch } as Engine, ping: () => Promise.resolve(true), kill() {} } satisfies Host;
  return asked;
}

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
