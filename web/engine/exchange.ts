// The exchange with the engine: one call lets time pass, types a line, and brings what has changed in the read model and in the rows to
// save. Only what has a new version is drawn anew.

import { elapsed, plan } from "./clock.ts";
import type { Cluster, KeyRow, News, NodeRow, Section, Seen } from "../hsm";
import { Order } from "./order.ts";
import { hold, propose } from "./proposals.ts";
import * as saver from "../world/saver.ts";
import { type Model, calls, filter, front, host, model, unread } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { changed, made } from "../words/words.ts";

const keysShown = 200;
const callsKept = 60;
const pauses = [16, 250] as const; // ms, least and most, between two readings in a burst of lines: a frame, and what a save may wait
const share = 10;      // a reading of a large world costs: in a burst it gets one part in so many of the time
const streaming = 100; // ms between two readings while a line goes on

let order = new Order();
let running: Promise<void> | null = null;
let again = false;
let read = -Infinity;  // when the model was asked for the last time
let cost = 0;          // ms that reading it took
let later: ReturnType<typeof setTimeout> | undefined;

/** type hands a line to a terminal; it settles when the line has ended, asks or waits. */
export async function type(terminal: number, line: string): Promise<void> {
  hold();
  const pause = Math.min(Math.max(share * cost, pauses[0]), pauses[1]);
  const isBurst = performance.now() - read < pause;
  await exchange({ type: { terminal, line } }, isBurst ? "time" : "all");
  if (isBurst) refreshIn(pause);
}

/** refresh lets time pass and reads the model; calls while it runs add one more run at its end. */
export function refresh(): Promise<void> {
  again = running !== null;
  running ??= loop().catch(() => {}).then(() => {
    running = null;
    if (again) return refresh(); // somebody asked behind the last look, or it failed
  });
  return running;
}

/** look reads the model alone: what is to be saved comes with the next exchange. */
export function look(): Promise<void> {
  return exchange({}, "view");
}

/** refreshWhileStreaming is for a line that goes on: now and then is enough. */
export function refreshWhileStreaming(): void {
  refreshIn(streaming);
}

/** refreshIn refreshes after some ms, once for all who ask meanwhile. */
function refreshIn(ms: number): void {
  later ??= setTimeout(() => {
    later = undefined;
    void refresh();
  }, ms);
}

async function loop(): Promise<void> {
  do {
    again = false;
    const begun = performance.now();
    if (host.value) await exchange({}, "all");
    cost = performance.now() - begun;
  } while (again);
}

/** exchange is one call of the engine, which brings the time, also the model, or all: the rows to save too. */
async function exchange(what: { type?: { terminal: number; line: string } }, brings: "time" | "view" | "all"): Promise<void> {
  const asked = host.value!;
  const terminal = front.value;
  if (brings !== "time") read = performance.now();
  const answer = asked.engine.batch({ ms: elapsed(), ...what, ...(brings !== "time" && { view: seen(terminal) }), rows: brings === "all" && saver.wants() });
  await order.turn(answer, (news) => {
    plan(news.now, news.due, () => void refresh());
    saver.take(news.rows ?? {});
    show(news);
    if (brings !== "time") propose();
  });
}

/** seen is what the page has read already. */
function seen(terminal: number): Seen {
  const { cluster, keys, users, files } = model.value;
  return { terminal, cluster: cluster?.version ?? 0, calls: calls.value.at(-1)?.seq ?? 0, keys: keys?.version ?? 0, total: keys?.total ?? 0, count: keysShown,
    filter: filter.value, users: users?.version ?? 0, files: files?.version ?? 0 };
}

/** show takes over what is new. */
function show({ cluster, keys: found, users, files }: News): void {
  const was = model.value;
  const keys = found && counted(was.keys, found);
  const nodes = cluster ? known(was.cluster, cluster) : was.cluster;
  if (was.cluster && nodes) announce(was, nodes.rows, keys?.rows ?? []);
  if (nodes !== was.cluster || keys || users || files) {
    model.value = { cluster: nodes, keys: keys ?? was.keys, users: users ?? was.users, files: files ?? was.files };
  }
  // An answer may be overtaken by another that was asked for later: what is known already does not travel twice.
  const last = calls.value.at(-1)?.seq ?? 0;
  const more = cluster?.calls.filter((c) => c.seq > last) ?? [];
  if (more.length > 0) calls.value = [...calls.value, ...more].slice(-callsKept);
}

/** known is the cluster with its rows, which are not sent again while they are the same. */
function known(was: Cluster | null, is: Cluster): Cluster {
  return { ...is, rows: was?.version === is.version ? was.rows : is.rows, calls: [] };
}

/** counted is the keys with their rows, which are not sent again where only their number is another. An answer about rows that have
 *  been overtaken tells nothing. */
function counted(was: Model["keys"], is: Section<KeyRow>): Model["keys"] {
  if (is.rows.length > 0 || is.total === 0) return is;
  return was?.version === is.version ? { ...is, rows: was.rows } : was;
}

/** announce speaks what has become of the HSMs, and which keys are new. */
function announce(was: Model, nodes: NodeRow[], keys: KeyRow[]): void {
  const up = nodes.filter((n) => n.state === "up").length;
  if (nodes !== was.cluster!.rows) for (const node of nodes) say(changed(was.cluster!.rows.find((n) => n.id === node.id), node, up, nodes.length));
  const before = new Set(was.keys?.rows.map((k) => k.id));
  if (filter.value === "") say(made(keys.filter((k) => !before.has(k.id)), nodes.filter((n) => n.kin === "").length));
}

/** forget drops what was read, when another engine takes over. seen: on the same world, so that it is shown until it has been read again. */
export function forget(seen = false): void {
  model.value = seen ? unread(model.value) : { cluster: null, keys: null, users: null, files: null };
  calls.value = [];
  read = -Infinity;
  order.end();
  order = new Order();
}

