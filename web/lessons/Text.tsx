// Text of a lesson: words to type as code, which a click puts on the prompt.

import type { Part } from "../hsm";
import { Run } from "../terminal/Note.tsx";

/** Text is a paragraph. plain: nothing in it can be clicked. */
export function Text({ parts, plain = false }: { parts: Part[]; plain?: boolean }) {
  return <>{parts.map((part, i) => (plain && part.code ? <code key={i}>{part.text}</code> : <Run key={i} part={part} />))}</>;
}

/** Prose is paragraphs. */
export function Prose({ paragraphs }: { paragraphs: Part[][] }) {
  return <>{paragraphs.map((parts, i) => <p key={i}><Text parts={parts} /></p>)}</>;
}
