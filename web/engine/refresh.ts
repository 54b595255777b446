// Reading the engine's read model after each turn: only what has a new version is drawn anew.

import { plan } from "./clock.ts";
import type { Engine, KeyRow, NodeRow, Section } from "../hsm";
import { type Model, calls, filter, front, host, model, next } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { changed, made } from "../words/words.ts";

const keysShown = 200;
const callsKept = 60;

let running: Promise<void> | null = null;
let again = false;

/** fresh is the new section where its version has grown, else the one before. */
function fresh<S extends Section<unknown>>(was: S | null, is: S): S {
  return was && was.version === is.version ? was : is;
}

/** refresh reads the model; calls while it runs add one more run at its end. */
export function refresh(): Promise<void> {
  again = running !== null;
  running ??= loop().catch(() => {}).finally(() => (running = null));
  return running;
}

async function loop(): Promise<void> {
  do {
    again = false;
    if (host.value) await read(host.value.engine);
  } while (again);
}

async function read(engine: Engine): Promise<void> {
  const was = model.value;
  const terminal = front.value;
  const [cluster, keys, users, files, lines] = await Promise.all([
    engine.cluster({ since: was.cluster?.version ?? 0, calls: calls.value.at(-1)?.seq ?? 0 }),
    engine.keys({ since: was.keys?.version ?? 0, terminal, from: 0, count: keysShown, filter: filter.value }),
    engine.users({ since: was.users?.version ?? 0 }),
    engine.files({ since: was.files?.version ?? 0 }),
    engine.next({ terminal }),
  ]);
  const known = { ...fresh(was.cluster, cluster), now: cluster.now, due: cluster.due, calls: [] };
  if (was.cluster) announce(was, known.rows, keys.rows);
  model.value = { cluster: known, keys: fresh(was.keys, keys),
    users: fresh(was.users, users), files: fresh(was.files, files) };
  plan(cluster.now, cluster.due);
  if (cluster.calls.length > 0) calls.value = [...calls.value, ...cluster.calls].slice(-callsKept);
  if (terminal === front.value && lines.lines.join("\n") !== next.value.join("\n")) next.value = lines.lines;
}

/** announce speaks what has become of the HSMs, and which keys are new. */
function announce(was: Model, nodes: NodeRow[], keys: KeyRow[]): void {
  const up = nodes.filter((n) => n.state === "up").length;
  for (const node of nodes) say(changed(was.cluster!.rows.find((n) => n.id === node.id), node, up, nodes.length));
  const known = new Set(was.keys?.rows.map((k) => k.id));
  if (filter.value === "") say(made(keys.filter((k) => !known.has(k.id)), nodes.filter((n) => n.kin === "").length));
}

/** forget drops what was read, when another engine takes over. */
export function forget(): void {
  model.value = { cluster: null, keys: null, users: null, files: null };
  calls.value = [];
}
