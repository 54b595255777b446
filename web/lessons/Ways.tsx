// The lessons on the start screen, beside the first minute. The build knows them, so that they stand there before the engine.

import { act } from "../page/actions.ts";

declare const LESSONS: { name: string; title: string; minutes: number }[];

/** Ways are the lessons of the first theme, and the way to all of them. */
export function Ways() {
  const begin = (name: string) => void import("./List.tsx").then((d) => d.offer(name));
  return (
    <nav class="way" aria-label="Lessons">
      <b>Lessons</b><span>Step by step, in worlds of their own.</span>
      <ol>
        {LESSONS.map(({ name, title, minutes }) => (
          <li key={name}><button type="button" class="link" onClick={() => begin(name)}>{title}</button> <span class="none">{minutes} min</span></li>
        ))}
      </ol>
      <button type="button" class="link" onClick={() => act("lessons")}>All lessons</button>
    </nav>
  );
}
