// The page without a mouse and without eyes: what has the focus is seen, everything has a name, and each answer is spoken once.

import { expect, test, type Play } from "./play.ts";

const sizes = { phone: { width: 360, height: 740 }, tablet: { width: 900, height: 800 }, desk: { width: 1440, height: 900 } };

/** seen waits until something that can be seen has the focus. */
const seen = (play: Play) => expect.poll(() => play.page.evaluate(() => {
  const e = document.activeElement!;
  return e !== document.body && e.checkVisibility({ visibilityProperty: true });
})).toBe(true);

/** press puts the focus on a control and presses Enter, as one does without a mouse. */
async function press(play: Play, name: string | RegExp, within = "body"): Promise<void> {
  await play.page.locator(within).getByRole("button", { name, exact: true }).filter({ visible: true }).first().focus();
  await play.press("Enter");
}

const dialog = (play: Play) => play.page.getByRole("dialog");

for (const [device, viewport] of Object.entries(sizes)) {
  test.describe(device, () => {
    test.use({ viewport });

    test("a dialog takes the focus, begins at its top with its buttons in sight, and gives the focus back", async ({ play }) => {
      await play.empty();
      for (const name of ["Help", "Worlds", "Settings", "Start over", "Lessons"]) {
        if (device === "phone") await press(play, "Menu");
        await press(play, name, "#menu");
        await expect(dialog(play)).toBeVisible();
        await expect.poll(() => dialog(play).evaluate((d) => d.contains(document.activeElement) && d.scrollTop)).toBe(0);
        if (name !== "Lessons") expect(await dialog(play).locator(".row").last().evaluate((r) => r.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
        await play.press("Escape");
        await expect(dialog(play)).toHaveCount(0);
        await seen(play);
        await expect(play.page.getByRole("button", { name: device === "phone" ? "Menu" : name, exact: true }).first()).toBeFocused();
      }
    });
  });
}

for (const device of ["phone", "tablet"] as const) {
  test.describe(device, () => {
    test.use({ viewport: sizes[device] });

    test("a panel is opened and closed by keys; its handle has the focus and is in sight", async ({ play }) => {
      await play.empty();
      const handle = (name: string) => play.page.locator("#openers").getByRole("button", { name: new RegExp(`^${name}`) });
      if (device === "phone") await press(play, "Panels");
      else await press(play, "Keys", "#openers");
      await expect(handle("Keys")).toBeFocused();
      await press(play, "Audit", "#openers");
      await expect(handle("Audit")).toHaveAttribute("aria-expanded", "true");
      expect(await handle("Audit").evaluate((b) => b.getBoundingClientRect().right <= document.querySelector(".closer")!.getBoundingClientRect().left)).toBe(true);
      await press(play, "Close", "#openers");
      await expect(device === "phone" ? play.page.getByRole("button", { name: "Panels" }) : handle("Audit")).toBeFocused();
    });
  });
}

test("F6 stops at the handles of the panels where these are a drawer", async ({ play }) => {
  await play.page.setViewportSize(sizes.tablet);
  await play.field.focus();
  const stops: string[] = [];
  for (let i = 0; i < 8 && !stops.includes("open-keys"); i++) {
    await play.press("F6");
    stops.push(await play.page.evaluate(() => document.activeElement!.id));
  }
  expect(stops).toContain("open-keys");
});

test("in the list of worlds the focus stays where one was, whatever goes", async ({ play }) => {
  await play.empty();
  await press(play, "Worlds", "#menu");
  await press(play, "Copy", "dialog");
  await expect(dialog(play).getByRole("listitem")).toHaveCount(2);
  await press(play, "Rename My world", "dialog");
  await expect(dialog(play).getByLabel("Name of the world")).toBeFocused();
  await play.press("ArrowLeft", "ArrowRight", "Home", "Shift+End");
  await play.write("Mine");
  await play.press("Enter");
  await expect(dialog(play).getByRole("button", { name: "Rename Mine", exact: true })).toBeFocused();
  await press(play, /^Delete /, "dialog");
  await expect(dialog(play).getByRole("button", { name: "Undo" })).toBeFocused();
  await play.press("Enter");
  await expect(dialog(play).getByRole("button", { name: /^Rename My world/ })).toBeFocused();
});

test("a file that is deleted in its dialog leaves the focus on the command line", async ({ play }) => {
  await play.empty();
  await play.type("echo a > a.txt");
  await press(play, "View a.txt");
  await press(play, "Delete", "dialog");
  await expect(dialog(play).getByRole("button", { name: "Keep it" })).toBeFocused();
  await press(play, "Delete it", "dialog");
  await expect(play.typed.last()).toHaveText("rm a.txt");
  await expect(play.field).toBeFocused();
});

const named = ["button", "link", "textbox", "searchbox", "checkbox", "radio", "tab", "menuitem", "dialog", "region", "complementary", "navigation", "listbox", "table", "combobox", "separator", "log", "article"];

/** nameless are the controls, regions and tables of the accessibility tree that have no name. */
async function nameless(play: Play): Promise<string[]> {
  const devtools = await play.page.context().newCDPSession(play.page);
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  await devtools.detach();
  return nodes.filter((n) => !n.ignored && named.includes(n.role?.value as string) && !n.name?.value).map((n) => n.role!.value as string);
}

test("everything has a name: the session, its folds, the panels and the dialogs", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7", "genECCKeyPair -i 1 -l e");
  for (const fold of ["why, and what now", "calls to HSMs"]) await play.last().getByRole("button", { name: fold }).click();
  await expect(play.page.getByRole("region", { name: /^Why/ })).toBeVisible();
  for (const name of ["Sessions", "Approvals", "Audit"]) await press(play, name, "#drawer");
  await expect(play.page.getByLabel("Filter the audit logs")).toBeVisible();
  await play.key(7).locator(".label-of").click();
  expect(await nameless(play)).toEqual([]);
  await press(play, "Look closer at key 7");
  for (const look of ["Life", "Copies", "Who may", "Attributes"]) {
    await dialog(play).getByRole("button", { name: look, exact: true }).click();
    await expect(dialog(play).getByRole("button", { name: look, exact: true })).toHaveAttribute("aria-pressed", "true");
    expect(await nameless(play), look).toEqual([]);
  }
  await play.press("Escape");
  await press(play, "View attr_7");
  await expect(dialog(play).getByRole("table")).toBeVisible();
  expect(await nameless(play), "viewer").toEqual([]);
  await play.press("Escape");
  for (const name of ["Help", "Worlds", "Settings", "Lessons"]) {
    await press(play, name, "#menu");
    await expect(dialog(play)).toBeVisible();
    expect(await nameless(play), name).toEqual([]);
    await play.press("Escape");
  }
});

test("each answer is spoken once, and so is each change of the cluster", async ({ play }) => {
  await play.page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => heard.push(n.textContent!)))).observe(document.querySelector("#spoken")!, { childList: true });
  });
  await play.empty();
  const heard = () => play.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  await play.type("hsm stop 2");
  await expect.poll(async () => (await heard()).at(-1)).toContain("HSM 2 stopped"); // it is told when the model is read, at most 0.25 s later
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect.poll(async () => (await heard()).at(-1)).toContain("Key pair 6 and 7");
  await play.type("genECCKeyPair -i 1 -l e");
  await expect.poll(async () => (await heard()).at(-1)).toContain("0xb3");
  expect(await heard()).toEqual([
    "hsm succeeded.", "HSM 2 stopped; 2 of 3 HSMs up.", "key_mgmt_util succeeded.", "loginHSM succeeded.",
    "genECCKeyPair succeeded.", expect.stringContaining("Key pair 6 and 7 made on 2 of 3 HSMs"),
    expect.stringContaining("genECCKeyPair failed: 0xb3"),
  ]);
});
