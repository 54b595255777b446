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
