import { Cell } from "../state/cell.ts";
import type { Access, TokenRow } from "../hsm";
import { counted, ranges, visible } from "../words/words.ts";
import { useAccess } from "./access.ts";
import { Reading } from "./Reading.tsx";
import { type Column, type Order, Table } from "./Table.tsx";

/** services name what a token is for. */
const services: Record<number, string> = { 3: "managing users", 4: "quorum and backups", 5: "using the key", 6: "managing the key" };

/** ApprovalsPanel is what HSMs ask of officers, who can approve, and the tokens that wait. */
export function ApprovalsPanel() {
  const access = useAccess();
  if (!access) return <Reading />;
  return (
    <>
      {asked(access).map((line) => <p key={line} class="empty">{line}</p>)}
      {access.tokens.length === 0
        ? <p class="empty">No token waits. <code>getToken 3 admin token.file</code> in <code>cloudhsm_mgmt_util</code> asks for one where approvals are needed.</p>
        : <Table label="approvals-title" rows={access.tokens} columns={columns} order={order} keyOf={(t) => t.id + t.nodes.join()} />}
    </>
  );
}

/** asked says how many approvals are asked for, on all HSMs or by HSM, and who can give them. */
function asked({ quorum, keyed }: Access): string[] {
  const kinds = [...new Set(quorum.map((q) => `${q.users} ${q.other}`))];
  const lines = kinds.map((kind) => {
    const on = quorum.filter((q) => `${q.users} ${q.other}` === kind);
    const { users, other } = on[0]!;
    const where = kinds.length === 1 ? "" : ` on HSM ${ranges(on.map((q) => q.node))}`;
    return users < 2 && other < 2 ? `No approvals are asked for${where}.` : `Managing users takes ${counted(users, "approval")}, the rest ${counted(other, "approval")}${where}.`;
  });
  return [...lines, keyed.length === 0 ? "Nobody has registered a key to approve with." : `Can approve: ${keyed.map(visible).join(", ")}.`];
}

const order = new Cell<Order>({ by: "number", down: true });

const columns: Column<TokenRow>[] = [
  { name: "number", title: "Token", cell: (t) => t.number, by: (t) => t.number },
  { name: "for", title: "For", cell: (t) => `${services[t.service] ?? `service ${t.service}`}${t.handle > 0 ? ` ${t.handle}` : ""}`, by: (t) => t.service },
  { name: "by", title: "Asked by", cell: (t) => visible(t.user), by: (t) => t.user },
  { name: "have", title: "Approvals", cell: (t) => `${t.approvers.length} of ${t.needed}${t.approvers.length > 0 ? `: ${t.approvers.map(visible).join(", ")}` : ""}`, by: (t) => t.approvers.length - t.needed },
  { name: "place", title: "On HSM", term: "HSM", cell: (t) => ranges(t.nodes) },
];
