// Several clusters beside each other: the panel tells them apart, to the eye and to the ear.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./play.ts";

test("a clone stands apart in the drawing and in the list, and is told", async ({ play }) => {
  await play.empty();
  await play.type("hsm clone");
  const panel = play.page.locator("#cluster");
  await expect(panel.locator(".summary")).toHaveText("All 4 HSMs up · 2 clusters");
  await expect(panel.getByRole("list", { name: /^In use: cluster-/ }).getByRole("listitem")).toHaveCount(3);
  await expect(panel.getByRole("list", { name: /^A clone: cluster-/ }).getByRole("listitem")).toHaveText(/HSM 3.*10\.0\.4\.13.*up/);
  await expect(panel.locator(".drawing .apart text")).toHaveText("clone");
  await expect(panel.locator(".drawing .link")).toHaveCount(3);
  await expect(play.page.locator("#spoken")).toContainText("HSM 3 added, in another cluster: clone.");
});

test("the client moves over to the cluster that the daemon is pointed at", async ({ play }) => {
  await play.empty();
  await play.type("hsm clone", "sudo configure -a 10.0.4.13", "service cloudhsm-client restart");
  const panel = play.page.locator("#cluster");
  await expect(panel.getByRole("list", { name: /^In use: cluster-/ }).getByRole("listitem")).toHaveText(/HSM 3/);
  await expect(panel.locator(".drawing .apart text")).toHaveText("original");
  await expect(panel.locator(".drawing .link")).toHaveCount(1);
});

test("one cluster has no name of its own in the panel", async ({ play }) => {
  await expect(play.page.locator("#cluster .kin")).toHaveCount(0);
});

for (const [width, height] of [[1440, 900], [900, 800], [320, 700]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      test("axe: two clusters, nothing is wider than the page", async ({ play }) => {
        await play.empty();
        await play.type("hsm clone", "hsm new --beside --nodes 2", "hsm stop 4");
        await expect(play.page.locator("#cluster .node")).toHaveCount(6);
        const { violations } = await new AxeBuilder({ page: play.page }).analyze();
        expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
        expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      });
    });
  }
}
