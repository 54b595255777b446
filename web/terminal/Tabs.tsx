import { useEffect, useRef } from "preact/hooks";
import { derived, sameRows, useCell } from "../state/cell.ts";
import { focusField } from "../page/focus.ts";
import { visible } from "../words/words.ts";
import { act } from "../page/actions.ts";
import { course, front, phase, terminals } from "../state/state.ts";
import { close, see } from "../session/tabs.ts";

/** Head is what a tab shows of its terminal. */
export interface Head { id: number; key: number; named: string; program: string; user: string; unread: boolean }

/** heads are those of all tabs. */
export const heads = derived([terminals], () => terminals.value.map(({ id, key, named, unread, transcript: { program, user } }): Head =>
  ({ id, key, named, program, user, unread })), sameRows);

/** Tabs is the strip of terminals. Arrows walk it; Delete closes a tab. */
export function Tabs() {
  const all = useCell(heads);
  const seen = useCell(front);
  const here = useCell(phase).is === "ready";
  const walk = (e: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    const at = all.findIndex((t) => t.id === seen);
    if (e.key === "Delete" && all.length > 1) void close(seen);
    else if (!by) return;
    else see(all[(at + by + all.length) % all.length]!.id);
    e.preventDefault();
    requestAnimationFrame(() => document.querySelector<HTMLElement>("#tabs [aria-selected=true]")?.focus());
  };
  return (
    <>
      <div role="tablist" aria-label="Terminals" onKeyDown={walk}>
        {all.map((t) => <Tab key={t.key} head={t} seen={t.id === seen} />)}
      </div>
      <button type="button" class="plain" aria-disabled={!here} onClick={() => here && act("newTab")}>+<span class="word"> New</span></button>
      {all.length > 1 && <button type="button" class="plain" onClick={() => void close(seen).then(focusAfterClose)}>−<span class="word"> Close</span></button>}
    </>
  );
}

/** focusAfterClose moves the focus on where the button that had it is gone with the last other tab. */
function focusAfterClose(): void {
  focusField();
  requestAnimationFrame(() => document.activeElement === document.body && document.querySelector<HTMLElement>("#tabs [aria-selected=true]")?.focus());
}

function Tab({ head: t, seen }: { head: Head; seen: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (seen) button.current!.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [seen]);
  return (
    <button type="button" role="tab" ref={button} id={`tab-${t.id}`} aria-selected={seen} aria-controls="terminal" tabIndex={seen ? 0 : -1}
      onClick={() => see(t.id)}>
      {nameOf(t)}
      {t.unread && !seen && <span class="unread"><span class="hidden">, new output</span></span>}
    </button>
  );
}

/** nameOf is the name of a tab: its number, what runs, and who is logged in. */
export function nameOf({ id, named, program, user }: Head): string {
  return [numberOf(id), named && program === "bash" ? visible(named) : program, visible(user)].filter((p) => p !== "").join(" · ");
}

/** numberOf is the number of a tab as people and lessons count: the one that a lesson begins in is the first. */
function numberOf(id: number): number {
  const first = course.value?.state?.front ?? 1;
  return id >= first ? id - first + 1 : id || 1;
}
