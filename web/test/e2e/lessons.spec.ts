// Lessons by real keys: at a desk and on a phone, with the keyboard and the spoken log alone, over a reload, and back to one's own world.

import { begin, card, drop, list, row, unfold } from "./lesson.ts";
import { expect, test, type Play } from "./play.ts";

const spoken = (play: Play) => play.page.locator("#spoken");
const first = "Your first EC key pair";

for (const viewport of [{ width: 1440, height: 900 }, { width: 900, height: 800 }, { width: 360, height: 740 }]) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });

    test("a lesson from its first to its last step", async ({ play }) => {
      await play.empty();
      await play.type("touch mine");
      await begin(play, first);
      await play.type("genECCKeyPair -i 2 -l ecc14");
      await expect(play.note("The pair labelled ecc14 is on curve 2")).toBeVisible();
      await unfold(play);
      await expect(card(play)).toContainText("asked for: 14");
      await expect(play.dock.getByRole("button", { name: "genECCKeyPair" })).toHaveCount(0);
      await card(play).getByRole("button", { name: "Hint 1 of 2" }).click();
      await expect(card(play)).toContainText("lists its options");
      await card(play).getByRole("button", { name: "Show me" }).click();
      await expect(play.field).toHaveValue("genECCKeyPair -i 14 -l ecc14");
      await play.page.locator("#field").focus();
      await play.enter();
      await expect(card(play)).toContainText("one line per HSM");
      await unfold(play);
      await expect(card(play)).toContainText("on HSMs 0 1 2");
      const scrolled = (by: number) => play.page.locator("#lesson, #lessonbar .unfolded").filter({ visible: true }).evaluate((e, n) => (e.scrollTop += n), by);
      await scrolled(9999);
      await card(play).getByRole("button", { name: "Next step" }).click();
      await expect(card(play)).toContainText(/[Ss]tep 2 of 3/);
      await expect.poll(() => scrolled(0), "the next step is read from its beginning").toBe(0);
      await play.page.locator("#field").focus();
      await play.type("findKey -l ecc14 -c 3");
      await expect(play.last()).toContainText("start index 0::");
      const handle = /0::\d+\s+(?:\d+, )*(\d+)/.exec(await play.last().innerText())![1]!;
      await play.type(`getAttribute -o ${handle} -a 512 -out private.txt`, "exit", "cat private.txt");
      await unfold(play);
      await card(play).getByRole("button", { name: "Next step" }).click();
      await unfold(play);
      await card(play).getByRole("button", { name: "0x00", exact: true }).click();
      await expect(card(play)).toContainText("it is 0xb3");
      await play.page.locator("#field").focus();
      await play.press("Control+e", "Control+u");
      await play.type("key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 1 -l first");
      await unfold(play);
      await expect(card(play)).toContainText("Another lesson");
      await card(play).getByRole("button", { name: "Back to my world" }).click();
      await expect(card(play)).toHaveCount(0);
      await expect(play.blocks.filter({ hasText: "touch mine" })).toHaveCount(1);
      await play.page.locator("#field").focus();
      await play.type("ls");
      await expect(play.last()).toContainText("mine");
      await list(play);
      await expect(row(play, first)).toContainText("done");
      expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    });
  });
}

test("a reload goes on with the lesson, and its end brings the own world back", async ({ play }) => {
  await play.empty();
  await play.type("touch mine");
  await begin(play, first);
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await card(play).getByRole("button", { name: "Next step" }).click();
  await expect(card(play)).toContainText("step 2 of 3");
  await expect.poll(() => play.page.evaluate(() => new Promise<boolean>((done) => {
    const opening = indexedDB.open(`hsmplay:${new URL(".", location.href).pathname}world`);
    opening.onsuccess = () => {
      const keys = opening.result.transaction("rows").objectStore("rows").getAllKeys();
      keys.onsuccess = () => { opening.result.close(); done(keys.result.some((k) => String(k).startsWith("@lesson/node/"))); };
    };
  }))).toBe(true);
  await play.keptScreen(["genECCKeyPair -i 14 -l ecc14"], "lessonscreen");
  await play.page.reload();
  await play.ready();
  await expect(card(play)).toContainText("step 2 of 3");
  await expect(play.blocks.filter({ hasText: "genECCKeyPair -i 14 -l ecc14" }), "what its tabs have shown is there").toHaveCount(1);
  await play.page.locator("#field").focus();
  await play.type("findKey -l ecc14");
  await expect(play.last()).toContainText("Total number of keys present 2");
  await card(play).getByRole("button", { name: "leave the lesson" }).click();
  await expect(card(play)).toHaveCount(0);
  await play.page.locator("#field").focus();
  await play.type("ls");
  await expect(play.last()).toContainText("mine");
});

