// What the screen shows, kept beside the world: transcripts, tabs, the half-typed line, open panels, the rows that were read last. After a
// reload, a crash of the browser or a take-over it is there before the engine is. Answers to questions are no part of it.

import type { Block } from "../terminal/blocks.ts";
import { scrolls } from "../terminal/scrolls.ts";
import { isTyped } from "../line/line.ts";
import { own } from "../page/here.ts";
import { width } from "../page/splitter.ts";
import { folded, opened } from "../panels/opened.ts";
import { derived } from "../state/cell.ts";
import { type Model, type Terminal, front, model, newTerminal, phase, place, proposed, terminals, unread, update } from "../state/state.ts";
import * as saver from "./saver.ts";

const keptBlocks = 500;       // of a tab
const keptText = 1_000_000;   // characters of a tab
const keptOfBlock = 200_000;  // characters of one answer: of a longer one its end
const paged = 25;             // blocks in a row of the store: only rows with a new block are written again
const pause = 400;            // ms after a change until it is written
const keptRows = 300;         // of files

/** Head is what is kept of a tab beside its blocks. */
interface Head { named: string; program: string; user: string; prompt: string; count: number }

/** Desk is what changes with every key and every scroll. It is small, and written at once when the page goes. */
interface Desk { order: number[]; front: number; lines: Record<string, string>; scrolls: Record<string, number>; opened: string; folded: string[]; width: number }

const desk = own("desk");
const beside = "@screen/"; // begins the names of its rows in a world on the shelf
const shelves = { own: "screen/", lesson: "lessonscreen/" };

/** Of says which world the screen is of: the visitor's own, or the one that a lesson is played in. */
export type Of = keyof typeof shelves;

const now = (): Of => (saver.isAimed() ? "lesson" : "own");

/** stale marks the rows that are shown as they were left, while the engine has not read the world; "" for those that it has. */
export const stale = derived([phase, model], () => (phase.value.is === "ready" || model.value.cluster === null ? ""
  : phase.value.is === "failed" ? "as it was left" : "reading your world"));

/** isAgain says whether this browser has had a world here: what is not known yet is being read then, and not missing. */
export const isAgain = (): boolean => globalThis.document?.documentElement.dataset["visit"] === "again";

// ---- writing

let written = new Map<string, unknown>(); // by row, what it was made of
let timer = 0;

/** schedule writes soon. */
function schedule(): void {
  if (timer === 0) timer = window.setTimeout(write, pause);
}

/** write keeps what has changed since the last time: soon, and at once before another world takes the screen. */
export function write(): void {
  clearTimeout(timer);
  timer = 0;
  if (place.value === "elsewhere") return;
  remember();
  if (phase.value.is !== "ready") return;
  const rows: Record<string, string | null> = {};
  const is = new Map<string, unknown>();
  const keep = (name: string, from: unknown, make: () => unknown) => {
    is.set(name, from);
    if (!same(written.get(name), from)) rows[name] = JSON.stringify(make());
  };
  for (const t of terminals.value) if (t.id > 0) keepTab(t, keep);
  keep("model", [model.value], snapshot);
  for (const name of Object.keys(saver.shelf(shelves[now()]))) if (!is.has(name)) rows[name] = null;
  written = is;
  if (Object.keys(rows).length > 0) saver.lay(shelves[now()], rows);
}

/** same compares what two rows were made of. */
const same = (a: unknown, b: unknown): boolean => Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((v, i) => v === b[i]);

function keepTab({ id, named, transcript: t }: Terminal, keep: (name: string, from: unknown, make: () => unknown) => void): void {
  const prompt = t.state === "ready" ? t.prompt : "";
  keep(`${id}`, [named, t.program, t.user, prompt, t.count], (): Head => ({ named, program: t.program, user: t.user, prompt, count: t.count }));
  const pages = new Map<number, Block[]>();
  for (const b of newest(t.blocks)) pages.set(Math.floor(b.id / paged), [...(pages.get(Math.floor(b.id / paged)) ?? []), b]);
  for (const [page, blocks] of pages) keep(`${id}/${page}`, blocks, () => blocks.map(({ id, open, early, ...b }) => ({ id, ...b })));
}

/** newest are the blocks that are kept, without the page's own notices. */
function newest(blocks: Block[]): Block[] {
  let room = keptText;
  const kept = blocks.filter((b) => b.notice === "" && !b.early).slice(-keptBlocks).map(cut);
  const from = kept.findLastIndex((b) => (room -= lengthOf(b)) < 0);
  return kept.slice(from + 1);
}

const lengthOf = (b: Block): number => b.chunks.reduce((n, c) => n + c.length, 0);
const cuts = new WeakMap<Block, Block>(); // a block that has not changed is cut once

/** cut is a block, of a very long one its end. */
function cut(b: Block): Block {
  if (lengthOf(b) <= keptOfBlock) return b;
  let room = keptOfBlock;
  const end = cuts.get(b) ?? { ...b, chunks: b.chunks.slice(b.chunks.findLastIndex((c) => (room -= c.length) < 0) + 1) };
  cuts.set(b, end);
  return end;
}

/** snapshot is the read model as it stands. */
function snapshot(): Model {
  const { cluster, files, ...rest } = model.value;
  return { ...rest, cluster: cluster && { ...cluster, calls: [] }, files: files && { ...files, rows: files.rows.slice(0, keptRows) } };
}

