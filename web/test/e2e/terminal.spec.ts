// How the terminal behaves, by real keys.

import { expect, test, type Play } from "./play.ts";

const ready = (play: Play, prompt: string) => expect(play.prompt).toHaveText(prompt, { useInnerText: false });

test.beforeEach(({ play }) => play.empty());

test.describe("prompts", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("stand to the byte, and blanks survive copying", async ({ play }) => {
    await ready(play, "$ ");
    await play.type("key_mgmt_util");
    await ready(play, "Command:  ");
    await play.type("exit", "printf 'a\\tb  \\n   c   \\n'");
    await play.transcript.focus();
    await play.last().locator("pre").evaluate((pre) => getSelection()!.selectAllChildren(pre));
    await play.press("Control+c");
    expect(await play.page.evaluate(() => navigator.clipboard.readText())).toBe("$ printf 'a\\tb  \\n   c   \\n'\na\tb  \n   c   \n");
  });

  test("copying across blocks gives the tools' characters only", async ({ play }) => {
    await play.type("key_mgmt_util", "genEccKeypair");
    await play.transcript.focus();
    await play.transcript.locator(".blocks").evaluate((all) => getSelection()!.selectAllChildren(all));
    await play.press("Control+c");
    const copied = await play.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("Command:  genEccKeypair\n");
    expect(copied).not.toContain("capital letters");
    expect(copied).not.toContain("\u00a0");
  });
});

for (const { width, least, most } of [{ width: 1440, least: 80, most: 250 }, { width: 768, least: 80, most: 120 }, { width: 360, least: 38, most: 48 }]) {
  test.describe(`width ${width}`, () => {
    test.use({ viewport: { width, height: 800 } });

    test("$COLUMNS tells it", async ({ play }) => {
      await play.type("echo $COLUMNS");
      const columns = Number((await play.last().locator("pre").textContent())!.split("\n")[1]);
      expect(columns).toBeGreaterThanOrEqual(least);
      expect(columns).toBeLessThanOrEqual(most);
    });
  });
}

test.describe("width 360, a table", () => {
  test.use({ viewport: { width: 360, height: 800 } });

  test("can be laid out unwrapped, and then pans", async ({ play }) => {
    await play.login();
    await play.type("listUsers");
    await play.last().getByRole("button", { name: "unwrap" }).click();
    const table = play.last().getByRole("region");
    await table.focus();
    expect(await table.evaluate((e) => e.scrollWidth > e.clientWidth)).toBe(true);
  });
});

test("history: one per program, repeats once, bash's own in `history`", async ({ play }) => {
  await play.type("echo one", "echo two", "echo two", "key_mgmt_util", "listUsers");
  await play.press("ArrowUp");
  await expect(play.field).toHaveValue("listUsers");
  await play.press("ArrowUp");
  await expect(play.field).toHaveValue("listUsers");
  await play.press("Control+u");
  await play.type("exit");
  for (const line of ["key_mgmt_util", "echo two", "echo one"]) {
    await play.press("ArrowUp");
    await expect(play.field).toHaveValue(line);
  }
  await play.press("ArrowDown");
  await expect(play.field).toHaveValue("echo two");
  await play.press("Control+u");
  await play.type("history");
  await expect(play.last()).toContainText("echo one");
  await expect(play.last()).not.toContainText("listUsers");
});

test("history: Ctrl-R searches, again for an older hit, Esc leaves", async ({ play }) => {
  await play.type("echo alpha", "echo beta", "ls");
  await play.press("Control+r");
  await play.write("ec");
  await expect(play.field).toHaveValue("echo beta");
  await play.press("Control+r");
  await expect(play.field).toHaveValue("echo alpha");
  await play.enter();
  await expect(play.last()).toContainText("alpha");
});

test("passwords: an answer is not echoed, a -p value stays", async ({ play }) => {
  await play.type("key_mgmt_util", "loginHSM -u CU -s example_user -hpswd");
  await play.answer("aws");
  await expect(play.transcript).toContainText("Cfm3LoginHSM returned: 0x00");
  expect((await play.transcript.locator("pre").allTextContents()).join()).not.toContain("aws");
  await play.type("loginHSM -u CU -s user4 -p aws");
  await play.press("ArrowUp");
  await expect(play.field).toHaveValue("loginHSM -u CU -s user4 -p aws");
});

test("Ctrl-C: a line, a question, a wait, a script", async ({ play }) => {
  await play.type("key_mgmt_util");
  await play.write("half a line");
  await play.press("Control+c");
  await expect(play.last()).toContainText("^C");
  await ready(play, "Command:  ");
  await play.send("loginHSM -u CU -s example_user -hpswd");
  await ready(play, "Enter password: ");
  await play.press("Control+c");
  await ready(play, "Command:  ");
  await play.type("exit");
  await play.send("sleep 1000");
  await expect(play.dock).toContainText("Ctrl-C");
  await play.press("Control+c");
  await ready(play, "$ ");
  await play.type("echo $?");
  await expect(play.last()).toContainText("130");
});

