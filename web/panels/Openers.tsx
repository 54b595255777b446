import { useEffect, useRef } from "preact/hooks";
import { focusBack, isLost } from "../page/focus.ts";
import { useCell } from "../state/cell.ts";
import { opened, toggle } from "./opened.ts";
import { Count } from "./Panels.tsx";
import { panels } from "./table.ts";

/** Openers are the handles of the drawer. That of the open panel is in sight, and has the focus where a panel comes or goes with what had it. */
export function Openers() {
  const open = useCell(opened);
  const last = useRef(open);
  useEffect(() => {
    const handle = document.getElementById(`open-${open || last.current}`);
    handle?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (last.current !== open && isLost()) focusBack(handle, ".more-panels");
    last.current = open;
  }, [open]);
  return (
    <>
      {panels.map(({ id, title, narrow }) => (
        <button type="button" key={id} class={`opener of-${narrow}`} id={`open-${id}`} aria-expanded={open === id} onClick={() => toggle(id)}>
          {title}{narrow === "drawer" && <Count id={id} />}
        </button>
      ))}
      {open !== "" && <button type="button" class="opener closer" onClick={() => toggle(open)}>Close</button>}
    </>
  );
}
