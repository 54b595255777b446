// What is kept, where another tab has it, and what happens when storage fails.

import { alone, expect, Play, test, visitor } from "./play.ts";

test("a reload brings the world back as it was left", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept", "genECCKeyPair -i 14 -l gone -sess");
  await play.kept();
  await play.page.reload();
  await play.ready();
  await expect(play.note(/Restored: 4 keys, 4 commands/)).toBeVisible();
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  await expect(play.field).toHaveValue("");
  await play.type("findKey -l kept");
  await expect(play.last()).toContainText("Total number of keys present 2");
  await play.press("ArrowUp", "ArrowUp");
  await expect(play.field).toHaveValue("genECCKeyPair -i 14 -l gone -sess");
});

/** returning opens the page again with an engine that comes only when it is let go. */
async function returning(play: Play): Promise<() => void> {
  let arrive = () => {};
  const later = new Promise<void>((go) => (arrive = go));
  await play.page.route("**/*.wasm", async (route) => { await later; await route.continue(); });
  await play.page.reload();
  return arrive;
}

test("nothing on the screen is lost by a reload, and it is there before the engine", async ({ play }) => {
  await play.empty();
  await play.newTab();
  await play.type("echo second", "seq 50");
  await play.write("half a line");
  await play.transcript.hover();
  await play.page.mouse.wheel(0, -300);
  await play.tabs.first().click();
  await play.page.locator("#field").focus();
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept");
  await play.page.locator("#files .fold").click();
  const splitter = play.page.getByRole("separator");
  await splitter.focus();
  await play.press("ArrowLeft", "ArrowLeft");
  const wide = await play.page.locator("#panels").evaluate((p) => p.clientWidth);
  await play.tabs.nth(1).click();
  const scrolled = () => play.transcript.evaluate((t) => t.scrollTop);
  await expect.poll(scrolled).toBeGreaterThan(0);
  const top = await scrolled();
  await play.kept();
  await play.keptScreen(["seq 50", '"label":"kept"', "genECCKeyPair -i 14 -l kept"]);
  const arrive = await returning(play);

  await expect(play.tabs.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(play.typed).toHaveText(["echo second", "seq 50"]);
  await expect(play.field).toHaveValue("half a line");
  expect(Math.abs(await play.transcript.evaluate((t) => t.scrollTop) - top)).toBeLessThan(30);
  await expect(play.key(7)).toContainText("kept");
  await expect(play.page.locator("#cluster .summary")).toContainText("reading your world");
  await expect(play.page.locator("#keys")).toContainText("reading your world");
  await expect(play.page.locator("#files")).toHaveAttribute("data-folded", "true");
  expect(await play.page.locator("#panels").evaluate((p) => p.clientWidth)).toBe(wide);
  arrive();
  await play.ready();
  await expect(play.page.locator("#cluster .summary")).not.toContainText("reading");
  await play.tabs.first().click();
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  await expect(play.typed.last()).toHaveText("genECCKeyPair -i 14 -l kept");
  await play.page.locator("#field").focus();
  await play.type("findKey -l kept");
  await expect(play.last()).toContainText("Total number of keys present 2");
});

test("a phone that takes the page away takes nothing that stood on it", async ({ play }) => {
  await play.empty();
  await play.write("half a line");
  // What is written soon is written at once when the page goes out of sight, in the same task.
  const written = await play.page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>("#field")!;
    field.setRangeText("!", field.value.length, field.value.length, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    return document.hidden;
  });
  expect(written).toBe(true);
  await play.page.goto("about:blank");
  await play.page.goBack();
  await play.ready();
  await expect(play.field).toHaveValue("half a line!");
});

