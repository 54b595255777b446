import type { Access, SessionRow } from "../hsm";
import { Marked } from "../terms/Term.tsx";
import { counted, ranges, visible } from "../words/words.ts";
import { useAccess } from "./access.ts";
import { Reading } from "./Reading.tsx";

/** SessionsPanel is the path from each tool to the HSMs, and who is logged in on it. */
export function SessionsPanel() {
  const access = useAccess();
  if (!access) return <Reading />;
  const { daemon, sessions } = access;
  return (
    <>
      <p class="empty"><Marked text={daemonSays(daemon)} seen={new Set()} /></p>
      {sessions.length === 0
        ? <p class="empty">No tool has a session. <code>key_mgmt_util</code> goes through the daemon, <code>cloudhsm_mgmt_util</code> and <code>cloudhsm-cli</code> connect by themselves.</p>
        : <ul class="paths">{pathsOf(sessions).map((s) => <Path key={s.id} session={s} daemon={daemon} />)}</ul>}
    </>
  );
}

/** pathsOf are the sessions by tool: one that connects by itself has a session of its own on each HSM. */
function pathsOf(sessions: SessionRow[]): SessionRow[] {
  const paths: SessionRow[] = [];
  for (const s of sessions) {
    const path = paths.find((p) => s.way === "own" && p.way === "own" && p.user === s.user && p.type === s.type && !p.nodes.some((n) => s.nodes.includes(n)));
    if (path) path.nodes = [...path.nodes, ...s.nodes].sort((a, b) => a - b);
    else paths.push({ ...s });
  }
  return paths;
}

function daemonSays({ running, ip, node, reaches, minServers }: Access["daemon"]): string {
  if (!running) return "The client daemon is not running.";
  const file = node >= 0 ? `Its file names HSM ${node}` : ip === "" ? "Its file names no HSM" : `Its file names ${ip}, where there is none`;
  const keys = minServers > 1 ? `; a new key must be on ${counted(minServers, "HSM")} to be used` : "";
  return `The client daemon reaches ${reaches.length === 0 ? "no HSM" : `HSM ${ranges(reaches)}`}. ${file}${keys}.`;
}

/** ways are the stations between a tool and the HSMs, by how a session goes. */
const ways = { daemon: ["key_mgmt_util", "client daemon"], own: ["cloudhsm_mgmt_util", "own connections"], whole: ["cloudhsm-cli", "own connections"], "": ["a tool that is gone"] };

function Path({ session: { user, type, way, nodes }, daemon }: { session: SessionRow; daemon: Access["daemon"] }) {
  const broken = way === "daemon" && !daemon.running;
  const stations = [...ways[way], `HSM ${ranges(nodes)}`];
  return (
    <li>
      {stations.map((s, i) => <>{i > 0 && <span class="arrow">{" "}→ </span>}<span class="station">{s}</span></>)}
      <span class="remark">{user === "" ? "nobody is logged in" : `${type} ${visible(user)} is logged in`}{broken && "; the daemon is down"}</span>
    </li>
  );
}
