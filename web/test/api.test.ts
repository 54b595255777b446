import { FakeWorker, locks, until } from "./fake-page.ts";
import { equal, ok, rejects } from "node:assert/strict";
import { test } from "node:test";
import { boot } from "../engine/boot.ts";
import { exec, view } from "../session/api.ts";
import { close, open } from "../session/tabs.ts";
import { press } from "../session/session.ts";
import { frontTerminal, place } from "../state/state.ts";

const worker = () => FakeWorker.all.at(-1)!;
const settled = () => until(() => !frontTerminal().sending);

test("exec: calls wait for the engine and for each other", async () => {
  const all = Promise.all([exec("key_mgmt_util"), exec("loginHSM -u CU -s example_user -p aws"), exec("genECCKeyPair -i 1")]);
  await boot();
  const [started, login, refused] = await all;
  equal(started.prompt, "Command:  ");
  equal(login.code, 0);
  equal(refused.code, 0xb3);
  ok(refused.notes.length > 0);
  equal((await view("users")).rows.length, 6);
});

test("exec: what is no text is refused, and the next line runs", async () => {
  await rejects(() => exec(undefined as unknown as string), /a line is a text/);
  await rejects(() => exec(5 as unknown as string), /a line is a text/);
  equal((await exec("exit")).prompt, "$ ");
});

test("exec: a half-typed line and a question are in the way, and are named", async () => {
  press({ kind: "input", text: "half", from: 4, to: 4 });
  await rejects(() => exec("ls"), /somebody is typing/);
  press({ kind: "put", text: "" });
  await exec("key_mgmt_util");
  equal((await exec("loginHSM -u CU -s example_user -hpswd")).prompt, "Enter password: ");
  await rejects(() => exec("ls"), /a question waits/);
  press({ kind: "chord", chord: "C-c", selected: false });
  await until(() => frontTerminal().transcript.state === "ready");
  await exec("exit");
});

test("exec: a line whose tab is closed is lost, and says so", async () => {
  const id = await open("", true);
  await exec("key_mgmt_util");
  await exec("loginHSM -u CU -s example_user -p aws");
  const waits = exec("genECCKeyPair -i 14 -l w -min_srv 4");
  await until(() => frontTerminal().transcript.state === "waits");
  const lost = rejects(() => waits, /its tab was closed/);
  await close(id);
  await lost;
  await settled();
});

test("exec: a line that the engine has lost is no success", async () => {
  worker().deaf = true;
  const lost = rejects(() => exec("key_mgmt_util"), /not carried out/);
  await until(() => frontTerminal().sending);
  worker().say({ is: "exit", why: "the end" });
  await lost;
  await until(() => frontTerminal().id > 0 && frontTerminal().transcript.state === "ready" && !frontTerminal().sending);
  equal((await exec("key_mgmt_util")).prompt, "Command:  ");
  await exec("exit");
});

test("exec: after the last shell has ended, and in a tab that reads only, it says so", async () => {
  await exec("exit").catch(() => {});
  press({ kind: "chord", chord: "C-d", selected: false });
  await until(() => frontTerminal().transcript.state === "closed");
  await rejects(() => exec("ls"), /shell of the front terminal has ended/);
  press({ kind: "chord", chord: "Enter", selected: false });
  await until(() => frontTerminal().transcript.state === "ready" && frontTerminal().id > 0);
  equal((await exec("key_mgmt_util")).prompt, "Command:  ");
  locks.lose();
  await until(() => place.value === "elsewhere");
  await rejects(() => exec("ls"), /reads only/);
});
