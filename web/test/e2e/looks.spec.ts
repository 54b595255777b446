// Every panel, dialog, the start screen, what opens below a line and the lesson card, in both themes at four widths: nothing wider than the window, no text
// that leaves its box, and axe finds nothing. $SHOTS is a folder for pictures, to be looked at; without it axe looks at the two widths that differ most.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

declare const process: { env: Record<string, string | undefined> };

const all = [{ width: 360, height: 740 }, { width: 900, height: 800 }, { width: 1440, height: 900 }, { width: 2560, height: 1300 }];
const forAxe = all.map(({ width }) => width).filter((width) => process.env["SHOTS"] || width === 360 || width === 1440);
const panels = ["Keys", "Users", "Files", "Sessions", "Approvals", "Audit", "Cluster"];

/** looked checks what stands on the page now, in both themes. */
async function looked(play: Play, name: string, width: number): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await play.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await play.page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => {}))));
    if (process.env["SHOTS"]) await play.page.screenshot({ path: `${process.env["SHOTS"]}/${width}-${theme}-${name}.png` });
    if (!forAxe.includes(width)) continue;
    const { violations } = await new AxeBuilder({ page: play.page }).analyze();
    expect(violations.map((v) => `${name}, ${theme}: ${v.id} ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`)).toEqual([]);
  }
  expect(await play.page.evaluate(leaving), `${name}: text that leaves its box`).toEqual([]);
  expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} is wider than the window`).toBe(0);
}

/** leaving runs in the page: the texts that are wider than the box they stand in, where that neither scrolls nor ends in an ellipsis. */
function leaving(): string[] {
  const found: string[] = [];
  const texts = document.createTreeWalker(document.querySelector("dialog[open]") ?? document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    let box = text.parentElement!;
    if (!text.textContent!.trim() || !box.checkVisibility({ visibilityProperty: true }) || box.closest("svg, .hidden, [aria-hidden=true], select, pre.flat")) continue;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement!;
    const style = getComputedStyle(box);
    if (style.overflowX !== "visible" || box.clientWidth < 4) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const [is, may] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    const out = is.right - may.right + parseFloat(style.paddingRight);
    if (out > 1.5 && is.width > 0) found.push(`${box.tagName}.${box.className}: ${text.textContent!.slice(0, 60)} by ${out.toFixed(1)} px`);
  }
  return found;
}

/** open opens a panel, by its handle where panels are a drawer, and alone where all stand beside the terminal. */
async function open(play: Play, title: string): Promise<void> {
  const { page } = play;
  await expect(page.getByRole("dialog")).toHaveCount(0);
  if (await page.locator("#openers").isVisible() || await page.locator(".more-panels").isVisible()) {
    if (!await page.locator("#openers").isVisible()) await page.locator(".more-panels").click();
    const opener = page.locator("#openers").getByRole("button", { name: new RegExp(`^${title}`) });
    if (!await opener.isVisible()) return; // the cluster, where it is a strip that is always seen
    if (await opener.getAttribute("aria-expanded") === "false") await opener.click(); // the first is open already
    await expect(opener).toHaveAttribute("aria-expanded", "true");
    return;
  }
  for (const fold of await page.locator(".panel .fold").all()) {
    const says = (await fold.textContent())!;
    if ((await fold.getAttribute("aria-expanded") === "true") !== says.startsWith(title)) await fold.click();
  }
}

test.describe.configure({ timeout: 480_000 }); // many looks in one test, and axe is slow on a busy machine

for (const viewport of all) {
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

    test("what opens below a line, the timeline, a wait and a question", async ({ play }) => {
      await play.login();
      await play.write("genECCKeyPair -");
      await play.press("Tab");
      await at(play, "completions");
      await play.press("Escape", "Control+u");
      await play.write("genECCKeyPair -i 14 -l ecc14");
      await expect(play.dock.locator(".would")).toContainText("Creates 1 pair");
      await at(play, "would");
      await play.enter();
      await play.last().getByRole("button", { name: "calls to HSMs" }).click();
      await expect(play.last().locator(".calls li")).toHaveCount(3);
      await play.last().locator(".calls .open").first().click();
      await at(play, "calls");
      await play.type("genECCKeyPair -i 1 -l ecc1");
      await play.last().getByRole("button", { name: "why, and what now" }).click();
      await expect(play.last().locator(".repairs")).toBeVisible();
      await at(play, "why");
      await play.last().getByRole("button", { name: /^Menu of/ }).focus();
      await play.press("Enter");
      await at(play, "menu");
      await play.page.getByRole("menuitem", { name: /^In other words/ }).click();
      await expect(play.last().locator(".other-words dl")).toBeVisible();
      await at(play, "other-words");
      await play.field.focus();
      await play.type("exit", "hsm stop 2", "hsm isolate 1");
      await play.page.evaluate(() => document.querySelector<HTMLElement>("[data-action=timeline]")!.click());
      const strip = play.page.getByRole("region", { name: "Timeline" });
      await strip.getByRole("button", { name: /points$/ }).click();
      await strip.getByRole("button", { name: /What differs/ }).last().click();
      await expect(strip.getByRole("group")).toContainText("From there to here");
      await at(play, "timeline");
      await strip.locator(".close").click();
      await play.field.focus();
      await play.type("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password");
      await play.send("createUser CU ann password1");
      await expect(play.prompt).toContainText("(y/n)");
      await at(play, "question");
      await play.answer("n");
      await play.type("quit", "key_mgmt_util", "loginHSM -u CU -s example_user -p aws");
      await play.send("genECCKeyPair -i 14 -l three -min_srv 3");
      await expect(play.dock).toContainText("of 3 HSMs");
      await at(play, "wait");
      await play.press("Control+c");
    });

    test("the dialogs of files and keys", async ({ play }) => {
      await play.login();
      await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 6 -a 512 -out attr_6", "getAttribute -o 7 -a 512 -out attr_7");
      await play.last().getByRole("button", { name: /^Decode/ }).click(); // also before the panel has read the files
      await at(play, "viewer");
      await play.page.getByRole("dialog").getByRole("button", { name: "Compare" }).click();
      await at(play, "compare");
      await play.press("Escape");
      await play.last().getByRole("button", { name: /^Decode/ }).click();
      await play.page.getByRole("dialog").getByRole("button", { name: "Edit" }).click();
      await expect(play.page.getByRole("dialog").locator("textarea")).toBeVisible();
      await at(play, "editor");
      await play.press("Escape");
      await open(play, "Keys");
      await play.key(7).locator(".label-of").click();
      await play.page.getByRole("button", { name: "Look closer at key 7" }).click();
      for (const look of ["Life", "Copies", "Who may", "Attributes"]) {
        await play.page.getByRole("dialog").getByRole("button", { name: look, exact: true }).click();
        await at(play, `microscope-${look.replace(" ", "-").toLowerCase()}`);
      }
    });

    test("the dialogs of the menu, and the lesson card", async ({ play }) => {
      await play.empty();
      const menu = async (says: string) => {
        const button = play.page.locator("#menu-button");
        if (await button.isVisible()) await button.click();
        await play.page.locator("#menu").getByRole("button", { name: says, exact: true }).click();
        await expect(play.page.getByRole("dialog")).toBeVisible();
      };
      await menu("Help");
      await play.page.getByRole("dialog").getByRole("button", { name: "What is real, what is made up" }).click();
      await at(play, "real");
      await play.page.getByRole("dialog").getByRole("button", { name: "Check the cryptography" }).click();
      await expect(play.page.getByRole("dialog").getByRole("status")).toContainText("All");
      await play.page.getByRole("dialog").locator("summary").first().click();
      await at(play, "known-answers");
      await play.press("Escape");
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

for (const viewport of all.slice(0, 3)) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });

    test("buttons, links, switches and tabs look like what they are", async ({ play }) => {
      await play.login();
      await play.type("getAttribute -o 1 -a 512 -out attr", "genECCKeyPair -i 1 -l ecc1");
      await play.newTab();
      await open(play, "Files");
      expect(await play.page.evaluate(bare)).toEqual([]);
      const tab = (n: number) => play.tabs.nth(n).evaluate((t) => ({ line: getComputedStyle(t).borderTopColor, ground: getComputedStyle(t).backgroundColor, x: t.querySelector(".x")!.checkVisibility() }));
      const close = play.page.locator(".closer");
      if (await close.isVisible()) await close.click();
      const [back, front] = [await tab(0), await tab(1)];
      expect(front.x && back.x).toBe(true);
      expect(front.ground).not.toBe(back.ground);
      expect(front.line).not.toBe(back.line);
      await play.page.evaluate(() => document.querySelector<HTMLElement>("[data-action=settings]")!.click());
      await expect(play.page.getByRole("radio", { checked: true })).toHaveCount(3);
      expect(await play.page.getByRole("radio").evaluateAll((all) => all.filter((r) => getComputedStyle(r).appearance === "none").length)).toBe(0);
      expect(await play.page.evaluate(bare)).toEqual([]);
    });
  });
}

/** bare runs in the page: the buttons that have neither an edge, nor an underline as links have, nor a mark as folds have. Tabs, and what stands in
 *  their strip, are told from text by the strip. */
function bare(): string[] {
  const isBare = (b: Element) => {
    const style = getComputedStyle(b);
    const hasEdge = style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0 && !/, 0\)$|transparent/.test(style.borderTopColor);
    const hasMark = ["::before", "::after"].some((at) => /[▸▾▴×↑↓]/.test(getComputedStyle(b, at).content)) || /[▸▾▴×↑↓]/.test(b.textContent!);
    return !hasEdge && !style.textDecorationLine.includes("underline") && !hasMark;
  };
  return [...document.querySelectorAll("button")].filter((b) => b.checkVisibility() && !b.closest("#tabs, .sort")).filter(isBare)
    .map((b) => `${b.className}: ${b.textContent}`);
}
