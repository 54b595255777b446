// Where things stand in the drawing of the clusters, in units of its view box.

/** Point is a place in the drawing. */
export interface Point { x: number; y: number }

/** Frame is a rectangle around the HSMs of a cluster that the daemon does not serve. */
export interface Frame extends Point { w: number; h: number; of: number }

/** Layout is where everything stands: spots by HSM, in the order of the clusters. */
export interface Layout { client: Point; spots: Point[]; frames: Frame[]; r: number; brief: boolean }

export const width = 400;
export const height = 136;

/** box is the size of the client's box. */
export const box = { w: 84, h: 26 };

const columnsMost = 16; // beside each other, gaps counted
const gap = 0.9;        // between two clusters, in columns
const drawnMost = 6;    // clusters; the list beneath has all

/** layoutOf places clusters of these sizes beside each other; served is the place of the daemon's among them. One row each
 *  while there is room, else two. */
export function layoutOf(sizes: number[], served: number): Layout {
  const drawn = sizes.slice(0, Math.max(drawnMost, served + 1));
  const all = drawn.reduce((sum, n) => sum + n, 0);
  const gaps = (drawn.length - 1) * gap;
  const rows = all + gaps > (drawn.length === 1 ? 14 : columnsMost) ? 2 : 1;
  const columns = drawn.map((n) => Math.ceil(n / rows));
  const total = columns.reduce((sum, n) => sum + n, 0) + gaps;
  const [widest, margin] = drawn.length === 1 ? [120, 30] : [76, 36];
  const step = Math.min(widest, (width - 2 * margin) / Math.max(1, total - 1));
  const { r, brief } = all <= 7 ? { r: 8, brief: false } : { r: 6, brief: true };
  const spots: Point[] = [];
  const frames: Frame[] = [];
  let client = width / 2;
  let left = width / 2 - ((total - 1) / 2) * step;
  drawn.forEach((n, of) => {
    const wide = columns[of]!;
    const middle = left + ((wide - 1) / 2) * step;
    for (let i = 0; i < n; i++) spots.push(spot(i, n, rows, wide, step, middle));
    if (of === served) client = middle;
    else frames.push(frame(of, rows, middle, Math.max((wide - 1) * step + (brief ? 26 : 48), brief ? 0 : 62)));
    left += (wide + gap) * step;
  });
  return { client: { x: Math.min(Math.max(client, box.w / 2), width - box.w / 2), y: 20 }, spots, frames, r, brief };
}

/** spot is the middle of the i-th of n HSMs of a cluster whose rows are centred. */
function spot(i: number, n: number, rows: number, wide: number, step: number, middle: number): Point {
  const row = Math.floor(i / wide);
  const here = row === rows - 1 ? n - row * wide : Math.min(wide, n);
  return { x: middle + ((i % wide) - (here - 1) / 2) * step, y: rows === 1 ? 100 : 70 + row * 38 };
}

/** frame goes around the rows of a cluster, with room for its name above. */
function frame(of: number, rows: number, middle: number, w: number): Frame {
  const top = rows === 1 ? 82 : 54;
  return { x: middle - w / 2, y: top, w, h: height - 1 - top, of };
}
