import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { loginLine } from "../panels/logins.ts";
import type { KeyRow, LoggedCall, NodeRow } from "../hsm";
import { withoutPasswords } from "../words/passwords.ts";
import { sentences } from "../terminal/callnames.ts";
import { isTabular, rowsOf } from "../terminal/rows.ts";
import { changed, made, outcome, parts, placeOf, plain, progress, shapeOf, summary, visible } from "../words/words.ts";

const node = (n: number, more: Partial<NodeRow> = {}): NodeRow => ({ id: `hsm-${n}`, node: n, ip: "", cluster: "cluster-a", kin: "", state: "up", sync: false,
  differs: false, keys: 2, missing: 0, users: 6, delay: 0, tampered: false, ...more });
const key = (handle: number, more: Partial<KeyRow> = {}): KeyRow => ({ id: `key-${handle}`, handle, class: "private", type: "EC P-384",
  label: "l", keyId: "", owner: 3, ownerName: "example_user", shared: [], extractable: true, session: false, kcv: "", nodes: [0, 1, 2],
  missing: [], mValue: 0, curve: "secp384r1", flags: [], origin: "generated", visible: true, ...more });

test("users: a click gives a line that the front program can run", () => {
  const user = (name: string, type: string, password: string) => ({ id: name, user: 1, name, type, password, nodes: [0] });
  const [cu, co, au] = [user("user4", "CU", "aws"), user("admin", "CO", "password"), user("app_user", "AU", "")];
  equal(loginLine("bash", "$ ", cu), "key_mgmt_util");
  equal(loginLine("key_mgmt_util", "Command:  ", cu), "loginHSM -u CU -s user4 -p aws");
  equal(loginLine("cloudhsm_mgmt_util", "aws-cloudhsm>", cu), "loginHSM CU user4 aws");
  equal(loginLine("cloudhsm_mgmt_util", "aws-cloudhsm>", co), "loginHSM CO admin password");
  equal(loginLine("key_mgmt_util", "Command:  ", co), "");
  equal(loginLine("cloudhsm_mgmt_util", "server0>", co), "");
  equal(loginLine("bash", "$ ", au), "");
});

test("words: the summary counts what is up and what is missing where", () => {
  equal(summary([node(0), node(1), node(2)], []), "All 3 HSMs up");
  equal(summary([node(0)], []), "One HSM, up");
  const pair = [key(6, { class: "public", missing: [2] }), key(7, { missing: [2] })];
  equal(summary([node(0), node(1), node(2, { state: "down", missing: 2 })], pair), "2 of 3 HSMs up · 1 key pair missing on HSM 2");
  equal(summary([node(0), node(1, { missing: 2 }), node(2, { state: "down", missing: 2 })], pair.map((k) => ({ ...k, missing: [1, 2] }))),
    "2 of 3 HSMs up · 1 key pair missing on HSM 1 2");
  equal(summary([node(0), node(1, { missing: 1 })], [key(7, { missing: [1] })]), "All 2 HSMs up · 1 key missing on HSM 1");
});

test("calls: a refused one is not told as done", () => {
  const call = (more: Partial<LoggedCall>): LoggedCall => ({ id: "", seq: 0, command: 0, time: 0, from: -1, node: 1, op: "copy", detail: "6 7", code: 0, args: [], ...more });
  deepEqual(sentences([call({ from: 0 }), call({ from: 0, node: 2, code: 0x88 }), call({ op: "generate", detail: "", code: 0xb3 })]),
    ["HSM 0 sent keys 6 and 7 masked to HSM 1.", "HSM 0 was to send keys 6 and 7 masked to HSM 2: refused with 0x88.", "The client asked HSM 1 to make a key: refused with 0xb3."]);
});

test("words: what is broken is drawn before what is on its way", () => {
  equal(shapeOf(node(0, { state: "down", sync: true, differs: true })), "down");
  equal(shapeOf(node(0, { sync: true, differs: true })), "sync");
  equal(shapeOf(node(0, { differs: true })), "differs");
});

test("words: changes of the cluster and new keys are told in a sentence each", () => {
  equal(changed(node(2), node(2, { state: "down" }), 2, 3), "HSM 2 stopped; 2 of 3 HSMs up.");
  equal(changed(node(2), node(2), 3, 3), "");
  equal(made([key(6, { class: "public" }), key(7)], 3), "Key pair 6 and 7 made on 3 of 3 HSMs.");
  equal(made([], 3), "");
});

test("words: a key that is not everywhere says where it is not", () => {
  equal(placeOf(key(7, { nodes: [0, 1], missing: [2] })), "0 1, not on HSM 2");
  equal(placeOf(key(8, { session: true, nodes: [0] })), "session, HSM 0");
});

test("words: progress counts simulated seconds", () => {
  const wait = { about: parts("2 of 3 HSMs have the key"), have: 2, of: 3, since: 1000, until: 6000 };
  equal(progress(wait, 4200), "2 of 3 HSMs have the key · 3 s of 5 s · Ctrl-C stops");
  equal(progress({ ...wait, until: 0 }, 4200), "2 of 3 HSMs have the key · 3 s · Ctrl-C stops");
});

test("words: an outcome is told by the tool's code, else by the status", () => {
  equal(outcome({ open: false, code: 0xb3, status: 0 }), "failed with 0xb3");
  equal(outcome({ open: false, code: -1, status: 0 }), "failed");
  equal(outcome({ open: false, code: null, status: 127 }), "ended with status 127");
  equal(outcome({ open: true, code: null, status: 0 }), "running");
});

test("words: back-quotes mark code", () => {
  deepEqual(parts("type `ls` now"), [{ text: "type ", code: false }, { text: "ls", code: true }, { text: " now", code: false }]);
  equal(plain(parts("type `ls` now")), "type ls now");
});

test("words: control and direction characters of a paste are made visible", () => {
  equal(visible("a\u001b[31mb\u202ec\td"), "a<U+001B>[31mb<U+202E>c⇥d");
});

test("words: a report has no passwords", () => {
  equal(withoutPasswords("loginHSM -u CU -s example_user -p aws"), "loginHSM -u CU -s example_user -p …");
});

test("rows: a text is split at its line ends, to the byte, with its indents", () => {
  const text = "\n        Node id 0\nx";
  deepEqual(rowsOf(text).map((r) => r.indent), [0, 8, 0]);
  equal(rowsOf(text).map((r) => r.text).join(""), text);
});

test("rows: only wide table rows ask for unwrapping", () => {
  const row = "        1                1      PCO             admin                     NO               0\n";
  ok(isTabular(row + row, 60));
  ok(!isTabular(row + row, 120));
  ok(isTabular("Id\tName\t2FA\n1\tadmin\tNO\n", 16), "columns may be set by tabs, and one row that wraps is enough");
  ok(!isTabular("Id\tName\t2FA\n1\tadmin\tNO\n", 19));
  ok(!isTabular("        Node id 0 and err state 0x00000000 : HSM Return: SUCCESS\n".repeat(3), 42));
});
