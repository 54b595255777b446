// Where the lesson stands on the page: the card in the column of panels, the bar above the dock. The style sheets show one of them.

import { h, render } from "preact";
import { Bar, Card } from "./Card.tsx";

const places = { lesson: Card, lessonbar: Bar };

/** see draws both while a lesson's world is there, and takes them away. */
export function see(isThere: boolean): void {
  for (const [id, part] of Object.entries(places)) {
    const place = document.getElementById(id);
    if (!place) continue;
    place.hidden = !isThere;
    render(isThere ? h(part, {}) : null, place);
  }
  document.getElementById("house")?.toggleAttribute("data-lesson", isThere);
}
