import "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { Choices } from "../dock/Choices.tsx";
import { Next } from "../dock/Next.tsx";
import type { Cluster, Files, KeyRow } from "../hsm";
import { fold, folded, opened, openedArea, toggle, toggleFirst } from "../panels/opened.ts";
import { Panels } from "../panels/Panels.tsx";
import { type Area, panels } from "../panels/table.ts";
import { model, proposed, terminals } from "../state/state.ts";
import { Tabs } from "../terminal/Tabs.tsx";

const odd = "a\u202eb\u001b[31mc\u200bd";
const named = "a&lt;U+202E>b&lt;U+001B>[31mc&lt;U+200B>d";
const key: KeyRow = { id: "key-6", handle: 6, class: "private", type: "EC P-384", label: odd, keyId: "", owner: 3, ownerName: odd, shared: [], extractable: true,
  session: false, kcv: "", nodes: [0], missing: [], mValue: 0, curve: "", flags: [], origin: "generated", visible: true };
const cluster: Cluster = { version: 1, total: 0, rows: [], now: 0, due: 0, calls: [], profile: "classic", fips: true, model: "hsm1.medium", daemon: true, lines: 0, state: "ACTIVE" };
const files: Files = { version: 1, total: 1, room: { file: 1, bytes: 1, files: 1 }, rows: [{ id: "f", path: `/tmp/${odd}`, size: 1, directory: false, changed: 0, text: true }] };
const area = (of: Area) => renderToString(h(Panels, { area: of }));

test("panels: every row of the table stands in its area, with its title", () => {
  for (const p of panels) {
    const html = area(p.narrow);
    ok(html.includes(`<section id="${p.id}" class="panel" aria-labelledby="${p.id}-title"`), p.id);
    ok(html.includes(`>${p.title}<`), p.title);
  }
  deepEqual(panels.map((p) => p.id).sort(), [...new Set(panels.map((p) => p.id))].sort());
});

test("panels: one is open at a time, its area is told to the layout, and folding leaves the title", () => {
  toggle("users");
  equal(openedArea.value, "drawer");
  ok(area("drawer").includes('id="users" class="panel" aria-labelledby="users-title" data-opened'));
  toggle("cluster");
  equal(openedArea.value, "strip");
  toggle("cluster");
  equal(openedArea.value, "");
  toggleFirst();
  equal(opened.value, panels.find((p) => p.narrow === "drawer")!.id);
  toggleFirst();
  fold("files");
  ok(area("drawer").includes('id="files" class="panel" aria-labelledby="files-title" data-folded'));
  toggle("files");
  deepEqual(folded.value, panels.filter((p) => !p.open).map((p) => p.id));
  toggle("files");
});

test("panels: control and direction characters of labels, users and files are shown by name", () => {
  model.value = { cluster, files, keys: { version: 1, total: 1, rows: [key] },
    users: { version: 1, total: 1, rows: [{ id: "u", user: 1, name: odd, type: "CU", password: odd, nodes: [0] }] } };
  proposed.value = [`echo ${odd}`];
  terminals.value = terminals.value.map((t) => ({ ...t, transcript: { ...t.transcript, user: odd } }));
  const menu = { base: "", from: 0, to: 0, current: -1, choices: [{ word: odd, means: odd, space: true }] };
  for (const html of [area("drawer"), renderToString(h(Tabs, {})), renderToString(h(Next, {})), renderToString(h(Choices, { menu }))]) {
    ok(html.includes(named), html.slice(0, 200));
    ok(!/[\u202e\u001b\u200b]/.test(html.replace(/title="[^"]*"|value="[^"]*"/g, "")));
  }
});

test("panels: what was empty when the world was left is no word on what it holds now", () => {
  const none = { version: 0, total: 0, rows: [] };
  document.documentElement.dataset["visit"] = "again";
  model.value = { cluster, files: { ...files, ...none }, keys: none, users: none };
  for (const id of ["keys", "users", "files"]) {
    const html = area("drawer");
    const panel = html.slice(html.indexOf(`<section id="${id}"`));
    ok(panel.slice(0, panel.indexOf("</section>")).includes("Reading your world…"), id);
  }
  model.value = { ...model.value, keys: { ...none, version: 1 } };
  ok(area("drawer").includes("No keys yet"));
});
