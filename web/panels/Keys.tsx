import { useCell } from "../state/cell.ts";
import { putLine } from "../session/buttons.ts";
import { focusField } from "../page/focus.ts";
import type { KeyRow } from "../hsm";
import { refresh } from "../engine/exchange.ts";
import { filter, model } from "../state/state.ts";
import { counted, placeOf, visible } from "../words/words.ts";
import { Mark } from "./Shape.tsx";
import { Term } from "../terms/Term.tsx";

const filterFrom = 8; // keys, from which on a filter is offered

/** columns of the table; the narrower the panel, the fewer are shown (keys.css). */
const columns: { name: string; title: string; term?: string; cell: (k: KeyRow) => preact.ComponentChildren }[] = [
  { name: "handle", title: "Handle", cell: (k) => <Handle handle={k.handle} /> },
  { name: "class", title: "Class", cell: (k) => k.class },
  { name: "type", title: "Type", cell: (k) => k.type },
  { name: "label", title: "Label", cell: (k) => <Label row={k} /> },
  { name: "owner", title: "Owner", cell: (k) => `${k.owner} ${visible(k.ownerName)}` },
  { name: "shared", title: "Shared", cell: (k) => k.shared.join(" ") },
  { name: "out", title: "Extractable", cell: (k) => (k.extractable ? "yes" : "no") },
  { name: "kcv", title: "KCV", cell: (k) => <code>{k.kcv}</code> },
  { name: "place", title: "On HSM", term: "HSM", cell: (k) => <Place row={k} /> },
];

/** KeysPanel is every key that the cluster holds, with where it is. */
export function KeysPanel() {
  const { keys } = useCell(model);
  const wanted = useCell(filter);
  const total = keys?.total ?? 0;
  return (
    <>
      {(total >= filterFrom || wanted !== "") && <Filter wanted={wanted} />}
      {keys && keys.rows.length > 0 && <KeyTable rows={keys.rows} total={total} />}
      {total === 0 && (wanted === "" ? <Empty /> : <NoMatch />)}
    </>
  );
}

function KeyTable({ rows, total }: { rows: KeyRow[]; total: number }) {
  return (
    <>
      <table aria-labelledby="keys-title">
        <thead><tr>{columns.map((c) => <th key={c.name} class={c.name} scope="col"><Term term={c.term ?? c.title}>{c.title}</Term></th>)}</tr></thead>
        <tbody>
          {rows.map((k) => (
            <tr key={k.id} class={k.visible ? "" : "unseen"}>{columns.map((c) => <td key={c.name} class={c.name}>{c.cell(k)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p class="empty">{counted(total - rows.length, "more key")}; the filter finds them.</p>}
    </>
  );
}

/** Handle inserts itself at the cursor. */
function Handle({ handle }: { handle: number }) {
  const insert = () => {
    putLine(String(handle), String(handle));
    focusField();
  };
  return <button type="button" class="chip mono" aria-label={`Insert handle ${handle}`} onClick={insert}>{handle}</button>;
}

/** Label opens to the rest of what is known of a key. */
function Label({ row }: { row: KeyRow }) {
  return (
    <>
      <details class="facts">
        <summary>{visible(row.label) || <span class="none">no label</span>}</summary>
        <dl>{facts(row).map(([name, value]) => <div key={name}><dt>{name}</dt> <dd>{value}</dd></div>)}</dl>
      </details>
      {!row.visible && <span class="remark">not visible to you</span>}
    </>
  );
}

/** facts are what a row has no room for, by name. */
function facts(row: KeyRow): [string, string][] {
  return [
    ["owner", `${row.owner} ${visible(row.ownerName)}`],
    ["shared with", row.shared.length > 0 ? row.shared.join(" ") : "nobody"],
    ["extractable", row.extractable ? "yes" : "no"],
    ["stored", row.session ? "for this session" : "on the token"],
    ["KCV", row.kcv || "none"],
  ];
}

function Place({ row }: { row: KeyRow }) {
  const drifts = row.missing.length > 0;
  return <span class={drifts ? "drift" : ""}>{drifts && <Mark shape="differs" />}{placeOf(row)}</span>;
}

function Filter({ wanted }: { wanted: string }) {
  const set = (text: string) => {
    filter.value = text;
    void refresh();
  };
  return <input class="filter" type="search" aria-label="Filter keys" placeholder="Filter" value={wanted} onInput={(e) => set(e.currentTarget.value)} />;
}

function Empty() {
  return <p class="empty">No keys yet. The first pair gets the handles 6 and 7; 1 to 5 are the HSM’s own.</p>;
}

/** NoMatch is shown for a filter without hits. */
function NoMatch() {
  const hidden = useCell(model).cluster?.rows.reduce((most, n) => Math.max(most, n.keys), 0) ?? 0;
  const all = () => {
    filter.value = "";
    void refresh();
  };
  return <p class="empty">No key matches. {hidden} are hidden. <button type="button" onClick={all}>show all</button></p>;
}
