// The page: what its buttons do (actions), and how it begins. Where its parts stand is ui.ts.

import { hydrate, options } from "preact";
import { type ActionName, act, provide } from "./page/actions.ts";
import { exec, ready, view } from "./session/api.ts";
import { boot, built, stopIt, takeOver } from "./engine/boot.ts";
import * as explain from "./dock/explain.ts";
import * as field from "./dock/field.ts";
import * as drop from "./files/drop.ts";
import * as tray from "./files/tray.ts";
import { toggleMenu } from "./header/Menu.tsx";
import { focusField, nextPane } from "./page/focus.ts";
import { coarse } from "./page/pointer.ts";
import * as opened from "./panels/opened.ts";
import { copyReport, downloadWorld } from "./world/report.ts";
import * as terms from "./terms/terms.ts";
import * as settings from "./state/settings.ts";
import { front, host, model, place, terminals } from "./state/state.ts";
import { newShell, open } from "./session/tabs.ts";
import { onCopy } from "./terminal/copy.ts";
import * as typing from "./terminal/typing.ts";
import { ui } from "./page/ui.ts";
import { withdrawAll } from "./session/session.ts";
import * as commands from "./session/commands.ts";
import { keep, onRenewal } from "./world/saver.ts";
import * as update from "./offline/update.ts";
import * as screen from "./world/screen.ts";
import * as splitter from "./page/splitter.ts";
import * as viewport from "./page/viewport.ts";
import * as watch from "./engine/watch.ts";

/** actions is what every button and notice can ask for. */
const actions: Record<ActionName, () => void> = {
  focusField,
  newTab: () => void open("", true).then(focusField),
  newShell: () => void newShell().then(focusField),
  startOver: () => void import("./dialogs/StartOver.tsx").then((d) => d.askStartOver()),
  startOverNow: () => void import("./world/worlds.ts").then((w) => w.startOver()).then(focusField),
  bringBack: () => void import("./world/worlds.ts").then((w) => w.bringBack()).then(focusField),
  help: () => void import("./dialogs/Help.tsx").then((d) => d.help()),
  real: () => void import("./dialogs/Real.tsx").then((d) => d.whatIsReal()),
  takeOver: () => void takeOver().then(takeLines),
  keepThis: () => void keep().then(() => withdrawAll("found")),
  tryAgain: () => void begin(),
  stopIt: () => void stopIt(),
  download: () => void downloadWorld(),
  world: () => void import("./dialogs/World.tsx").then((d) => d.world()),
  copyReport: () => void copyReport(),
  reload: update.reload,
  menu: toggleMenu,
  run: () => void field.chord("Enter"),
  panels: opened.toggleFirst,
  settings: () => void import("./dialogs/Settings.tsx").then((d) => d.changeSettings()),
  timeline: () => void import("./world/Timeline.tsx").then((t) => t.toggle()),
  lessons: () => void import("./lessons/List.tsx").then((d) => d.lessons()),
};

/** wire ties the page's own events to actions, by data-action and by key. */
function wire(): void {
  document.addEventListener("click", (e) => {
    const name = (e.target as Element).closest<HTMLElement>("[data-action]")?.dataset["action"];
    if (name) act(name as ActionName);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "F6" || e.ctrlKey || e.altKey) return;
    e.preventDefault();
    nextPane(e.shiftKey ? -1 : 1);
  });
  // Buttons of the panels and the dock leave the focus on the command line when they are clicked.
  document.addEventListener("mousedown", (e) => {
    if ((e.target as Element).closest("#panels button, #dock button, .block button, #lessonbar button")) e.preventDefault();
  });
  document.addEventListener("copy", onCopy);
  document.getElementById("dock")!.addEventListener("submit", (e) => e.preventDefault());
}

/** mark puts on the elements what changes with the front terminal. */
function mark(): void {
  const terminal = document.getElementById("terminal")!;
  const show = () => {
    terminal.dataset["terminal"] = String(front.value || 1);
    terminal.setAttribute("aria-labelledby", `tab-${front.value}`);
    const readOnly = place.value === "elsewhere";
    for (const id of ["field", "secret"]) (document.getElementById(id) as HTMLInputElement).readOnly = readOnly;
  };
  front.subscribe(show);
  place.subscribe(show);
  show();
}

/** dress loads the styles that the first screen does without. */
function dress(): void {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: built.late }));
}

/** takeLines puts the lines that the address brings on the prompt. */
function takeLines(): void {
  if (location.hash !== "" && host.value) void import("./page/link.ts").then((l) => l.take());
}

/** begin starts the engine, and remembers that this browser has been here. */
async function begin(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lesson"); // a lesson that goes on puts its own name there
  await boot();
  void update.begin();
  takeLines();
  if (asked && host.value) void import("./lessons/List.tsx").then((d) => d.offer(asked));
}

Object.assign(globalThis, { hsmplay: { buildId: built.id, ready, exec, view } });
provide(actions);
// Drawing follows the frames, so that a flood of output is drawn once per frame and not once per piece.
options.debounceRendering = (draw) => void (document.hidden ? setTimeout(draw) : requestAnimationFrame(draw));
settings.begin();
opened.begin();
splitter.begin();
for (const [id, draw] of Object.entries(ui)) hydrate(draw(), document.getElementById(id)!);
if (document.documentElement.dataset["visit"] === "again") terminals.value = [field.untouched(terminals.value[0]!)];
document.documentElement.dataset["live"] = "";
screen.begin();
onRenewal((old) => {
  const keys = model.value.keys?.total ?? 0;
  void import("./world/worlds.ts").then((w) => w.keepRenewed(old, keys));
});
field.wire();
typing.wire();
explain.begin();
commands.begin();
viewport.begin();
terms.begin();
watch.begin();
drop.wire();
tray.begin();
wire();
mark();
if (!coarse()) field.field().select();
focusField();
requestAnimationFrame(() => setTimeout(dress));
void begin();
