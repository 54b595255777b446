import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Choice } from "../hsm";
import type { Menu } from "../line/line.ts";
import { focusField } from "../page/focus.ts";
import { handy } from "../page/pointer.ts";
import { press } from "../session/session.ts";
import { counted, hints, visible } from "../words/words.ts";

/** Choices is the completion list: each word with its one-line meaning. The focus stays in the field. */
export function Choices({ menu }: { menu: Menu }) {
  const list = useRef<HTMLUListElement>(null);
  const [below, setBelow] = useState(0);
  const count = () => setBelow(belowOf(list.current!));
  useLayoutEffect(() => {
    const watch = new ResizeObserver(count);
    watch.observe(list.current!);
    count();
    return () => watch.disconnect();
  }, [menu.choices]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [menu.current]);
  const current = menu.choices[menu.current];
  return (
    <>
      <ul class="choices" role="listbox" id="choices" aria-label="Completions" tabIndex={0} ref={list} onScroll={count}>
        {menu.choices.map((choice, i) => <Option key={choice.word} choice={choice} index={i} current={i === menu.current} />)}
      </ul>
      <p class="rest">{below > 0 && <b>+{below} more ↓ </b>}{handy(hints.choices)}</p>
      <p class="hidden" aria-live="polite">{current ? `${current.word}. ${current.means}` : counted(menu.choices.length, "completion")}</p>
    </>
  );
}

/** belowOf is how many choices are below what is seen of the list. */
function belowOf(list: HTMLElement): number {
  const end = list.scrollTop + list.clientHeight;
  return [...list.children].filter((li) => (li as HTMLElement).offsetTop + li.clientHeight > end + 1).length;
}

function Option({ choice, index, current }: { choice: Choice; index: number; current: boolean }) {
  const pick = () => {
    press({ kind: "pick", index });
    focusField();
  };
  return (
    <li role="option" id={`choice-${index}`} aria-selected={current} onClick={pick}>
      <span class="mono">{visible(choice.word)}</span>
      {choice.means !== "" && <span class="means">{visible(choice.means)}</span>}
    </li>
  );
}
