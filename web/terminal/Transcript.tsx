import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { memo } from "../state/memo.ts";
import { counted } from "../words/words.ts";
import { saveText } from "../page/download.ts";
import { BlockView } from "./Block.tsx";
import type { Block, Transcript } from "./blocks.ts";
import { pagesOf } from "./pages.ts";
import { Start, isStart } from "./Start.tsx";
import { measure } from "./measure.ts";
import { end, scrolls } from "./scrolls.ts";

const nearEnd = 8; // px that still count as the end

/** TranscriptView is the scrolling list of blocks of one terminal. It follows new output only for a reader who
 *  is at its end, and goes there with each line that is entered. */
export const TranscriptView = memo(function TranscriptView({ transcript: t, seen, of }: { transcript: Transcript; seen: boolean; of: number }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = () => (scrolls.get(of) ?? end) === end;
  const [read, setRead] = useState(t.count);
  const now = useRef(t);
  now.current = t;

  const follow = () => {
    if (atEnd()) box.current!.scrollTop = isStart(now.current) ? 0 : box.current!.scrollHeight;
  };
  useLayoutEffect(() => {
    const scroller = box.current!;
    if (!seen) return;
    if (!atEnd()) scroller.scrollTop = scrolls.get(of)!;
    const look = () => {
      measure(scroller);
      follow();
    };
    const watch = new ResizeObserver(look);
    watch.observe(scroller);
    watch.observe(scroller.firstElementChild!);
    look();
    return () => watch.disconnect();
  }, [seen]);

  const asked = useRef(t.asked);
  useLayoutEffect(() => {
    if (t.asked !== asked.current) scrolls.set(of, end);
    asked.current = t.asked;
    if (seen) follow();
    if (atEnd()) setRead(t.count);
  }, [t, seen]);

  const onScroll = () => {
    const s = box.current!;
    if (!s.checkVisibility() || isStart(t)) return;
    scrolls.set(of, s.scrollHeight - s.scrollTop - s.clientHeight <= nearEnd ? end : s.scrollTop);
    if (atEnd()) setRead(t.count);
  };
  const toEnd = () => {
    scrolls.set(of, end);
    follow();
    setRead(t.count);
    box.current!.focus();
  };

  const pages = useRef<ReturnType<typeof pagesOf>>([]);
  pages.current = pagesOf(t.blocks, pages.current);
  const newest = t.blocks.at(-1)?.id ?? -1;
  const unread = t.count - read;
  return (
    <div class="transcript" ref={box} hidden={!seen} tabIndex={0} role="region" aria-label="Transcript" onScroll={onScroll}>
      <div class="blocks">
        {t.olderLines > 0 && (
          <p class="older">
            {counted(t.olderLines, "earlier line")} <button type="button" onClick={() => saveText("transcript.txt", ...t.older)}>save as a file</button>
          </p>
        )}
        {isStart(t) && <Start />}
        {pages.current.map(({ number, blocks }) => <Page key={number} blocks={blocks} newest={blocks.at(-1)!.id === newest ? newest : -1} />)}
      </div>
      {!atEnd() && unread > 0 && <button type="button" class="more" onClick={toEnd}>{counted(unread, "new answer")} ↓</button>}
    </div>
  );
});

/** Page is some blocks in a row. Once it was laid out, and is not the newest, it is laid out and painted only where it is in sight:
 *  a line costs the same after ten answers and after thousands. Until then it keeps its place, for a scroll that is restored. */
const Page = memo(function Page({ blocks, newest }: { blocks: Block[]; newest: number }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry!.contentRect.height === 0) return; // in a tab that is not seen
      watch.disconnect();
      requestAnimationFrame(() => box.current?.classList.add("laid"));
    });
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  return <div class="page" ref={box}>{blocks.map((b) => <BlockView key={b.id} block={b} last={b.id === newest} />)}</div>;
});
