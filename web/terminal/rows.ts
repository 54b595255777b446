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

/** isTabular says whether a text has table rows that do not fit: at least two lines with three columns or more that
 *  are longer than the width. */
export function isTabular(text: string, columns: number): boolean {
  let wide = 0;
  for (const line of text.split("\n")) {
    if (line.length > columns && /\S {2,}\S.* {2,}\S/.test(line)) wide++;
    if (wide >= 2) return true;
  }
  return false;
}