test("by keyboard and the spoken log alone", async ({ play }) => {
  await play.empty();
  await begin(play, first);
  await expect(spoken(play)).toContainText("Step 1 of 3: Make a pair. To do, in any order: a private P-384 key labelled ecc14, on every HSM");
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect(spoken(play)).toContainText("Done: a private P-384 key labelled ecc14, on every HSM, key");
  await expect(spoken(play)).toContainText("The step “Make a pair” is done.");
  for (let i = 0; i < 8 && !await play.page.evaluate(() => document.activeElement?.id === "lesson"); i++) await play.press("F6");
  const onward = play.page.locator("#lesson").getByRole("button", { name: "Next step" });
  for (let i = 0; i < 12 && !await onward.evaluate((b) => b === document.activeElement); i++) await play.press("Tab");
  await expect(onward).toBeFocused();
  await play.press("Enter");
  await expect(spoken(play)).toContainText("Step 2 of 3: Look at it.");
  await expect(play.page.locator("#field")).toBeFocused();
  await expect(play.page.getByRole("region", { name: "Lesson" })).toMatchAriaSnapshot(`
    - heading "Your first EC key pair" [level=2]
    - heading "Look at it" [level=3]
  `);
});

test("a step again brings back the world of that moment", async ({ play }) => {
  await play.empty();
  await begin(play, first);
  await play.type("genECCKeyPair -i 2 -l ecc14");
  await card(play).getByRole("button", { name: "this step again" }).click();
  await expect(play.typed).toHaveCount(0);
  await play.page.locator("#field").focus();
  await play.type("findKey");
  await expect(play.last()).toContainText("Total number of keys present 0");
});

