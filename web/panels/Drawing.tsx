import { useEffect, useRef } from "preact/hooks";
import { calls } from "../state.ts";
import type { Shape as ShapeName } from "../words.ts";
import { play } from "./hops.ts";
import { client, height, placeOfNode, radius, width } from "./places.ts";
import { Shape } from "./Shape.tsx";

/** Drawn is an HSM as the drawing needs it. */
export interface Drawn { node: number; shape: ShapeName }

/** Drawing shows the client, the HSMs and the links; it is hidden from assistive technology, the list beneath is
 *  the real thing. lit: somebody is logged in through the links. */
export function Drawing({ nodes, lit }: { nodes: Drawn[]; lit: boolean }) {
  const layer = useRef<SVGGElement>(null);
  const numbers = useRef<number[]>([]);
  numbers.current = nodes.map((n) => n.node);
  useEffect(() => {
    let seen = calls.value.at(-1)?.seq ?? 0;
    return calls.subscribe((all) => {
      const fresh = all.filter((c) => c.seq > seen);
      seen = all.at(-1)?.seq ?? seen;
      if (layer.current && fresh.length > 0) play(layer.current, fresh, numbers.current);
    });
  }, []);
  return (
    <svg class="drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {nodes.map((n, i) => <Link key={n.node} drawn={n} i={i} n={nodes.length} lit={lit} />)}
      <g ref={layer} />
      <rect class="client" x={client.x - client.w / 2} y={client.y - client.h / 2} width={client.w} height={client.h} rx="6" />
      <text x={client.x} y={client.y + 4.5}>client</text>
      {nodes.map((n, i) => <Node key={n.node} drawn={n} i={i} n={nodes.length} />)}
    </svg>
  );
}

/** Link is the line from the client to an HSM. */
function Link({ drawn, i, n, lit }: { drawn: Drawn; i: number; n: number; lit: boolean }) {
  const { x, y } = placeOfNode(i, n);
  const broken = drawn.shape === "down" || drawn.shape === "cut" || drawn.shape === "starting";
  return <path class={`link ${broken ? "broken" : lit ? "lit" : ""}`} d={`M${client.x} ${client.y + client.h / 2}L${x} ${y - radius(n) - 5}`} />;
}

function Node({ drawn, i, n }: { drawn: Drawn; i: number; n: number }) {
  const { x, y } = placeOfNode(i, n);
  return (
    <g transform={`translate(${x} ${y})`}>
      <Shape shape={drawn.shape} r={radius(n)} />
      <text y={radius(n) + 17}>{n <= 7 ? `HSM ${drawn.node}` : drawn.node}</text>
    </g>
  );
}
