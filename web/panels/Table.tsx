// A table of rows: sorted by its heads, of which only the rows in sight are drawn, with a row of details below the one that is open.

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useRove } from "../page/rove.ts";
import type { Cell } from "../state/cell.ts";
import { useCell } from "../state/cell.ts";
import { memo } from "../state/memo.ts";
import { meaning, words } from "../terms/terms.ts";

/** Column is one of a table. by: what it is sorted by, where it can be. */
export interface Column<R> { name: string; title: string; term?: string; cell: (row: R, open: boolean) => preact.ComponentChildren; by?: (row: R) => string | number }

/** Order is the column that a table is sorted by, and whether the largest stands first. */
export interface Order { by: string; down: boolean }

const drawnAll = 40;  // rows up to which all are drawn
const spare = 8;      // rows that are drawn above and below those in sight
const usual = 31;     // height of a row in px, until one has been measured

/** ordered are rows as a table shows them; equal ones keep their order. */
export function ordered<R>(rows: R[], columns: Column<R>[], { by, down }: Order): R[] {
  const value = columns.find((c) => c.name === by)?.by;
  if (!value) return rows;
  const sign = down ? -1 : 1;
  const compare = (a: string | number, b: string | number) => (typeof a === "string" ? a.localeCompare(String(b), "en", { numeric: true }) : a - (b as number));
  return [...rows].sort((a, b) => sign * compare(value(a), value(b)));
}

interface Shown<R> {
  label: string; rows: R[]; columns: Column<R>[]; order: Cell<Order>; keyOf: (row: R) => string; kind?: (row: R) => string;
  open?: string; detail?: (row: R) => preact.ComponentChildren;
}

/** Table draws it. Many rows scroll in a box of their own. */
export function Table<R>({ label, rows, columns, order, keyOf, kind, open = "", detail }: Shown<R>) {
  const now = useCell(order);
  const all = useMemo(() => ordered(rows, columns, now), [rows, columns, now]);
  const rove = useRove<HTMLDivElement>();
  const [top, scrolled] = useState(0);
  const size = useRef({ row: usual, detail: 0, box: 0 });
  const many = all.length > drawnAll;
  const at = open === "" ? -1 : all.findIndex((r) => keyOf(r) === open);
  const { row, detail: below, box } = size.current;
  const rowAt = (y: number) => Math.floor((at >= 0 && y > (at + 1) * row ? Math.max((at + 1) * row, y - below) : y) / row);
  // In steps, so that most scrolling draws nothing.
  const from = many ? Math.max(0, Math.floor(rowAt(top) / spare - 1) * spare) : 0;
  const to = many ? Math.min(all.length, Math.ceil(rowAt(top + (box || 400)) / spare + 1) * spare) : all.length;
  const height = (a: number, b: number) => (b - a) * row + (at >= a && at < b ? below : 0);

  useLayoutEffect(() => {
    const scroller = rove.ref.current!;
    const first = scroller.querySelector<HTMLElement>("tbody tr.data");
    size.current = { row: first?.offsetHeight || usual, detail: scroller.querySelector<HTMLElement>("tr.detail")?.offsetHeight ?? size.current.detail, box: scroller.clientHeight };
  }, [all, at, at >= from && at < to]);

  return (
    <div class={many ? "rows many" : "rows"} {...rove} onScroll={many ? (e) => scrolled(Math.floor(e.currentTarget.scrollTop / stepOf(row)) * stepOf(row)) : undefined}>
      <table aria-labelledby={label} aria-rowcount={many ? all.length + 1 : undefined}>
        <thead><tr>{columns.map((c) => <Head key={c.name} column={c} order={order} />)}</tr></thead>
        <tbody>
          {from > 0 && <tr aria-hidden="true"><td style={{ height: `${height(0, from)}px` }} /></tr>}
          {all.slice(from, to).flatMap((r, i) => {
            const key = keyOf(r);
            const line = <Line key={key} row={r} columns={columns as Column<unknown>[]} kind={kind?.(r) ?? ""} open={key === open} index={many ? from + i + 2 : 0} />;
            return key === open && detail ? [line, <tr key={`${key}+`} class="detail"><td colSpan={columns.length}>{detail(r)}</td></tr>] : [line];
          })}
          {to < all.length && <tr aria-hidden="true"><td style={{ height: `${height(to, all.length)}px` }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

/** stepOf is how many pixels are scrolled until rows are drawn again. */
const stepOf = (row: number) => (row * spare) / 2;

/** Line is a row of data. Rows are immutable: one that was drawn stays as it is. */
const Line = memo(function Line({ row, columns, kind, open, index }: { row: unknown; columns: Column<unknown>[]; kind: string; open: boolean; index: number }) {
  return <tr class={`data ${kind}`} aria-rowindex={index || undefined}>{columns.map((c) => <td key={c.name} class={c.name}>{c.cell(row, open)}</td>)}</tr>;
});

/** Head is the head of a column; it sorts by it, and again the other way round. */
function Head<R>({ column: c, order }: { column: Column<R>; order: Cell<Order> }) {
  const now = useCell(order);
  useCell(words);
  const means = meaning(c.term ?? c.title);
  const term = means === "" ? {} : { "data-means": means, "aria-description": means };
  const kind = means === "" ? "" : "term";
  if (!c.by) return <th class={c.name} scope="col"><span class={kind} {...(means !== "" && { tabIndex: 0 })} {...term}>{c.title}</span></th>;
  const on = now.by === c.name;
  return (
    <th class={c.name} scope="col" aria-sort={on ? (now.down ? "descending" : "ascending") : undefined}>
      <button type="button" class={`sort ${kind}`} {...term} onClick={() => (order.value = { by: c.name, down: on ? !now.down : false })}>{c.title}</button>
    </th>
  );
}
