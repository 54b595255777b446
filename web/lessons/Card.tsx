// The card of the lesson that is played: what the step asks for, how it stands, and what helps. The wide page has it on top of the panels,
// the others above the dock as a bar that unfolds.

import { useEffect, useRef, useState } from "preact/hooks";
import { derived, useCell } from "../state/cell.ts";
import { focusField } from "../page/focus.ts";
import { act } from "../page/actions.ts";
import { course } from "../state/state.ts";
import type { LessonState, Prediction, TypedLine } from "../hsm";
import { Prose, Text } from "./Text.tsx";
import * as lessons from "./lessons.ts";
import { says, stepOf } from "./words.ts";

const state = derived([course], () => course.value?.state ?? null);

/** doing calls something of the course and leaves the focus on the command line. */
const doing = (run: () => Promise<unknown>) => () => void run().catch(() => {}).then(focusField);

/** Card is the whole of it, for the column of panels. */
export function Card() {
  const s = useCell(state);
  return s ? <Step s={s} /> : <Free />;
}

/** Bar is one line above the dock; it unfolds to the card. */
export function Bar() {
  const s = useCell(state);
  const open = useCell(lessons.unfolded);
  if (!s) return <Free />;
  const met = s.goals.filter((g) => g.met).length;
  const now = s.ended ? s.titles[s.step]! : s.held ? s.predict.find((p) => p.chosen < 0)!.asks : (s.goals.find((g) => !g.met && !g.stays) ?? s.goals[0]!).says;
  return (
    <>
      <button type="button" class="bar" aria-expanded={open} onClick={() => (lessons.unfolded.value = !open)}>
        <b>{says.bar(s.step + 1, s.titles.length)}</b>
        <span class="now">{typeof now === "string" ? now : <Text parts={now} plain />}</span>
        <span class="met"><span aria-hidden="true">✓</span> {says.met(met, s.goals.length)}</span>
      </button>
      {open && <div class="unfolded"><Step s={s} /></div>}
      {!open && s.ended && <div class="after"><Prose paragraphs={s.done} /><div class="row"><Onward s={s} /></div></div>}
    </>
  );
}

/** Step is the step that is played. */
function Step({ s }: { s: LessonState }) {
  const total = s.titles.length;
  const open = s.predict.findIndex((p) => p.chosen < 0);
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    head.current!.closest("#lesson, .unfolded")!.scrollTop = 0; // the next step is read from its beginning
  }, [s.name, s.step]);
  return (
    <>
      <div class="head" ref={head}>
        <h2>{s.title}</h2>
        <button type="button" class="link" onClick={() => act("lessons")}>{says.all}</button>
      </div>
      <p class="remark">{stepOf(s)}</p>
      <progress value={s.step + (s.ended ? 1 : 0)} max={total} aria-label={says.stepsDone(s.step + (s.ended ? 1 : 0), total)} />
      {s.step === 0 && !s.ended && <Prose paragraphs={s.intro} />}
      <h3>{s.titles[s.step]}</h3>
      {!s.ended && <Prose paragraphs={s.prose} />}
      {!s.ended && !s.held && s.shows.map((lines, i) => <pre key={i} class="quoted" tabIndex={0}>{lines.join("\n")}</pre>)}
      {s.predict.map((p, i) => (p.chosen >= 0 || (i === open && !s.ended)) && <Predict key={`${s.step} ${i}`} p={p} at={i} />)}
      {s.held ? <p class="remark">{says.held}</p> : <ul class="goals" aria-label={says.asked}>{s.goals.map((g, i) => <Goal key={i} g={g} />)}</ul>}
      {s.missing.length > 0 && <div class="missing"><h4>{says.missing}</h4>{s.missing.map((m, i) => <p key={i}><Text parts={m.says} /></p>)}</div>}
      {s.failed.length > 0 && <div class="missing"><p><Text parts={s.failed} /></p></div>}
      {s.hints.length > 0 && <ol class="hints" aria-label={says.hints}>{s.hints.map((h, i) => <li key={i}><Text parts={h} /></li>)}</ol>}
      {!s.ended && open < 0 && s.order.length > 0 && <Order key={s.step} lines={s.order} />}
      {!s.ended && open < 0 && s.blank.length > 0 && <Blank lines={s.blank} />}
      {s.ended && <Prose paragraphs={s.done} />}
      {s.ended && s.yours.length > 0 && <Beside s={s} />}
      <div class="row deeds">
        <More />
        {s.failed.length > 0 && !s.ended && <button type="button" class="main" onClick={doing(() => lessons.again(s.step))}>{says.stepAgain}</button>}
        {s.ended ? <Onward s={s} /> : <Helps s={s} />}
      </div>
      <p class="ways">
        {(s.failed.length === 0 || s.ended) && <button type="button" class="link" onClick={doing(() => lessons.again(s.step))}>{says.stepAgain}</button>}
        {s.step > 0 && <button type="button" class="link" onClick={doing(() => lessons.again(0))}>{says.lessonAgain}</button>}
        <button type="button" class="link" onClick={doing(lessons.free)}>{says.freely}</button>
        <button type="button" class="link" onClick={doing(lessons.leave)}>{says.leave}</button>
      </p>
    </>
  );
}

/** More says that the card goes on below, as long as its end is not seen. */
function More() {
  const mark = useRef<HTMLSpanElement>(null);
  const [isMore, set] = useState(false);
  useEffect(() => {
    const card = mark.current!.closest<HTMLElement>("#lesson, .unfolded")!;
    const look = () => set(card.scrollHeight - card.scrollTop - card.clientHeight > 24);
    const sizes = new ResizeObserver(look);
    for (const part of [card, ...card.children]) sizes.observe(part);
    card.addEventListener("scroll", look);
    look();
    return () => { sizes.disconnect(); card.removeEventListener("scroll", look); };
  });
  return <span class="below" aria-hidden="true" ref={mark}>{isMore ? `↓ ${says.below}` : ""}</span>;
}

