// The lines of a tool's text: their own indent, and which of them are rows of a table.

/** Row is a line with its line end, and how many blanks it begins with. */
export interface Row { text: string; indent: number }

const deepest = 24; // an indent beyond this is alignment of something else

/** rowsOf splits text into its lines, to the byte. */
export function rowsOf(text: string): Row[] {
  return text.split(/(?<=\n)/).map((row) => {
    const blanks = /^ */.exec(row)![0].length;
    return { text: row, indent: blanks <= deepest ? blanks : 0 };
  });
}

/** isTabular says whether a text has a table that does not fit: two lines with three columns or more, of which one is longer
 *  than the width. */
export function isTabular(text: string, columns: number): boolean {
  const rows = text.split("\n").filter((line) => line.split(/ {2,}|\t/).filter((cell) => cell.trim() !== "").length >= 3);
  return rows.length >= 2 && rows.some((row) => widthOf(row) > columns);
}

/** widthOf is how many cells a line takes; a tab goes on to the next multiple of eight. */
function widthOf(line: string): number {
  return line.split("\t").reduce((width, part, i) => (i === 0 ? 0 : width + 8 - (width % 8)) + part.length, 0);
}
