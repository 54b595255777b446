// The timeline: every command is a point; one goes back and on from there, and both futures stay.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

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
  await play.field.focus();
  await play.type("findKey -l two");
  await expect(play.last()).toContainText("Total number of keys present 1");
});

test("the world of a point is the one that is kept; a fresh cluster is left behind without a word", async ({ play, page }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l one", "exit", "hsm new");
  await expect(keys(play)).toHaveCount(0);
  await open(play);
  await back(play).click();
  await expect(keys(play)).toHaveText("1");
  await page.reload();
  await play.ready();
  await expect(keys(play)).toHaveText("1");
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