test("an owner of keys is never told that there are none", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept");
  await play.kept();
  await play.page.addInitScript(() => {
    const said = new Set<string>();
    Object.assign(globalThis, { said });
    new MutationObserver(() => document.querySelectorAll<HTMLElement>("#keys .empty").forEach((e) => e.checkVisibility({ visibilityProperty: true }) && said.add(e.textContent!))).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await play.page.reload();
  await play.ready();
  await expect(play.key(7)).toContainText("kept");
  expect((await play.page.evaluate(() => [...(globalThis as any).said])).filter((t: string) => t.startsWith("No keys"))).toEqual([]);
});

test("the answer to a hidden question is in nothing that is kept", async ({ play }) => {
  await play.empty();
  await play.type("key_mgmt_util", "loginHSM -u CU -s example_user -hpswd");
  await play.write("hush-hush");
  await play.page.waitForTimeout(900);
  await play.press("Control+u");
  await play.answer("hush-more");
  await play.page.waitForTimeout(900);
  const kept = await play.page.evaluate(() => new Promise<string>((done) => {
    const opening = indexedDB.open(`hsmplay:${new URL(".", location.href).pathname}world`);
    opening.onsuccess = () => {
      const all = opening.result.transaction("rows").objectStore("rows").getAll();
      all.onsuccess = () => { opening.result.close(); done(JSON.stringify([all.result, { ...localStorage }])); };
    };
  }));
  expect(kept).toContain("loginHSM -u CU -s example_user -hpswd");
  expect(kept).not.toContain("hush");
});

test("a wait is no part of a saved world, and nothing half-made is left", async ({ play }) => {
  await play.empty();
  await play.type("hsm stop 2");
  await play.login();
  await play.send("genECCKeyPair -i 14 -l three -min_srv 3");
  await expect(play.dock).toContainText("2 of 3");
  await play.kept();
  await play.page.reload();
  await play.ready();
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  expect(await play.section("keys")).toEqual([]);
});

test("Start over begins with three fresh HSMs", async ({ play }) => {
  await play.empty();
  await play.type("hsm stop 2");
  await play.page.getByRole("button", { name: "Start over" }).click();
  await play.page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
  await expect(play.page.locator("#cluster .summary")).toContainText("All 3 HSMs up");
  await play.page.reload();
  await play.ready();
  await expect(play.page.locator("#cluster .summary")).toContainText("All 3 HSMs up");
});

test("hsm new and Start over keep the world before, and it comes back with its screen", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept", "exit", "hsm new");
  await expect(play.note("The world before is kept")).toBeVisible();
  await expect(play.key(7)).toHaveCount(0);
  await play.page.getByRole("button", { name: "bring it back" }).click();
  await expect(play.key(7)).toContainText("kept");
  await expect(play.typed.filter({ hasText: "genECCKeyPair" })).toHaveCount(1);
  await play.page.getByRole("button", { name: "Start over" }).click();
  await play.page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
  await expect(play.note("The world before is kept")).toBeVisible();
  await expect(play.key(7)).toHaveCount(0);
  await play.page.reload();
  await play.ready();
  await play.page.getByRole("button", { name: "Worlds", exact: true }).click();
  await play.page.getByRole("dialog").getByRole("button", { name: /^Open My world, as it was/ }).first().click();
  await expect(play.key(7)).toContainText("kept");
});

test("worlds beside each other: made, named, copied, deleted and brought back", async ({ play }) => {
  const box = play.page.getByRole("dialog");
  const worlds = () => play.page.getByRole("button", { name: "Worlds", exact: true }).click();
  await play.empty();
  await play.type("echo one > first");
  await worlds();
  await box.getByRole("button", { name: "Rename My world" }).click();
  await expect(box.getByLabel("Name of the world")).toBeFocused();
  await play.write("Ceremony"); // the old name is selected
  await box.getByRole("button", { name: "Keep this name" }).click();
  await expect(box.getByRole("listitem")).toHaveText(/Ceremony.*here now · 0 keys, 1 command · /);
  await box.getByRole("button", { name: "New world" }).click();
  await expect(play.page.locator("#files")).toContainText("Nothing written yet");
  await expect(play.typed).toHaveCount(0);
  await play.page.locator("#field").focus();
  await play.type("echo two > second");
  await worlds();
  await expect(box.getByRole("listitem").first()).toContainText("Ceremony 2");
  await box.getByRole("button", { name: "Copy Ceremony", exact: true }).click();
  await expect(box.getByRole("listitem")).toHaveCount(3);
  for (const other of [1, 2]) await expect(box.getByRole("listitem").nth(other)).toContainText(/command · \d+ KB · left .*\d\d? [AP]M/);
  await box.getByRole("button", { name: "Delete Ceremony", exact: true }).click();
  await box.getByRole("button", { name: "Undo" }).click();
  await box.getByRole("button", { name: "Delete Ceremony, copy" }).click();
  await box.getByRole("button", { name: "Open Ceremony", exact: true }).click();
  await expect(play.page.locator("#files")).toContainText("first");
  await expect(play.typed).toHaveText(["echo one > first"]);
  await worlds();
  await expect(box.getByRole("listitem")).toHaveCount(2);
  await box.getByRole("button", { name: "Open Ceremony 2" }).click();
  await expect(play.page.locator("#files")).toContainText("second");
});

test("a second tab of the browser reads only, and can take over", async ({ play, context }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept");
  const second = await (await visitor(context)).visit();
  await expect(second.note("Read-only here")).toBeVisible();
  await second.write("ls");
  await second.press("Enter");
  await expect(second.typed.filter({ hasText: "ls" })).toHaveCount(0);
  await second.page.getByRole("button", { name: "take over" }).click();
  await expect(second.key(7)).toContainText("kept");
  await expect(second.typed.last()).toHaveText("genECCKeyPair -i 14 -l kept");
  await expect(play.note("Read-only here")).toBeVisible();
  await second.page.locator("#field").focus();
  await second.type("findKey -l kept");
  await expect(second.last()).toContainText("Total number of keys present 2");
});

