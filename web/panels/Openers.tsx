import { useCell } from "../state/cell.ts";
import { opened, toggle } from "./opened.ts";
import { Count } from "./Panels.tsx";
import { panels } from "./table.ts";

/** Openers are the handles of the drawer. */
export function Openers() {
  const open = useCell(opened);
  return (
    <>
      {panels.map(({ id, title, narrow }) => (
        <button type="button" key={id} class={`opener plain of-${narrow}`} aria-expanded={open === id} onClick={() => toggle(id)}>
          {title}{narrow === "drawer" && <Count id={id} />}
        </button>
      ))}
      {open !== "" && <button type="button" class="opener plain closer" onClick={() => toggle(open)}>Close</button>}
    </>
  );
}
