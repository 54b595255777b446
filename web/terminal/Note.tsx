import type { ComponentChildren } from "preact";
import { putLine } from "../session/buttons.ts";
import { commands, isLine } from "../session/commands.ts";
import { useCell } from "../state/cell.ts";
import { focusField } from "../page/focus.ts";
import type { Note, Part } from "../hsm";
import { Marked, Term } from "../terms/Term.tsx";

/** NoteView is a remark of the playground: text nodes only, words to type as code. */
export function NoteView({ note, children }: { note: Note; children?: ComponentChildren }) {
  const seen = new Set<string>();
  return (
    <div class={`note voice ${note.error ? "error" : ""}`} role="note">
      <p>{note.parts.map((part, i) => <Run key={i} part={part} seen={seen} />)}</p>
      {children && <div class="row">{children}</div>}
    </div>
  );
}

/** Run is a part of a note. Lines that begin with a command can be clicked onto the prompt. */
export function Run({ part, seen }: { part: Part; seen: Set<string> }) {
  const known = useCell(commands);
  if (!part.code) return <Marked text={part.text} seen={seen} />;
  if (isNamed(part.text)) return <code class="short"><Term term={part.text}>{part.text}</Term></code>;
  if (!isLine(part.text, known)) return <code class={part.text.length <= 16 ? "short" : undefined}>{part.text}</code>;
  const put = () => {
    putLine(part.text, part.text);
    focusField();
  };
  return <button type="button" class="code" title="Put on the prompt" onClick={put}>{part.text}</button>;
}

/** isNamed says whether code is a word that has its sentence: a return code, an attribute, the type of a user. */
function isNamed(text: string): boolean {
  return /^(0x[0-9a-f]{2,8}|(OBJ_ATTR|CKA)_\w+|[A-Z]{2,5})$/.test(text);
}
