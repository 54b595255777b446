// The timeline: every command is a point; one goes back and on from there, and both futures stay.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, visitor, type Play } from "./play.ts";

const strip = (play: Play) => play.page.getByRole("region", { name: "Timeline" });
const back = (play: Play) => strip(play).getByRole("button", { name: "← Back" });
const forth = (play: Play) => strip(play).getByRole("button", { name: "Forth →" });
const keys = (play: Play) => play.page.locator("#keys .count");

const open = async (play: Play) => {
  await play.page.keyboard.press("Escape");
  if (await play.page.locator("#menu-button").isVisible()) await play.page.locator("#menu-button").click();
  await play.page.getByRole("button", { name: "Timeline", exact: true }).click();
  await expect(strip(play)).toBeVisible();
};

test("one steps back and forth by keys, goes on from a point, and both futures stay", async ({ play }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two");
  await expect(keys(play)).toHaveText("2");
  await open(play);
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l two Made key 7.");
  await back(play).focus();
  await play.press("Enter");
  await expect(strip(play)).toContainText("1 command back: genSymKey -t 31 -s 32 -l one");
  await expect(keys(play)).toHaveText("1");
  await expect(play.last()).toContainText("From here on the world is as it was after genSymKey -t 31 -s 32 -l one");
  await expect(play.typed).toHaveCount(4);
  await forth(play).click();
  await expect(keys(play)).toHaveText("2");
  await back(play).click();
  await expect(keys(play)).toHaveText("1");
  await play.field.focus();
  await play.type("genSymKey -t 31 -s 32 -l three");
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l three Made key 7.");
  await strip(play).getByRole("button", { name: /points$/ }).click();
  const other = strip(play).getByRole("listitem").filter({ hasText: "Another way: 1 command on" });
  await other.getByRole("button", { name: /What differs/ }).click();
  await expect(other.getByRole("group")).toContainText('key 7 changed: AES secret "three", on HSM 0 1 2');
  await expect(other.getByRole("group")).toContainText("Not here:genSymKey -t 31 -s 32 -l two");
  await other.locator(".point").focus();
  await play.press("Enter");
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l two");
  await expect(strip(play).locator("[aria-current=step]")).toBeFocused(); // its row stands elsewhere now
  await play.field.focus();
  await play.type("findKey -l two");
  await expect(play.last()).toContainText("Total number of keys present 1");
  await play.last().getByRole("button", { name: /^Menu of/ }).focus();
  await play.press("Enter");
  await play.page.getByRole("menuitem", { name: /^To here as a script/ }).click();
  await play.page.getByRole("dialog").getByRole("button", { name: "Leave it out" }).click();
  await expect(play.dock).toContainText("lines of other ways in the timeline are");
});

test("the world of a point is the one that is kept; a fresh cluster is left behind without a word", async ({ play, page }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one", "exit", "hsm new");
  await expect(keys(play)).toHaveCount(0);
  await open(play);
  await back(play).click();
  await expect(keys(play)).toHaveText("1");
  await play.kept();
  await page.reload();
  await play.ready();
  await expect(keys(play)).toHaveText("1");
});

