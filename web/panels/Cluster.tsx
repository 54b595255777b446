import { Cell, useCell } from "../state/cell.ts";
import { typeLine } from "../session/buttons.ts";
import type { Cluster, NodeRow } from "../hsm";
import { frontUser, model, phase, place, typedBy } from "../state/state.ts";
import { clusterTitle, counted, shapeOf, summary } from "../words/words.ts";
import { Drawing, type Drawn, byCluster } from "./Drawing.tsx";
import { stale } from "../world/screen.ts";
import { isReading } from "./Reading.tsx";
import { useRove } from "../page/rove.ts";
import { Mark, StateWord } from "./Shape.tsx";
import { later } from "./later.tsx";

/** expected are the HSMs of a fresh world, drawn as outlines until the engine is here. */
const expected: Drawn[] = [0, 1, 2].map((node) => ({ node, shape: "starting", cluster: "", kin: "" }));
const expectedIPs = ["10.0.1.10", "10.0.2.11", "10.0.3.12"];

const stripMost = 4; // HSMs that have room for their words in a phone's strip

/** unfolded is the HSM whose other deeds are shown, -1 for none. */
const unfolded = new Cell(-1);

const Deeds = later(() => import("./NodeDeeds.tsx").then((m) => m.NodeDeeds));

/** ClusterPanel is the cluster: one sentence, the drawing, and the list that is the real thing. */
export function ClusterPanel() {
  const { cluster, keys } = useCell(model);
  const typed = useCell(typedBy);
  const failed = useCell(phase).is === "failed";
  const left = useCell(stale);
  const lit = useCell(frontUser) !== "";
  const nodes = cluster?.rows;
  const drawn = nodes?.map((n): Drawn => ({ node: n.node, shape: shapeOf(n), cluster: n.cluster, kin: n.kin })) ?? expected;
  const clusters = byCluster(drawn);
  return (
    <>
      <p class="summary">{cluster ? summary(cluster.rows, keys?.rows ?? []) + lacksActivation(cluster.state) + (left && ` · ${left}`) : failed ? "The HSMs could not start" : isReading(cluster) ? "Reading your world" : "Three HSMs are starting"}</p>
      <Drawing nodes={drawn} lit={lit} />
      <div class={drawn.length > stripMost ? "clusters many" : "clusters"}>
        {clusters.map((drawn) => <Nodes key={drawn[0]!.cluster} drawn={drawn} rows={nodes} alone={clusters.length === 1} />)}
      </div>
      <button type="button" class="more-panels" data-action="panels">Panels</button>
      <p class="typedby">{typed && <>typed in tab {typed.terminal}: <code>{typed.line}</code></>}</p>
    </>
  );
}

/** Nodes are the HSMs of a cluster, under its name where there are several. */
function Nodes({ drawn, rows, alone }: { drawn: Drawn[]; rows: NodeRow[] | undefined; alone: boolean }) {
  const { cluster, kin } = drawn[0]!;
  const row = (d: Drawn) => rows?.find((r) => r.node === d.node);
  return (
    <>
      {!alone && <p class="kin" id={`kin-${cluster}`}>{clusterTitle(kin)} <code>{cluster}</code></p>}
      <ul class="nodes" {...useRove<HTMLUListElement>()} aria-labelledby={alone ? undefined : `kin-${cluster}`}>
        {drawn.map((d, i) => <NodeLine key={d.node} drawn={d} row={row(d)} ip={row(d)?.ip ?? expectedIPs[i] ?? ""} />)}
      </ul>
    </>
  );
}

/** lacksActivation is what the sentence says of a cluster that nobody can use yet. */
function lacksActivation(state: Cluster["state"]): string {
  return state === "ACTIVE" ? "" : " · not activated yet";
}

/** NodeLine is one HSM with its state, address, keys and the button that stops or starts it. */
function NodeLine({ drawn, row, ip }: { drawn: Drawn; row: NodeRow | undefined; ip: string }) {
  const isOpen = useCell(unfolded) === drawn.node && row !== undefined;
  return (
    <li class="node">
      <Mark shape={drawn.shape} />
      <b><span class="long">HSM </span>{drawn.node}</b>
      <span class="ip">{ip}</span>
      <StateWord shape={drawn.shape} />
      <span class="count">{row ? keysOf(row) : ""}</span>
      <Switch node={drawn.node} row={row} />
      <button type="button" class="of-node" aria-expanded={isOpen} aria-label={`More for HSM ${drawn.node}`} onClick={() => (unfolded.value = isOpen ? -1 : drawn.node)} />
      {isOpen && <Deeds row={row} />}
    </li>
  );
}

/** keysOf says how many keys an HSM holds, and of how many where some are missing. */
function keysOf(row: NodeRow): string {
  return row.missing > 0 && row.state === "up" ? `${row.keys} of ${counted(row.keys + row.missing, "key")}` : counted(row.keys, "key");
}

/** Switch types `hsm stop N`, or what mends the HSM. It stays focusable when it cannot work and says why. */
function Switch({ node, row }: { node: number; row: NodeRow | undefined }) {
  const readOnly = useCell(place) === "elsewhere";
  const verb = !row || row.state === "up" ? "stop" : row.state === "down" ? "start" : "heal";
  const line = `hsm ${verb} ${node}`;
  const off = !row ? "The engine is not here yet" : readOnly ? "Read-only here" : "";
  return (
    <button type="button" aria-label={`${verb} HSM ${node}`} aria-disabled={off !== ""} title={off || `Types: ${line}`}
      onClick={() => off === "" && void typeLine(line)}>{verb}</button>
  );
}
