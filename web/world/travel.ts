// Going to a point of the timeline: the engine puts the world there, the page shows it. What was shown stays, with a mark.

import type { Engine, PointRow, TimelineView } from "../hsm";
import { attach } from "../engine/boot.ts";
import { look, refresh } from "../engine/exchange.ts";
import { begin, type Transcript } from "../terminal/blocks.ts";
import { type Terminal, host, terminals, update } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { recall } from "./points.ts";
import { hush } from "./saver.ts";

/** pointsSeen is how many points are read at once. */
export const pointsSeen = 200;

const aside = new Map<number, Terminal>(); // tabs as they were last: a point may not have them

/** nameOf is what a point is called. */
export const nameOf = (p: PointRow): string => p.line || (p.depth === 0 ? "the beginning" : "what was done beside the terminals");

const mark = "page.travelled";

/** marked is a transcript with the word that the world is another one from here on. */
function marked(t: Transcript, to: PointRow): Transcript {
  const last = t.blocks.at(-1);
  const rest = last?.notes[0]?.id === mark ? { ...t, blocks: t.blocks.slice(0, -1) } : t;
  const note = { id: mark, parts: [{ text: "From here on the world is as it was after " }, { text: nameOf(to), code: true }, { text: ". What stands above was another way." }] };
  return begin(rest, { notes: [note as never], open: false });
}

/** there asks for what may need worlds that are away: they are recalled then, and it is asked again. */
export async function there<Answer extends { away: number[] }>(ask: (engine: Engine) => Promise<Answer>): Promise<Answer> {
  const answer = await ask(host.value!.engine);
  if (answer.away.length === 0) return answer;
  await recall(answer.away).catch(() => {
    throw new Error("What is stored of this point cannot be read. The world is as it was.");
  });
  return ask(host.value!.engine);
}

/** go goes to a point. */
export async function go(to: PointRow): Promise<TimelineView> {
  const view = await there((engine) => engine.travel({ to: to.id, count: pointsSeen }));
  for (const t of terminals.value) aside.set(t.id, t);
  hush(true);
  try {
    await attach(host.value!);
    for (const t of terminals.value) update(t.id, (now) => ({ ...now, transcript: marked(shown(now), to) }));
    await look();
    await refresh();
  } finally {
    hush(false);
  }
  say(`The world is as it was after ${nameOf(to)}. ${to.says}`);
  return view;
}

/** shown is the transcript of a tab; one that has come back shows what it had. */
function shown({ id, transcript }: Terminal): Transcript {
  const was = aside.get(id)?.transcript;
  if (!was || transcript.blocks.length > 0) return transcript;
  const { blocks, count, lines, size, older, olderLines } = was;
  return { ...transcript, blocks, count, lines, size, older, olderLines };
}
