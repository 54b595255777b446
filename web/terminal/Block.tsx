import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { memo } from "../state/memo.ts";
import { type NoticeId, outcome } from "../words/words.ts";
import { type Block, hasFailed } from "./blocks.ts";
import { partsOf, viewOf } from "./folds.ts";
import { decode, decodes } from "./decode.ts";
import { NoteView } from "./Note.tsx";
import { isTabular, rowsOf } from "./rows.ts";
import { columnsCell } from "./measure.ts";
import { useCell } from "../state/cell.ts";
import { noticeButtons } from "./notices.ts";
import { turn } from "./turn.ts";
import { act } from "../page/actions.ts";
import { later } from "../panels/later.tsx";

const Calls = later(() => import("./Calls.tsx").then((c) => c.Calls));
const Why = later(() => import("./Why.tsx").then((w) => w.Why));
const OtherWords = later(() => import("./OtherWords.tsx").then((o) => o.OtherWords));

/** BlockView is one command: the prompt, the typed line and the tool's text in one voice, the notes in the other. last: it is the newest
 *  one, whose menu Tab reaches; arrows lead to the others'. */
export const BlockView = memo(function BlockView({ block: b, last }: { block: Block; last: boolean }) {
  const shown = b.line !== null || b.chunks.length > 0;
  const label = b.notice ? "Note" : b.command ? `${b.command}, ${outcome(b)}` : b.line === null ? "Output" : "Empty line";
  const parts = useMemo(() => (b.open ? null : partsOf(b.chunks)), [b.chunks, b.open]);
  const view = viewOf(b, parts !== null);
  const hides = view === "line" && b.line !== null;
  const folds = hides ? [] : told.filter(({ of }) => of(b));
  return (
    <article class="block" aria-label={label}>
      {shown && <Output block={b} parts={parts} view={view} />}
      {!hides && b.notes.map((note, i) => (
        <NoteView key={i} note={note}>
          {noticeButtons[b.notice as NoticeId]?.map((button) => (
            <button type="button" key={button.does} onClick={() => act(button.does)}>{button.says}</button>
          ))}
        </NoteView>
      ))}
      <div class="folds">
        {!hides && decodes(b) && <button type="button" class="unfold" aria-label={`Decode the answer of ${b.command}`} onClick={() => decode(b)}>decoded: what each value means</button>}
        {folds.map((f) => <button type="button" class="unfold" key={f.what} aria-expanded={b[f.what] === true} onClick={() => turn(b, { [f.what]: !b[f.what] })}>{f.says}</button>)}
        {folds.map(({ what, Below }) => b[what] && <Below key={`below ${what}`} block={b} />)}
        {b.words && <OtherWords block={b} />}
        {shown && !b.open && <Handle block={b} last={last} />}
      </div>
    </article>
  );
});

/** told is what can be opened below a line: why it has failed, the calls that it has made. */
const told = [
  { what: "why", says: "why, and what now", Below: Why, of: hasFailed },
  { what: "called", says: "calls to HSMs", Below: Calls, of: (b: Block) => b.calls && !b.open },
] as const;

/** Handle opens what can be done with a block. */
function Handle({ block: b, last }: { block: Block; last: boolean }) {
  const open = (e: preact.TargetedEvent<HTMLButtonElement>) => {
    const from = e.currentTarget;
    void import("./BlockMenu.tsx").then((m) => m.open(from, b));
  };
  const walk = (e: preact.TargetedKeyboardEvent<HTMLButtonElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!by) return;
    const all = [...document.querySelectorAll<HTMLElement>(".transcript:not([hidden]) .block-menu button")];
    all[all.indexOf(e.currentTarget) + by]?.focus();
    e.preventDefault();
  };
  const name = b.command || "this block";
  return <div class="block-menu"><button type="button" aria-haspopup="menu" aria-label={`Menu of ${name}`} tabIndex={last ? 0 : -1} onClick={open} onKeyDown={walk}>menu</button></div>;
}

