// The page fits the hand: focus, folds, menus of blocks, answers as buttons, tabs, and the phone.

import type { Locator } from "@playwright/test";
import { alone, expect, test, type Play } from "./play.ts";

const top = (play: Play) => play.transcript.evaluate((t) => t.scrollHeight - t.scrollTop - t.clientHeight);

test("keys go to the command line wherever the mouse clicked last, and controls keep theirs", async ({ play }) => {
  await play.empty();
  await play.page.locator("#users h2").click();
  await play.page.locator("h1").click();
  await play.write("echo a b");
  await expect(play.field).toHaveValue("echo a b");
  await play.page.locator("footer button").focus();
  await play.write("c");
  await expect(play.field).toHaveValue("echo a bc");
  await play.page.getByRole("button", { name: "Settings" }).click();
  await expect(play.page.getByRole("dialog")).toBeVisible();
  await play.write("x");
  await play.press("Escape");
  await expect(play.field).toHaveValue("echo a bc");
});

test("a line that is entered scrolls to its answer", async ({ play }) => {
  await play.empty();
  await play.type("for i in 1 2 3; do seq 30; done; true", "seq 50");
  await play.transcript.hover();
  await play.page.mouse.wheel(0, -400);
  await expect.poll(() => top(play)).toBeGreaterThan(100);
  await play.type("echo new");
  await expect.poll(() => top(play)).toBeLessThan(9);
});

