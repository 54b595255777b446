// The list of lessons: by theme, with length and progress; languages, a review, progress as a file, lessons of somebody's own.

import { useEffect, useState } from "preact/hooks";
import { close, show } from "../dialogs/dialog.ts";
import type { LessonRow, LessonView } from "../hsm";
import { saveText } from "../page/download.ts";
import { focusField } from "../page/focus.ts";
import { useCell } from "../state/cell.ts";
import { course, model } from "../state/state.ts";
import { language, speak } from "./course.ts";
import * as lessons from "./lessons.ts";
import { languages, lengthOf, says, themes } from "./words.ts";

/** play begins a lesson and closes the list. */
async function play(name: string): Promise<void> {
  close();
  await lessons.begin(name);
  focusField();
}

function ListBody() {
  const now = useCell(course);
  const [fault, setFault] = useState("");
  const [told, tell] = useState("");
  const fetchAll = (again = false) => {
    setFault("");
    lessons.read(again).catch((why: Error) => setFault(says.none(why.message)));
  };
  useEffect(() => fetchAll(), []);
  const choose = (chosen: string) => {
    speak(chosen);
    fetchAll(true);
  };
  return (
    <>
      <h2 tabIndex={-1} autoFocus>{says.lessons}</h2>
      <p>{says.intro}</p>
      <p class="told" role="status">{fault || told || (now ? "" : says.reading)}{fault !== "" && <button type="button" class="link" onClick={() => fetchAll()}>{says.again}</button>}</p>
      {now && <All now={now} />}
      {now && now.faults.length > 0 && <><h3>{says.faults}</h3><ul>{now.faults.map((f) => <li key={f}><code>{f}</code></li>)}</ul></>}
      <div class="row tools">
        <label>{says.language} <select value={language()} onChange={(e) => choose(e.currentTarget.value)}>
          {Object.entries(languages).map(([id, name]) => <option key={id} value={id}>{name}</option>)}
        </select></label>
        {now && <button type="button" onClick={() => saveText("hsmplay-progress.json", now.progress)}>{says.saveProgress}</button>}
        {now && <Import tell={tell} />}
      </div>
      <p class="remark">{says.progress}</p>
      <div class="row"><button type="button" class="main" onClick={close}>{says.close}</button></div>
    </>
  );
}

/** All are the lessons by theme, a due review before them. */
function All({ now }: { now: LessonView }) {
  const names = [...new Set([...themes, ...now.lessons.map((l) => l.theme)])];
  const due = now.due >= 0 && now.due <= Date.now() && now.review.length > 0;
  return (
    <>
      {due && <p><button type="button" class="main" onClick={() => { close(); void lessons.review().then(focusField); }}>{says.review}</button> {says.reviewOf}</p>}
      {names.map((theme) => {
        const rows = now.lessons.filter((l) => l.theme === theme);
        return rows.length > 0 && (
          <section key={theme} aria-label={says.themes[theme] ?? says.more}>
            <h3>{says.themes[theme] ?? says.more}</h3>
            <ol class="lessons">{rows.map((l) => <Row key={l.name} l={l} all={now.lessons} />)}</ol>
          </section>
        );
      })}
    </>
  );
}

function Row({ l, all }: { l: LessonRow; all: LessonRow[] }) {
  const done = l.ticked.length > 0 && l.ticked.every(Boolean);
  const isNext = l === all.find((o) => !o.ticked.every(Boolean));
  const needs = l.after.flatMap((name) => all.find((o) => o.name === name)?.title ?? []);
  return (
    <li>
      <button type="button" class="plain" ref={isNext ? toFocus : undefined} onClick={() => void play(l.name)}>
        <span class="mark" aria-hidden="true">{done ? "✓" : all.indexOf(l) + 1}</span>
        <span>{l.title}<span class="remark">{lengthOf(l)}{needs.length > 0 && !done ? ` · ${says.after(needs)}` : ""}</span></span>
      </button>
    </li>
  );
}

/** toFocus brings the next lesson into view, and the focus from the heading to it, when the list is there. */
function toFocus(button: HTMLButtonElement | null): void {
  if (!button || button.closest("dialog")?.contains(document.activeElement) && !document.activeElement!.matches("dialog, h2")) return;
  requestAnimationFrame(() => {
    button.focus();
    button.scrollIntoView({ block: "center" });
  });
}

/** Import takes progress from a file. */
function Import({ tell }: { tell: (sentence: string) => void }) {
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      await lessons.merge(await file.text());
      tell(says.taken);
    } catch (why) {
      tell(says.notTaken((why as Error).message));
    }
  };
  return (
    <label class="upload">{says.loadProgress}…<input type="file" accept=".json,application/json" class="hidden" aria-label={says.loadProgress}
      onChange={(e) => { void take(e.currentTarget.files![0]); e.currentTarget.value = ""; }} /></label>
  );
}

/** lessons opens the list. */
export function lessonsList(): void {
  show(says.lessons, <ListBody />);
}
export { lessonsList as lessons };

function OfferBody({ name }: { name: string }) {
  const now = useCell(course);
  useEffect(() => void lessons.read().catch(() => close()), []);
  const row = now?.lessons.find((l) => l.name === name);
  if (!now) return <p>{says.reading}</p>;
  if (!row) return <><h2>{says.noSuch}</h2><div class="row"><button type="button" class="main" autoFocus onClick={() => { close(); lessonsList(); }}>{says.lessons}</button></div></>;
  return (
    <>
      <h2>{row.title}</h2>
      <p>{lengthOf(row)}</p>
      <p>{says.aside(row.title)}</p>
      <div class="row">
        <button type="button" onClick={close}>{says.notNow}</button>
        <button type="button" class="main" autoFocus ref={(b) => b?.focus()} onClick={() => void play(name)}>{says.beginIt}</button>
      </div>
    </>
  );
}

/** offer opens the lesson that the page's address names, once the visitor agrees. An own world that is empty needs no question. */
export function offer(name: string): void {
  if (course.value?.state?.name === name) return;
  if ((model.value.cluster?.lines ?? 0) === 0) return void lessons.read().then(() => (course.value?.lessons.some((l) => l.name === name) ? play(name) : lessonsList()), () => lessonsList());
  show("Lesson", <OfferBody name={name} />);
}
