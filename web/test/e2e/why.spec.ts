// Why a line has failed, and what now: below it, by a click or by keys.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

const why = (play: Play) => play.page.getByRole("region", { name: /^Why .* has failed$/ });

test("code, rule, facts and repairs by keys alone; a number puts a repair on the prompt, and it works", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 1 -l ecc1");
  await play.press("Alt+w");
  await expect(why(play)).toBeFocused();
  await expect(why(play)).toContainText("0xb3 HSM Error: This operation violates the current configured/FIPS policies");
  await expect(why(play)).toContainText("An HSM makes keys only on the curves and in the sizes that its mode allows.");
  await expect(why(play)).toContainText("The HSMs are of the type hsm1.medium, in FIPS mode.");
  await expect(play.page.getByRole("log")).toContainText("3 repairs: 1, genECCKeyPair -i 14 -l ecc1");
  await play.press("2");
  await expect(play.field).toHaveValue("genECCKeyPair -i 2 -l ecc1");
  await expect(play.field).toBeFocused();
  await play.press("Enter");
  await expect(play.last()).toContainText("public key handle");
  await play.press("Alt+w");
  await expect(why(play)).toBeFocused();
  await play.press("Escape");
  await expect(why(play)).toHaveCount(0);
  await expect(play.field).toBeFocused();
});

test("a click opens it; what stands in the way is mended step by step, and no password is shown", async ({ play }) => {
  await play.login();
  await play.type("loginHSM -u CU -s user4 -p Unlikely9");
  await play.last().getByRole("button", { name: "why, and what now" }).click();
  await expect(why(play)).toContainText("example_user is logged in here.");
  await expect(why(play)).not.toContainText("Unlikely9");
  await play.type("getAttribute -o 99 -a 512 -out a");
  await expect(play.last().getByRole("button", { name: "why, and what now" })).toHaveAttribute("aria-expanded", "false");
  await play.type("help");
  await expect(play.last().getByRole("button", { name: "why, and what now" })).toHaveCount(0);
  await play.type("exit", "hsm stpo 1");
  await play.last().getByRole("button", { name: "why, and what now" }).click();
  await why(play).last().getByRole("button", { name: "hsm stop 1" }).click();
  await expect(play.field).toHaveValue("hsm stop 1");
});

test("a long way is folded, its lines are put on the prompt one by one, and those of a new tab are told so", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 2 -l contract -u 4 -m_value 2", "getAttribute -o 7 -a 512 -out m", "sign -f m -k 7 -m 15 -out s");
  await play.last().getByRole("button", { name: "why, and what now" }).click();
  await expect(why(play)).toContainText("Approvals needed: 2.");
  await expect(why(play).getByRole("button", { name: "getToken -s 3 -u example_user -k 7 -f use.token" })).toBeVisible();
  const way = why(play).locator("details");
  await expect(way.getByRole("button", { name: "approveToken -f approval.txt" })).not.toBeVisible();
  await way.locator("summary").click();
  await expect(way).toContainText("then in a new tab openssl genrsa -out example_user.key 2048");
  await expect(way).toContainText("then back here approveToken -f approval.txt");
  await way.getByRole("button", { name: "approveToken -f approval.txt" }).click();
  await expect(play.field).toHaveValue("approveToken -f approval.txt");
});

for (const [width, scheme] of [[360, "dark"], [1440, "light"]] as const) {
  test(`nothing is wrong with it for those who do not see it, at ${width}`, async ({ play }) => {
    await play.page.setViewportSize({ width, height: 800 });
    await play.page.emulateMedia({ colorScheme: scheme });
    await play.login();
    await play.type("sign -f none -k 7 -m 1 -out s", "genECCKeyPair -i 1 -l ecc1");
    await play.last().getByRole("button", { name: "why, and what now" }).click();
    await expect(why(play)).toBeVisible();
    expect(await play.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect((await new AxeBuilder({ page: play.page }).include(".why").analyze()).violations).toEqual([]);
  });
}