/** Output is what the tool showed, to the byte: all of it, or its ends. A table that wraps can be laid out unwrapped, then it pans. */
function Output({ block: b, parts, view }: { block: Block; parts: ReturnType<typeof partsOf>; view: ReturnType<typeof viewOf> }) {
  const columns = useCell(columnsCell);
  const [flat, setFlat] = useState(false);
  const looked = useRef({ first: "", columns: 0, chunks: 0, wraps: false });
  const wraps = hasTable(b.chunks, columns, looked.current);
  const fold = () => turn(b, { folded: view === "whole" });
  const typed = b.line !== null && <span class="row"><span class="at">{b.at}</span><span class="typed">{b.line}</span>{"\n"}</span>;
  const of = { flat, command: b.command };
  return (
    <>
      {wraps && <div class="wrap"><button type="button" onClick={() => setFlat(!flat)}>{flat ? "wrap" : "unwrap"}</button></div>}
      {parts && view === "ends" ? (
        <>
          <Tool {...of} chunks={[parts.head]}>{typed}</Tool>
          <button type="button" class="unfold" aria-expanded={false} onClick={fold}>{parts.lines} lines more: show all</button>
          <Folded show={fold}><Tool {...of} chunks={parts.middle} /></Folded>
          <Tool {...of} chunks={[parts.tail]} />
        </>
      ) : view === "line" && b.line !== null ? (
        <>
          <Tool {...of} chunks={[]}>{typed}</Tool>
          <button type="button" class="unfold" aria-expanded={false} onClick={fold}>folded: show the answer</button>
          <Folded show={fold}><Tool {...of} chunks={b.chunks} /></Folded>
        </>
      ) : <Tool {...of} chunks={b.chunks}>{typed}</Tool>}
      {parts && view === "whole" && !b.open && <button type="button" class="unfold" aria-expanded onClick={fold}>fold these lines</button>}
    </>
  );
}

/** Folded holds what is not seen; the browser's find shows it. */
function Folded({ show, children }: { show: () => void; children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const unfold = useRef(show);
  unfold.current = show;
  useLayoutEffect(() => {
    box.current!.setAttribute("hidden", "until-found");
    box.current!.addEventListener("beforematch", () => unfold.current());
  }, []);
  return <div ref={box} class="folded-lines">{children}</div>;
}

/** Tool is text of the tool. */
function Tool({ flat, command, chunks, children }: { flat: boolean; command: string; chunks: string[]; children?: preact.ComponentChildren }) {
  return (
    <pre class={flat ? "tool flat" : "tool"} {...(flat ? { tabIndex: 0, role: "region", "aria-label": `${command}, unwrapped` } : {})}>
      {children}
      {chunks.map((chunk, i) => <Chunk key={i} text={chunk} full={i < chunks.length - 1} />)}
    </pre>
  );
}

/** hasTable says whether any chunk has a table that does not fit. A flood has many chunks: those that were looked at stay as they are. */
function hasTable(chunks: string[], columns: number, looked: { first: string; columns: number; chunks: number; wraps: boolean }): boolean {
  if (looked.columns !== columns || looked.first !== chunks[0] || looked.chunks > chunks.length) Object.assign(looked, { columns, first: chunks[0], chunks: 0, wraps: false });
  while (!looked.wraps && looked.chunks < chunks.length) looked.wraps = isTabular(chunks[looked.chunks++]!, columns);
  looked.chunks = Math.max(0, chunks.length - 1); // the last one may grow
  return looked.wraps;
}

/** Chunk is a run of lines; a full one is laid out only when it comes into sight. Where some lines are indented each is a row
 *  of its own, so that a wrapped rest can hang below it. */
const Chunk = memo(function Chunk({ text, full }: { text: string; full: boolean }) {
  const kind = full ? "chunk" : undefined;
  if (!/^ /m.test(text)) return <span class={kind}>{text}</span>;
  return <span class={kind}>{rowsOf(text).map((row, i) => <span key={i} class="row" style={row.indent > 0 ? { "--indent": row.indent } : undefined}>{row.text}</span>)}</span>;
});
