// The learner: what tests of lessons do on the page, wherever its width puts the lesson.

import { expect, type Play } from "./play.ts";

/** list opens the list of lessons. */
export async function list(play: Play): Promise<void> {
  const menu = play.page.locator("#menu-button");
  if (await menu.isVisible()) await menu.click();
  await play.page.locator("#menu").getByRole("button", { name: "Lessons", exact: true }).click();
  await expect(play.page.getByRole("dialog").locator(".lessons li").first()).toBeVisible();
}

/** row is a lesson of the list, by the beginning of its title. */
export const row = (play: Play, title: string) => play.page.getByRole("dialog").locator(".lessons button").filter({ hasText: new RegExp(`^[\\d✓]+${title}`) });

/** begin opens a lesson by its title. */
export async function begin(play: Play, title: string): Promise<void> {
  await list(play);
  await row(play, title).click();
  await expect(play.page.getByRole("dialog")).toHaveCount(0);
  await expect(card(play)).toContainText(/[Ss]tep 1 of/);
}

/** card is the card of the lesson where there is room for it, else the bar. */
export const card = (play: Play) => play.page.locator("#lesson, #lessonbar").filter({ visible: true });

/** unfold opens the bar where there is one, once the lesson is there. */
export async function unfold(play: Play): Promise<void> {
  await expect(card(play)).toBeVisible();
  const bar = play.page.locator("#lessonbar .bar");
  if (await bar.isVisible() && await bar.getAttribute("aria-expanded") === "false") await bar.click();
}

/** drop lets a lesson's file go over the page; the page asks what it is to do with it. */
export async function drop(play: Play, name: string, text: string): Promise<void> {
  await play.page.evaluate(([called, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], called));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, text] as const);
  await expect(play.page.getByRole("dialog").getByRole("button", { name: "Add to the lessons" })).toBeVisible();
}
