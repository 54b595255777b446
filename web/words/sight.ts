// What the page says of a key that is looked at closely, and of the audit logs. Loaded with what shows it.

import type { AuditRow, DeedRow, KeySight } from "../hsm";
import { counted, ranges, visible } from "./words.ts";

/** whoWords name those for whom there is an answer. */
export const whoWords = { owner: "its owner", sharer: "who it is shared with", user: "other crypto users", officer: "crypto officers" };

/** whyNot says why somebody may not do something with a key. */
export function whyNot(not: string, who: keyof typeof whoWords, { attribute }: DeedRow): string {
  const off = attribute === "" ? "an attribute is off" : `${attribute} is off`;
  const said: Record<string, string> = {
    handle: "no: they do not see it", owner: "no: only its owner may",
    type: who === "officer" ? "no: officers have no use of keys" : "no: that is an officer’s business",
    attribute: `no: ${off}`, extractable: `no: ${off}, and it never leaves the HSM`, destroyable: `no: ${off}`,
    modifiable: "no: it is not modifiable", "token asked": "no: it lives in one session only",
  };
  return said[not] ?? "no";
}

/** mayWord says whether somebody may, and what it takes. */
export function mayWord(deed: DeedRow, { who, not }: DeedRow["by"][number]): string {
  if (not !== "") return whyNot(not, who, deed);
  return deed.approvals > 0 ? `yes, with ${counted(deed.approvals, "approval")}` : "yes";
}

/** settable says who may change an attribute, through the officers' tool. */
export function settable(set: string, way: string): string {
  if (set === "") return "fixed";
  return `${set === "owner" ? "its owner" : "an officer"} may ${way === "" ? "change it" : `switch it ${way}, for good`}`;
}

const makers = ["CN_GENERATE_KEY_PAIR", "CN_GENERATE_KEY", "CN_UNWRAP_KEY", "CN_CREATE_OBJECT"];

/** birth is the sentence about where a key comes from. */
export function birth({ key, pair, uses, begins }: KeySight): string {
  const k = key!;
  const made = uses.findLast((u) => u.code === 0 && makers.includes(u.opcode)) ?? uses.findLast((u) => u.code === 0 && u.opcode === "CN_INSERT_MASKED_OBJECT_USER");
  const how = { generated: "made inside", imported: "brought in from outside", unwrapped: "unwrapped, with attributes that came beside it" }[k.origin];
  const half = pair > 0 ? `, the other half of key ${pair},` : "";
  const when = made ? ` on HSM ${made.node}, ${moment(made.time)}, by ${visible(made.user) || "nobody known"}` : "";
  const lost = made ? "" : begins ? " The audit logs do not name it." : " The audit logs no longer go back to that.";
  const seen = k.origin === "generated" ? " Its bytes have never been outside, unless it was exported." : " Whoever brought it in may have kept it.";
  return `Key ${k.handle}${half} was ${how}${when}.${k.class === "public" ? "" : seen}${lost}`;
}

/** moment is a time as the audit logs have it. */
export function moment(ms: number): string {
  return new Date(ms).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
}

/** ended says how an entry has ended. */
export function ended(code: number): string {
  return code === 0 ? "done" : code < 0 ? "refused" : `refused, 0x${code.toString(16)}`;
}

/** Use is an entry that several HSMs have. */
export interface Use extends AuditRow { nodes: number[] }

/** joined puts entries together that HSMs have made of the same thing, the newest first. */
export function joined(rows: AuditRow[]): Use[] {
  const uses: Use[] = [];
  for (const row of rows) {
    const same = uses.findLast((u) => u.opcode === row.opcode && u.code === row.code && u.user === row.user && Math.abs(u.time - row.time) < 1000
      && String(u.keys) === String(row.keys) && !u.nodes.includes(row.node));
    if (same) same.nodes.push(row.node);
    else uses.push({ ...row, nodes: [row.node] });
  }
  return uses.map((u) => ({ ...u, nodes: u.nodes.sort((a, b) => a - b) }));
}

/** without says what would be lost if an HSM died. */
export function without(node: number, { key, copies, backups }: KeySight): string {
  const here = copies.find((c) => c.node === node)!;
  if (!here.held) return "Nothing: it has no copy.";
  if (key!.session) return "The key: it lives on this HSM alone, and ends with its session.";
  const others = copies.filter((c) => c.held && c.node !== node);
  const up = others.filter((c) => c.state === "up");
  if (up.length > 0) return `Nothing: HSM ${ranges(up.map((c) => c.node))} ${up.length === 1 ? "has" : "have"} it too.`;
  if (others.length > 0) return `Its use, until HSM ${ranges(others.map((c) => c.node))} ${others.length === 1 ? "is" : "are"} back.`;
  if (backups.length > 0) return `This copy. ${backups.at(-1)} has it as it was then.`;
  return "The key, for good: no other HSM has it, and no backup.";
}
