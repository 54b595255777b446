// What else can be done to an HSM: each button types its line. Loaded when it is unfolded.

import type { NodeRow } from "../hsm";
import { typeLine } from "../session/buttons.ts";
import { useCell } from "../state/cell.ts";
import { place } from "../state/state.ts";

/** deedsOf are the lines for an HSM as it is now. */
function deedsOf({ node, state, delay, tampered }: NodeRow): { says: string; line: string; means: string }[] {
  return [
    state === "cut" ? { says: "heal", line: `hsm heal ${node}`, means: "connects it again" } : { says: "isolate", line: `hsm isolate ${node}`, means: "it runs, and nobody reaches it" },
    delay > 0 ? { says: "no delay", line: `hsm delay ${node} 0`, means: "copies arrive at once" } : { says: "delay", line: `hsm delay ${node} 2s`, means: "copies to it take 2 s" },
    { says: tampered ? "untamper" : "tamper", line: `hsm tamper ${node}`, means: tampered ? "its genuine firmware" : "changed firmware: it fails the attestation" },
    { says: "audit", line: `hsm audit ${node}`, means: "its audit log" },
  ];
}

/** NodeDeeds are a row below an HSM, with what is unusual about it. */
export function NodeDeeds({ row }: { row: NodeRow }) {
  const readOnly = useCell(place) === "elsewhere";
  const odd = [row.delay > 0 && `Copies to it take ${row.delay / 1000} s.`, row.tampered && "It runs changed firmware."].filter(Boolean).join(" ");
  return (
    <div class="row">
      {deedsOf(row).map((d) => (
        <button type="button" key={d.says} aria-label={`${d.says} HSM ${row.node}`} aria-disabled={readOnly} title={readOnly ? "Read-only here" : `Types: ${d.line} (${d.means})`}
          onClick={() => { if (!readOnly) void typeLine(d.line); }}>{d.says}</button>
      ))}
      {odd !== "" && <span class="is-differs">{odd}</span>}
    </div>
  );
}
