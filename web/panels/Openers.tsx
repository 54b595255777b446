import { useEffect } from "preact/hooks";
import { Cell, useCell } from "../state/cell.ts";
import { model } from "../state/state.ts";

/** Panel is a panel of the drawer; "" is a closed drawer. */
export type Panel = "" | "keys" | "users" | "files" | "cluster";

/** opened is the panel that is open where there is no room for all of them. */
export const opened = new Cell<Panel>("");

const openers: { panel: Panel; says: string }[] = [
  { panel: "keys", says: "Keys" }, { panel: "users", says: "Users" }, { panel: "files", says: "Files" }, { panel: "cluster", says: "Cluster" },
];

/** Openers are the handles of the drawer. */
export function Openers() {
  const open = useCell(opened);
  const { keys, files } = useCell(model);
  useEffect(() => {
    document.getElementById("house")!.dataset["open"] = open;
  }, [open]);
  const counts: Partial<Record<Panel, number>> = { keys: keys?.total ?? 0, files: files?.rows.length ?? 0 };
  return (
    <>
      {openers.map(({ panel, says }) => (
        <button type="button" key={panel} class={`opener plain for-${panel}`} aria-expanded={open === panel} onClick={() => (opened.value = open === panel ? "" : panel)}>
          {says} {(counts[panel] ?? 0) > 0 && <span class="count">{counts[panel]}</span>}
        </button>
      ))}
      {open !== "" && <button type="button" class="opener plain closer" onClick={() => (opened.value = "")}>Close</button>}
    </>
  );
}
