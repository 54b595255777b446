// The panels: sorted, folded, with details as a row, and smooth with many rows.

import { expect, test, type Play } from "./play.ts";

const handles = (play: Play) => play.page.locator("#keys tbody .chip").allTextContents();

/** make makes symmetric keys in one go. */
async function make(play: Play, count: number): Promise<void> {
  await play.empty();
  await play.type(`{ echo loginHSM -u CU -s example_user -p aws; for i in $(seq ${count}); do echo genSymKey -t 31 -s 32 -l key$i; done; } | key_mgmt_util > out`);
}

test("keys: the newest first, sorted by their heads", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l beta", "genECCKeyPair -i 2 -l alpha");
  await expect(play.key(9)).toBeVisible();
  expect(await handles(play)).toEqual(["9", "8", "7", "6"]);
  await play.page.locator("#keys").getByRole("button", { name: "Label" }).click();
  expect(await handles(play)).toEqual(["8", "9", "6", "7"]);
  await expect(play.page.locator("#keys th.label")).toHaveAttribute("aria-sort", "ascending");
  await play.page.locator("#keys").getByRole("button", { name: "Label" }).click();
  expect(await handles(play)).toEqual(["6", "7", "8", "9"]);
});

test("keys: details are a row of their own, and their buttons type the lines", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  const wide = await play.page.locator("#keys table").evaluate((t) => t.clientWidth);
  await play.key(7).getByRole("button", { name: "ecc14" }).click();
  const detail = play.page.locator("#keys tr.detail");
  await expect(detail).toContainText("made in the HSM");
  expect(await detail.evaluate((d) => d.clientWidth)).toBe(wide);
  await expect(play.key(7).getByRole("button", { name: "ecc14" })).toHaveAttribute("aria-expanded", "true");
  await detail.getByRole("button", { name: "Sign key 7" }).click();
  await expect(play.field).toHaveValue("sign -f FILE -k 7 -m 18 -out FILE.sig");
  await expect(play.dock).toContainText("in place of FILE");
  await play.press("Control+u");
  await detail.getByRole("button", { name: "Attributes key 7" }).click();
  await play.enter();
  await expect(play.last()).toContainText("Cfm3GetAttribute returned: 0x00");
  await detail.getByRole("button", { name: "Delete key 7" }).click();
  await play.enter();
  await expect(play.key(7)).toHaveCount(0);
  await play.key(6).getByRole("button", { name: "ecc14" }).click();
  await expect(detail.getByRole("button", { name: "Export key 6" })).toBeVisible();
  await expect(detail.getByRole("button", { name: "Sign key 6" })).toHaveCount(0);
});

test("keys: 61 of them take no more room than their box, and all can be reached by arrows", async ({ play }) => {
  await make(play, 61);
  await expect(play.page.locator("#keys .count")).toHaveText("61");
  expect(await play.page.locator("#keys").evaluate((k) => k.clientHeight)).toBeLessThan(620);
  const list = play.page.locator("#keys .rows");
  expect(await list.locator("button, .term").evaluateAll((all) => all.filter((e) => e.checkVisibility() && (e as HTMLElement).tabIndex === 0).length)).toBe(1);
  await list.getByRole("button", { name: "Insert handle 66", exact: true }).focus();
  for (let i = 0; i < 60; i++) await play.press("ArrowDown");
  await expect(list.getByRole("button", { name: "Insert handle 6", exact: true })).toBeFocused();
});

test("keys: those beyond the first 200 are there too, the newest at once, and found", async ({ play }) => {
  await make(play, 450);
  await expect(play.key(455)).toBeVisible();
  expect(await play.page.locator("#keys tr.data").count()).toBeLessThan(60);
  await play.page.locator("#keys .rows").evaluate((r) => r.scrollTo(0, 1e6));
  await expect(play.key(6)).toBeVisible();
  await play.page.getByLabel("Filter keys").fill("key300");
  await expect(play.page.locator("#keys tr.data")).toHaveCount(1);
  await expect(play.key(305)).toContainText("key300");
});

test("the panels are as wide as they are dragged, and a second column stands from 1,600 px", async ({ play }) => {
  const panels = play.page.locator("#panels");
  const before = await panels.evaluate((p) => p.clientWidth);
  const line = (await play.page.getByRole("separator").boundingBox())!;
  await play.page.mouse.move(line.x + 4, 400);
  await play.page.mouse.down();
  await play.page.mouse.move(line.x - 96, 400, { steps: 4 });
  await play.page.mouse.up();
  expect(Math.abs(await panels.evaluate((p) => p.clientWidth) - before - 100)).toBeLessThan(3);
  await play.page.getByRole("separator").dblclick();
  expect(await panels.evaluate((p) => p.clientWidth)).toBe(before);
  await play.page.setViewportSize({ width: 1700, height: 900 });
  const at = (id: string) => play.page.locator(id).evaluate((e) => Math.round(e.getBoundingClientRect().left));
  expect(await at("#keys")).toBeGreaterThan(await at("#cluster") + 300);
});
