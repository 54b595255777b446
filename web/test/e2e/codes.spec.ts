// The pages of return codes: plain ones, by links that stay below the site, and back to the playground with lines.

import { expect, test } from "./play.ts";

test("from a failed line to the page of its code, with lines to try", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 1 -l ecc1");
  await play.press("Alt+w");
  const [page] = await Promise.all([play.page.waitForEvent("popup"), play.page.getByRole("region", { name: /^Why/ }).getByRole("link", { name: "0xb3" }).click()]);
  await expect(page.getByRole("heading", { name: "0xb3" })).toBeVisible();
  await expect(page.locator("body")).toContainText("HSM Error: This operation violates the current configured/FIPS policies");
  await page.getByRole("link", { name: "genECCKeyPair" }).click();
  await expect(page).toHaveURL(/\/docs\/kmu-genECCKeyPair\.html$/);
  await page.goBack();
  await page.getByRole("link", { name: "All of them" }).click();
  await page.getByRole("link", { name: "0xb3" }).click();
  await expect(page.getByRole("link", { name: "Try these lines in the playground" }))
    .toHaveAttribute("href", "../#lines=key_mgmt_util+loginHSM%20-u%20CU%20-s%20example_user%20-p%20aws+genECCKeyPair%20-i%201%20-l%20ecc1");
});

test("a code in a note opens its page, and its sentence stands beside it before", async ({ play }) => {
  await play.empty();
  await play.type("explain 0xb3");
  await expect(play.last()).toContainText("Page:  codes/0xb3.html");
  const code = play.last().getByRole("note").getByRole("link", { name: "0xb3" });
  await code.hover();
  await expect(play.page.locator(".means-box")).toContainText("HSM Error: This operation violates the current configured/FIPS policies");
  const [page] = await Promise.all([play.page.waitForEvent("popup"), code.click()]);
  await expect(page.getByRole("heading", { name: "0xb3" })).toBeVisible();
});

test("what is real of a command stands in the dock, with its page; of openssl too", async ({ play }) => {
  const real = play.dock.locator(".real");
  await play.empty();
  await play.write("openssl genrsa");
  await expect(real.getByRole("link")).toHaveAttribute("href", "docs/openssl.html#genrsa");
  await expect(real).toHaveText("as openssl-genrsa(1) has it, a part");
  await play.press("Control+u");
  await play.write("ls");
  await expect(real).toHaveCount(0);
  await play.press("Control+u");
  await play.login();
  await play.write("genECCKeyPair -i ");
  await expect(real).toHaveText("documented, 1 made up");
  const [page] = await Promise.all([play.page.waitForEvent("popup"), real.getByRole("link").click()]);
  await expect(page.getByRole("heading", { name: "genECCKeyPair" })).toBeVisible();
});
