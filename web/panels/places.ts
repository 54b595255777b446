// Where things stand in the drawing of the cluster, in units of its view box.

/** Point is a place in the drawing. */
export interface Point { x: number; y: number }

export const width = 400;
export const height = 136;

/** client is the middle of the client's box. */
export const client: Point & { w: number; h: number } = { x: width / 2, y: 20, w: 84, h: 26 };

/** placeOfNode is the middle of the i-th of n HSMs: one row up to seven, then rows below each other. */
export function placeOfNode(i: number, n: number): Point {
  const rows = Math.ceil(n / 14);
  const inRow = Math.ceil(n / rows);
  const row = Math.floor(i / inRow);
  const here = row === rows - 1 ? n - row * inRow : inRow;
  const step = Math.min(120, (width - 60) / Math.max(1, here - 1));
  return { x: width / 2 + ((i % inRow) - (here - 1) / 2) * step, y: (rows === 1 ? 100 : 76) + row * 40 };
}

/** radius of an HSM's shape, smaller where there are many. */
export function radius(n: number): number {
  return n <= 7 ? 8 : 6;
}
