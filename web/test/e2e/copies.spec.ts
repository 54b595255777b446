// Two copies of the page on one origin, each in a directory of its own.

import { cpSync } from "node:fs";
import { alone, expect, Play } from "./play.ts";
import { serving } from "./serving.ts";

alone.use({ serviceWorkers: "allow" });

/** cachesOf are the names of the browser's caches. */
const cachesOf = (play: Play) => play.page.evaluate(() => caches.keys());

alone("keep their worlds, locks and caches apart", async ({ context }, info) => {
  const site = info.outputPath("site");
  for (const copy of ["", "a/", "b/"]) cpSync("dist", `${site}/${copy}`, { recursive: true });
  const { home, stop } = await serving(site);
  try {
    const [first, second] = [new Play(await context.newPage()), new Play(await context.newPage())];
    await first.page.goto(`${home}a/index.html`);
    await (await first.ready()).empty();
    await first.type("echo one > of-a");
    await first.kept();

    await second.page.goto(`${home}b/`);
    await (await second.ready()).empty();
    await expect(second.note("Read-only")).toHaveCount(0);
    await second.type("echo two > of-b");
    await expect(second.page.locator("#files")).toContainText("of-b");
    await expect(second.page.locator("#files")).not.toContainText("of-a");
    await second.kept();
    for (const play of [first, second]) await play.page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => cachesOf(first).then((names) => names.map((n) => n.replace(/[0-9a-f]{12}$/, "")).sort())).toEqual(["hsmplay:/a/", "hsmplay:/b/"]);

    await second.page.getByRole("button", { name: "Start over" }).click();
    await second.page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
    await expect(second.page.locator("#files")).toContainText("Nothing written yet");
    await first.page.goto(`${home}a/`);
    await first.ready();
    await expect(first.page.locator("#files")).toContainText("of-a");
    await expect(first.note("Restored")).toBeVisible();
    expect(await cachesOf(first)).toHaveLength(2);
    await context.setOffline(true);
    await second.page.reload();
    await second.ready();
    expect(await second.page.evaluate(() => location.pathname)).toBe("/b/");
  } finally {
    stop();
  }
});