test("an answer over 60 lines folds; copying and finding include what is folded", async ({ play }) => {
  await play.empty();
  await play.type("seq 60", "seq 61");
  await expect(play.blocks.nth(-2).getByRole("button", { name: /show all/ })).toHaveCount(0);
  const long = play.last();
  await expect(long.locator("pre").nth(1)).toBeHidden();
  expect((await long.locator("pre").allTextContents()).join("")).toBe(`$ seq 61\n${Array.from({ length: 61 }, (_, i) => `${i + 1}\n`).join("")}`);
  expect(await long.locator(".folded-lines").getAttribute("hidden")).toBe("until-found");
  const copied = await long.evaluate((block) => {
    getSelection()!.selectAllChildren(block);
    const e = new ClipboardEvent("copy", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
    block.dispatchEvent(e);
    return e.clipboardData!.getData("text/plain");
  });
  expect(copied).toBe(`$ seq 61\n${Array.from({ length: 61 }, (_, i) => `${i + 1}\n`).join("")}`);
  await long.getByRole("button", { name: "37 lines more: show all" }).click();
  await expect(long.locator("pre")).toHaveCount(1);
  await long.getByRole("button", { name: "fold these lines" }).click();
  await long.locator(".folded-lines").evaluate((f) => f.dispatchEvent(new Event("beforematch")));
  await expect(long.locator("pre")).toHaveCount(1);
});

for (const [width, height] of [[360, 740], [1440, 500]] as const) {
  test(`what is opened at the end is read from its beginning, at ${width}`, async ({ play }) => {
    await play.page.setViewportSize({ width, height });
    await play.login();
    await play.type("genECCKeyPair -i 1 -l ecc1");
    /** begins says how far below the upper edge of the transcript something begins, once it stands still. */
    const begins = (box: Locator) => box.evaluate(async (b) => {
      for (let last = NaN; last !== b.getBoundingClientRect().top; await new Promise((done) => setTimeout(done, 200))) last = b.getBoundingClientRect().top;
      return b.getBoundingClientRect().top - b.closest(".transcript")!.getBoundingClientRect().top;
    });
    await play.last().getByRole("button", { name: "why, and what now" }).click();
    await expect(play.last().locator(".repairs")).toBeVisible();
    expect(await begins(play.last().locator("section.why"))).toBeGreaterThanOrEqual(0);
    await play.type("genECCKeyPair -i 14 -l ecc14");
    expect(await top(play)).toBeLessThan(9);
    await play.last().getByRole("button", { name: "calls to HSMs" }).click();
    expect(await begins(play.last().locator(".calls"))).toBeGreaterThanOrEqual(0);
    await play.type("exit", "seq 90");
    await play.last().getByRole("button", { name: /show all/ }).click();
    await expect(play.last().locator("pre")).toHaveCount(1);
    expect(await begins(play.last().locator("pre"))).toBeGreaterThanOrEqual(-400);
    await play.type("echo on");
    await expect.poll(() => top(play)).toBeLessThan(9);
  });
}

test("one line that is offered takes the place of another, until it is changed", async ({ play }) => {
  const chips = play.dock.locator(".next .chip");
  await play.login();
  for (const n of [0, 1]) {
    await chips.nth(n).click();
    await expect(play.field).toHaveValue((await chips.nth(n).textContent())!);
  }
  const [first, second] = await chips.allTextContents();
  await play.write(" -k");
  await chips.first().click();
  await expect(play.field).toHaveValue(`${second} -k ${first} `);
});

test("what is opened stands below its button on the widest page as well", async ({ play }) => {
  await play.page.setViewportSize({ width: 2560, height: 1300 });
  await play.login();
  const button = play.last().getByRole("button", { name: "calls to HSMs" });
  await button.click();
  const box = (await play.last().locator(".calls").boundingBox())!;
  const above = (await button.boundingBox())!;
  expect([box.x, box.y >= above.y + above.height]).toEqual([above.x, true]);
});

test("the strip of HSMs is as high with what is missing as without", async ({ play }) => {
  await play.page.setViewportSize({ width: 900, height: 800 });
  const height = () => play.page.locator("#strip").evaluate((s) => s.getBoundingClientRect().height);
  const before = await height();
  await play.empty();
  await play.type("hsm stop 2", "hsm isolate 1");
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one");
  await expect(play.page.locator("#cluster .summary")).toHaveText("1 of 3 HSMs up · 1 key missing on HSM 1 2");
  expect(await height()).toBe(before);
});

test.describe("the menu of a block", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  const choose = async (play: Play, block: number, name: string) => {
    await play.blocks.nth(block).hover();
    await play.blocks.nth(block).getByRole("button", { name: /^Menu of/ }).click();
    await play.page.getByRole("menuitem", { name }).click();
  };
  const clipboard = (play: Play) => play.page.evaluate(() => navigator.clipboard.readText());

  test("copies, runs again, folds, links, and makes a script", async ({ play }) => {
    await play.empty();
    await play.type("echo one", "echo two", "key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "exit");
    const first = await play.blocks.evaluateAll((all) => all.findIndex((b) => b.querySelector(".typed")));
    await choose(play, first, "Copy");
    expect(await clipboard(play)).toBe("$ echo one\none\n");
    await choose(play, first, "Run again");
    await expect(play.typed.last()).toHaveText("echo one");
    await choose(play, first, "Fold");
    await expect(play.blocks.nth(first).locator("pre").nth(1)).toBeHidden();
    await choose(play, first, "Unfold");
    await expect(play.blocks.nth(first)).toContainText("one");
    await choose(play, first + 1, "Link");
    await expect(play.dock).toContainText("The address is copied");
    const address = await clipboard(play);
    await choose(play, first + 3, "Run again");
    await expect(play.field).toHaveValue("loginHSM -u CU -s example_user -p aws");
    await expect(play.dock).toContainText("typed at another prompt");
    await play.press("Control+u");

    await choose(play, first + 4, "To here as a script");
    const [file] = await Promise.all([play.page.waitForEvent("download"), play.page.getByRole("button", { name: "Leave it out" }).click()]);
    const read = async () => (await (await file.createReadStream()).toArray()).join("");
    expect(await read()).toBe("echo one\necho two\nkey_mgmt_util\nloginHSM -u CU -s example_user -p …\nexit\n");

    await play.page.goto("about:blank");
    await play.page.goto(address);
    await play.ready();
    await expect(play.field).toHaveValue("echo two");
    expect(new URL(play.page.url()).hash).toBe("");
  });

  test("is one stop of Tab; arrows lead to those of other blocks", async ({ play }) => {
    await play.empty();
    await play.type("echo one", "echo two");
    await play.blocks.last().getByRole("button", { name: /^Menu of/ }).focus();
    await play.press("ArrowUp");
    await expect(play.blocks.nth(-2).getByRole("button", { name: /^Menu of/ })).toBeFocused();
    await play.press("Enter");
    await expect(play.page.getByRole("menuitem").first()).toBeFocused();
    await play.press("Escape");
    await expect(play.blocks.nth(-2).getByRole("button", { name: /^Menu of/ })).toBeFocused();
    expect(await play.page.locator(".block-menu button[tabindex='0']").count()).toBe(1);
  });
});

test("a list is one stop of Tab, and arrows walk it", async ({ play }) => {
  await play.empty();
  for (const list of ["#users table", "#cluster .nodes"]) {
    expect(await play.page.locator(list).locator("button, .term").evaluateAll((all) => all.filter((e) => (e as HTMLElement).tabIndex === 0).length)).toBe(1);
  }
  await play.page.getByRole("button", { name: "stop HSM 0" }).focus();
  await play.press("ArrowDown");
  await expect(play.page.getByRole("button", { name: "stop HSM 1" })).toBeFocused();
  await play.press("ArrowRight");
  await expect(play.page.getByRole("button", { name: "More for HSM 1" })).toBeFocused();
  await play.press("End");
  await expect(play.page.getByRole("button", { name: "More for HSM 2" })).toBeFocused();
});

test("F6 shows where it is", async ({ play }) => {
  for (let i = 0; i < 8; i++) {
    await play.press("F6");
    const [id, width] = await play.page.evaluate(() => [document.activeElement!.id, getComputedStyle(document.activeElement!).outlineWidth + getComputedStyle(document.activeElement!).outlineStyle]);
    if (id !== "field") expect(width).toBe("2pxsolid");
  }
});

test("questions offer their answers as buttons", async ({ play }) => {
  await play.empty();
  await play.login();
  await play.type("genECCKeyPair -i 2 -l s -sess");
  await play.send("setAttribute -o 7 -a 1");
  await expect(play.prompt).toContainText("(0 or 1)");
  await play.dock.getByRole("button", { name: "1", exact: true }).click();
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  await expect(play.key(7)).not.toContainText("session");
});

test("y/n and R/I/A are answered by buttons that say what each letter means", async ({ play }) => {
  await play.empty();
  await play.type("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password");
  await play.send("createUser CU example_user password1");
  await expect(play.prompt).toContainText("(y/n)");
  await expect(play.dock.getByRole("button", { name: "n no", exact: true })).toBeVisible();
  await play.dock.getByRole("button", { name: "y yes", exact: true }).click();
  await expect(play.prompt).toContainText("(R/I/A)");
  for (const answer of ["R retry", "I ignore"]) await expect(play.dock.getByRole("button", { name: answer, exact: true })).toBeVisible();
  await play.dock.getByRole("button", { name: "A abort", exact: true }).click();
  await expect(play.prompt).toHaveText("aws-cloudhsm>", { useInnerText: false });
  await expect(play.last()).toContainText("(R/I/A):A");
});

test("a tab that is cut off by more than its edge is counted, and its neighbours stay whole", async ({ play }) => {
  await play.empty();
  const strip = play.page.getByRole("tablist");
  const cut = () => strip.evaluate((list) => {
    const box = list.getBoundingClientRect();
    return [...list.children].filter((t) => t.getBoundingClientRect().left < box.left - 8 || t.getBoundingClientRect().right > box.right + 8).length;
  });
  const told = async () => (await play.page.getByRole("button", { name: /tabs? to the (left|right)/ }).allTextContents()).reduce((n, t) => n + Number(/\d+/.exec(t)), 0);
  for (let i = 0; i < 4; i++) await play.newTab();
  for (let width = 560; width <= 680; width += 20) {
    await play.page.setViewportSize({ width, height: 800 });
    await expect.poll(async () => await told() - await cut()).toBe(0);
  }
});

test("tabs: × closes, and those without room are counted and reached", async ({ play }) => {
  await play.page.setViewportSize({ width: 700, height: 800 });
  await play.empty();
  for (let i = 0; i < 7; i++) {
    await play.newTab();
    await expect(play.tabs.last(), "the front tab is in sight").toBeInViewport({ ratio: 0.95 });
  }
  await play.page.setViewportSize({ width: 620, height: 800 });
  await expect(play.tabs.last()).toBeInViewport({ ratio: 0.95 });
  const left = play.page.getByRole("button", { name: /tabs? to the left/ });
  await expect(left).toBeVisible();
  await left.click();
  await expect(play.page.getByRole("button", { name: /tabs? to the right/ })).toBeVisible();
  await play.tabs.last().click();
  await play.tabs.last().locator(".x").click();
  await expect(play.tabs).toHaveCount(7);
  await expect(play.field).toBeFocused();
});

test("settings are gathered, show their state, and are remembered", async ({ play }) => {
  await play.empty();
  await play.page.getByRole("button", { name: "Settings" }).click();
  await expect(play.page.getByRole("radio", { name: "as the system" })).toBeChecked();
  await play.page.getByRole("radio", { name: "dark" }).check();
  await play.page.getByRole("radio", { name: "none" }).check();
  await play.page.reload();
  expect(await play.page.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({ theme: "dark", notes: "off" });
  await play.ready();
});

test("in notes only commands are links", async ({ play }) => {
  await play.empty();
  await play.type("key_mgmt_util", "genEccKeypair");
  const note = play.last().getByRole("note");
  await expect(note.getByRole("button", { name: "genECCKeyPair", exact: true })).toBeVisible();
  await expect(note.getByRole("button", { name: "genEccKeypair", exact: true })).toHaveCount(0);
});

alone.describe("on a phone", () => {
  alone.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  alone("what is typed on a keyboard takes the place of the given words", async ({ play }) => {
    await play.write("ls");
    await expect(play.field).toHaveValue("ls");
  });

  alone("an open panel leaves the last answer as a strip, and hints name what the thumb can do", async ({ play }) => {
    await expect(play.transcript).toContainText("Tap Run to begin with");
    await play.page.locator("#field").focus();
    await play.press("Control+e", "Control+u");
    await play.type("echo hello");
    await play.page.getByRole("button", { name: "Panels" }).click();
    const strip = play.page.locator(".lastanswer");
    await expect(strip).toContainText("echo hello");
    await expect(strip).toContainText("hello");
    await strip.click();
    await expect(play.transcript).toBeVisible();
    await play.page.locator("#field").focus();
    await play.type("key_mgmt_util");
    await play.send("loginHSM -u CU -s example_user -hpswd");
    await expect(play.dock).toContainText("^C gives the command up");
  });

  alone("a line of a tool breaks between words", async ({ play }) => {
    await play.page.locator("#field").focus();
    await play.press("Control+e", "Control+u");
    await play.type("echo This operation violates the current configured policies of this cluster");
    const broken = await play.last().locator("pre").evaluate((pre) => {
      const node = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
      const cut: string[] = [];
      for (let t = node.nextNode() as Text | null; t; t = node.nextNode() as Text | null) {
        for (let i = 1; i < t.length; i++) {
          const y = (at: number) => { const r = document.createRange(); r.setStart(t!, at); r.setEnd(t!, at + 1); return r.getBoundingClientRect().top; };
          if (y(i) > y(i - 1) + 4 && /\w\w/.test(t.data.slice(i - 1, i + 1))) cut.push(t.data.slice(i - 3, i + 3));
        }
      }
      return cut;
    });
    expect(broken).toEqual([]);
    const copied = await play.last().evaluate((block) => {
      getSelection()!.selectAllChildren(block);
      const e = new ClipboardEvent("copy", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
      block.dispatchEvent(e);
      return e.clipboardData!.getData("text/plain");
    });
    const line = "This operation violates the current configured policies of this cluster";
    expect(copied).toBe(`$ echo ${line}\n${line}\n`);
  });

  alone("the prompt stands above a field of the full width, and its words stay whole", async ({ play }) => {
    const field = play.page.locator("#field");
    await field.focus();
    await play.press("Control+e", "Control+u");
    await play.write("echo violates the current configured");
    const [prompt, text, run] = await Promise.all([play.prompt, field, play.page.locator("#run")].map((e) => e.boundingBox()));
    expect(prompt!.y + prompt!.height).toBeLessThanOrEqual(text!.y + 1);
    expect(text!.width + run!.width).toBeGreaterThan(360 - 24 - 12);
    expect(await field.evaluate((f) => [getComputedStyle(f).wordBreak, getComputedStyle(f).overflowWrap])).toEqual(["normal", "anywhere"]);
    expect(text!.height).toBeGreaterThan(60);
  });

  alone("with the soft keyboard up nothing is said of what it hides", async ({ play }) => {
    const hints = play.dock.locator(".touch").filter({ visible: true });
    await play.page.locator("#field").focus();
    await play.press("Control+e", "Control+u");
    await expect(hints).toContainText("below");
    await play.page.evaluate(() => (document.documentElement.dataset["keyboard"] = ""));
    await expect(play.dock.locator(".next")).toBeHidden();
    await expect(hints).not.toContainText("below");
  });

  alone("the last answer stands as a strip beside each panel, and one's own line shows its answer there", async ({ play }) => {
    await play.page.locator("#field").focus();
    await play.press("Control+e", "Control+u");
    await play.type("echo hello");
    await play.page.getByRole("button", { name: "Panels" }).click();
    for (const name of ["Users", "Files", "Sessions", "Approvals", "Audit", "Cluster", "Keys"]) {
      await play.page.locator("#openers").getByRole("button", { name: new RegExp(`^${name}`) }).click();
      await expect(play.page.locator(`#${name.toLowerCase()}`)).toBeVisible();
      await expect(play.page.locator(".lastanswer")).toContainText("hello");
      expect(await play.page.locator(`#${name.toLowerCase()}`).evaluate((p) => p.getBoundingClientRect().top < document.querySelector(".lastanswer")!.getBoundingClientRect().top)).toBe(true);
    }
    await play.page.locator("#field").focus();
    await play.send("echo again");
    await expect(play.page.locator(".lastanswer, .transcript:not([hidden])").filter({ visible: true }).last()).toContainText("again");
  });
});
