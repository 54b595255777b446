// The page as it stands before any script has run, for the build.

import { renderToString } from "preact-render-to-string";
import type { VNode } from "preact";
import { ui } from "../page/ui.ts";

/** parts is the HTML of every part of the page, by the id of its element. */
export const parts: Record<string, string> = Object.fromEntries(
  Object.entries(ui).map(([id, draw]) => [id, renderToString(draw() as VNode)]),
);