test("Ctrl-D: leaves the tool, deletes forward, and never leaves a dead tab", async ({ play }) => {
  await play.type("key_mgmt_util");
  await play.press("Control+d");
  await ready(play, "$ ");
  await play.write("abc");
  await play.press("Home", "Control+d");
  await expect(play.field).toHaveValue("bc");
  await play.press("Control+k", "Control+d");
  await expect(play.transcript).toContainText("exit");
  await play.page.getByRole("button", { name: "new shell" }).click();
  await ready(play, "$ ");
  await play.page.locator("#field").focus();
  await play.type("echo alive");
  await expect(play.last()).toContainText("alive");
});

/** edits are the keys of a line: what is typed and pressed, and what the line holds then with | at the cursor. */
const edits: [name: string, text: string, chords: string[], want: string][] = [
  ["Ctrl-A", "one two", ["Control+a"], "|one two"],
  ["Ctrl-E", "one two", ["Home", "Control+e"], "one two|"],
  ["Ctrl-B", "one two", ["Control+b"], "one tw|o"],
  ["Home and End", "one two", ["Home", "End", "ArrowLeft"], "one tw|o"],
  ["Alt-B twice", "one two", ["Alt+b", "Alt+b"], "|one two"],
  ["Alt-F", "one two", ["Home", "Alt+f"], "one| two"],
  ["Alt-D", "one two", ["Home", "Alt+d"], "| two"],
  ["Alt-Backspace", "one two", ["Alt+Backspace"], "one |"],
  ["Ctrl-W", "one two", ["Control+w"], "one |"],
  ["Ctrl-U and Ctrl-Y", "one two", ["Control+u", "Control+y", "Control+y"], "one twoone two|"],
  ["Ctrl-K", "one two", ["Home", "Alt+f", "Control+k"], "one|"],
];
for (const [name, text, chords, want] of edits) {
  test(`keys: ${name}`, async ({ play }) => {
    await play.write(text);
    await play.press(...chords);
    await expect.poll(() => play.field.evaluate((f: HTMLTextAreaElement) => `${f.value.slice(0, f.selectionStart)}|${f.value.slice(f.selectionEnd)}`)).toBe(want);
  });
}

test("keys: Alt-. brings the last word, Ctrl-L keeps the line, Ctrl-Z says no", async ({ play }) => {
  await play.type("echo first last");
  await play.press("Alt+.");
  await expect(play.field).toHaveValue("last");
  await play.press("Control+l");
  await expect(play.typed).toHaveCount(0);
  await expect(play.field).toHaveValue("last");
  await play.press("Control+z");
  await expect(play.dock).toContainText(/no job control/i);
});

test("Tab: completes with meanings, else moves on; Esc then Tab always leaves", async ({ play }) => {
  await play.login();
  await play.write("genECC");
  await play.press("Tab");
  await expect(play.field).toHaveValue("genECCKeyPair ");
  await play.write("-");
  await play.press("Tab");
  const list = play.page.getByRole("listbox");
  await expect(list.getByRole("option").filter({ hasText: "-min_srv" }).first()).toBeVisible();
  expect((await list.locator(".means").allTextContents()).filter((m) => m.length > 3).length).toBeGreaterThan(5);
  await play.press("Tab", "Enter");
  await expect(list).toHaveCount(0);
  await expect(play.field).toBeFocused();
  await play.press("Escape", "Tab");
  await expect(play.field).not.toBeFocused();
  await play.page.locator("#field").focus();
  await play.press("Control+u", "Tab");
  await expect(play.field).not.toBeFocused();
});

test("Tab: handles, curves and users are completed with their names", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  const list = play.page.getByRole("listbox");
  for (const [line, shows] of [["getAttribute -o ", "ecc14"], ["genECCKeyPair -i ", "secp384r1"], ["genECCKeyPair -u ", "user4"]] as const) {
    await play.write(line);
    await play.press("Tab");
    await expect(list).toContainText(shows);
    await play.press("Escape", "Control+u");
  }
});

