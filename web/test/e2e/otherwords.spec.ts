// A line in other words, below its command, on request.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

const fold = (play: Play) => play.page.getByRole("region", { name: /in other words$/ });

/** ask opens the menu of the last block by keys and chooses an item of it. */
const ask = async (play: Play, item: RegExp) => {
  await play.last().getByRole("button", { name: /^Menu of/ }).focus();
  await play.press("Enter");
  const wanted = play.page.getByRole("menuitem", { name: item });
  await expect(wanted).toBeVisible();
  while (!(await wanted.evaluate((e) => e === document.activeElement))) await play.press("ArrowDown");
  await play.press("Enter");
};

test("a tool's line in other words, by keys alone: focus goes there and comes back", async ({ play }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l mykey");
  await ask(play, /^In other words/);
  await expect(fold(play)).toBeFocused();
  await expect(fold(play)).toContainText("key generate-symmetric aes --label mykey --key-length-bytes 32");
  await expect(fold(play)).toContainText("C_GenerateKey(CKM_AES_KEY_GEN");
  await expect(fold(play)).toContainText("cloudhsm_mgmt_utilnothing like it");
  await expect(fold(play)).toContainText("AES keys of the CLI sign and verify and do nothing else unless asked");
  await play.press("Escape");
  await expect(fold(play)).toHaveCount(0);
  await expect(play.field).toBeFocused();
  await ask(play, /^In other words/);
  await expect(fold(play)).toBeFocused();
  await ask(play, /^Hide other words/);
  await expect(fold(play)).toHaveCount(0);
  await ask(play, /^In other words/);
  await expect(fold(play)).toBeFocused();
  await play.press("Tab", "Enter");
  await expect(fold(play)).toHaveCount(0);
});

test("at bash a tool's line has other words, others have none; passwords are not repeated", async ({ play }) => {
  await play.empty();
  await play.type("echo hello");
  await play.last().getByRole("button", { name: /^Menu of/ }).focus();
  await play.press("Enter");
  await expect(play.page.getByRole("menuitem", { name: /^Run again/ })).toBeVisible();
  await expect(play.page.getByRole("menuitem", { name: /other words/ })).toHaveCount(0);
  await play.press("Escape");
  await play.type("CLOUDHSM_ROLE=crypto-user CLOUDHSM_PIN=example_user:Unlikely9 /opt/cloudhsm/bin/cloudhsm-cli user create --username ann --role crypto-user --password Unlikely9 | head -3");
  await ask(play, /^In other words/);
  await expect(fold(play)).toContainText("createUser CU ann <password>");
  await expect(fold(play)).not.toContainText("Unlikely9");
  await play.type("cloudhsm-cli quorum");
  await ask(play, /^In other words/);
  await expect(fold(play).last()).toContainText("no tool has the command quorum.");
});

test("a line of the prompt in front goes there by a click; what is shown stays after a reload", async ({ play }) => {
  await play.empty();
  await play.type("cloudhsm-cli interactive", "user list");
  await ask(play, /^In other words/);
  await expect(fold(play).getByRole("button", { name: "listUsers" })).toHaveCount(0);
  await expect(fold(play)).toContainText("listUsers");
  await play.type("quit", "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg");
  await fold(play).getByRole("button", { name: "listUsers" }).first().click();
  await expect(play.field).toHaveValue("listUsers");
  await expect(play.field).toBeFocused();
  await play.keptScreen(["\"words\":true"]);
  await play.page.reload();
  await play.ready();
  await expect(fold(play)).toContainText("listUsers");
  await expect(play.field).toBeFocused();
});

for (const [width, height] of [[1440, 900], [360, 740]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });

      test("axe, and nothing is wider than the page", async ({ play }) => {
        await play.login();
        await play.type("genECCKeyPair -i 14 -l ecc14");
        await ask(play, /^In other words/);
        await expect(fold(play)).toContainText("ec_paramgen_curve:secp384r1");
        const { violations } = await new AxeBuilder({ page: play.page }).analyze();
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
        expect(await play.transcript.evaluate((t) => t.scrollWidth - t.clientWidth)).toBe(0);
      });
    });
  }
}
