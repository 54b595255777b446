import { useEffect, useRef } from "preact/hooks";
import type { Choice } from "../hsm";
import type { Menu } from "../line/line.ts";
import { focusField } from "../focus.ts";
import { press } from "../session.ts";
import { counted } from "../words.ts";

/** Choices is the completion list: each word with its one-line meaning. The focus stays in the field. */
export function Choices({ menu }: { menu: Menu }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [menu.current]);
  const current = menu.choices[menu.current];
  return (
    <>
      <ul class="choices" role="listbox" id="choices" aria-label="Completions" tabIndex={0} ref={list}>
        {menu.choices.map((choice, i) => <Option key={choice.word} choice={choice} index={i} current={i === menu.current} />)}
      </ul>
      <p class="hidden" aria-live="polite">{current ? `${current.word}. ${current.means}` : counted(menu.choices.length, "completion")}</p>
    </>
  );
}

function Option({ choice, index, current }: { choice: Choice; index: number; current: boolean }) {
  const pick = () => {
    press({ kind: "pick", index });
    focusField();
  };
  return (
    <li role="option" id={`choice-${index}`} aria-selected={current} onClick={pick}>
      <span class="mono">{choice.word}</span>
      {choice.means !== "" && <span class="means">{choice.means}</span>}
    </li>
  );
}
