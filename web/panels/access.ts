// What is read for panels that are open: who is at work on the HSMs, and their audit logs. Loaded with the first of them.

import { useEffect } from "preact/hooks";
import type { Access, AuditRow } from "../hsm";
import { Cell, useCell } from "../state/cell.ts";
import { host, model } from "../state/state.ts";

const newest = 300; // entries that are shown

const access = new Cell<Access | null>(null);
const trail = new Cell<AuditRow[] | null>(null);

/** following reads again with each reading of the model, while something is drawn that shows it. */
function following<T>(cell: Cell<T | null>, read: () => Promise<T> | undefined): T | null {
  const { cluster } = useCell(model);
  useEffect(() => {
    let gone = false;
    void read()?.then((now) => { if (!gone) cell.value = now; }, () => {});
    return () => { gone = true; };
  }, [cluster]);
  return useCell(cell);
}

/** useAccess is who is at work; null until it has been read. */
export const useAccess = () => following(access, () => host.value?.engine.access({}));

/** useTrail is the newest of all audit logs, the newest first; null until it has been read. */
export const useTrail = () => following(trail, () => host.value?.engine.audit({ count: newest }).then((a) => a.rows));
