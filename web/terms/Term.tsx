// A word of the field in a text of the playground.

import { useCell } from "../state/cell.ts";
import { meaning, pieces, words } from "./terms.ts";

/** Marked is a text with its terms; each is marked once among all texts that share seen. */
export function Marked({ text, seen }: { text: string; seen: Set<string> }) {
  useCell(words);
  return <>{pieces(text, seen).map((p, i) => (p.means === "" ? p.text : isCode.test(p.text) ? <Paged key={i} code={p.text} means={p.means} /> : <Word key={i} text={p.text} means={p.means} />))}</>;
}

/** Term is a word that is one by itself, such as the head of a column; it shows the sentence of a term. */
export function Term({ term, children }: { term: string; children: string }) {
  useCell(words);
  const means = meaning(term);
  if (means === "") return <>{children}</>;
  return isCode.test(term) ? <Paged code={term} means={means} /> : <Word text={children} means={means} />;
}

/** isCode finds return codes: each that has a sentence has a page of the site. */
const isCode = /^0x[0-9a-f]+$/;

/** Paged is a return code: its sentence beside it, and its page behind it. */
function Paged({ code, means }: { code: string; means: string }) {
  return <a class="term" href={`codes/${code}.html`} target="_blank" rel="noopener" data-means={means} aria-description={means}>{code}</a>;
}

function Word({ text, means }: { text: string; means: string }) {
  return <span class="term" tabIndex={0} data-means={means} aria-description={means}>{text}</span>;
}