test.describe("paste", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  const paste = async (play: Play, text: string) => {
    await play.page.evaluate((t) => navigator.clipboard.writeText(t), text);
    await play.press("Control+v");
  };

  test("one line goes onto the prompt", async ({ play }) => {
    await paste(play, "echo pasted");
    await expect(play.field).toHaveValue("echo pasted");
    await expect(play.typed).toHaveCount(0);
  });

  test("several are shown first, and run all at once", async ({ play }) => {
    await paste(play, "echo one\necho two\n");
    await expect(play.dock.getByRole("listitem")).toHaveCount(2);
    await expect(play.typed).toHaveCount(0);
    await play.dock.getByRole("button", { name: "run all" }).click();
    await expect(play.typed).toHaveCount(2);
    await expect(play.last()).toContainText("two");
  });

  test("or one by one, or not at all; control characters are made visible", async ({ play }) => {
    await paste(play, "echo one\necho \u0007two");
    await expect(play.dock).toContainText("<U+0007>");
    await play.dock.getByRole("button", { name: "run one by one" }).click();
    await expect(play.field).toHaveValue("echo one");
    await play.enter();
    await expect(play.field).toHaveValue(/^echo .*two$/);
    await play.press("Control+c");
    await paste(play, "echo three\necho four");
    await play.dock.getByRole("button", { name: "cancel" }).click();
    await expect(play.transcript).not.toContainText("echo three");
  });
});

test("scroll: follows only a reader who is at the end", async ({ play }) => {
  await play.type(...Array(5).fill("seq 20"));
  await play.send("sleep 10");
  await expect(play.dock).toContainText("Ctrl-C");
  await play.send("echo new");
  const top = () => play.transcript.evaluate((t) => t.scrollTop);
  const gap = () => play.transcript.evaluate((t) => t.scrollHeight - t.scrollTop - t.clientHeight);
  await expect.poll(gap).toBeLessThan(9);
  await play.transcript.hover();
  await play.page.mouse.wheel(0, -600);
  await expect.poll(gap).toBeGreaterThan(100);
  const before = await top();
  await expect(play.page.getByRole("button", { name: /1 new answer/ })).toBeVisible();
  expect(await top()).toBe(before);
  await play.page.getByRole("button", { name: /1 new answer/ }).click();
  await expect.poll(gap).toBeLessThan(9);
});

test("many answers: what is out of sight is not laid out, has its place, and is there to scroll to and to copy", async ({ play }) => {
  await play.empty();
  await play.page.evaluate(async () => {
    for (let i = 0; i < 130; i++) await hsmplay.exec(`seq ${i} ${i + 3}`);
  });
  await expect(play.typed).toHaveCount(130);
  const pages = play.transcript.locator(".page");
  const skipped = () => pages.evaluateAll((all) => all.map((p) => !p.querySelector("pre")!.checkVisibility({ contentVisibilityAuto: true })));
  await expect.poll(async () => (await skipped()).with(2, true), "the third is near").toEqual([true, true, true, false]);
  const heights = () => pages.evaluateAll((all) => all.map((p) => Math.round(p.getBoundingClientRect().height)));
  const before = await heights();
  await play.transcript.hover();
  await play.page.mouse.wheel(0, -100_000);
  await expect(play.typed.first()).toBeInViewport();
  await expect.poll(async () => (await skipped())[0]).toBe(false);
  expect(await heights(), "a page that comes into sight moves nothing").toEqual(before);
  expect(await pages.nth(1).evaluate((p) => { getSelection()!.selectAllChildren(p); return `${getSelection()}`; })).toContain("seq 70 73\n70\n71\n72\n73");
});

test("waiting: the dock says for what and how long; other tabs work on", async ({ play }) => {
  await play.type("hsm stop 2");
  await play.login();
  await play.send("genECCKeyPair -i 14 -l three -min_srv 3 -timeout 1000");
  await expect(play.dock).toContainText(/2 of 3 HSMs have the key · \d+ s of 1000 s · Ctrl-C stops/);
  await expect(play.last()).not.toContainText("returned");
  await play.newTab();
  await play.type("echo beside");
  await expect(play.last()).toContainText("beside");
});

test("a job at an idle prompt is heard when it prints, and its line stays the last one", async ({ play }) => {
  await play.visit();
  await play.type("(sleep 1; echo from the job) &");
  await play.write("half a li");
  await expect(play.blocks.last()).toContainText("from the job");
  await expect(play.field).toHaveValue("half a li");
  await expect(play.typed).toHaveCount(1);
});

test("time: a jump is a command, and visible", async ({ play }) => {
  await play.type("hsm stop 2");
  await play.login();
  await play.send("genECCKeyPair -i 14 -l three -min_srv 3 -timeout 1000");
  await expect(play.dock).toContainText("Ctrl-C stops");
  await play.newTab();
  await play.type("hsm clock +2000s");
  await play.tabs.first().click();
  await ready(play, "Command:  ");
  await expect(play.last()).toContainText("Cfm3GenerateKeyPair returned: 0x");
});

