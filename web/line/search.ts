// Ctrl-R: searching the history of the running program by what is typed.

import { put } from "./edit.ts";
import { past } from "./history.ts";
import type { Line, Search } from "./line.ts";

/** begin opens the search. */
export function begin(line: Line): Line {
  return { ...line, menu: null, search: { query: "", at: -1, before: line.given ? "" : line.text } };
}

/** find shows the newest hit at or before a place in the history. */
function find(line: Line, search: Search, from: number): Line {
  const lines = past(line);
  const at = search.query === "" ? -1 : lines.slice(0, from + 1).findLastIndex((l) => l.includes(search.query));
  if (at < 0) return { ...line, search: { ...search, at: -1 } };
  const text = lines[at]!;
  return { ...put(line, text, text.indexOf(search.query) + search.query.length), search: { ...search, at } };
}

/** type adds to the query. */
export function type(line: Line, search: Search, text: string): Line {
  const grown = { ...search, query: search.query + text };
  return find(line, grown, search.at < 0 ? past(line).length - 1 : search.at);
}

/** shorten takes a character off the query. */
export function shorten(line: Line, search: Search): Line {
  return find(line, { ...search, query: [...search.query].slice(0, -1).join("") }, past(line).length - 1);
}

/** older looks for the hit before this one; where there is none the hit stays. */
export function older(line: Line, search: Search): Line {
  const next = find(line, search, (search.at < 0 ? past(line).length : search.at) - 1);
  return next.search?.at === -1 && search.at >= 0 ? line : next;
}

/** cancel brings back the line as it was. */
export function cancel(line: Line, search: Search): Line {
  return { ...put(line, search.before), search: null };
}
