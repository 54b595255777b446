// The check of the cryptography: known answers of others, in this tab's engine.

import { expect, test } from "./play.ts";

test("known answers are computed in the tab, and altered ones are noticed", async ({ play }) => {
  const menu = play.page.locator("#menu-button");
  if (await menu.isVisible()) await menu.click();
  await play.page.getByRole("button", { name: "What is real" }).filter({ visible: true }).first().click();
  const dialog = play.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Check the cryptography" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/^All \d+ are as published, and each altered one was noticed\.$/);
  const wrap = dialog.getByRole("listitem").filter({ hasText: "AES key wrap, 128 bits" });
  await expect(wrap).toContainText("✓ AES key wrap, 128 bits: right, altered noticed");
  await wrap.locator("summary").click();
  await expect(wrap).toContainText("RFC 3394, 4.1");
  await expect(wrap.locator("dd").nth(3)).toHaveText("00112233445566778899aabbccddeeff");
  await expect(wrap.locator("dd").nth(4)).toHaveText("refused");
});
