import "./fake-page.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Repair, Why } from "../hsm";
import { Chain, spoken } from "../terminal/Why.tsx";

const says = { id: "why.repair-first", parts: [{ text: "First this." }] };
const repair = (line: string, ...then: Repair["then"]): Repair => ({ line, then, says });
const here = (line: string) => ({ line, newTab: false });
const there = (line: string) => ({ line, newTab: true });
const answer: Why = { code: 0xb3, name: "HSM Error: policy", rule: "An HSM makes what its mode allows.", source: "spec/kmu.md 3.15",
  facts: [{ id: "f", parts: [{ text: "Missing: " }, { text: "-l", code: true }] }], repairs: [], works: false };

const drawn = (more: Partial<Why>) => renderToString(h(Chain, { of: { ...answer, ...more } }));
const plain = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim();

test("why: code with its page, rule with its section, facts, and what now", () => {
  const html = drawn({ repairs: [repair("a -l x"), repair("b", here("a"))] });
  ok(html.includes('<a href="codes/0xb3.html"'), html);
  equal(plain(html), "Code 0xb3 HSM Error: policy Rule An HSM makes what its mode allows. spec/kmu.md 3.15 Here Missing: -l What now a -l x First this. b then a First this.");
  deepEqual([...html.matchAll(/aria-keyshortcuts="(\d)"/g)].map((m) => m[1]), ["1", "2"]);
});

test("why: without a public number no page, without a source no section, without a repair a sentence", () => {
  for (const code of [null, -1]) equal(plain(drawn({ code, source: "" })), "Code HSM Error: policy Rule An HSM makes what its mode allows. Here Missing: -l What now No line was found that mends it.");
});

test("why: a long way is folded and says in which tab each line is typed", () => {
  const html = drawn({ repairs: [repair("getToken", there("sign 1"), there("sign 2"), here("approveToken"), there("look"), here("a"))] });
  ok(/<details><summary>then 5 lines more<\/summary>/.test(html), html);
  equal(plain(html).replace(/^.*lines more /, ""), "then in a new tab sign 1 then sign 2 then back here approveToken then in that tab look then back here a First this.");
  ok(!drawn({ repairs: [repair("a", here("b"), here("c"), here("d"))] }).includes("<details>"));
});

test("why: it is spoken with its repairs", () => {
  equal(spoken({ ...answer, repairs: [repair("one"), repair("two")] }), "An HSM makes what its mode allows. 2 repairs: 1, one; 2, two.");
  equal(spoken(answer), "An HSM makes what its mode allows. No repair was found.");
  equal(spoken({ ...answer, works: true }), "The line works now.");
});
