// The calls to HSMs that a line has made, folded below its block.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

const fold = (play: Play) => play.last().getByRole("button", { name: "calls to HSMs" });
const log = (play: Play) => play.last().getByRole("group", { name: /^Calls of/ });

test("a pair's calls: the very ones, by keys, each argument opens to its meaning", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l pair");
  await fold(play).focus();
  await play.press("Enter");
  await expect(log(play).getByRole("listitem")).toHaveCount(3);
  await expect(log(play).getByRole("listitem").first()).toContainText("client → HSM 0");
  await expect(log(play).getByRole("listitem").first()).toContainText("CN_GENERATE_KEY_PAIR");
  await expect(log(play).getByRole("listitem").last()).toContainText("HSM 0 → HSM 2");
  await play.press("Tab", "Tab", "Tab");
  await play.press("Enter");
  await expect(log(play)).toContainText("The handles: of a pair");
  await play.press("Enter");
  await expect(log(play)).not.toContainText("The handles: of a pair");
  await log(play).getByRole("checkbox").focus();
  await play.press("Space");
  await expect(log(play).getByRole("listitem")).toHaveText([
    "The client asked HSM 0 to make keys 6 and 7.", "HSM 0 sent keys 6 and 7 masked to HSM 1 and 2.",
  ]);
});

test("a password is told by its length, a name of ours is called so; a line without calls has no fold", async ({ play }) => {
  await play.login();
  await fold(play).click();
  await expect(log(play)).toContainText("3 characters");
  await expect(log(play)).not.toContainText("aws");
  await play.type("getKeyInfo -k 99");
  await fold(play).click();
  await expect(log(play).getByText("our name").first()).toBeVisible();
  await log(play).getByRole("button", { name: "look up" }).first().click();
  await expect(log(play)).toContainText("No public page names this call");
  await play.type("help");
  await expect(fold(play)).toHaveCount(0);
});

test("what was opened is there after a reload", async ({ play, page }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l k");
  await fold(play).click();
  await expect(log(play).getByRole("listitem")).toHaveCount(3);
  await page.waitForTimeout(700); // the screen is written soon
  await page.reload();
  await play.ready();
  await expect(play.transcript.getByRole("group", { name: "Calls of genSymKey" }).getByRole("listitem")).toHaveCount(3);
  await play.type("genSymKey -t 31 -s 32 -l l");
  await fold(play).click();
  await expect(log(play).getByRole("listitem").first()).toContainText("7");
});

for (const [width, scheme] of [[360, "light"], [360, "dark"], [1440, "light"], [1440, "dark"]] as const) {
  test(`the calls fit and pass axe at ${width} in ${scheme}`, async ({ play, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await play.login();
    await play.type("genECCKeyPair -i 14 -l pair");
    await fold(play).click();
    await log(play).getByRole("button", { name: "generate" }).click();
    await expect(log(play).getByRole("listitem")).toHaveCount(3);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page }).include(".calls").analyze()).violations).toEqual([]);
  });
}
