// Worlds beside the one that is here: each with a name, its size and when it was left. They lie in a database of their own, so that a start
// does not read them. Loaded when they are opened, or when a world is about to go.

import { createStore, del, get, set } from "idb-keyval";
import { replaceWorld, startOver as begin } from "../engine/boot.ts";
import { refresh } from "../engine/exchange.ts";
import { own } from "../page/here.ts";
import { remark, withdrawAll } from "../session/session.ts";
import { front, model, place } from "../state/state.ts";
import { notices } from "../words/words.ts";
import * as points from "./points.ts";
import * as saver from "./saver.ts";
import * as screen from "./screen.ts";

/** Kept is a world on the shelf. bytes are of its rows; left: ms since 1970; auto: kept by the page when another took its place;
 *  gone: deleted, until the list is opened again; line: the name of its timeline, "" for none. */
export interface Kept { id: string; name: string; bytes: number; left: number; keys: number; lines: number; auto: boolean; gone: boolean; line?: string }

type Rows = Record<string, string>;

const autoMost = 5; // worlds that the page keeps by itself
const store = createStore(own("worlds"), "rows");
const index = "index";
const shelf = "world/";
const lineRow = "@line"; // of a world on the shelf: the name of its timeline

/** list are the worlds on the shelf, the newest first. */
export async function list(): Promise<Kept[]> {
  return (await get<Kept[]>(index, store)) ?? [];
}

/** write keeps the list, and the names of it where the start screen finds them at once. */
async function write(all: Kept[]): Promise<void> {
  all.sort((a, b) => b.left - a.left);
  await set(index, all, store);
  localStorage.setItem(own("worlds"), JSON.stringify(all.filter((k) => !k.gone).map((k) => k.name)));
}

const change = async (id: string, what: Partial<Kept>) => write((await list()).map((k) => (k.id === id ? { ...k, ...what } : k)));

/** here is the name of the world that is played. */
export function here(): string {
  return saver.shelf(shelf)["name"] || "My world";
}

/** call names it. */
export function call(name: string): void {
  saver.lay(shelf, { name: name.trim().slice(0, 60) || null });
}

/** free is a name that no world has. */
async function free(name: string): Promise<string> {
  const taken = new Set([here(), ...(await list()).filter((k) => !k.gone).map((k) => k.name)]);
  const stem = name.replace(/ \d+$/, "");
  for (let n = 2; ; n++) if (!taken.has(`${stem} ${n}`)) return `${stem} ${n}`;
}

const linesOf = (rows: Rows): number => Number(/"Lines":(\d+)/.exec(rows["world"] ?? "")?.[1] ?? 0);

/** put lays a world on the shelf. */
async function put(rows: Rows, name: string, keys: number, auto = false): Promise<Kept> {
  const kept: Kept = { id: crypto.randomUUID(), name, keys, lines: linesOf(rows), auto, gone: false, line: rows[lineRow] ?? "", left: Date.now(),
    bytes: Object.entries(rows).reduce((n, [key, value]) => n + key.length + value.length, 0) };
  await set(`rows/${kept.id}`, rows, store);
  const all = [kept, ...(await list())];
  const old = all.filter((k) => k.auto).slice(autoMost);
  await write(all.filter((k) => !old.includes(k)));
  for (const k of old) await del(`rows/${k.id}`, store);
  return kept;
}

/** whole are the rows of the world that is here, as of the last line, with what its screen shows and the name of its timeline. */
async function whole(): Promise<Rows> {
  await refresh();
  await points.settled();
  const line = saver.shelf(shelf)["line"];
  return { ...saver.saved(), ...screen.rows(), ...(line && { [lineRow]: line }) };
}

/** keepThis lays the world that is here on the shelf, if anything was done in it. */
async function keepThis(): Promise<void> {
  const rows = await whole();
  if (linesOf(rows) > 0) await put(rows, here(), model.value.keys?.total ?? 0);
}

/** make begins a fresh world beside this one. */
export async function make(): Promise<void> {
  const name = await free(here());
  await keepThis();
  await begin();
  call(name);
}

/** open plays another world; this one goes on the shelf. */
export async function open(id: string): Promise<void> {
  const kept = (await list()).find((k) => k.id === id);
  const rows = await get<Rows>(`rows/${id}`, store);
  if (!kept || !rows) throw new Error("it is not there any more");
  await keepThis();
  withdrawAll("kept");
  await replaceWorld(rows);
  call(kept.name);
  await write((await list()).filter((k) => k.id !== id));
  await del(`rows/${id}`, store);
}

/** openRows plays a world from elsewhere; this one goes on the shelf where there is one. */
export async function openRows(rows: Rows, name: string): Promise<void> {
  await keepThis().catch(() => null);
  await replaceWorld(rows);
  call(name);
}

/** copy makes a copy of a world on the shelf, "" of this one. */
export async function copy(id: string): Promise<void> {
  const kept = (await list()).find((k) => k.id === id);
  const name = `${(kept?.name ?? here()).replace(/, copy$/, "")}, copy`;
  const rows = kept ? (await get<Rows>(`rows/${id}`, store))! : await whole();
  if (rows[lineRow]) rows[lineRow] = await points.copy(rows[lineRow]).catch(() => "");
  await put(rows, name, kept ? kept.keys : model.value.keys?.total ?? 0);
}

/** rename names a world on the shelf. */
export const rename = (id: string, name: string) => change(id, { name: name.trim().slice(0, 60) || "Without a name", auto: false });

/** remove deletes a world; undo brings it back for as long as the list is open. */
export const remove = (id: string) => change(id, { gone: true });
export const undo = (id: string) => change(id, { gone: false });

/** purge forgets for good what was deleted in an earlier list, and the timelines that no world has. */
export async function purge(): Promise<void> {
  const all = await list();
  const gone = all.filter((k) => k.gone);
  if (gone.length > 0) await write(all.filter((k) => !k.gone));
  for (const k of gone) await del(`rows/${k.id}`, store);
  if (place.value === "kept") await points.sweep(async () => (await list()).map((k) => k.line ?? "")).catch(() => {});
}

/** keepOld keeps a world that a fresh one has taken the place of, and says so where that was done. */
export async function keepOld(rows: Rows, keys: number): Promise<void> {
  if (place.value === "elsewhere" || linesOf(rows) === 0) return;
  const kept = await put(rows, `${here()}, as it was`, keys, true).catch(() => null);
  remark(front.value, "kept", kept ? notices.kept(kept.name) : notices.notKept());
}

/** keepRenewed keeps a world that `hsm new` has replaced, with the screen as it is. */
export const keepRenewed = (rows: Rows, keys: number) => keepOld({ ...rows, ...screen.rows() }, keys);

/** startOver begins anew and keeps this world for a way back. */
export async function startOver(): Promise<void> {
  const [rows, keys] = [await whole(), model.value.keys?.total ?? 0];
  await begin();
  await keepOld(rows, keys);
}

/** bringBack plays the world again that was kept last; the one that took its place goes on the shelf. */
export async function bringBack(): Promise<void> {
  const last = (await list()).find((k) => k.auto && !k.gone);
  if (last) await open(last.id);
}
