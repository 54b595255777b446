// Text of a lesson: words to type as code, which a click puts on the prompt.

import type { Part } from "../hsm";
import { Run } from "../terminal/Note.tsx";

/** Text is a paragraph. plain: nothing in it can be clicked. Terms of the field are marked, each once among all texts that share seen. */
export function Text({ parts, plain = false, seen = new Set() }: { parts: Part[]; plain?: boolean; seen?: Set<string> }) {
  return <>{parts.map((part, i) => (!plain ? <Run key={i} part={part} seen={seen} /> : part.code ? <code key={i}>{part.text}</code> : part.text))}</>;
}

/** Prose is paragraphs. */
export function Prose({ paragraphs }: { paragraphs: Part[][] }) {
  const seen = new Set<string>();
  return <>{paragraphs.map((parts, i) => <p key={i}><Text parts={parts} seen={seen} /></p>)}</>;
}
