// Every panel, dialog, the start screen and the lesson card, in both themes: nothing wider than the window, and axe finds nothing. $SHOTS is a folder for
// pictures, to be looked at: with it at four widths, else at the two that differ most.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

declare const process: { env: Record<string, string | undefined> };

const all = [{ width: 360, height: 740 }, { width: 900, height: 800 }, { width: 1440, height: 900 }, { width: 2560, height: 1300 }];
const sizes = all.filter(({ width }) => process.env["SHOTS"] || width === 360 || width === 1440);
const panels = ["Keys", "Users", "Files", "Sessions", "Approvals", "Audit", "Cluster"];

/** looked checks what stands on the page now, in both themes. */
async function looked(play: Play, name: string, width: number): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await play.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await play.page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {}))));
    if (process.env["SHOTS"]) await play.page.screenshot({ path: `${process.env["SHOTS"]}/${width}-${theme}-${name}.png` });
    const { violations } = await new AxeBuilder({ page: play.page }).analyze();
    expect(violations.map((v) => `${name}, ${theme}: ${v.id} ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`)).toEqual([]);
  }
  expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is wider than the window`).toBe(0);
}

/** open opens a panel, by its handle where panels are a drawer, and alone where all stand beside the terminal. */
async function open(play: Play, title: string): Promise<void> {
  const { page } = play;
  await expect(page.getByRole("dialog")).toHaveCount(0);
  if (await page.locator("#openers").isVisible() || await page.locator(".more-panels").isVisible()) {
    if (!await page.locator("#openers").isVisible()) await page.locator(".more-panels").click();
    const opener = page.locator("#openers").getByRole("button", { name: new RegExp(`^${title}`) });
    if (await opener.isVisible() && await opener.getAttribute("aria-expanded") === "false") await opener.click(); // the first is open already
    await expect(opener).toHaveAttribute("aria-expanded", "true");
    return;
  }
  for (const fold of await page.locator(".panel .fold").all()) {
    const says = (await fold.textContent())!;
    if ((await fold.getAttribute("aria-expanded") === "true") !== says.startsWith(title)) await fold.click();
  }
}

test.describe.configure({ timeout: 480_000 }); // many looks in one test, and axe is slow on a busy machine

for (const viewport of sizes) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });
    const at = (play: Play, name: string) => looked(play, name, viewport.width);

    test("the start screen and the panels", async ({ play }) => {
      await at(play, "start");
      await play.login();
      await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7", "genECCKeyPair -i 1 -l ecc1");
      await at(play, "transcript");
      for (const title of panels) {
        await open(play, title);
        const more = play.page.getByRole("button", { name: "More for HSM 1" });
        if (title === "Cluster" && await more.isVisible()) await more.click();
        if (title === "Keys") await play.key(7).locator(".label-of").click();
        await at(play, title.toLowerCase());
        if (title === "Keys") await play.key(7).locator(".label-of").click();
        const close = play.page.locator(".closer");
        if (await close.isVisible()) await close.click();
      }
    });

    test("the dialogs and the lesson card", async ({ play }) => {
      await play.login();
      await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7");
      await play.last().getByRole("button", { name: /^Decode/ }).click();
      await at(play, "viewer");
      await play.press("Escape");
      await open(play, "Keys");
      await play.key(7).locator(".label-of").click();
      await play.page.getByRole("button", { name: "Look closer at key 7" }).click();
      for (const look of ["Life", "Copies", "Who may", "Attributes"]) {
        await play.page.getByRole("dialog").getByRole("button", { name: look, exact: true }).click();
        await at(play, `microscope-${look.replace(" ", "-").toLowerCase()}`);
      }
      await play.press("Escape");
      const menu = async (says: string) => {
        const button = play.page.locator("#menu-button");
        if (await button.isVisible()) await button.click();
        await play.page.locator("#menu").getByRole("button", { name: says, exact: true }).click();
        await expect(play.page.getByRole("dialog")).toBeVisible();
      };
      for (const says of ["Help", "Worlds", "Settings", "Start over", "Lessons"]) {
        await menu(says);
        if (says === "Lessons") await expect(play.page.locator("dialog .lessons button").first()).toBeVisible();
        await at(play, says.replace(" ", "-").toLowerCase());
        if (says !== "Lessons") await play.press("Escape");
      }
      await play.page.locator("dialog .lessons button").first().click();
      await expect(play.page.locator("#lesson, #lessonbar").filter({ visible: true })).toContainText(/[Ss]tep 1 of/);
      await at(play, "lesson");
    });
  });
}
