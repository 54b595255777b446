import { type Shape as Name, stateWords } from "../words/words.ts";

/** Shape draws the state of an HSM; the word beside it says the same, so colour is never alone. */
export function Shape({ shape, r }: { shape: Name; r: number }) {
  const slant = r * Math.SQRT1_2;
  const bodies = {
    up: <circle r={r} class="full" />,
    sync: <><circle r={r} class="ring" /><path d={`M0 ${-r}A${r} ${r} 0 0 1 0 ${r}Z`} class="full" /></>,
    differs: <path d={`M0 ${-r}L${r} ${r * 0.8}H${-r}Z`} class="full" />,
    down: <><circle r={r} class="ring" /><path d={`M${-slant} ${slant}L${slant} ${-slant}`} class="ring" /></>,
    cut: <circle r={r} class="ring dashed" />,
    starting: <circle r={r} class="ring thin" />,
  };
  return <g class={`shape is-${shape}`}>{bodies[shape]}</g>;
}

/** Mark is a shape in a line of text. */
export function Mark({ shape }: { shape: Name }) {
  return <svg class="mark" viewBox="-10 -10 20 20" aria-hidden="true"><Shape shape={shape} r={7} /></svg>;
}

/** StateWord is a shape with its word. */
export function StateWord({ shape }: { shape: Name }) {
  return <span class={`state is-${shape}`}>{stateWords[shape]}</span>;
}