/** kept waits until the timeline is stored up to the last line. */
const kept = (play: Play, points: number) => expect.poll(() => play.page.evaluate(async () => {
  const names = (await indexedDB.databases()).map((d) => d.name!).filter((n) => n.endsWith("timeline"));
  if (names.length === 0) return 0;
  const db = await new Promise<IDBDatabase>((done) => { const r = indexedDB.open(names[0]!); r.onsuccess = () => done(r.result); });
  const keys = await new Promise<string[]>((done) => { const r = db.transaction("rows").objectStore("rows").getAllKeys(); r.onsuccess = () => done(r.result as string[]); });
  db.close();
  return keys.filter((k) => /\/(rows|whole)\//.test(k)).length;
})).toBe(points);

const reload = async (play: Play) => {
  await play.page.reload();
  await play.ready();
};

test("the points survive a reload: one steps back, goes on, and both futures are there after another one", async ({ play }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two");
  await kept(play, 5);
  await reload(play);
  await open(play);
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l two Made key 7.");
  await expect(strip(play)).toContainText("5 points");
  await back(play).click();
  await expect(strip(play)).toContainText("1 command back: genSymKey -t 31 -s 32 -l one");
  await expect(keys(play)).toHaveText("1");
  await play.field.focus();
  await play.type("genSymKey -t 31 -s 32 -l three");
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l three Made key 7.");
  await kept(play, 6);
  await reload(play);
  await open(play);
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l three");
  await strip(play).getByRole("button", { name: /points$/ }).click();
  const other = strip(play).getByRole("listitem").filter({ hasText: "Another way: 1 command on" });
  await other.getByRole("button", { name: /What differs/ }).click();
  await expect(other.getByRole("group")).toContainText('key 7 changed: AES secret "three", on HSM 0 1 2');
  await other.locator(".point").click();
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l two");
  await play.field.focus();
  await play.type("findKey -l two");
  await expect(play.last()).toContainText("Total number of keys present 1");
});

test("another tab takes over: the timeline is whole there, one steps back in it, and the first tab says that it only reads", async ({ play, context }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one", "genSymKey -t 31 -s 32 -l two");
  await kept(play, 5);
  await open(play);
  const second = await (await visitor(context)).visit();
  await second.page.getByRole("button", { name: "take over" }).click();
  await expect(keys(second)).toHaveText("2");
  await open(second);
  await expect(strip(second)).toContainText("Now: genSymKey -t 31 -s 32 -l two Made key 7.");
  await expect(strip(second)).toContainText("5 points");
  await back(second).click();
  await expect(strip(second)).toContainText("1 command back: genSymKey -t 31 -s 32 -l one");
  await expect(keys(second)).toHaveText("1");
  await second.field.focus();
  await second.type("genSymKey -t 31 -s 32 -l three");
  await expect(strip(second)).toContainText("Now: genSymKey -t 31 -s 32 -l three");
  await expect(play.note("Read-only here")).toContainText("Go on there, or take over here.");
  await expect(strip(play)).toContainText("Another tab plays this world: it is read only here.");
  await expect(back(play)).toBeDisabled();
});

test("a world has a timeline of its own, on the shelf too, and a fresh one begins with none", async ({ play, page }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one");
  await kept(play, 4);
  await page.evaluate(() => document.querySelector<HTMLElement>("[data-action=world]")!.click());
  await page.getByRole("button", { name: "New world" }).click();
  await expect(keys(play)).toHaveCount(0);
  await play.type("echo fresh");
  await open(play);
  await expect(strip(play)).toContainText("2 points");
  await page.evaluate(() => document.querySelector<HTMLElement>("[data-action=world]")!.click());
  await page.getByRole("button", { name: "Open My world" }).click();
  await expect(keys(play)).toHaveText("1");
  await expect(strip(play)).toContainText("Now: genSymKey -t 31 -s 32 -l one");
  await back(play).click();
  await expect(keys(play)).toHaveCount(0);
});

test("what is stored of the points and cannot be read is left alone, and the world is as it was", async ({ play, page }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one");
  await kept(play, 4);
  /** spoil changes stored rows whose names match. */
  const spoil = (pattern: string, value: string) => page.evaluate(async ([pattern, value]) => {
    const name = (await indexedDB.databases()).map((d) => d.name!).find((n) => n.endsWith("timeline"))!;
    const db = await new Promise<IDBDatabase>((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
    const store = db.transaction("rows", "readwrite").objectStore("rows");
    const keys = await new Promise<string[]>((done) => { const r = store.getAllKeys(); r.onsuccess = () => done(r.result as string[]); });
    for (const key of keys.filter((k) => new RegExp(pattern!).test(k))) store.put(value, key);
    await new Promise((done) => (store.transaction.oncomplete = done));
    db.close();
  }, [pattern, value]);
  await spoil("/(rows|whole)/", JSON.stringify({ world: "<img src=x onerror=alert(1)>" }));
  await reload(play);
  await open(play);
  await expect(strip(play)).toContainText("4 points");
  await back(play).click();
  await expect(strip(play).getByRole("alert")).toContainText("cannot be read. The world is as it was.");
  await expect(keys(play)).toHaveText("1");
  await spoil("/head", "{}");
  await reload(play);
  await expect(keys(play)).toHaveText("1");
  await open(play);
  await expect(strip(play)).toContainText("1 point");
  await play.field.focus();
  await play.type("genSymKey -t 31 -s 32 -l two");
  await expect(strip(play)).toContainText("2 points");
});

test("F6 stops at the strip", async ({ play, page }) => {
  await open(play);
  await play.field.focus();
  for (let i = 0; i < 3 && !await page.evaluate(() => document.activeElement?.id === "timeline"); i++) await play.press("F6");
  await expect(strip(play)).toBeFocused();
  await play.press("Shift+F6", "Shift+F6");
  await expect(play.field).toBeFocused();
});

for (const [width, scheme] of [[360, "light"], [1440, "dark"]] as const) {
  test(`the timeline fits and passes axe at ${width} in ${scheme}`, async ({ play, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await play.login();
    await play.type("genECCKeyPair -i 14 -l pair", "deleteKey -k 99");
    await open(play);
    await strip(play).getByRole("button", { name: /points$/ }).click();
    await strip(play).getByRole("button", { name: /What differs/ }).last().click();
    await expect(strip(play).getByRole("group")).toContainText("From there to here");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page }).include("#timeline").analyze()).violations).toEqual([]);
  });
}