test("a step again has its tabs in their order, whichever was in front", async ({ play }) => {
  const press = (name: string) => card(play).getByRole("button", { name, exact: true }).click();
  await play.empty();
  await begin(play, "A user is missing");
  await press("0x00");
  await expect(play.field).toHaveValue(/^loginHSM/);
  await play.enter();
  await press("Next step");
  await play.newTab();
  await play.type("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "listUsers");
  await press("Next step");
  await press("no");
  await expect(play.tabs, "a guess about a third tab opens none").toHaveCount(2);
  await play.newTab();
  await expect(play.field).toHaveValue("hsm clock +10m");
  await expect(play.tabs).toHaveCount(3);
  await press("this step again");
  await expect(play.tabs).toHaveText([/^1 . key_mgmt_util/, /^2 . cloudhsm_mgmt_util/]);
  await expect(play.tabs.first()).toHaveAttribute("aria-selected", "true");
});

test("a lesson by its address", async ({ play }) => {
  await play.page.goto("?lesson=first-key-pair");
  await play.ready();
  await expect(card(play)).toContainText(first);
  await expect(play.page).toHaveURL(/lesson=first-key-pair/);
});

test("a lesson by its address is offered while another one goes on, and nothing is lost", async ({ play }) => {
  const dialog = play.page.getByRole("dialog");
  const visit = async () => {
    await play.page.goto("?lesson=logging-in");
    await play.ready();
    await expect(dialog).toContainText("Logging in, and three ways to fail");
    await expect(card(play), "the other one goes on").toContainText(first);
  };
  await play.empty();
  await play.type("touch mine");
  await begin(play, first);
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await card(play).getByRole("button", { name: "Next step" }).click();
  await expect(card(play)).toContainText("step 2 of 3");
  await play.page.locator("#field").focus();
  await play.type("findKey -l ecc14");
  await play.keptScreen(["findKey -l ecc14"], "lessonscreen");
  await visit();
  await dialog.getByRole("button", { name: "Not now" }).click();
  await expect(card(play)).toContainText("step 2 of 3");
  await expect(play.typed.last(), "what its tabs have shown is there").toHaveText("findKey -l ecc14");
  await play.page.locator("#field").focus();
  await play.type("findKey -l ecc14");
  await expect(play.last(), "and its keys").toContainText("Total number of keys present 2");
  await visit();
  await dialog.getByRole("button", { name: "Begin" }).click();
  await expect(card(play)).toContainText("Logging in, and three ways to fail");
  await expect(play.page).toHaveURL(/lesson=logging-in/);
  await list(play);
  await expect(row(play, first), "what was done of it is kept").toContainText("1 of 3 steps");
  await dialog.getByRole("button", { name: "Close" }).click();
  await card(play).getByRole("button", { name: "leave the lesson" }).click();
  await expect(card(play)).toHaveCount(0);
  await expect(play.blocks.filter({ hasText: "touch mine" })).toHaveCount(1);
  await play.page.locator("#field").focus();
  await play.type("ls");
  await expect(play.last(), "the own world is the one that was left").toContainText("mine");
});

test("lines of a second tab go there: what is asked about, lines with blanks, and lines in order", async ({ play }) => {
  await drop(play, "50-mine.md", "---\ntitle: Mine\nminutes: 2\ntheme: start\n---\nAn own lesson.\n\n## Copy\n\nCopy it.\n\n"
    + "```predict\nline: @2 cat a\nask: refused\nchoices: yes, no\nwhy: It is not there.\n```\n```goal\nfile b same=a\n  a copy of a\n```\n```hint\n`cp` copies.\n```\n"
    + "```order\n```\n```blank\n@2 cp ___ b\n```\n```solution\ntouch a\n@2 cp a b\n```\n");
  await play.page.getByRole("dialog").getByRole("button", { name: "Add to the lessons" }).click();
  await row(play, "Mine").click();
  await expect(card(play).locator(".predict")).toContainText("tab 2 cat a");
  await card(play).getByRole("button", { name: "yes", exact: true }).click();
  await expect(card(play).locator(".predict")).toContainText("Yes: yes.");
  await expect(play.tabs, "a guess changes nothing that is seen").toHaveCount(1);
  await expect(play.field).toHaveValue("");
  await play.page.getByRole("button", { name: "+ New" }).click();
  await expect(play.tabs.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(play.field).toHaveValue("cat a");
  await play.press("Control+u");
  await card(play).getByRole("button", { name: "cp ___ b" }).click();
  await expect(play.field).toHaveValue("cp ___ b");
  await play.press("Control+u");
  await expect(card(play).locator(".order").first().getByRole("listitem").first()).toContainText("tab 2 cp a b");
  await card(play).getByRole("button", { name: "touch a: up" }).click();
  await card(play).getByRole("button", { name: "Run them" }).click();
  await expect(card(play)).toContainText("Another lesson");
  await expect(play.typed).toHaveText(["cp a b"]);
  await play.tabs.nth(0).click();
  await expect(play.typed).toHaveText(["touch a"]);
});

// What is proved is that the files are enough: a machine that has never seen the playground says that the record is signed.
test("lessons are offered on the start screen", async ({ play }) => {
  await play.page.getByRole("navigation", { name: "Lessons" }).getByRole("button", { name: first }).click();
  await expect(card(play)).toContainText(first);
});

test("in German where it is chosen", async ({ play }) => {
  await list(play);
  await play.page.getByRole("dialog").getByLabel("Language").selectOption("de");
  await row(play, "FIPS und Kurven").click();
  await expect(card(play)).toContainText("Eine Ablehnung");
  await expect(card(play).getByRole("button", { name: "Zeigen" })).toBeVisible();
  await play.page.locator("#field").focus();
  await play.type("genECCKeyPair -i 2 -l x");
  await expect(card(play)).toContainText("Was fehlt");
  await expect(card(play)).toContainText("Noch keine Zeile wurde mit 0xb3 abgelehnt");
});

test("a word of the field shows its sentence on hover, on focus and on tap", async ({ play }) => {
  await play.empty();
  await begin(play, first);
  const term = card(play).locator(".term").first();
  const box = play.page.locator(".means-box");
  await term.hover();
  await expect(box).toBeVisible();
  await expect(box).toHaveText((await term.getAttribute("data-means"))!);
  await play.press("Escape");
  await expect(box).toBeHidden();
  await term.focus();
  await expect(box).toBeVisible();
  await play.page.locator("#field").focus();
  await expect(box).toBeHidden();
  await expect(play.page.locator("#users .term").filter({ hasText: "CU" }).first()).toHaveAttribute("aria-description", /Crypto user/);
});

test("a reload in a lesson brings its transcript back too, and the tab that was seen", async ({ play }) => {
  await play.page.getByRole("navigation", { name: "Lessons" }).getByRole("button", { name: first }).click();
  await expect(card(play)).toContainText(first);
  await play.page.locator("#field").focus();
  await play.press("Control+u");
  await play.newTab();
  await play.type("echo in the lesson");
  await play.keptScreen(["echo in the lesson"], "lessonscreen");
  await play.page.reload();
  await play.ready();
  await expect(card(play)).toContainText(first);
  await expect(play.tabs.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(play.typed.last()).toHaveText("echo in the lesson");
});

/** pressInCard finds a button of the card by F6 and Tab, and presses it with Enter. */
async function pressInCard(play: Play, name: string): Promise<void> {
  for (let i = 0; i < 8 && !await play.page.evaluate(() => document.activeElement?.id === "lesson"); i++) await play.press("F6");
  const button = play.page.locator("#lesson").getByRole("button", { name, exact: true });
  for (let i = 0; i < 25 && !await button.evaluate((b) => b === document.activeElement); i++) await play.press("Tab");
  await expect(button).toBeFocused();
  await play.press("Enter");
}

// What a screen reader gets: the tree of the card, and one sentence after the other.
test("lesson 1 whole by keyboard, with the card's tree and the spoken log alone", async ({ play }) => {
  const tree = play.page.getByRole("region", { name: "Lesson" });
  await play.empty();
  await play.page.locator("#menu").getByRole("button", { name: "Lessons", exact: true }).focus();
  await play.press("Enter");
  await expect(row(play, "The first minute")).toBeFocused();
  await play.press("Enter");
  await expect(spoken(play)).toContainText("Lesson: The first minute.");
  await expect(spoken(play)).toContainText("Step 1 of 4: Start the tool. To do: key_mgmt_util runs, and its prompt Command: waits.");
  await expect(play.page.locator("#field")).toBeFocused();
  await expect(tree).toMatchAriaSnapshot(`
    - heading "The first minute" [level=2]
    - progressbar "0 of 4 steps done"
    - heading "Start the tool" [level=3]
    - list "What the step asks for":
      - listitem:
        - text: "to do:"
        - button "key_mgmt_util"
    - button "Hint 1 of 1"
    - button "Show me"
    - paragraph:
      - button "this step again"
  `);
  await play.type("key_mgmt_util");
  await expect(spoken(play)).toContainText("Done: key_mgmt_util runs, and its prompt Command: waits");
  await expect(spoken(play)).toContainText("The step “Start the tool” is done.");
  await expect(tree).toMatchAriaSnapshot(`
    - list "What the step asks for":
      - listitem:
        - text: "done:"
        - button "key_mgmt_util"
    - button "Next step"
    - paragraph:
      - button "this step again"
  `);
  await pressInCard(play, "Next step");
  await expect(spoken(play)).toContainText("Step 2 of 4: Log in.");
  await expect(play.page.locator("#field")).toBeFocused();
  await play.type("loginHSM -u CO -s admin -p password");
  await expect(spoken(play)).toContainText("An officer (CO) manages users and uses no keys");
  await play.type("loginHSM -u CU -s example_user -p aws");
  await expect(spoken(play)).toContainText("Done: example_user is logged in on every HSM, example_user (CU) is logged in on HSMs 0 1 2.");
  await pressInCard(play, "Next step");
  await expect(spoken(play)).toContainText("First, what do you expect? On which HSMs will it change something? genECCKeyPair -i 14 -l mine: 0, 0 1, 0 1 2.");
  await expect(spoken(play), "the checklist would give it away").not.toContainText("To do: a private key of yours");
  await expect(tree).toMatchAriaSnapshot(`
    - group "First, what do you expect?":
      - button "0"
      - button "0 1"
      - button "0 1 2"
  `);
  await pressInCard(play, "0 1 2");
  await expect(spoken(play)).toContainText("Yes: 0 1 2. A key is made on one HSM and copied");
  await expect(spoken(play)).toContainText("To do: a private key of yours on P-384, on every HSM.");
  await expect(play.page.locator("#field")).toBeFocused();
  await expect(play.field).toHaveValue("genECCKeyPair -i 14 -l mine");
  await play.enter();
  await expect(spoken(play)).toContainText(/Done: a private key of yours on P-384, on every HSM, key \d+ on HSMs 0 1 2\./);
  await pressInCard(play, "Next step");
  await expect(spoken(play)).toContainText("Step 4 of 4: Find it again.");
  await play.type("findKey -l mine");
  await expect(spoken(play)).toContainText("The lesson “The first minute” is done.");
  await expect(tree).toMatchAriaSnapshot(`
    - progressbar "4 of 4 steps done"
    - heading "Yours" [level=4]
    - heading "Ours" [level=4]
    - button "Another lesson"
    - button "Back to my world"
  `);
});

test("what is so already is no tick, and a return code tells its sentence", async ({ play }) => {
  await play.empty();
  await begin(play, "Your first EC key pair");
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await card(play).getByRole("button", { name: "Next step" }).click();
  await play.page.locator("#field").focus();
  const handle = /private key handle: (\d+)/.exec(await play.blocks.first().innerText())![1]!;
  await play.type(`getAttribute -o ${handle} -a 512 -out private.txt`, "exit", "cat private.txt");
  await card(play).getByRole("button", { name: "Next step" }).click();
  await expect(card(play), "the checklist waits for the guess").not.toContainText("all HSMs are up");
  await card(play).getByRole("button", { name: "0x00", exact: true }).click();
  const up = card(play).getByRole("listitem").filter({ hasText: "all HSMs are up" });
  await expect(up).toContainText("so already");
  await expect(up).not.toHaveClass(/met/);
  const code = card(play).locator(".term").filter({ hasText: /^0xb3$/ }).first();
  await code.focus();
  await expect(play.page.locator(".means-box")).toContainText("violates the current configured/FIPS policies");
});
