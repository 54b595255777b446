// measureEngine runs the engine in a blank page, as the page's worker does, and prints its figures.

/** inPage is carried out in the browser: it must not use anything of this module. */
async function inPage({ engine, rest, runs }) {
  const bytesOf = async (url) => (await fetch(url)).arrayBuffer();
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const bytes = await bytesOf(engine);
  const emptyBytes = await bytesOf("/bench/empty.wasm");

  /** boot compiles and starts the engine with options, up to its first prompt. */
  const boot = async (options = {}, open = true) => {
    const start = performance.now();
    const { complete, pairs, memory } = await beginEngine(bytes, rest);
    if (!open) await complete(); // a large world needs more of it than a start
    const methods = await globalThis.hsmplayEngine(JSON.stringify(options), () => {}, pairs);
    const call = async (name, arg = {}) => {
      const answer = JSON.parse(await methods[name](JSON.stringify(arg)));
      const { rows } = answer; // as web/engine/rows.ts
      if (rows && !Array.isArray(rows)) for (const [row, as] of Object.entries(rows)) if (as && typeof as === "object") rows[row] = rows[as.as];
      return answer;
    };
    if (open) await call("open", { name: "", columns: 80 });
    const ms = performance.now() - start;
    await complete();
    return { call, ms, memory };
  };
  const empty = async () => {
    const go = new Go();
    const start = performance.now();
    const { instance } = await WebAssembly.instantiate(emptyBytes, go.importObject);
    await go.run(instance);
    return performance.now() - start;
  };
  const timed = async (f) => {
    const start = performance.now();
    await f();
    return performance.now() - start;
  };
  const type = (e, line) => e.call("type", { terminal: 1, line });
  const login = async (e) => {
    await type(e, "key_mgmt_util");
    await type(e, "loginHSM -u CU -s example_user -p aws");
  };
  const fill = async (e, pairs) => {
    for (let i = 0; i < pairs; i++) await type(e, `genECCKeyPair -i 14 -l k${i}`);
  };

  /** saver writes rows to the browser's storage as the page does: what comes while it writes is written together after it. */
  const saver = async () => {
    const opened = (request) => new Promise((done, fail) => Object.assign(request, { onsuccess: () => done(request.result), onerror: fail }));
    const opening = indexedDB.open("bench");
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
    const database = await opened(opening);
    let [waiting, writing] = [{}, false];
    const flush = async () => {
      writing = true;
      while (Object.keys(waiting).length > 0) {
        const rows = waiting;
        waiting = {};
        const transaction = database.transaction("rows", "readwrite");
        for (const [name, row] of Object.entries(rows)) row === null ? transaction.objectStore("rows").delete(name) : transaction.objectStore("rows").put(row, name);
        await new Promise((done) => (transaction.oncomplete = done));
      }
      writing = false;
    };
    return (rows = {}) => {
      Object.assign(waiting, rows);
      if (!writing) void flush();
    };
  };

  const keygen = await WebAssembly.compile(await bytesOf("/bench/keygen.wasm"));
  /** bareKeys is how many keys a Go program that does nothing else makes in a second. */
  const bareKeys = async () => {
    const go = new Go();
    const said = [];
    const { writeSync } = globalThis.fs;
    globalThis.fs.writeSync = (_, text) => (said.push(new TextDecoder().decode(text)), text.length);
    await go.run(await WebAssembly.instantiate(keygen, go.importObject));
    globalThis.fs.writeSync = writeSync;
    return Number(said.join(""));
  };

  const result = { start: [], empty: [], saves: [] };
  for (let i = 0; i < runs; i++) {
    result.empty.push(await empty());
    result.start.push((await boot()).ms);
  }
  result.start = median(result.start);
  result.empty = median(result.empty);

  const e = await boot();
  result.memoryStart = e.memory();
  await login(e);
  await e.call("changes");
  const pairs = 1650;
  const save = await saver();
  const seen = { terminal: 1, cluster: 0, calls: 0, keys: 0, total: 0, count: 200, filter: "", users: 0, files: 0 };
  /** enter is an Enter as the page's exchange makes it: in a burst the model and the rows to save get a tenth of the time. */
  const enter = async (line) => {
    const isBurst = performance.now() - read < Math.min(Math.max(10 * cost, 16), 250);
    if (!isBurst) {
      const begun = performance.now();
      take(await e.call("batch", { ms: 0, view: seen, rows: true }));
      cost = performance.now() - begun;
      read = performance.now();
    }
    await e.call("batch", { ms: 1, type: { terminal: 1, line } });
  };
  const take = (news) => {
    for (const name of ["cluster", "keys", "users", "files"]) if (news[name]) seen[name] = news[name].version;
    if (news.keys) seen.total = news.keys.total;
    if (news.cluster?.calls.length > 0) seen.calls = news.cluster.calls.at(-1).seq;
    save(news.rows);
  };
  let [read, cost] = [0, 0];
  // Lines and bare keys by turns: what else runs on the machine meets both. In the first turn of each the browser still compiles what
  // is used often, so it stands for itself.
  const turns = [];
  for (let i = 0; i < 8; i++) {
    const ms = await timed(async () => {
      for (let k = 0; k < 200; k++) await enter(`genECCKeyPair -i 14 -l k${i * 200 + k}`);
    });
    turns.push({ rate: 200 / (ms / 1000), bare: await bareKeys() });
  }
  [result.cold, ...result.turns] = turns;
  await e.call("changes");
  const each = await timed(async () => {
    for (let i = pairs - 50; i < pairs; i++) {
      await type(e, `genECCKeyPair -i 14 -l k${i}`);
      result.saves.push(await timed(() => e.call("changes")));
    }
  });
  result.rateOfEach = 50 / (each / 1000);
  result.save = median(result.saves);
  result.memoryFull = e.memory();
  result.export = median([await timed(() => e.call("save")), await timed(() => e.call("save")), await timed(() => e.call("save"))]);

  const large = await boot();
  await type(large, "hsm new --nodes 28");
  await login(large);
  await fill(large, pairs);
  const { rows } = await large.call("save");
  result.load = (await boot({ rows }, false)).ms - result.start;

  return result;
}

/** measureEngine prints what inPage has measured. */
export async function measureEngine(page, parts, line) {
  const r = await page.evaluate(inPage, { ...parts, runs: 7 });
  const empty = `empty=${r.empty.toPrecision(3)}ms`;
  const mb = (bytes) => bytes / 1e6;
  line("start.engine", r.start, "ms", `<=250 and <=${(4 * r.empty).toPrecision(3)}`, empty);
  const { rate, bare } = r.turns.toSorted((a, b) => a.bare / a.rate - b.bare / b.rate)[r.turns.length >> 1];
  const times = r.turns.map((t) => (t.bare / t.rate).toPrecision(3)).join(" ");
  line("bridge.genECCKeyPair", Math.round(rate), "commands/s", `>=${Math.ceil(bare / 1.65)}`,
    `keygen=${bare}/s times=${times} first200=${Math.round(r.cold.rate)}/s saved-each=${Math.round(r.rateOfEach)}/s`);
  line("save.changes", r.save, "ms", "<=5");
  line("save.all.3300keys.3hsms", r.export, "ms", "<=100");
  line("load.3300keys.28hsms", r.load, "ms", "<=1500");
  line("memory.start", mb(r.memoryStart), "MB", "<=20");
  line("memory.3300keys", mb(r.memoryFull), "MB", "<=96");
}
