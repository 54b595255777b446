// Words of the field: fetched from the engine once it is here, found in texts of the playground, told on hover, focus and tap.

import type { TermRow } from "../hsm";
import { Cell } from "../state/cell.ts";
import { host } from "../state/state.ts";
import { coarse } from "../page/pointer.ts";
import { ready } from "../session/api.ts";

/** Words finds terms in a text; null before the engine has told them. */
export const words = new Cell<{ find: RegExp; means: Map<string, string> } | null>(null);

/** plain is a word as it is looked up. An s at its end may be a plural's. */
const plain = (word: string): string => word.toLowerCase().replace(/[-_\s]+/g, " ").replace(/s$/, "");

/** exact says whether capital letters count in a word: in KCV and FIPS they do. */
const isShort = (word: string): boolean => /^[A-Z0-9]+$/.test(word);

/** learn makes the finder of the terms. */
export function learn(rows: TermRow[]): void {
  const all = rows.flatMap((r) => [r.term, ...r.also].map((word) => ({ word, means: r.means })));
  const quoted = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/[-_\s]+/g, "[-_\\s]+");
  // Two spellings of one word, for a text that begins a sentence with it.
  const forms = all.flatMap(({ word }) => (isShort(word) ? [quoted(word)] : [quoted(word), quoted(word[0]!.toUpperCase() + word.slice(1))]));
  forms.sort((a, b) => b.length - a.length);
  words.value = { find: new RegExp(`(?<![\\w-])(?:${forms.join("|")})s?(?![\\w-])`, "gu"), means: new Map(all.map(({ word, means }) => [plain(word), means])) };
}

/** meaning is the sentence about a word, "" for none. */
export function meaning(word: string): string {
  return words.value?.means.get(plain(word)) ?? "";
}

/** Piece is a run of a text; a term has its sentence. */
export interface Piece { text: string; means: string }

/** pieces parts a text at its terms. Each is marked once in a text: seen are those that were. */
export function pieces(text: string, seen: Set<string>): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const hit of text.matchAll(words.value?.find ?? /(?!)/g)) {
    const key = plain(hit[0]);
    const means = meaning(hit[0]);
    if (seen.has(means) || means === "" || key === "") continue;
    seen.add(means);
    if (hit.index > from) found.push({ text: text.slice(from, hit.index), means: "" });
    found.push({ text: hit[0], means });
    from = hit.index + hit[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), means: "" });
  return found;
}

let box: HTMLElement | null = null;
let beside: HTMLElement | null = null; // the term whose sentence is shown
let told = 0; // since when

/** tell shows the sentence of a term beside it. */
function tell(term: HTMLElement): void {
  if (beside === term) return;
  beside = term;
  told = performance.now();
  box ??= document.body.appendChild(Object.assign(document.createElement("div"), { className: "means-box voice", popover: "manual" }));
  box.textContent = term.dataset["means"] ?? "";
  box.showPopover?.();
  const at = term.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const gap = 6;
  box.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`;
  box.style.top = `${at.bottom + gap + height < innerHeight ? at.bottom + gap : Math.max(gap, at.top - height - gap)}px`;
}

function hide(): void {
  beside = null;
  box?.hidePopover?.();
}

const sameTap = 700; // ms within which pointer, focus and click are of one tap

/** begin learns the terms once the engine is here, and listens for the life of the page. */
export function begin(): void {
  void ready.then(async () => learn((await host.value!.engine.terms({})).rows)).catch(() => {});
  const termOf = (e: Event) => (e.target as Element).closest?.<HTMLElement>(".term") ?? null;
  for (const name of ["pointerover", "focusin", "click"]) {
    document.addEventListener(name, (e) => {
      const term = termOf(e);
      if (term) tell(term);
      if (term && name === "click" && coarse() && performance.now() - told < sameTap) e.preventDefault(); // the first tap tells, the next one follows a link
      if (!term && (name !== "pointerover" || !box?.matches(":hover"))) hide();
    });
  }
  document.addEventListener("keydown", (e) => e.key === "Escape" && hide());
  document.addEventListener("scroll", hide, true);
}
