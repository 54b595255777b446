// axe on every screen, in both themes; and the keyboard's way through the page.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

/** screens are the faces of the page, each reached from a fresh visit. */
const screens: Record<string, (play: Play) => Promise<void>> = {
  "first visit": async () => {},
  "a session with keys": async (play) => {
    await play.login();
    await play.type("genECCKeyPair -i 14 -l ecc14", "genECCKeyPair -i 1 -l ecc1");
  },
  "an HSM down, a wait": async (play) => {
    await play.empty();
    await play.type("hsm stop 2");
    await play.login();
    await play.send("genECCKeyPair -i 14 -l three -min_srv 3");
    await expect(play.dock).toContainText("2 of 3");
  },
  "completions": async (play) => {
    await play.login();
    await play.write("genECCKeyPair -");
    await play.press("Tab");
    await expect(play.page.getByRole("listbox")).toBeVisible();
  },
  "a hidden question": async (play) => {
    await play.empty();
    await play.type("key_mgmt_util", "loginHSM -u CU -s example_user -hpswd");
  },
  "history search": async (play) => {
    await play.empty();
    await play.type("echo one");
    await play.press("Control+r");
    await play.write("ec");
  },
  "help": async (play) => {
    await menu(play);
    await play.page.getByRole("button", { name: "Help" }).click();
    await expect(play.page.getByRole("dialog")).toBeVisible();
  },
  "what is real": async (play) => {
    await menu(play);
    await play.page.getByRole("button", { name: "What is real" }).filter({ visible: true }).first().click();
    await expect(play.page.getByRole("dialog")).toBeVisible();
  },
  "start over": async (play) => {
    await menu(play);
    await play.page.getByRole("button", { name: "Start over" }).click();
    await expect(play.page.getByRole("dialog")).toBeVisible();
  },
};

/** menu opens the header's menu where it is behind a button. */
async function menu(play: Play): Promise<void> {
  const button = play.page.locator("#menu-button");
  if (await button.isVisible()) await button.click();
}

for (const [width, height] of [[1440, 900], [360, 740]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      for (const [name, reach] of Object.entries(screens)) {
        test(`axe: ${name}`, async ({ play }) => {
          await reach(play);
          const { violations } = await new AxeBuilder({ page: play.page }).analyze();
          expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
        });
      }
    });
  }
}

test("landmarks: one h1, main first, panels named", async ({ play }) => {
  await expect(play.page.getByRole("heading", { level: 1 })).toHaveCount(1);
  for (const role of ["banner", "main", "contentinfo"] as const) await expect(play.page.getByRole(role)).toHaveCount(1);
  await expect(play.page.getByRole("complementary")).toHaveCount(2);
});

test("F6 walks the panes and comes back to the line", async ({ play }) => {
  const seen = new Set<string>();
  for (let i = 0; i < 12; i++) {
    await play.press("F6");
    seen.add(await play.page.evaluate(() => document.activeElement!.id || document.activeElement!.className));
    if (await play.field.evaluate((f) => f === document.activeElement)) break;
  }
  expect(seen.size).toBeGreaterThan(3);
  await expect(play.field).toBeFocused();
});

test("the spoken log says one sentence per command", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  const log = play.page.locator("#spoken");
  await expect(log).toContainText("Key pair 6 and 7 made on 3 of 3 HSMs");
});

test("blocks are labelled with their command and how it ended", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14", "genECCKeyPair -i 1 -l ecc1");
  await expect(play.transcript.getByRole("article", { name: "genECCKeyPair, succeeded" })).toHaveCount(1);
  await expect(play.transcript.getByRole("article", { name: "genECCKeyPair, failed with 0xb3" })).toHaveCount(1);
});

test("no sideways scrolling at 320 px", async ({ play }) => {
  await play.page.setViewportSize({ width: 320, height: 640 });
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14", "listUsers");
  expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});