test("tabs: named by what runs and who is logged in, walked by arrows, marked when unread", async ({ play }) => {
  await play.login();
  await expect(play.tabs.first()).toHaveText("1 · key_mgmt_util · example_user");
  await play.newTab();
  await expect(play.tabs.nth(1)).toHaveText("2 · bash");
  await play.type("key_mgmt_util");
  await expect(play.last()).toContainText("Version info");
  await play.send("loginHSM -u CU -s user4 -p aws");
  await expect(play.tabs.nth(1)).toHaveText("2 · key_mgmt_util · user4");
  await play.tabs.nth(1).focus();
  await play.press("ArrowLeft");
  await expect(play.tabs.first()).toHaveAttribute("aria-selected", "true");
  await play.page.locator("#field").focus();
  await play.send("exit");
  await play.send("sleep 2; echo late");
  await play.tabs.nth(1).click();
  await expect(play.tabs.first().locator(".unread")).toBeVisible();
});

test("tabs: a closed one stays closed, and the focus stays on the page", async ({ play }) => {
  await play.newTab();
  await play.type("echo second");
  await play.tabs.nth(1).locator(".x").click();
  await expect(play.tabs).toHaveCount(1);
  await expect(play.field).toBeFocused();
  await play.type("echo first");
  await expect(play.last()).toContainText("first");
  await expect(play.tabs).toHaveCount(1);
  await expect(play.dock).not.toContainText("This shell has ended");
});

/** longestTask is how long the page's thread was kept at most, in ms, while something ran. */
async function longestTask(play: Play, run: () => Promise<void>): Promise<number> {
  await play.page.evaluate(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((e) => (globalThis.longest = Math.max(globalThis.longest, e.duration)))).observe({ entryTypes: ["longtask"] });
  });
  await run();
  return play.page.evaluate(() => globalThis.longest);
}

test("a flood and one endless line leave the page free for keys", async ({ play }) => {
  const longest = await longestTask(play, async () => {
    await play.send("cat /dev/zero");
    await expect.poll(() => play.last().locator(".chunk").count()).toBeGreaterThan(20);
    await play.press("Control+c");
    await expect(play.prompt).toHaveText("$ ", { useInnerText: false });
    await play.type("printf %1000000d 1");
  });
  await play.type("echo here");
  await expect(play.last()).toContainText("here");
  console.log(`longest task ${Math.round(longest)} ms`);
  expect(longest, "a flood that reaches the page unbounded keeps its thread for 7 s and more").toBeLessThan(2_000);
});

test("case: key_mgmt_util takes names as they are written", async ({ play }) => {
  await play.type("key_mgmt_util", "LOGINHSM -u CU -s example_user -p aws");
  await expect(play.note("capital letters count here")).toBeVisible();
});

test("nodes: the lines of a login ascend", async ({ play }) => {
  await play.login();
  const nodes = [...(await play.last().locator("pre").textContent())!.matchAll(/Node id (\d+)/g)].map((m) => m[1]);
  expect(nodes).toEqual(["0", "1", "2"]);
});

test.describe("buttons", () => {
  test("type into the front terminal at an empty bash prompt", async ({ play }) => {
    await play.page.getByRole("button", { name: "stop HSM 1" }).click();
    await expect(play.typed).toHaveText(["hsm stop 1"]);
    await play.page.getByRole("button", { name: "start HSM 1" }).click();
    await expect(play.typed).toHaveText(["hsm stop 1", "hsm start 1"]);
  });

  test("never into a half-typed line, a question or a tool: then in the tab cluster, which says so", async ({ play }) => {
    await play.type("key_mgmt_util");
    await play.write("half");
    await play.page.getByRole("button", { name: "stop HSM 1" }).click();
    await expect(play.page.locator("#cluster")).toContainText("typed in tab 2: hsm stop 1");
    await expect(play.field).toHaveValue("half");
    await expect(play.tabs.first()).toHaveAttribute("aria-selected", "true");
    await expect(play.tabs.nth(1)).toHaveText(/cluster/);
    await expect(play.page.getByRole("button", { name: "start HSM 1" })).toBeVisible();
  });

  test("a clicked handle or user is inserted at the cursor", async ({ play }) => {
    await play.login();
    await play.type("genECCKeyPair -i 14 -l ecc14");
    await play.write("getAttribute -o ");
    await play.page.getByRole("button", { name: "Insert handle 7", exact: true }).click();
    await expect(play.field).toHaveValue(/^getAttribute -o 7 ?$/);
    await play.press("Control+u");
    await play.page.locator("#users").getByRole("button", { name: "user4" }).click();
    await expect(play.field).toHaveValue("loginHSM -u CU -s user4 -p aws");
  });
});

test("hsmplay.exec types into the front terminal and answers", async ({ play }) => {
  const answer = await play.page.evaluate(() => hsmplay.exec("echo from the console"));
  expect(answer).toMatchObject({ text: "from the console\n", notes: [], prompt: "$ " });
  await expect(play.typed.last()).toHaveText("echo from the console");
});
