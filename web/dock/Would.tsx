// What the line at the prompt would do, by a dry run in a copy of the world. Loaded with the first line that is typed.

import { useEffect } from "preact/hooks";
import type { Note, Would as Told } from "../hsm";
import { Cell, derived, useCell } from "../state/cell.ts";
import { settings } from "../state/settings.ts";
import { course, front, frontTerminal, host, model, place, terminals } from "../state/state.ts";

const pause = 150; // ms after the last key

const told = new Cell<Told | null>(null);

/** shown is what the notes' switch leaves: everything, refusals alone, nothing. */
const shown = derived([told, settings], () => {
  const { notes } = settings.value;
  return notes === "full" || (notes === "errors" && told.value?.refused) ? told.value : null;
});

let asked = "";
let timer = 0;

/** follow asks when the line at the prompt has stood still, and forgets the answer when it changes. */
function follow(): () => void {
  const look = () => {
    const { id, line, transcript } = frontTerminal();
    const ready = transcript.state === "ready" && line.text.trim() !== "" && !line.menu && !line.search;
    const wanted = ready ? `${id} ${transcript.prompt} ${line.text}` : "";
    if (wanted === asked) return;
    again(wanted);
  };
  const leave = [terminals.subscribe(look), front.subscribe(look), model.subscribe(() => again(asked)), settings.subscribe(() => again(asked))];
  look();
  return () => leave.forEach((l) => l());
}

function again(wanted: string): void {
  clearTimeout(timer);
  asked = wanted;
  told.value = null;
  const isQuiet = settings.value.notes === "off" || course.value?.state?.quiet || place.value === "elsewhere";
  if (wanted !== "" && !isQuiet) timer = window.setTimeout(() => void ask(wanted), pause);
}

async function ask(wanted: string): Promise<void> {
  const { id, line } = frontTerminal();
  const answer = await host.value?.engine.would({ terminal: id, line: line.text }).catch(() => null);
  if (answer && wanted === asked && answer.says.length > 0) told.value = answer;
}

/** Would says it in the playground's voice, and marks what cannot be undone. */
export function Would() {
  useEffect(follow, []);
  const what = useCell(shown);
  if (!what) return null;
  const returns = place.value === "kept" && !course.value?.state && what.final.some(replaces);
  const final = returns ? what.final.filter((note) => !replaces(note)) : what.final;
  return (
    <p class={`voice would ${what.refused ? "refused" : ""}`}>
      <b>would</b> {what.says.map(sentence)}
      {returns && "This world is kept among the worlds, so there is a way back. "}
      {final.length > 0 && <span class="final"><b>cannot be undone</b> {final.map(sentence)}</span>}
    </p>
  );
}

/** replaces tells the note of a line that puts another world in place of this one: the page keeps this one where it can. */
const replaces = (note: Note) => note.id === "final.fresh";

function sentence(note: Note, i: number) {
  return <span key={i}>{note.parts.map((p, j) => (p.code ? <code key={j}>{p.text}</code> : p.text))} </span>;
}
