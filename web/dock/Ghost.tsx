import { suggestion } from "../session/session.ts";
import { derived, useCell } from "../state/cell.ts";
import { frontLine } from "../state/state.ts";
import { visible } from "../words/words.ts";

const typed = derived([suggestion, frontLine], () => (suggestion.value === "" ? "" : frontLine.value.text));

/** Ghost lies over the field: the suggested rest of the line in grey, behind a text that is not seen. */
export function Ghost() {
  const rest = useCell(suggestion);
  const text = useCell(typed);
  return rest === "" ? null : <><b>{text}</b><span class="rest-of">{visible(rest)}</span> <kbd>→</kbd></>;
}