/** remember keeps the desk. */
function remember(): void {
  const all = terminals.value.filter((t) => t.id > 0);
  if (all.length === 0) return;
  const halves = all.filter((t) => isTyped(t.line) && t.transcript.state !== "asks" && t.line.review === null);
  const is: Desk = {
    order: all.map((t) => t.id), front: front.value, lines: Object.fromEntries(halves.map((t) => [t.id, t.line.text])),
    scrolls: Object.fromEntries(all.flatMap((t) => (scrolls.has(t.key) ? [[t.id, scrolls.get(t.key)!]] : []))),
    opened: opened.value, folded: [...folded.value], width: width.value,
  };
  try {
    localStorage.setItem(`${desk}.${now()}`, JSON.stringify(is));
  } catch {
    // Refused storage: the tabs come back in their own order.
  }
}

/** rows are what is kept of the own world's screen, for a world that goes on the shelf with it. */
export function rows(): Record<string, string> {
  if (now() === "own") write();
  const all = Object.entries(saver.shelf(shelves.own)).map(([name, row]) => [beside + name, row]);
  return { ...Object.fromEntries(all), [beside + "desk"]: JSON.stringify(recalled("own")) };
}

/** replace takes the screen of another world over, with which it was kept; none is a fresh one. */
export function replace(world: Record<string, string>): void {
  saver.clearShelf(shelves.own);
  written = new Map();
  const { [beside + "desk"]: desktop = "{}", ...kept } = Object.fromEntries(Object.entries(world).filter(([name]) => name.startsWith(beside)));
  saver.lay(shelves.own, Object.fromEntries(Object.entries(kept).map(([name, row]) => [name.slice(beside.length), row])));
  try {
    localStorage.setItem(`${desk}.own`, JSON.stringify({ ...JSON.parse(desktop), opened: opened.value, folded: folded.value, width: width.value }));
  } catch {
    // Refused storage: the tabs come in their own order.
  }
}

/** begin follows what is shown, for the life of the page. */
export function begin(): void {
  const { opened: panel, folded: titles, width: wide } = recalled("own");
  if (titles) folded.value = titles;
  if (panel) opened.value = panel;
  if (wide) width.value = wide;
  for (const cell of [terminals, front, model, opened, folded, width, phase]) cell.subscribe(schedule);
  document.addEventListener("scroll", schedule, true);
  document.addEventListener("visibilitychange", () => document.hidden && write());
  window.addEventListener("pagehide", write);
}

// ---- coming back

function recalled(of: Of): Partial<Desk> {
  try {
    return JSON.parse(localStorage.getItem(`${desk}.${of}`) ?? "{}") as Partial<Desk>;
  } catch {
    return {};
  }
}

/** tabsOf are the tabs as they were left, null where none are kept. */
export function tabsOf(of: Of): { terminals: Terminal[]; front: number } | null {
  const rows = saver.shelf(shelves[of]);
  const was = recalled(of);
  const place = (id: number) => (was.order?.includes(id) ? was.order.indexOf(id) : Infinity);
  const ids = Object.keys(rows).filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => place(a) - place(b) || a - b);
  try {
    const all = ids.map((id) => tabOf(id, rows, was));
    const seen = all.find((t) => t.id === was.front) ?? all[0];
    return seen ? { terminals: all, front: seen.id } : null;
  } catch {
    return null; // rows of another version of the page
  }
}

function tabOf(id: number, rows: Record<string, string>, was: Partial<Desk>): Terminal {
  const head = JSON.parse(rows[id]!) as Head;
  const names = Object.keys(rows).filter((name) => name.startsWith(`${id}/`)).sort((a, b) => Number(a.split("/")[1]) - Number(b.split("/")[1]));
  const blocks = names.flatMap((name) => JSON.parse(rows[name]!) as Block[]).map((b): Block => ({ ...b, open: false, early: false }));
  const lines = blocks.reduce((n, b) => n + b.chunks.reduce((m, c) => m + c.split("\n").length - 1, b.line === null ? 0 : 1), 0);
  const size = blocks.reduce((n, b) => n + b.chunks.reduce((m, c) => m + c.length, b.line?.length ?? 0), 0);
  const t = newTerminal(id, head.named);
  const text = was.lines?.[id] ?? "";
  const top = was.scrolls?.[id];
  if (top !== undefined) scrolls.set(t.key, top);
  return {
    ...t, transcript: { ...t.transcript, blocks, lines, size, count: head.count, prompt: head.prompt, program: head.program, user: head.user },
    line: { ...t.line, program: head.program, text, from: text.length, to: text.length },
  };
}

/** bring shows the own world's screen as it was left; what has been typed meanwhile stays. */
export function bring(): void {
  const tabs = tabsOf("own");
  if (!tabs) return bringLine();
  const typed = terminals.value.find((t) => t.id === 0);
  terminals.value = tabs.terminals.map((t) => (t.id === tabs.front && typed
    ? { ...t, queue: typed.queue, line: isTyped(typed.line) ? { ...typed.line, program: t.line.program } : t.line } : t));
  front.value = tabs.front;
  proposed.value = [];
  const row = saver.shelf(shelves.own)["model"];
  if (row && model.value.cluster === null) model.value = unread(JSON.parse(row) as Model);
}

/** bringLine puts the line that was half typed on the prompt, where the page went before the browser had written anything else of its tab. */
function bringLine(): void {
  const { front: id = 0, lines = {} } = recalled("own");
  const text = lines[id] ?? "";
  if (text !== "") update(0, (t) => (isTyped(t.line) ? t : { ...t, line: { ...t.line, text, from: text.length, to: text.length, given: false } }));
}
