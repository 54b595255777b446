// A list is one stop of Tab: arrows walk what can be pressed in it, by row and within a row.

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const pressable = "button, a, summary, input, .term";
const rows = "tr, li, .card";

/** itemsOf are the things in a list that can take the focus. */
function itemsOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(pressable)].filter((e) => e.checkVisibility());
}

/** firstOf is the first of them: a fast scroll takes the stop of a long list away with each step. */
function firstOf(list: Element): HTMLElement | undefined {
  return [...list.querySelectorAll<HTMLElement>(pressable)].find((e) => e.checkVisibility());
}

/** settle leaves one stop in a list: the one that had the focus last, else the first. What is seen of it is asked for only where there is none. */
function settle(list: Element, chosen?: HTMLElement): void {
  const was = list.querySelector<HTMLElement>("[data-stop]");
  const stop = chosen ?? was ?? firstOf(list);
  for (const item of list.querySelectorAll<HTMLElement>(pressable)) {
    if (item !== stop && item.tabIndex !== -1) item.tabIndex = -1;
  }
  if (!stop) return;
  if (stop !== was) delete was?.dataset["stop"];
  stop.dataset["stop"] = "";
  stop.tabIndex = 0;
}

/** next is where a key leads from an item, undefined where the key is no move. */
function next(items: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = items.indexOf(from);
  const rowOf = (item: HTMLElement) => item.closest(rows);
  const beside = (by: number) => (items[at + by] && rowOf(items[at + by]!) === rowOf(from) ? items[at + by] : undefined);
  const other = (by: -1 | 1): HTMLElement | undefined => {
    const place = items.filter((i) => rowOf(i) === rowOf(from)).indexOf(from);
    let n = at;
    while (items[n] && rowOf(items[n]!) === rowOf(from)) n += by;
    if (!items[n]) return undefined;
    const row = items.filter((i) => rowOf(i) === rowOf(items[n]!));
    return row[Math.min(place, row.length - 1)];
  };
  const moves: Record<string, () => HTMLElement | undefined> = {
    ArrowRight: () => beside(1), ArrowLeft: () => beside(-1), ArrowDown: () => other(1), ArrowUp: () => other(-1),
    Home: () => items[0], End: () => items.at(-1),
  };
  return moves[key]?.();
}

/** useRove makes the element that gets its properties one stop of Tab. */
export function useRove<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    if (ref.current) settle(ref.current);
  });
  // Parts that are drawn by themselves, such as terms that are learnt, would be stops of their own.
  useEffect(() => {
    const drawn = new MutationObserver(() => ref.current && settle(ref.current));
    if (ref.current) drawn.observe(ref.current, { childList: true, subtree: true });
    return () => drawn.disconnect();
  }, []);
  return {
    ref,
    onFocusIn: (e: FocusEvent) => settle(ref.current!, (e.target as Element).closest<HTMLElement>(pressable) ?? undefined),
    onKeyDown: (e: KeyboardEvent) => {
      if ((e.target as Element).matches("input")) return;
      const to = next(itemsOf(ref.current!), (e.target as Element).closest<HTMLElement>(pressable)!, e.key);
      if (!to) return;
      e.preventDefault();
      to.focus();
      to.scrollIntoView({ block: "nearest" });
    },
  };
}
