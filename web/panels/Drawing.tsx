import { useEffect, useRef } from "preact/hooks";
import { calls } from "../state/state.ts";
import { type Shape as ShapeName, kinWords } from "../words/words.ts";
import { play } from "./hops.ts";
import { type Layout, box, height, layoutOf, width } from "./places.ts";
import { Shape } from "./Shape.tsx";

/** Drawn is an HSM as the drawing needs it. */
export interface Drawn { node: number; shape: ShapeName; cluster: string; kin: keyof typeof kinWords }

/** byCluster parts HSMs into their clusters, in their order. */
export function byCluster<T extends { cluster: string }>(nodes: T[]): T[][] {
  const ids = [...new Set(nodes.map((n) => n.cluster))];
  return ids.map((id) => nodes.filter((n) => n.cluster === id));
}

/** Drawing shows the client, the HSMs and the links; it is hidden from assistive technology, the list beneath is
 *  the real thing. lit: somebody is logged in through the links. */
export function Drawing({ nodes, lit }: { nodes: Drawn[]; lit: boolean }) {
  const layer = useRef<SVGGElement>(null);
  const clusters = byCluster(nodes);
  const layout = layoutOf(clusters.map((c) => c.length), clusters.findIndex((c) => c[0]!.kin === ""));
  const stands = useRef({ numbers: [] as number[], layout });
  stands.current = { numbers: clusters.flat().map((n) => n.node), layout };
  useEffect(() => {
    let seen = calls.value.at(-1)?.seq ?? 0;
    return calls.subscribe((all) => {
      const fresh = all.filter((c) => c.seq > seen);
      seen = all.at(-1)?.seq ?? seen;
      if (layer.current && fresh.length > 0) play(layer.current, fresh, stands.current.numbers, stands.current.layout);
    });
  }, []);
  return (
    <svg class="drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Frames clusters={clusters} layout={layout} />
      {clusters.flat().map((n, i) => n.kin === "" && <Link key={n.node} drawn={n} i={i} layout={layout} lit={lit} />)}
      <g ref={layer} />
      <rect class="client" x={layout.client.x - box.w / 2} y={layout.client.y - box.h / 2} width={box.w} height={box.h} rx="6" />
      <text x={layout.client.x} y={layout.client.y + 4.5}>client</text>
      {clusters.flat().map((n, i) => <Node key={n.node} drawn={n} i={i} layout={layout} />)}
    </svg>
  );
}

/** Frames set the clusters apart that the client's daemon does not serve. */
function Frames({ clusters, layout }: { clusters: Drawn[][]; layout: Layout }) {
  return (
    <>
      {layout.frames.map((f) => (
        <g key={f.of} class="apart">
          <rect x={f.x} y={f.y} width={f.w} height={f.h} rx="6" />
          <text x={f.x + f.w / 2} y={f.y - 5}>{kinWords[clusters[f.of]![0]!.kin]}</text>
        </g>
      ))}
    </>
  );
}

/** Link is the line from the client to an HSM. */
function Link({ drawn, i, layout, lit }: { drawn: Drawn; i: number; layout: Layout; lit: boolean }) {
  const { x, y } = layout.spots[i]!;
  const broken = drawn.shape === "down" || drawn.shape === "cut" || drawn.shape === "starting";
  return <path class={`link ${broken ? "broken" : lit ? "lit" : ""}`} d={`M${layout.client.x} ${layout.client.y + box.h / 2}L${x} ${y - layout.r - 5}`} />;
}

function Node({ drawn, i, layout }: { drawn: Drawn; i: number; layout: Layout }) {
  const at = layout.spots[i];
  return at && (
    <g transform={`translate(${at.x} ${at.y})`}>
      <Shape shape={drawn.shape} r={layout.r} />
      <text y={layout.r + 17}>{layout.brief ? drawn.node : `HSM ${drawn.node}`}</text>
    </g>
  );
}
