import { useEffect, useRef } from "preact/hooks";
import { useCell } from "../state/cell.ts";
import { type Answer, type Ask, reply, tray } from "../files/tray.ts";
import { uploads } from "../files/words.ts";

const told = 6; // sentences that are shown

/** Tray shows what became of files that were handed in, and asks about names that are taken. */
export function Tray() {
  const now = useCell(tray);
  const [ask] = now.asks;
  const more = now.told.length - told;
  if (!ask && now.told.length === 0) return null;
  return (
    <div class="tray voice">
      {now.told.slice(0, told).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {more > 0 && <p>{uploads.others(more)}</p>}
      {ask && <Question ask={ask} more={now.asks.length - 1} />}
    </div>
  );
}

/** answers are the buttons of a question; the other set stands below for many. */
const answers: { answer: Answer; says: string; all: string }[] = [
  { answer: "replace", says: "Replace", all: "Replace all" },
  { answer: "both", says: "Keep both", all: "Keep all" },
  { answer: "skip", says: "Skip", all: "Skip all" },
];

function Question({ ask, more }: { ask: Ask; more: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current!.scrollIntoView({ block: "nearest" });
    // Who came here by keyboard goes on by keyboard.
    if (document.activeElement?.closest("#files") || document.activeElement === document.body) box.current!.querySelector("button")!.focus();
  }, [ask]);
  const buttons = (all: boolean) => answers.filter((a) => a.answer !== "replace" || !ask.directory || all).map((a) => (
    <button type="button" key={a.answer} onClick={() => reply(ask, a.answer, all)}>{all ? a.all : a.says}</button>
  ));
  return (
    <div ref={box} role="group" aria-label={uploads.taken(ask)}>
      <p>{uploads.taken(ask)}{more > 0 && ` ${uploads.more(more)}`}</p>
      <div class="row">{buttons(false)}</div>
      {more > 0 && <div class="row">{buttons(true)}</div>}
    </div>
  );
}
