// The table of the page: which component stands in which element of index.html. The build draws each of them once
// into the HTML, so that the page is painted before any script runs.

import { type ComponentChild, h } from "preact";
import { Ghost } from "../dock/Ghost.tsx";
import { Info } from "../dock/Info.tsx";
import { KeyRow } from "../dock/KeyRow.tsx";
import { Prompt } from "../dock/Prompt.tsx";
import { Loading } from "../header/Loading.tsx";
import { Menu } from "../header/Menu.tsx";
import { Openers } from "../panels/Openers.tsx";
import { Panels } from "../panels/Panels.tsx";
import { LastAnswer } from "../terminal/LastAnswer.tsx";
import { Tabs } from "../terminal/Tabs.tsx";
import { Terminals } from "../terminal/Terminal.tsx";

/** ui is the table, by the id of the element. */
export const ui: Record<string, () => ComponentChild> = {
  loading: () => h(Loading, {}),
  menu: () => h(Menu, {}),
  tabs: () => h(Tabs, {}),
  transcripts: () => h(Terminals, {}),
  lastanswer: () => h(LastAnswer, {}),
  prompt: () => h(Prompt, {}),
  ghost: () => h(Ghost, {}),
  info: () => h(Info, {}),
  keyrow: () => h(KeyRow, {}),
  strip: () => h(Panels, { area: "strip" }),
  drawer: () => h(Panels, { area: "drawer" }),
  openers: () => h(Openers, {}),
};
