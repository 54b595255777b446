import { useEffect, useRef } from "preact/hooks";
import { focusField } from "../page/focus.ts";
import { press } from "../session/session.ts";
import { counted, visible } from "../words/words.ts";

/** Review shows several pasted lines before any of them runs. */
export function Review({ lines }: { lines: string[] }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const answer = (word: "all" | "one" | "cancel") => {
    press({ kind: "review", answer: word });
    focusField();
  };
  return (
    <div class="review" role="group" aria-label={`${counted(lines.length, "pasted line")}`}
      onKeyDown={(e) => e.key === "Escape" && answer("cancel")}>
      <div class="row">
        <span class="tag">{counted(lines.length, "pasted line")}</span>
        <button type="button" ref={first} onClick={() => answer("all")}>run all</button>
        <button type="button" onClick={() => answer("one")}>run one by one</button>
        <button type="button" onClick={() => answer("cancel")}>cancel</button>
      </div>
      <ol class="mono" tabIndex={0} aria-label="Pasted lines">{lines.map((l, i) => <li key={i}>{visible(l)}</li>)}</ol>
    </div>
  );
}
