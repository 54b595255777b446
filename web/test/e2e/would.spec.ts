// What the line at the prompt would do, said before Enter.

import { expect, test } from "./play.ts";

for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });

    test("a line is told before Enter, and nothing moves", async ({ play }) => {
      await play.login();
      const would = play.dock.locator(".would");
      const place = () => play.page.evaluate(() => ["#dock", "#info", "#transcripts"].map((part) => Math.round(document.querySelector(part)!.getBoundingClientRect().top)));
      const before = await place();
      await play.write("genECCKeyPair -i 14 -l a");
      await expect(would).toContainText("Creates 1 pair (EC P-384) on all 3 HSMs under the handles 6 and 7, owner example_user, private key extractable.");
      expect(await place()).toEqual(before);
      expect(await play.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await expect(play.dock.locator("[aria-live=polite] .would")).toHaveCount(1);
      await play.enter();
      await expect(would).toHaveCount(0);
      await expect(play.last()).toContainText("public key handle: 6    private key handle: 7");
      await play.write("genECCKeyPair -i 13 -l a");
      await expect(would).toContainText("Will be refused: the size or curve is not allowed (0xb3).");
      await expect(would).toHaveClass(/refused/);
      await play.press("Control+u");
      await play.write("deleteKey -k 7");
      await expect(would.locator(".final")).toContainText("cannot be undone");
      await play.press("Backspace");
      await expect(would).toHaveCount(0);
    });
  });
}

test("the line stays untouched, and so does the world", async ({ play }) => {
  await play.type("key_mgmt_util", "exit");
  await play.write("hsm new");
  await expect(play.dock.locator(".would")).toContainText("Puts a fresh cluster in place of this one.");
  await expect(play.dock.locator(".would")).toContainText("This world is kept among the worlds, so there is a way back.");
  await expect(play.dock.locator(".final")).toHaveCount(0);
  await expect(play.field).toHaveValue("hsm new");
  await play.press("Control+u");
  await play.type("hsm status");
  await expect(play.last()).toContainText("3 of 3 HSMs up");
});

test("nothing is said with the notes off", async ({ play }) => {
  await play.login();
  await play.write("findKey");
  await expect(play.dock.locator(".would")).toContainText("Reads, and changes nothing.");
  await play.page.getByRole("button", { name: "Settings" }).click();
  await play.page.getByRole("radio", { name: "none" }).check();
  await play.press("Escape");
  await play.page.locator("#field").focus();
  await play.write(" ");
  await play.page.waitForTimeout(600);
  await expect(play.dock.locator(".would")).toHaveCount(0);
});
