// Why a line has failed, below it: code, rule, the facts of this world, and lines that help. Loaded when it is asked for.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Repair, Why as Answer } from "../hsm";
import { useRove } from "../page/rove.ts";
import { focusField } from "../page/focus.ts";
import { putLine } from "../session/buttons.ts";
import { useCell } from "../state/cell.ts";
import { front, frontTab, frontTerminal, hint, host } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { counted } from "../words/words.ts";
import { type Block, hasFailed } from "./blocks.ts";
import { Run } from "./Note.tsx";
import { reveal, turn } from "./turn.ts";

let asked = -1; // the block that a key has asked about: it gets the focus

/** openLast opens the why of the last line that has failed in the front terminal, and puts the focus there. */
export function openLast(): void {
  const b = frontTerminal().transcript.blocks.findLast(hasFailed);
  if (!b) return void (hint.value = "No line has failed in this terminal.");
  asked = b.id;
  if (b.why) document.querySelector<HTMLElement>(`.why[data-block="${b.id}"]`)?.focus();
  turn(b, { why: true });
}

/** take puts a line of a repair on the prompt. */
function take(line: string): void {
  putLine(line, line);
  focusField();
}

/** Why asks the engine and shows its answer. */
export function Why({ block: b }: { block: Block }) {
  const engine = useCell(host)?.engine;
  const here = useCell(frontTab).transcript.program === (b.program ?? "bash");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (here) void engine?.why({ terminal: front.value, line: b.line! }).then(setAnswer, () => {});
  }, [engine, here]);
  useLayoutEffect(() => {
    if (!answer) return;
    say(spoken(answer));
    reveal(b, box.current);
    if (asked === b.id) box.current?.focus({ preventScroll: true });
    asked = -1;
  }, [answer]);
  const onKey = (e: preact.TargetedKeyboardEvent<HTMLElement>) => {
    const repair = e.ctrlKey || e.altKey || e.metaKey ? undefined : answer?.repairs[Number(e.key) - 1];
    if (!repair && e.key !== "Escape") return;
    e.preventDefault();
    e.stopPropagation();
    if (repair) return take(repair.line);
    turn(b, { why: false });
    focusField();
  };
  if (!answer) return here ? null : <p class="why voice">{b.command} was typed at another prompt: {b.at.trim()}</p>;
  return (
    <section class="why voice" ref={box} tabIndex={-1} data-block={b.id} aria-label={`Why ${b.command} has failed`} onKeyDown={onKey}>
      {answer.works ? <p>Nothing stands in the way any more: the line works now.</p>
        : answer.rule === "" ? <p>Nothing is known of this line now.</p>
        : <Chain of={answer} />}
    </section>
  );
}

/** spoken is an answer in one sentence or two. */
export function spoken({ works, rule, repairs }: Answer): string {
  if (works) return "The line works now.";
  return `${rule} ${repairs.length === 0 ? "No repair was found." : `${counted(repairs.length, "repair")}: ${repairs.map((r, i) => `${i + 1}, ${r.line}`).join("; ")}.`}`;
}

/** hex is a code as the tools write it. */
const hex = (code: number): string => `0x${code.toString(16).padStart(2, "0")}`;

/** Chain is code, rule and facts, and below them what helps. */
export function Chain({ of: { code, name, rule, source, facts, repairs } }: { of: Answer }) {
  const seen = new Set<string>();
  return (
    <>
      <dl>
        <dt>Code</dt>
        <dd>{code !== null && code > 0 && <><a href={`codes/${hex(code)}.html`} target="_blank" rel="noopener" title="The page about this code">{hex(code)}</a> </>}{name}</dd>
        <dt>Rule</dt>
        <dd>{rule}{source && <span class="source"> {source}</span>}</dd>
        <dt>Here</dt>
        <dd><ul>{facts.map((f, i) => <li key={i}>{f.parts.map((part, j) => <Run key={j} part={part} seen={seen} />)}</li>)}</ul></dd>
        <dt>What now</dt>
        <dd>{repairs.length === 0 ? "No line was found that mends it." : <Repairs of={repairs} />}</dd>
      </dl>
    </>
  );
}

/** Repairs are the lines that help, each tried in a copy: a click or its number puts one on the prompt. What follows it is put there in the same way,
 *  line by line; a long way is folded. */
function Repairs({ of }: { of: Repair[] }) {
  const rove = useRove<HTMLOListElement>();
  return (
    <ol class="repairs" {...rove}>
      {of.map((r, i) => (
        <li key={i}>
          <button type="button" class="code" aria-keyshortcuts={String(i + 1)} title={`Put on the prompt: ${i + 1}`} onClick={() => take(r.line)}><Words of={r.line} /></button>
          {r.then.length > fewSteps ? <details><summary>then {r.then.length} lines more</summary><Steps of={r.then} /></details> : <Steps of={r.then} />}
          <span class="means">{r.says.parts.map((p) => p.text).join("")}</span>
        </li>
      ))}
    </ol>
  );
}

const fewSteps = 3; // that stand unfolded

/** Steps are what follows the first line of a repair. */
function Steps({ of }: { of: Repair["then"] }) {
  return (
    <>
      {of.map((s, i) => (
        <span class="then" key={i}>
          {where(s.newTab, of[i - 1]?.newTab ?? false, of.slice(0, i).some((o) => o.newTab))}{" "}
          <button type="button" class="code" title="Put on the prompt" onClick={() => take(s.line)}><Words of={s.line} /></button>
        </span>
      ))}
    </>
  );
}

/** Words are a line that breaks between its words only: not behind the dash of an option. */
function Words({ of }: { of: string }) {
  return <>{of.split(" ").map((word, i) => [i > 0 && " ", <span class="word" key={i}>{word}</span>])}</>;
}

/** where says in which tab a step is typed: there and before it, and whether the new tab is open already. */
function where(there: boolean, before: boolean, open: boolean): string {
  if (there === before) return "then";
  return there ? (open ? "then in that tab" : "then in a new tab") : "then back here";
}
