// The movement of the drawing: a mark travels for every call, and for nothing else.

import type { CallRow } from "../hsm";
import type { Layout, Point } from "./places.ts";

const svg = "http://www.w3.org/2000/svg";
const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");
const keyOps = new Set(["generate", "copy", "sync", "import", "unwrap", "insert"]);
const most = 24;      // marks at once; what comes while so many travel is not drawn
const hopTime = 480;  // ms
const pulseTime = 280;

/** keyPath is a small key: bow, shaft and bit. */
const keyPath = "M-6 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M0 0H8M5 0V3M8 0V3";

/** mark makes what travels: a key where one is carried, a dot for any other call. */
function mark(call: CallRow): SVGElement {
  const carries = keyOps.has(call.op) && call.code === 0;
  const shape = document.createElementNS(svg, carries ? "path" : "circle");
  shape.setAttribute("class", carries ? "hop key" : "hop");
  if (carries) shape.setAttribute("d", keyPath);
  else shape.setAttribute("r", "3");
  return shape;
}

/** travel moves one mark; it is gone at the end. */
function travel(layer: SVGGElement, call: CallRow, from: Point, to: Point, delay: number): void {
  const shape = mark(call);
  layer.append(shape);
  const at = (p: Point) => `translate(${p.x}px, ${p.y}px)`;
  const duration = shape.classList.contains("key") ? hopTime : pulseTime;
  const way = shape.animate([{ transform: at(from), opacity: 1 }, { transform: at(to), opacity: 1 }], { duration, delay, easing: "ease-out", fill: "both" });
  way.onfinish = () => {
    way.cancel(); // one that fills is drawn on, each frame, until the browser collects it
    shape.remove();
  };
}

/** play draws the calls of one answer: those from the client together, copies between HSMs after them. */
export function play(layer: SVGGElement, calls: CallRow[], nodes: number[], { client, spots }: Layout): void {
  const room = most - layer.childElementCount;
  if (room <= 0 || still?.matches || !layer.checkVisibility()) return;
  const place = (node: number): Point | undefined => (node < 0 ? client : spots[nodes.indexOf(node)]);
  for (const call of calls.slice(-room)) {
    const from = place(call.from), to = place(call.node);
    if (from && to) travel(layer, call, from, to, call.from < 0 ? 0 : hopTime);
  }
}
