// The line between the terminal and the panels: dragged, or moved by arrows.

import { Cell } from "../state/cell.ts";

/** width is that of the panels in pixels, 0 for the usual one. */
export const width = new Cell(0);

const [least, most, step] = [280, 900, 24];

/** within keeps a width so that both sides have room. */
const within = (wanted: number): number => Math.round(Math.min(Math.max(wanted, least), most, innerWidth - 520));

/** begin wires the separator and follows the width. */
export function begin(): void {
  const house = document.getElementById("house")!;
  const line = document.getElementById("splitter")!;
  const panels = document.getElementById("panels")!;
  const show = () => {
    if (width.value === 0) house.style.removeProperty("--panels");
    else house.style.setProperty("--panels", `${width.value}px`);
    line.setAttribute("aria-valuenow", String(width.value || Math.round(panels.getBoundingClientRect().width)));
  };
  line.setAttribute("aria-valuemin", String(least));
  line.setAttribute("aria-valuemax", String(most));
  line.addEventListener("pointerdown", (e) => {
    line.setPointerCapture(e.pointerId);
    const [from, wide] = [e.clientX, panels.getBoundingClientRect().width];
    const move = (m: PointerEvent) => (width.value = within(wide + from - m.clientX));
    line.addEventListener("pointermove", move);
    line.addEventListener("lostpointercapture", () => line.removeEventListener("pointermove", move), { once: true });
  });
  line.addEventListener("dblclick", () => (width.value = 0));
  line.addEventListener("keydown", (e) => {
    const by = { ArrowLeft: step, ArrowRight: -step }[e.key];
    if (by) width.value = within(panels.getBoundingClientRect().width + by);
    else if (e.key === "Home") width.value = 0;
    else return;
    e.preventDefault();
  });
  width.subscribe(show);
  addEventListener("resize", () => width.value > 0 && (width.value = within(width.value)));
  show();
}
