// A world from a file: read, and tried in an engine of its own before it replaces the one that is here. The form is the one
// that `hsmplay exec -state` reads and writes.

import { trial } from "../engine/boot.ts";
import { worlds } from "./words.ts";
import { NoWorld, progressRow, rowsOf } from "./worldfile.ts";

const most = 128 * 1024 * 1024; // bytes of a file
const patience = 45_000;        // ms that a trial may take
const tabsMost = 32;            // terminals that the page opens

/** Found is a world as the engine has read it, and how much is in it. */
export interface Found { rows: Record<string, string>; keys: number; files: number; lines: number; progress: string }

/** find reads a file. It throws NoWorld for whatever is not a world. */
export async function find(file: File): Promise<Found> {
  if (file.size > most) throw new NoWorld(worlds.large(file.size, most));
  const { [progressRow]: progress = "", ...rows } = rowsOf(await file.text().catch(() => ""));
  try {
    return { ...(await tried(rows)), progress };
  } catch (fault) {
    throw fault instanceof NoWorld ? fault : new NoWorld(worlds.broken((fault as Error).message));
  }
}

/** tried asks an engine on these rows for everything that the page will ask for. What it saves again is the world: rows
 *  that the engine does not know are gone. */
async function tried(given: Record<string, string>): Promise<Omit<Found, "progress">> {
  const { engine, kill } = await trial(given, patience);
  const late = setTimeout(kill, patience);
  try {
    const { terminals } = await engine.terminals({});
    const [cluster, keys, files] = await Promise.all([engine.cluster({ since: 0, calls: 0 }),
      engine.keys({ since: 0, terminal: 1, from: 0, count: 1, filter: "" }), engine.files({ since: 0 }), engine.users({ since: 0 })]);
    for (const { terminal } of terminals) await engine.next({ terminal });
    if (terminals.length > tabsMost) throw new Error(worlds.terminals(terminals.length, tabsMost));
    const { rows } = await engine.save({});
    return { rows, keys: keys.total, files: files.rows.filter((f) => !f.directory).length, lines: cluster.lines };
  } finally {
    clearTimeout(late);
    kill();
  }
}
