import { useEffect, useRef, useState } from "preact/hooks";
import { derived, sameRows, useCell } from "../state/cell.ts";
import { focusField } from "../page/focus.ts";
import { counted, visible } from "../words/words.ts";
import { act } from "../page/actions.ts";
import { course, front, phase, terminalOf, terminals } from "../state/state.ts";
import { close, see } from "../session/tabs.ts";

/** Head is what a tab shows of its terminal. */
export interface Head { id: number; number: number; key: number; named: string; program: string; user: string; unread: boolean }

/** heads are those of all tabs. */
export const heads = derived([terminals, course], () => terminals.value.map(({ id, key, named, unread, transcript: { program, user } }): Head =>
  ({ id, number: numberOf(id), key, named, program, user, unread })), sameRows);

/** Tabs is the strip of terminals. Arrows walk it; Delete closes a tab, and so does its ×. */
export function Tabs() {
  const all = useCell(heads);
  const seen = useCell(front);
  const here = useCell(phase).is === "ready";
  const list = useRef<HTMLDivElement>(null);
  const [out, setOut] = useState({ before: 0, behind: 0 });
  const count = () => setOut((was) => {
    const { before, behind } = partsOf(list.current!);
    const is = { before: before.length, behind: behind.length };
    return is.before === was.before && is.behind === was.behind ? was : is;
  });
  const sees = useRef(true); // the front tab is in sight: it stays there where the room changes
  const reveal = () => {
    if (sees.current) list.current!.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    count();
  };
  useEffect(() => {
    sees.current = true;
    reveal();
  }, [seen]);
  useEffect(() => {
    const watch = new ResizeObserver(reveal);
    watch.observe(list.current!);
    reveal();
    return () => watch.disconnect();
  }, [all]);
  const scrolled = () => {
    const { before, behind } = partsOf(list.current!);
    sees.current = ![...before, ...behind].some((t) => t.getAttribute("aria-selected") === "true");
    count();
  };
  const leave = (id: number) => void close(id).then(focusAfterClose);
  const walk = (e: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    const at = all.findIndex((t) => t.id === seen);
    if (e.key === "Delete" && all.length > 1) void close(seen);
    else if (!by) return;
    else see(all[(at + by + all.length) % all.length]!.id);
    e.preventDefault();
    requestAnimationFrame(() => document.querySelector<HTMLElement>("#tabs [aria-selected=true]")?.focus());
  };
  const scroll = (by: -1 | 1) => list.current!.scrollBy({ left: by * list.current!.clientWidth * 0.8 });
  return (
    <>
      {out.before > 0 && <button type="button" class="plain beyond" aria-label={`${counted(out.before, "tab")} to the left`} onClick={() => scroll(-1)}>‹ {out.before}</button>}
      <div role="tablist" aria-label="Terminals" ref={list} onKeyDown={walk} onScroll={scrolled}>
        {all.map((t) => <Tab key={t.key} head={t} seen={t.id === seen} leave={all.length > 1 ? leave : null} />)}
      </div>
      {out.behind > 0 && <button type="button" class="plain beyond" aria-label={`${counted(out.behind, "tab")} to the right`} onClick={() => scroll(1)}>{out.behind} ›</button>}
      <button type="button" class="plain" aria-disabled={!here} onClick={() => here && act("newTab")}>+<span class="word"> New</span></button>
    </>
  );
}

const unseen = 8; // px of a tab that may be cut off before it counts as one that is not seen

/** partsOf are the tabs that the strip has no room for, on both sides. */
function partsOf(list: HTMLElement): { before: HTMLElement[]; behind: HTMLElement[] } {
  const [from, to] = [list.scrollLeft, list.scrollLeft + list.clientWidth];
  const tabs = [...list.children] as HTMLElement[];
  const left = (t: HTMLElement) => t.offsetLeft - list.offsetLeft;
  return { before: tabs.filter((t) => left(t) < from - unseen), behind: tabs.filter((t) => left(t) + t.offsetWidth > to + unseen) };
}

/** focusAfterClose moves the focus on where what had it is gone with the tab. */
function focusAfterClose(): void {
  focusField();
  requestAnimationFrame(() => document.activeElement === document.body && document.querySelector<HTMLElement>("#tabs [aria-selected=true]")?.focus());
}

/** Tab is one terminal. Its × is for the pointer; the keyboard has Delete. */
function Tab({ head: t, seen, leave }: { head: Head; seen: boolean; leave: ((id: number) => void) | null }) {
  const press = (e: MouseEvent) => (leave && (e.target as Element).matches(".x") ? leave(t.id) : see(t.id));
  return (
    <button type="button" role="tab" id={`tab-${t.id}`} aria-selected={seen} aria-controls="terminal" aria-keyshortcuts={leave ? "Delete" : undefined}
      tabIndex={seen ? 0 : -1} onClick={press} onAuxClick={(e) => leave && e.button === 1 && leave(t.id)}>
      <span class="name">{nameOf(t)}</span>
      {t.unread && !seen && <span class="unread"><span class="hidden">, new output</span></span>}
      {leave && <span class="x" aria-hidden="true" title={`Close ${nameOf(t)}`} />}
    </button>
  );
}

/** nameOf is the name of a tab: its number, what runs, and who is logged in. */
export function nameOf({ number, named, program, user }: Head): string {
  return [number, named && program === "bash" ? visible(named) : program, visible(user)].filter((p) => p !== "").join(" · ");
}

/** numberOf is the number of a tab as people and lessons count: the one that a lesson begins in is the first, and a new one fills the first gap. */
function numberOf(id: number): number {
  const tabs = course.value?.state?.tabs;
  if (!tabs) return id || 1;
  const at = tabs.indexOf(id);
  const gap = tabs.findIndex((tab) => !terminalOf(tab));
  return 1 + (at >= 0 ? at : gap >= 0 ? gap : tabs.length);
}
