// What is known of a key beside its row, and the lines that can be typed for it.

import { focusField } from "../page/focus.ts";
import { Marked } from "../terms/Term.tsx";
import { putLine, typeLine } from "../session/buttons.ts";
import { useCell } from "../state/cell.ts";
import type { KeyRow } from "../hsm";
import { frontProgram, frontTerminal, hint, model } from "../state/state.ts";
import { isTyped } from "../line/line.ts";
import { placeOf, visible } from "../words/words.ts";
import { type Deed, deedsOf } from "./deeds.ts";

/** facts are what a row has no room for, by name. */
function facts(k: KeyRow): [string, string][] {
  return [
    ["Owner", `${k.owner} ${visible(k.ownerName)}`],
    ["Shared with", k.shared.length > 0 ? k.shared.join(" ") : "nobody"],
    ["Type", [k.class, k.type, k.curve].filter((t) => t !== "").join(", ")],
    ["Id", visible(k.keyId) || "none"],
    ["Extractable", k.extractable ? "yes" : "no"],
    ["Stored", k.session ? "for this session" : "on the token"],
    ["KCV", k.kcv || "none"],
    ["Came by", { generated: "made in the HSM", imported: "imported", unwrapped: "unwrapped" }[k.origin]],
    ...(k.mValue > 0 ? [["Each use needs", `${k.mValue} approvals`] as [string, string]] : []),
    ["On HSM", placeOf(k)],
    ["Set", k.flags.map((f) => f.replace("OBJ_ATTR_", "").toLowerCase().replaceAll("_", " ")).join(", ") || "no attribute"],
  ];
}

/** KeyDetails are the facts and the deeds. */
export function KeyDetails({ row }: { row: KeyRow }) {
  const program = useCell(frontProgram);
  const seen = new Set<string>();
  const { files, keys } = useCell(model);
  const around = { files: [...(files?.rows ?? [])].sort((a, b) => b.changed - a.changed), keys: keys?.rows ?? [] };
  const put = async (d: Deed) => {
    const half = isTyped(frontTerminal().line);
    if (d.first !== "" && !half) await typeLine(d.first);
    putLine(d.line, String(row.handle));
    if (!half) hint.value = program === d.program ? d.means : `A line of ${d.program}. Start it first.`;
    focusField();
  };
  return (
    <div class="details">
      <dl>{facts(row).map(([name, value]) => <div key={name} class={name === "Set" ? "long" : undefined}><dt><Marked text={name} seen={seen} /></dt><dd>{value}</dd></div>)}</dl>
      <div class="row">
        <button type="button" aria-label={`Look closer at key ${row.handle}`} onClick={() => void import("../dialogs/Microscope.tsx").then((m) => m.lookAt(row))}>Look closer</button>
        {deedsOf(row, around).map((d) => <button type="button" key={d.says} title={`Puts on the prompt: ${d.line}`} aria-label={`${d.says} key ${row.handle}`} onClick={() => void put(d)}>{d.says}</button>)}
      </div>
    </div>
  );
}