test("a tab that takes over waits for what the other one has still to write", async ({ play, context }) => {
  await play.login();
  await play.kept();
  const second = await (await visitor(context)).visit();
  await expect(second.note("Read-only here")).toBeVisible();
  await play.page.evaluate(() => { // from now on its storage takes half a second for each transaction
    const { transaction } = IDBDatabase.prototype;
    const until = () => { for (const end = performance.now() + 500; performance.now() < end;); };
    IDBDatabase.prototype.transaction = function (...asked) { until(); return transaction.apply(this, asked); };
    void hsmplay.exec("genECCKeyPair -i 14 -l late");
  });
  await second.page.getByRole("button", { name: "take over" }).click();
  await expect(second.key(7)).toContainText("late");
});

test("a link with lines, opened in a second tab, says what to do, and taking over puts them on the prompt", async ({ play, context }) => {
  await play.empty();
  await play.type("echo one");
  const second = await visitor(context);
  await second.page.goto("#lines=echo%20two");
  await second.ready();
  await expect(second.note("Read-only here")).toContainText("This link brings 1 line: take over, and it stands at the prompt here");
  await expect(second.note("Read-only here")).toHaveCount(1);
  await second.page.getByRole("button", { name: "take over" }).click();
  await expect(second.field).toHaveValue("echo two");
  expect(new URL(second.page.url()).hash).toBe("");
  await second.page.locator("#field").focus();
  await second.enter();
  await expect(second.last()).toContainText("two");
});

alone.describe("where storage is refused", () => {
  alone.beforeEach(({ page }) => page.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("denied", "SecurityError"); } });
  }));

  alone("the page says so and goes on in memory", async ({ play }) => {
    await expect(play.note("Kept until this tab closes")).toBeVisible();
    const [download] = await Promise.all([play.page.waitForEvent("download"), play.page.getByRole("button", { name: "download" }).click()]);
    expect(download.suggestedFilename()).toMatch(/\.json$/);
    await play.page.locator("#field").focus();
    await play.login();
  });
});

alone.describe("where storage is slow", () => {
  /** hold makes the browser's storage answer only once the page says so. */
  const hold = () => {
    const open = indexedDB.open.bind(indexedDB);
    const held: (() => void)[] = [];
    Object.assign(globalThis, { answer: () => { indexedDB.open = open; held.splice(0).forEach((go) => go()); } });
    indexedDB.open = (name, version) => {
      // The real request is made later; its handlers are those of this one by then.
      const asked = {} as IDBOpenDBRequest;
      held.push(() => {
        const request = open(name, version);
        for (const on of ["onsuccess", "onerror", "onupgradeneeded", "oncomplete", "onabort"] as const) (request as any)[on] = (asked as any)[on];
        Object.defineProperty(asked, "result", { get: () => request.result });
        Object.defineProperty(asked, "error", { get: () => request.error });
        Object.defineProperty(asked, "transaction", { get: () => request.transaction });
      });
      return asked;
    };
  };

  alone("a first visit begins, and is saved when it answers", async ({ page }) => {
    await page.addInitScript(hold);
    const play = await new Play(page).visit();
    await expect(play.note("slow to answer. You can begin")).toBeVisible();
    await play.empty();
    await play.type("echo early > f");
    await page.evaluate(() => (globalThis as any).answer());
    await expect(play.note("slow to answer")).toHaveCount(0);
    await play.type("echo late > g");
    await play.kept();
    await page.reload();
    await expect(play.note("Your world comes when it does")).toBeVisible(); // the script holds it again
    await page.evaluate(() => (globalThis as any).answer());
    await play.ready();
    await expect(page.locator("#files")).toContainText("f");
    await expect(play.note("Restored: 0 keys, 2 commands")).toBeVisible();
    await expect(play.note("Kept until this tab closes")).toHaveCount(0);
  });
});

alone.describe("without a network", () => {
  alone.use({ serviceWorkers: "allow" });

  alone("a page that was here before works", async ({ play, context }) => {
    await play.page.evaluate(() => navigator.serviceWorker.ready);
    await play.page.waitForFunction(async () => (await Promise.all((await caches.keys()).map(async (k) => (await (await caches.open(k)).keys()).length))).some((n) => n > 5));
    await context.setOffline(true);
    await play.page.reload();
    await play.ready();
    await play.type("echo offline");
    await expect(play.last()).toContainText("offline");
  });
});
