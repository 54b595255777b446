// The course of the scripted engine: one lesson of two steps, by heart.

import type { LessonAct, LessonState, LessonView, Part } from "../hsm";
import { parts } from "../words/words.ts";

/** lessonText is the lesson as the real engine reads it. */
export const lessonText = `---
title: Hello
minutes: 4
theme: start
start: key_mgmt_util
start: loginHSM -u CU -s example_user -p aws
---
You will make a pair.

## Make a pair

Make a pair labelled \`hello\`.

\`\`\`predict
line: genECCKeyPair -i 1 -l no
ask: code
choices: 0x00, 0xb3
why: Curve 1 is not allowed.
\`\`\`
\`\`\`goal
key label=hello class=private handle=$key
  a private key labelled \`hello\`
\`\`\`
\`\`\`hint
\`genECCKeyPair\` makes pairs.
\`\`\`
\`\`\`solution
genECCKeyPair -i 14 -l hello
\`\`\`
\`\`\`wrong another-label
genECCKeyPair -i 14 -l hullo
---
The label is another one.
---
key label=hullo
\`\`\`
\`\`\`done
The handle is $key.
\`\`\`

## Make another

Make one labelled \`again\`.

\`\`\`goal
key label=again class=private
  a private key labelled \`again\`
\`\`\`
\`\`\`solution
genECCKeyPair -i 14 -l again
\`\`\`
`;

/** Played is how the lesson is played. key is the handle of the label that the step asks for, 0 for none. */
export interface Played { step: number; lines: number; hints: number; chosen: number; ended: boolean; yours: string[]; wrong: boolean }

export const fresh = (): Played => ({ step: 0, lines: 0, hints: 0, chosen: -1, ended: false, yours: [], wrong: false });

const labels = ["hello", "again"];
const p = (text: string): Part[] => parts(text);

/** seen is what a line that has ended makes of it; labelled finds the private key of a label. */
export function seen(play: Played, line: string, labelled: (label: string) => number): void {
  play.lines++;
  play.yours.push(line);
  play.ended ||= labelled(labels[play.step]!) > 0;
  play.wrong = !play.ended && play.step === 0 && labelled("hullo") > 0;
}

/** stateOf is what the card shows. */
export function stateOf(play: Played, labelled: (label: string) => number): LessonState {
  const label = labels[play.step]!;
  const key = labelled(label);
  const first = play.step === 0;
  return {
    name: "hello", title: "Hello", intro: [p("You will make a pair.")], step: play.step, titles: ["Make a pair", "Make another"], last: !first,
    left: first && !play.ended ? 4 : 2, tabs: [1], prose: [p(first ? "Make a pair labelled `hello`." : "Make one labelled `again`.")], shows: [],
    goals: [{ says: p(`a private key labelled \`${label}\``), met: key > 0, stays: false, fact: key ? `key ${key} on HSMs 0 1 2` : "" }],
    missing: play.lines > 0 && !play.ended ? [{ goal: 0, says: p(`There is no key with label ${label} yet.`), differs: null }] : [],
    wrong: play.wrong ? { id: "another-label", says: [p("The label is another one.")] } : null, failed: [],
    predict: first ? [{ tab: 1, line: "genECCKeyPair -i 1 -l no", asks: p("What will it answer?"), choices: ["0x00", "0xb3"], chosen: play.chosen,
      right: play.chosen < 0 ? -1 : 1, is: play.chosen < 0 ? "" : "0xb3", why: play.chosen < 0 ? [] : p("Curve 1 is not allowed.") }] : [],
    hints: play.hints ? [p("`genECCKeyPair` makes pairs.")] : [], hintsOf: first ? 1 : 0, order: [], blank: [], quiet: first && play.chosen < 0, held: first && play.chosen < 0 && play.lines === 0,
    repairs: play.hints > 0 || play.lines > 0 || play.ended, ended: play.ended, done: play.ended && first ? [p(`The handle is ${key}.`)] : [],
    yours: play.ended ? play.yours.map((line) => ({ tab: 1, line })) : [], ours: play.ended ? [{ tab: 1, line: `genECCKeyPair -i 14 -l ${label}` }] : [],
  };
}

/** viewOf is how the course stands. */
export function viewOf(course: boolean, state: LessonState | null, ticked: boolean[], act: LessonAct): LessonView {
  return {
    lessons: course ? [{ name: "hello", title: "Hello", theme: "start", minutes: 4, after: [], ticked, fresh: [false, false], last: state ? 1 : 0 }] : [],
    faults: [], state, played: state ? "{}" : "", progress: "{}", due: -1, review: [],
    show: act.act === "show" && state ? { tab: 1, line: `genECCKeyPair -i 14 -l ${labels[state.step]}`, at: 1, of: 1 } : null,
  };
}
