import { useEffect, useState } from "preact/hooks";
import { read } from "../files/bytes.ts";
import { type Row, diff } from "../files/diff.ts";
import { shown } from "../files/names.ts";
import { edits } from "../files/words.ts";
import type { FileRow } from "../hsm";
import { model } from "../state/state.ts";
import { visible } from "../words/words.ts";
import { close, show } from "./dialog.ts";

const around = 3;           // same lines that are shown around a change
const most = 256 * 1024;    // bytes of a file that are compared
const names = { " ": "", "-": "only in the first: ", "+": "only in the second: " };

/** brief leaves out what is the same far from every change; null stands for what is left out. */
function brief(rows: Row[]): (Row | null)[] {
  const near = rows.map((_, i) => rows.slice(Math.max(0, i - around), i + around + 1).some((r) => r.how !== " "));
  return rows.flatMap((row, i) => (near[i] ? [row] : i === 0 || near[i - 1] ? [null] : []));
}

const textOf = async ({ path }: FileRow) => {
  const data = await read(path);
  const text = new TextDecoder().decode(data.subarray(0, most)).replace(/[^\n\t]+/g, visible);
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
};

/** guess is with which of the others one most likely wants to compare: the newest that is not hidden. */
function guess(others: FileRow[]): FileRow | undefined {
  const seen = others.filter((f) => !shown(f.path).startsWith("."));
  return (seen.length > 0 ? seen : others).reduce<FileRow | undefined>((newest, f) => (newest && newest.changed >= f.changed ? newest : f), undefined);
}

function CompareBody({ first }: { first: FileRow }) {
  const others = (model.value.files?.rows ?? []).filter((f) => !f.directory && f.path !== first.path);
  const [second, choose] = useState(guess(others));
  const [rows, set] = useState<Row[] | null>(null);
  useEffect(() => {
    if (!second) return;
    let late = false;
    void Promise.all([textOf(first), textOf(second)]).then(([a, b]) => late || set(diff(a!, b!)), () => late || set([]));
    return () => void (late = true);
  }, [second]);
  return (
    <div class="viewer">
      <h2>{visible(shown(first.path))}</h2>
      {second ? (
        <label class="named">compared with <select value={second.path} onChange={(e) => choose(others.find((f) => f.path === e.currentTarget.value)!)}>
          {others.map((f) => <option key={f.id} value={f.path}>{visible(shown(f.path))}</option>)}
        </select></label>
      ) : <p>{edits.alone()}</p>}
      {second && <Differences rows={rows} />}
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </div>
  );
}

/** Differences are the lines that differ, with some around them; null while the files are read. */
function Differences({ rows }: { rows: Row[] | null }) {
  const changes = rows?.filter((r) => r.how !== " ").length ?? 0;
  return (
    <>
      <p class="voice sight" role="status">{rows ? edits.differs(changes) : "…"}</p>
      <div class="content diff mono" tabIndex={0} role="region" aria-label="Differences">
        {rows && changes > 0 && brief(rows).map((r, i) => (r === null ? <div key={i} class="gap">⋯</div>
          : <div key={i} class={r.how === "-" ? "out" : r.how === "+" ? "in" : ""}><span aria-hidden="true">{r.how} </span><span class="hidden">{names[r.how]}</span>{r.text}</div>))}
      </div>
    </>
  );
}

/** compare shows how a file differs from another one. */
export function compare(first: FileRow): void {
  show(`Compare ${shown(first.path)}`, <CompareBody first={first} />);
}