/** Helps are a hint, with its number, and a line of the lesson's own way. */
function Helps({ s }: { s: LessonState }) {
  const given = s.hints.length;
  return (
    <>
      {given < s.hintsOf && <button type="button" onClick={doing(lessons.giveHint)}>{says.hintButton(given + 1, s.hintsOf)}</button>}
      <button type="button" onClick={doing(lessons.showMe)}>{says.showMe}</button>
    </>
  );
}

/** Onward is what follows a step that has ticked. */
function Onward({ s }: { s: LessonState }) {
  if (!s.last) return <button type="button" class="main" onClick={doing(lessons.next)}>{says.next}</button>;
  return (
    <>
      <button type="button" class="main" onClick={() => act("lessons")}>{says.another}</button>
      <button type="button" onClick={doing(lessons.leave)}>{says.home}</button>
    </>
  );
}

/** Free stands while the lesson's world is played with freely. */
function Free() {
  return (
    <div class="row">
      <p>{says.free}</p>
      <button type="button" onClick={() => act("lessons")}>{says.lessons}</button>
      <button type="button" onClick={doing(lessons.leave)}>{says.home}</button>
    </div>
  );
}

/** Goal is a line of the checklist: open, ticked, or so already and to stay so. */
function Goal({ g }: { g: LessonState["goals"][number] }) {
  const [mark, spoken, remark] = g.met ? ["✓", says.met1, g.fact] : g.stays ? ["=", says.stays1, says.stays] : ["○", says.open1, ""];
  return (
    <li class={g.met ? "met" : ""}>
      <span aria-hidden="true">{mark}</span>
      <span><span class="hidden">{spoken}</span><Text parts={g.says} />{remark !== "" && <span class="remark" aria-hidden={g.stays || undefined}>{remark}</span>}</span>
    </li>
  );
}

/** Predict asks before a line is run; then it says what really comes. */
function Predict({ p, at }: { p: Prediction; at: number }) {
  const answered = p.chosen >= 0;
  return (
    <fieldset class="predict">
      <legend>{answered ? says.expected : says.predict}</legend>
      <p><Text parts={p.asks} /></p>
      {p.line !== "" && <p><OfTab tab={p.tab} /><code>{p.line}</code></p>}
      <div class="row">
        {p.choices.map((choice, i) => (
          <button type="button" key={choice} class="chip" aria-pressed={i === p.chosen} aria-disabled={answered || undefined}
            onClick={() => answered || void lessons.guess(at, i).then(() => (p.line === "" ? undefined : lessons.pose(p))).then(focusField)}>{choice}</button>
        ))}
      </div>
      {answered && <p role="status">{p.chosen === p.right ? says.right(p.is) : says.wrong(p.choices[p.chosen]!, p.is)} <Text parts={p.why} /></p>}
    </fieldset>
  );
}

/** Order is a procedure whose lines are put in order, by buttons, and then run for real. */
function Order({ lines }: { lines: TypedLine[] }) {
  const [now, set] = useState(() => lines.map((line, id) => ({ ...line, id }))); // a line may come twice
  const move = (i: number, by: -1 | 1) => {
    const other = [...now];
    [other[i], other[i + by]] = [other[i + by]!, other[i]!];
    set(other);
  };
  return (
    <div class="order">
      <p>{says.order}</p>
      <ol>
        {now.map(({ id, tab, line }, i) => (
          <li key={id}>
            <span><OfTab tab={tab} /><code>{line}</code></span>
            <button type="button" class="plain" aria-disabled={i === 0} aria-label={says.up(line)} onClick={() => i > 0 && move(i, -1)}>↑</button>
            <button type="button" class="plain" aria-disabled={i === now.length - 1} aria-label={says.down(line)} onClick={() => i < now.length - 1 && move(i, 1)}>↓</button>
          </li>
        ))}
      </ol>
      <button type="button" onClick={doing(() => lessons.run(now))}>{says.run}</button>
    </div>
  );
}

/** Blank is the way with words left out: a click puts a line on the prompt. */
function Blank({ lines }: { lines: TypedLine[] }) {
  return (
    <div class="order">
      <p>{says.blank}</p>
      <ol>{lines.map((line, i) => <li key={i}><button type="button" class="chip mono" onClick={doing(() => lessons.put(line))}><OfTab tab={line.tab} />{line.line}</button></li>)}</ol>
    </div>
  );
}

/** Beside shows what was typed and what the lesson would have typed. */
function Beside({ s }: { s: LessonState }) {
  return (
    <div class="beside">
      <div><h4>{says.yours}</h4><Lines lines={s.yours} /></div>
      <div><h4>{says.ours}</h4><Lines lines={s.ours} /></div>
    </div>
  );
}

/** OfTab says which tab a line is typed in, if it is not the front one. */
function OfTab({ tab }: { tab: number }) {
  return tab > 1 ? <span class="of-tab">{says.tab(tab)} </span> : null;
}

/** Lines are lines as they were typed; of another tab than the front one it is said which. */
function Lines({ lines }: { lines: TypedLine[] }) {
  return <pre tabIndex={0}>{lines.map((l, i) => <>{i > 0 && "\n"}<OfTab tab={l.tab} />{l.line}</>)}</pre>;
}
