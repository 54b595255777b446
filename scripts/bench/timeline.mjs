// timeline.mjs measures the timeline and dry runs in a blank page that runs the engine as the page's worker does: 500 commands, 200 of which make a pair.
import { line } from "./line.mjs";

/** inPage is carried out in the browser: it must not use anything of this module. */
async function inPage({ engine, rest }) {
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const bytes = await (await fetch(engine)).arrayBuffer();
  const boot = async (options) => {
    const { complete } = await beginEngine(bytes, rest);
    await complete();
    const methods = await globalThis.hsmplayEngine(JSON.stringify(options), () => {});
    return async (name, arg = {}) => {
      const answer = JSON.parse(await methods[name](JSON.stringify(arg)));
      for (const { rows } of [answer, ...(answer.worlds ?? [])]) { // as web/engine/rows.ts
        if (rows && !Array.isArray(rows)) for (const [row, as] of Object.entries(rows)) if (as && typeof as === "object") rows[row] = rows[as.as];
      }
      return answer;
    };
  };
  const timed = async (run) => {
    const begun = performance.now();
    const answer = await run();
    if (answer.error) throw new Error(answer.error.message);
    return performance.now() - begun;
  };
  const packed = async (rows) => (await new Response(new Blob([JSON.stringify(rows)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer()).byteLength;

  const call = await boot({});
  await call("open", { name: "", columns: 80 });
  for (const text of ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws"]) await call("type", { terminal: 1, line: text });
  const worlds = new Map(), rows = {}, keep = [];
  const bytesOf = [];
  for (let i = 0; i < 500; i++) {
    await call("type", { terminal: 1, line: i < 200 ? `genECCKeyPair -i 14 -l pair${i}` : "listUsers" });
    let news;
    keep.push(await timed(async () => (news = await call("points", { count: 16 }))));
    for (const w of news.worlds) worlds.set(w.id, w);
    Object.assign(rows, news.rows);
    if (i >= 100 && i < 200 && news.worlds.length === 1 && !news.worlds[0].whole) bytesOf.push(await packed(news.worlds[0].rows));
  }
  const result = { keep: median(keep), bytes: median(bytesOf), most: Math.max(...bytesOf), jumps: [], woulds: {} };
  for (let i = 0; i < 20; i++) result.jumps.push(await timed(() => call("travel", { to: i % 2 ? 480 : 100, count: 200 })));
  result.jumps = median(result.jumps);
  await call("travel", { to: 500, count: 1 });
  for (const text of ["genECCKeyPair -i 14 -l x", "deleteKey -k 7", "genECCKeyPair -i 13 -l x"]) {
    const times = [];
    for (let i = 0; i < 15; i++) times.push(await timed(() => call("would", { terminal: 1, line: text })));
    result.woulds[text] = median(times);
  }
  const again = await boot({ rows: (await call("save")).rows });
  result.join = await timed(() => again("join", { stored: rows }));
  const ids = [...worlds.keys()].filter((id) => id <= 150).sort((a, b) => a - b);
  const world = {};
  for (const id of ids.slice(ids.findLastIndex((n) => worlds.get(n).whole))) {
    for (const [name, row] of Object.entries(worlds.get(id).rows)) if (row === null) delete world[name]; else world[name] = row;
  }
  result.recall = await timed(() => again("recall", { to: 150, stored: world }));
  return result;
}

/** measureTimeline prints a jump, a dry run, and what storing and bringing back a point costs. */
export async function measureTimeline(page, parts) {
  const r = await page.evaluate(inPage, parts);
  line("timeline.jump.500commands.200pairs", r.jumps, "ms", "<=16");
  for (const [text, ms] of Object.entries(r.woulds)) line(`would.${text.split(" ").slice(0, 3).join(" ")}`, ms, "ms", "<=10");
  line("timeline.point.pair", r.bytes / 1024, "KB", "<=64", `most=${(r.most / 1024).toFixed(1)}KB`);
  line("timeline.keep.point", r.keep, "ms");
  line("timeline.join.500points", r.join, "ms");
  line("timeline.recall", r.recall, "ms");
}
