// Which panel is open where there is no room for all of them, and which show their title only.

import { Cell, derived } from "../state/cell.ts";
import { panels } from "./table.ts";

/** opened is the id of the open panel, "" for none. */
export const opened = new Cell("");

/** folded are the ids of the panels of which only the title is seen. */
export const folded = new Cell<readonly string[]>(panels.filter((p) => !p.open).map((p) => p.id));

/** openedArea is the area of the open panel, "" for none. The style sheets know areas, not panels. */
export const openedArea = derived([opened], () => panels.find((p) => p.id === opened.value)?.narrow ?? "");

/** toggle opens a panel, unfolded, or closes it. */
export function toggle(id: string): void {
  folded.value = folded.value.filter((f) => f !== id);
  opened.value = opened.value === id ? "" : id;
}

/** toggleFirst opens the first panel of the drawer, or closes what is open. */
export function toggleFirst(): void {
  opened.value = opened.value === "" ? panels.find((p) => p.narrow === "drawer")!.id : "";
}

/** fold folds a panel, or unfolds it. */
export function fold(id: string): void {
  folded.value = folded.value.includes(id) ? folded.value.filter((f) => f !== id) : [...folded.value, id];
}

/** begin puts the open area on the page element, now and after every change. */
export function begin(): void {
  const house = document.getElementById("house")!;
  openedArea.subscribe((area) => {
    if (area === "") delete house.dataset["open"];
    else house.dataset["open"] = area;
  });
}
