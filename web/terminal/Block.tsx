import { useRef, useState } from "preact/hooks";
import { memo } from "../state/memo.ts";
import { type NoticeId, outcome } from "../words/words.ts";
import type { Block } from "./blocks.ts";
import { NoteView } from "./Note.tsx";
import { isTabular, rowsOf } from "./rows.ts";
import { columnsCell } from "./measure.ts";
import { useCell } from "../state/cell.ts";
import { noticeButtons } from "./notices.ts";
import { act } from "../page/actions.ts";
import { Ways } from "../lessons/Ways.tsx";

/** BlockView is one command: the prompt, the typed line and the tool's text in one voice, the notes in the other. */
export const BlockView = memo(function BlockView({ block: b }: { block: Block }) {
  const shown = b.line !== null || b.chunks.length > 0;
  const label = b.notice ? "Note" : b.command ? `${b.command}, ${outcome(b)}` : b.line === null ? "Output" : "Empty line";
  return (
    <article class="block" aria-label={label}>
      {shown && <ToolText block={b} />}
      {b.notes.map((note, i) => (
        <NoteView key={i} note={note}>
          {noticeButtons[b.notice as NoticeId]?.map((button) => (
            <button type="button" key={button.does} onClick={() => act(button.does)}>{button.says}</button>
          ))}
        </NoteView>
      ))}
      {b.notice === "welcome" && <Ways />}
    </article>
  );
});

/** ToolText is what the tool showed, to the byte. A table that wraps can be laid out unwrapped, then it pans. */
function ToolText({ block: b }: { block: Block }) {
  const columns = useCell(columnsCell);
  const [flat, setFlat] = useState(false);
  const looked = useRef({ first: "", columns: 0, chunks: 0, wraps: false });
  const wraps = hasTable(b.chunks, columns, looked.current);
  return (
    <>
      {wraps && <div class="wrap"><button type="button" aria-pressed={flat} onClick={() => setFlat(!flat)}>{flat ? "wrap" : "unwrap"}</button></div>}
      <pre class={flat ? "tool flat" : "tool"} {...(flat ? { tabIndex: 0, role: "region", "aria-label": `${b.command}, unwrapped` } : {})}>
        {b.line !== null && <span class="row"><span class="at">{b.at}</span><span class="typed">{b.line}</span>{"\n"}</span>}
        {b.chunks.map((chunk, i) => <Chunk key={i} text={chunk} full={i < b.chunks.length - 1} />)}
      </pre>
    </>
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
