import { useEffect } from "preact/hooks";
import { Cell, derived, useCell } from "../state/cell.ts";
import { putLine } from "../session/buttons.ts";
import { focusField } from "../page/focus.ts";
import type { KeyRow, Section } from "../hsm";
import { refresh } from "../engine/exchange.ts";
import { filter, model } from "../state/state.ts";
import { counted, placeInBrief, visible } from "../words/words.ts";
import { later } from "./later.tsx";
import { Reading, isReading } from "./Reading.tsx";
import { Mark } from "./Shape.tsx";
import { type Column, type Order, Table } from "./Table.tsx";

const filterFrom = 8; // keys, from which on a filter is offered

/** opened is the id of the key whose details are shown, "" for none. */
export const opened = new Cell("");

/** order begins with the newest: handles ascend. */
const order = new Cell<Order>({ by: "handle", down: true });

/** rest are all keys, where there are more than the page reads with each line; allkeys.ts fills it. */
export const rest = new Cell<Section<KeyRow> | null>(null);

/** shown are the keys that the panel knows. */
const shown = derived([model, rest], () => {
  const { keys } = model.value;
  return keys && keys.total > keys.rows.length && rest.value ? rest.value.rows : keys?.rows ?? [];
});

/** columns of the table; the narrower the panel, the fewer are shown (keys.css). */
const columns: Column<KeyRow>[] = [
  { name: "handle", title: "Handle", cell: (k) => handleOf(k.handle), by: (k) => k.handle },
  { name: "class", title: "Class", cell: (k) => k.class, by: (k) => k.class },
  { name: "type", title: "Type", cell: (k) => k.type, by: (k) => k.type },
  { name: "label", title: "Label", cell: labelOf, by: (k) => k.label },
  { name: "owner", title: "Owner", cell: (k) => `${k.owner} ${visible(k.ownerName)}`, by: (k) => k.owner },
  { name: "shared", title: "Shared", cell: (k) => k.shared.join(" ") },
  { name: "out", title: "Extractable", cell: (k) => (k.extractable ? "yes" : "no"), by: (k) => String(k.extractable) },
  { name: "kcv", title: "KCV", cell: (k) => <code>{k.kcv}</code>, by: (k) => k.kcv },
  { name: "place", title: "On HSM", term: "HSM", cell: placeOf, by: (k) => -k.missing.length },
];

/** Details are loaded with the first key that is opened. */
const Details = later(() => import("./KeyDetails.tsx").then((d) => d.KeyDetails));

/** KeysPanel is every key that the cluster holds, with where it is. */
export function KeysPanel() {
  const { keys } = useCell(model);
  const wanted = useCell(filter);
  const rows = useCell(shown);
  const total = keys?.total ?? 0;
  const open = useCell(opened);
  const tooMany = keys !== null && total > keys.rows.length;
  useEffect(() => {
    if (tooMany) void import("./allkeys.ts").then((a) => a.follow());
  }, [tooMany]);
  return (
    <>
      {(total >= filterFrom || wanted !== "") && <Filter wanted={wanted} />}
      {rows.length > 0 && <Table label="keys-title" rows={rows} columns={columns} order={order} keyOf={idOf} kind={kindOf} open={open} detail={(k) => <Details row={k} />} />}
      {total > rows.length && <p class="empty">reading {counted(total - rows.length, "more key")}</p>}
      {total === 0 && (wanted === "" ? <Empty /> : <NoMatch />)}
    </>
  );
}

const idOf = (k: KeyRow) => k.id;
const kindOf = (k: KeyRow) => (k.visible ? "" : "unseen");

// Cells are made without components of their own: a fast scroll makes hundreds of them in a frame.

/** handleOf is a handle that inserts itself at the cursor. */
function handleOf(handle: number) {
  const insert = () => {
    putLine(String(handle), String(handle));
    focusField();
  };
  return <button type="button" class="chip mono" aria-label={`Insert handle ${handle}`} onClick={insert}>{handle}</button>;
}

/** labelOf is a label that opens to the rest of what is known of a key. */
function labelOf(row: KeyRow, open: boolean) {
  return (
    <button type="button" class="label-of" aria-expanded={open} title={row.label} onClick={() => (opened.value = open ? "" : row.id)}>
      {visible(row.label) || <span class="none">no label</span>}{!row.visible && <span class="none"> · not visible to you</span>}
    </button>
  );
}

/** placeOf says on which HSMs a key is. */
function placeOf(row: KeyRow) {
  const drifts = row.missing.length > 0;
  return <span class={drifts ? "drift" : ""}>{drifts && <Mark shape="differs" />}{placeInBrief(row)}</span>;
}

function Filter({ wanted }: { wanted: string }) {
  const set = (text: string) => {
    filter.value = text;
    void refresh();
  };
  return <input class="filter" type="search" aria-label="Filter keys" placeholder="Filter" value={wanted} onInput={(e) => set(e.currentTarget.value)} />;
}

function Empty() {
  if (isReading(useCell(model).keys)) return <Reading />;
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
