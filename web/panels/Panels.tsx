import { derived, useCell } from "../state/cell.ts";
import { model } from "../state/state.ts";
import { stale } from "../world/screen.ts";
import { fold, folded, opened } from "./opened.ts";
import { type Area, type Panel, panels } from "./table.ts";

/** Panels are the panels of an area. */
export function Panels({ area }: { area: Area }) {
  return <>{panels.filter((p) => p.narrow === area).map((p, i) => <Frame key={p.id} panel={p} isFirst={i === 0} />)}</>;
}

/** Frame is what every panel has: its title with the number of its rows, which folds it, and its tools. */
function Frame({ isFirst, panel: { id, title, narrow, section, component: Body, tools: Tools } }: { panel: Panel; isFirst: boolean }) {
  const isFolded = useCell(folded).includes(id);
  const isOpened = useCell(opened) === id;
  return (
    <section id={id} class="panel" aria-labelledby={`${id}-title`} data-folded={isFolded || undefined} data-opened={isOpened || undefined}>
      <div class="title">
        <h2 id={`${id}-title`}>
          <button type="button" class="fold" aria-expanded={!isFolded} onClick={() => fold(id)}>{title}{narrow === "drawer" && <Count id={id} />}</button>
        </h2>
        {isFirst && narrow === "drawer" && <Stale />}
        {Tools && <Tools />}
      </div>
      {(section || !isFolded) && <Body />}
    </section>
  );
}

/** Stale marks rows that are shown as they were left, until the world has been read. */
function Stale() {
  const word = useCell(stale);
  return word === "" ? null : <span class="stale">{word}</span>;
}

/** totals are the numbers of rows, by panel. */
const totals = Object.fromEntries(panels.map(({ id, section }) => [id, derived([model], () => (section && model.value[section]?.total) ?? 0)]));

/** Count is how many rows a panel has, where it has any. */
export function Count({ id }: { id: string }) {
  const total = useCell(totals[id]!);
  return total > 0 ? <> <span class="count">{total}</span></> : null;
}
