import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { memo } from "../state/memo.ts";
import { counted } from "../words/words.ts";
import { saveText } from "../page/download.ts";
import { BlockView } from "./Block.tsx";
import type { Transcript } from "./blocks.ts";
import { measure } from "./measure.ts";

const nearEnd = 8; // px that still count as the end

/** TranscriptView is the scrolling list of blocks of one terminal. It follows new output only for a reader who
 *  is at its end. */
export const TranscriptView = memo(function TranscriptView({ transcript: t, seen }: { transcript: Transcript; seen: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const place = useRef(0);
  const [read, setRead] = useState(t.count);

  useLayoutEffect(() => {
    const scroller = box.current!;
    if (!seen) return;
    if (!atEnd.current) scroller.scrollTop = place.current;
    const follow = () => {
      measure(scroller);
      if (atEnd.current) scroller.scrollTop = scroller.scrollHeight;
    };
    const watch = new ResizeObserver(follow);
    watch.observe(scroller);
    watch.observe(scroller.firstElementChild!);
    follow();
    return () => watch.disconnect();
  }, [seen]);

  useLayoutEffect(() => {
    if (seen && atEnd.current) box.current!.scrollTop = box.current!.scrollHeight;
    if (atEnd.current) setRead(t.count);
  }, [t, seen]);

  const onScroll = () => {
    const s = box.current!;
    if (!s.checkVisibility()) return;
    atEnd.current = s.scrollHeight - s.scrollTop - s.clientHeight <= nearEnd;
    place.current = s.scrollTop;
    if (atEnd.current) setRead(t.count);
  };
  const toEnd = () => {
    atEnd.current = true;
    box.current!.scrollTop = box.current!.scrollHeight;
    setRead(t.count);
    box.current!.focus();
  };

  const unread = t.count - read;
  return (
    <div class="transcript" ref={box} hidden={!seen} tabIndex={0} role="region" aria-label="Transcript" onScroll={onScroll}>
      <div class="blocks">
        {t.olderLines > 0 && (
          <p class="older">
            {counted(t.olderLines, "earlier line")} <button type="button" onClick={() => saveText("transcript.txt", t.older.join(""))}>save as a file</button>
          </p>
        )}
        {t.blocks.map((b) => <BlockView key={b.id} block={b} />)}
      </div>
      {!atEnd.current && unread > 0 && <button type="button" class="more" onClick={toEnd}>{counted(unread, "new answer")} ↓</button>}
    </div>
  );
});
