// Lessons where something is not there: the network, or mouse and keyboard.

import { begin, card, list, row, unfold } from "./lesson.ts";
import { alone, expect, Play } from "./play.ts";
import { serving } from "./serving.ts";

alone.describe("without a network", () => {
  alone.use({ serviceWorkers: "allow" });

  alone("the course comes in both languages, and a lesson that was never opened is played", async ({ context }) => {
    const { home, stop } = await serving("dist");
    try {
      const play = new Play(await context.newPage());
      const asked: string[] = [];
      play.page.on("request", (r) => void asked.push(r.url()));
      await play.page.goto(home);
      await play.ready();
      await play.page.evaluate(() => navigator.serviceWorker.ready);
      expect(asked.filter((url) => /course-/.test(url)), "no lesson comes before it is wanted").toEqual([]);
      stop();
      await expect.poll(() => fetch(home).then(() => "there", () => "gone")).toBe("gone");
      await play.page.reload();
      await play.ready();
      await play.empty();
      await begin(play, "The first minute");
      await play.type("key_mgmt_util");
      await expect(card(play)).toContainText("The tool has reached the HSMs through a program on this machine");
      await list(play);
      await expect(play.page.getByRole("dialog").locator(".lessons li")).toHaveCount(31);
      await play.page.getByRole("dialog").getByLabel("Language").selectOption("de");
      await row(play, "FIPS und Kurven").click();
      await expect(card(play)).toContainText("Eine Ablehnung");
      await play.page.locator("#field").focus();
      await play.type("genECCKeyPair -i 1 -l x");
      await expect(card(play)).toContainText("Sie steht unter jeder Ablehnung eines neuen Schlüssels");
    } finally {
      stop();
    }
  });

  alone("a lesson's address works", async ({ context }) => {
    const { home, stop } = await serving("dist");
    try {
      const play = new Play(await context.newPage());
      await play.page.goto(home);
      await play.ready();
      await play.page.evaluate(() => navigator.serviceWorker.ready);
      stop();
      await expect.poll(() => fetch(home).then(() => "there", () => "gone")).toBe("gone");
      await play.page.goto(`${home}?lesson=dead-hsm`);
      await play.ready();
      await expect(card(play)).toContainText(/step 1 of/);
      await expect(play.page).toHaveURL(/lesson=dead-hsm/);
    } finally {
      stop();
    }
  });
});

alone.describe("by touch alone", () => {
  alone.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  alone("a tap on a word of the field shows its sentence, and a tap beside it takes it away", async ({ play }) => {
    await play.page.locator("nav.way").getByRole("button", { name: "The first minute" }).tap();
    await expect(card(play)).toContainText(/step 1 of/);
    await unfold(play);
    const box = play.page.locator(".means-box");
    const terms = card(play).locator(".term");
    await expect(terms.nth(1)).toBeAttached();
    for (const term of [terms.nth(0), terms.nth(1)]) {
      await term.tap();
      await expect(box).toBeVisible();
      await expect(box).toHaveText((await term.getAttribute("data-means"))!);
      const { x, width } = (await box.boundingBox())!;
      expect([x >= 0, x + width <= 360], "it stands on the screen").toEqual([true, true]);
    }
    await card(play).locator("h3").tap();
    await expect(box).toBeHidden();
  });
});
