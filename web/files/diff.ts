// The difference of two texts by lines, as few as possible (Myers 1986, An O(ND) Difference Algorithm and Its Variations).

/** Row is a line of either text, or of both. */
export interface Row { how: " " | "-" | "+"; text: string }

const most = 2_000; // differing lines, beyond which what lies between the common ends counts as one change

/** diff tells how b comes of a. */
export function diff(a: string[], b: string[]): Row[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (text: string): Row => ({ how: " ", text });
  return [...a.slice(0, head).map(same), ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)), ...a.slice(a.length - tail).map(same)];
}

/** middle walks the edit graph from its corner, a step more each round, and keeps how far each diagonal came. */
function middle(a: string[], b: string[]): Row[] {
  const rounds: Map<number, number>[] = [];
  let far = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, most); d++) {
    rounds.push(new Map(far));
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(far, k, d) ? far.get(k + 1)! : far.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      far.set(k, x);
      if (x >= a.length && x - k >= b.length) return back(rounds, a, b);
    }
  }
  return [...a.map((text): Row => ({ how: "-", text })), ...b.map((text): Row => ({ how: "+", text }))];
}

/** isDown says whether the best way to a diagonal comes from the one above it: a line of b is put in. */
const isDown = (far: Map<number, number>, k: number, d: number) => k === -d || (k !== d && far.get(k - 1)! < far.get(k + 1)!);

/** back reads the way from its end. */
function back(rounds: Map<number, number>[], a: string[], b: string[]): Row[] {
  const rows: Row[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = rounds.length - 1; d >= 0; d--) {
    const far = rounds[d]!;
    const down = isDown(far, x - y, d);
    const fromX = d === 0 ? 0 : far.get(down ? x - y + 1 : x - y - 1)!;
    const fromY = d === 0 ? 0 : fromX - (down ? x - y + 1 : x - y - 1);
    while (x > fromX && y > fromY && (d === 0 || x > fromX + (down ? 0 : 1) || y > fromY + (down ? 1 : 0))) rows.push({ how: " ", text: a[--x]! }), y--;
    if (d === 0) break;
    rows.push(down ? { how: "+", text: b[--y]! } : { how: "-", text: a[--x]! });
  }
  return rows.reverse();
}
