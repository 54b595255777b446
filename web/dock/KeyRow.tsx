import { chord, field } from "./field.ts";
import { useRove } from "../page/rove.ts";
import { press, suggestion } from "../session/session.ts";

/** keys of the row: what soft keyboards lack. A chord, or a character to insert. */
const keys: { label: string; says: string; chord?: string; text?: string; move?: number }[] = [
  { label: "Tab", says: "Complete", chord: "Tab" },
  { label: "↑", says: "Older line", chord: "ArrowUp" },
  { label: "↓", says: "Newer line", chord: "ArrowDown" },
  { label: "←", says: "Back", move: -1 },
  { label: "→", says: "Forward, or take the suggestion", move: 1 },
  { label: "-", says: "Dash", text: "-" },
  { label: "^C", says: "Ctrl-C", chord: "C-c" },
];

/** KeyRow is the row of keys on touch screens; it leaves the focus where it is. */
export function KeyRow() {
  return (
    <div class="keyrow" {...useRove<HTMLDivElement>()} role="toolbar" aria-label="Keys">
      {keys.map((k) => (
        <button type="button" class="mono" key={k.label} aria-label={k.says} onPointerDown={(e) => e.preventDefault()}
          onClick={() => (k.move === 1 && suggestion.value !== "" ? chord("ArrowRight") : k.chord ? chord(k.chord) : change(k.text ?? "", k.move ?? 0))}>{k.label}</button>
      ))}
    </div>
  );
}

/** change inserts a character at the caret, or moves the caret. */
function change(text: string, move: number): void {
  const f = field();
  const [from, to] = [f.selectionStart ?? 0, f.selectionEnd ?? 0];
  const whole = move === 0 ? f.value.slice(0, from) + text + f.value.slice(to) : f.value;
  const at = Math.max(0, Math.min(whole.length, move === 0 ? from + text.length : to + move));
  press({ kind: "input", text: whole, from: at, to: at });
}
