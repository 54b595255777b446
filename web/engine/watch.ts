// Watching the worker: while a line runs it is asked for a sign of life; a silent one can be stopped by hand.

import { host, update } from "../state/state.ts";
import { remark, running } from "../session/session.ts";
import { withdraw } from "../terminal/remarks.ts";
import { notices } from "../words/words.ts";

const every = 2_000;      // ms between two questions
const patience = 10_000;  // ms without an answer until the page speaks

/** begin watches for as long as the page lives. */
export function begin(): void {
  let asking = false;
  setInterval(async () => {
    if (asking || !host.value || running.size === 0) return;
    asking = true;
    const watched = host.value;
    const id = [...running.keys()][0]!;
    const alive = await watched.ping(patience);
    asking = false;
    if (alive) update(id, (t) => ({ ...t, transcript: withdraw(t.transcript, "silent") }));
    else if (running.has(id) && watched === host.value) remark(id, "silent", notices.silent(running.get(id)!));
  }, every);
}
