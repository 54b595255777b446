import { equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { box, height, layoutOf, width } from "../panels/places.ts";
import { changed, summary } from "../words/words.ts";
import type { NodeRow } from "../hsm";

const node = (n: number, more: Partial<NodeRow> = {}): NodeRow => ({ id: `hsm-${n}`, node: n, ip: "", cluster: "cluster-a", kin: "",
  state: "up", sync: false, differs: false, keys: 0, missing: 0, users: 6, delay: 0, tampered: false, ...more });

test("places: three HSMs stand under the client, as they always did", () => {
  const { client, spots, frames } = layoutOf([3], 0);
  equal(JSON.stringify(spots.map((s) => [s.x, s.y])), "[[80,100],[200,100],[320,100]]");
  equal(client.x, 200);
  equal(frames.length, 0);
});

test("places: the client stands over the cluster that its daemon serves, the others are framed", () => {
  for (const served of [0, 1, 2]) {
    const { client, spots, frames } = layoutOf([1, 3, 2], served);
    const [first, last] = [[0, 0], [1, 3], [4, 5]][served]!;
    const middle = (spots[first!]!.x + spots[last!]!.x) / 2;
    equal(client.x, Math.min(Math.max(middle, box.w / 2), width - box.w / 2));
    equal(frames.map((f) => f.of).join(), [0, 1, 2].filter((i) => i !== served).join());
  }
});

test("places: up to 28 HSMs of whatever clusters stand inside the drawing and apart", () => {
  for (const sizes of [[1], [7], [14], [15], [28], [3, 1], [1, 1], [14, 14], [27, 1], [5, 5, 5], [1, 1, 1, 1, 1, 1]]) {
    const { spots, frames, r } = layoutOf(sizes, 0);
    const name = sizes.join("+");
    equal(spots.length, sizes.reduce((a, b) => a + b, 0), name);
    for (const [i, a] of spots.entries()) {
      ok(a.x >= r && a.x <= width - r && a.y + r + 17 <= height, `${name}: ${i} is outside`);
      for (const b of spots.slice(0, i)) ok(Math.hypot(a.x - b.x, a.y - b.y) >= 2 * r, `${name}: ${i} touches another`);
    }
    for (const [i, f] of frames.entries()) {
      ok(f.x >= 0 && f.x + f.w <= width, `${name}: frame ${i} is outside`);
      const before = frames[i - 1];
      if (before) ok(before.x + before.w <= f.x, `${name}: frame ${i} touches another`);
    }
  }
});

test("words: several clusters are counted, and a new HSM of another one says so", () => {
  equal(summary([node(0), node(1), node(2, { cluster: "cluster-b", kin: "clone" })], []), "All 3 HSMs up · 2 clusters");
  equal(changed(undefined, node(2), 3, 3), "HSM 2 added.");
  equal(changed(undefined, node(2, { kin: "clone" }), 3, 3), "HSM 2 added, in another cluster: clone.");
});
