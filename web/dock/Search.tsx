import type { Search as Running } from "../line/line.ts";

/** Search shows what Ctrl-R looks for and whether it is found. */
export function Search({ search }: { search: Running }) {
  const missed = search.query !== "" && search.at < 0;
  return (
    <div class="slots search">
      <span>History, newest first: <b class="mono">{search.query || "…"}</b></span>
      <span class="means">{missed ? "no line has this" : "Ctrl-R older · Enter runs · Esc leaves"}</span>
    </div>
  );
}
