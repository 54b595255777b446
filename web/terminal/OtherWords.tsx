// A line in other words, below its command: the same work in the other tools, in PKCS#11 and in OpenSSL. Loaded when it is asked for.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Same, SameLine } from "../hsm";
import { focusField } from "../page/focus.ts";
import { useCell } from "../state/cell.ts";
import { frontTab, host } from "../state/state.ts";
import { say } from "../words/speech.ts";
import type { Block } from "./blocks.ts";
import { Run } from "./Note.tsx";
import { reveal, turn } from "./turn.ts";

let asked = -1; // the block that it was asked for just now: it gets the focus

/** show opens a block's other words and puts the focus there. */
export function show(b: Block): void {
  asked = b.id;
  turn(b, { words: true });
}

/** hide closes them. */
export function hide(b: Block): void {
  turn(b, { words: false });
  focusField();
}

/** OtherWords asks the engine and shows its answer. */
export function OtherWords({ block: b }: { block: Block }) {
  const engine = useCell(host)?.engine;
  const [answer, setAnswer] = useState<{ same: Same | null; why: string } | null>(null);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    void engine?.same({ tool: b.program ?? "bash", line: b.line! }).catch((e: Error) => ({ same: null, why: e.message })).then(setAnswer);
  }, [engine]);
  useLayoutEffect(() => {
    if (!answer || asked !== b.id) return;
    asked = -1;
    box.current!.focus({ preventScroll: true });
    reveal(b, box.current);
    if (!answer.same) say(`${answer.why}.`);
  }, [answer]);
  const leave = (e: preact.TargetedKeyboardEvent<HTMLElement>) => e.key === "Escape" && hide(b);
  const name = answer?.same?.command ?? b.command;
  return answer && (
    <section class="other-words voice" ref={box} tabIndex={-1} aria-label={`${name}, in other words`} onKeyDown={leave}>
      <button type="button" class="unfold" aria-expanded onClick={() => hide(b)}>in other words</button>
      {answer.same ? <Places same={answer.same} /> : <p>{answer.why}.</p>}
    </section>
  );
}

/** Places are the other tools and libraries with their lines, and what is not the same. */
function Places({ same }: { same: Same }) {
  return (
    <>
      <dl>
        {same.others.map((o) => [
          <dt key={o.name}>{o.name}</dt>,
          <dd key={`${o.name} lines`}>{o.lines.length === 0 ? `nothing like it${o.why && `: ${o.why}`}` : o.lines.map((l, i) => <Line key={i} line={l} of={o.name} />)}</dd>,
        ])}
      </dl>
      {same.differs && <p><b>Not quite the same:</b> {same.differs}.</p>}
      {same.notes.map((note, i) => <p key={i}>{note}</p>)}
    </>
  );
}

/** Line is a line to type; where its prompt is in front it can be put there. */
function Line({ line: { at, text }, of }: { line: SameLine; of: string }) {
  const program = useCell(frontTab).transcript.program;
  return (
    <div class="code">
      {at === "bash" && of !== "OpenSSL" && "$ "}
      {at === program ? <Run part={{ text, code: true }} seen={new Set()} /> : <code>{text}</code>}
    </div>
  );
}
