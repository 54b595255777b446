// How many characters fit on a line of the terminal.

import { Cell } from "../state/cell.ts";
import { setColumns } from "../session/tabs.ts";

const probe = 100; // characters

/** columnsCell is the width of the terminal in characters. */
export const columnsCell = new Cell(80);

/** measure counts the columns of a transcript and tells the engine when they change. */
export function measure(transcript: HTMLElement): void {
  const cell = document.getElementById("cell");
  if (!cell || transcript.clientWidth === 0) return;
  const width = cell.getBoundingClientRect().width / probe;
  const style = getComputedStyle(transcript);
  const room = transcript.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  if (width === 0) return;
  columnsCell.value = Math.max(20, Math.floor(room / width + 0.01));
  setColumns(columnsCell.value);
}
