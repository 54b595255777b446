import { useState } from "preact/hooks";
import { Cell } from "../state/cell.ts";
import { ended, moment } from "../words/sight.ts";
import { visible } from "../words/words.ts";
import type { AuditRow } from "../hsm";
import { useTrail } from "./access.ts";
import { Reading } from "./Reading.tsx";
import { type Column, type Order, Table } from "./Table.tsx";

/** AuditPanel is the newest of what the HSMs have recorded. An entry opens to what `hsm audit` shows of it. */
export function AuditPanel() {
  const rows = useTrail();
  const [wanted, want] = useState("");
  const [open, setOpen] = useState("");
  if (!rows) return <Reading />;
  const found = rows.filter((r) => wanted === "" || text(r).includes(wanted.toLowerCase()));
  const columns: Column<AuditRow>[] = [
    { name: "when", title: "Time", cell: (r) => new Date(r.time).toLocaleTimeString(), by: (r) => r.time * 1e4 + r.seq % 1e4 },
    { name: "hsm", title: "HSM", cell: (r) => r.node, by: (r) => r.node },
    { name: "label", title: "What", cell: (r, isOpen) => <button type="button" class="label-of" aria-expanded={isOpen} title={r.means} onClick={() => setOpen(isOpen ? "" : r.id)}>{r.means}</button>, by: (r) => r.means },
    { name: "by", title: "By", cell: (r) => visible(r.user), by: (r) => r.user },
    { name: "code", title: "Ended", cell: (r) => (r.code > 0 ? `0x${r.code.toString(16)}` : ended(r.code)), by: (r) => r.code },
  ];
  return (
    <>
      <input class="filter" type="search" aria-label="Filter the audit logs" placeholder="Filter" value={wanted} onInput={(e) => want(e.currentTarget.value)} />
      {found.length > 0
        ? <Table label="audit-title" rows={found} columns={columns} order={order} keyOf={(r) => r.id} open={open} detail={(r) => <div class="details"><p>{moment(r.time)}{r.user !== "" && `, by ${visible(r.user)}`}</p><pre>{visibleLines(r.text)}</pre></div>} />
        : <p class="empty">{rows.length === 0 ? "Nothing recorded yet." : "No entry matches."}</p>}
    </>
  );
}

const order = new Cell<Order>({ by: "when", down: true });

/** text is what a filter looks at. */
const text = (r: AuditRow) => `${r.means} ${r.opcode} ${r.user} hsm ${r.node} key ${r.keys.join(" key ")} ${ended(r.code)}`.toLowerCase();

const visibleLines = (lines: string) => lines.trimEnd().split("\n").map(visible).join("\n");
