// The page explains: the start screen, the rest of a line, meanings as one types; and files made and changed by visible lines.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Play } from "./play.ts";

test.describe("the start screen", () => {
  test("says what an HSM is, has three ways in, and goes with the first command", async ({ play }) => {
    const start = play.page.getByRole("region", { name: "What this is" });
    await expect(start).toContainText("a machine that makes keys");
    await expect(start.locator("svg")).toBeVisible();
    await start.getByRole("button", { name: "An empty prompt" }).click();
    await expect(play.field).toHaveValue("");
    await start.getByRole("button", { name: "Begin with the first line" }).click();
    await expect(play.field).toBeFocused();
    await expect(play.last()).toContainText("Version info");
    await expect(start).toHaveCount(0);
  });

  test("leads to other worlds of this browser", async ({ play }) => {
    await play.empty();
    await play.type("echo one");
    await play.page.getByRole("button", { name: "Worlds", exact: true }).click();
    await play.page.getByRole("button", { name: "New world" }).click();
    await play.page.getByRole("button", { name: "Your worlds: My world" }).click();
    await expect(play.page.getByRole("dialog").getByRole("button", { name: "Open My world" })).toBeVisible();
  });
});

test.describe("the rest of a line", () => {
  const ghost = (play: Play) => play.page.locator("#ghost .rest-of");

  test("comes from the history, → takes it, and typing goes past it", async ({ play }) => {
    await play.empty();
    await play.type("echo one two");
    await play.write("ech");
    await expect(ghost(play)).toHaveText("o one two");
    await play.press("ArrowRight");
    await expect(play.field).toHaveValue("echo one two");
    await expect(ghost(play)).toHaveCount(0);
    await play.press("Control+u");
    await play.write("echo t");
    await expect(ghost(play)).toHaveCount(0);
    await play.press("Control+u");
    await play.write("ech");
    await play.press("Alt+f");
    await expect(play.field).toHaveValue("echo ");
    const [text, rest] = await Promise.all([play.field.boundingBox(), ghost(play).boundingBox()]);
    expect(rest!.y - text!.y).toBeLessThan(8);
  });

  test("never has the value of a secret option", async ({ play }) => {
    await play.login();
    await play.write("loginHSM -u CU -s example_user");
    await expect(ghost(play)).toHaveText(" -p ");
    await play.write(" -p ");
    await expect(ghost(play)).toHaveCount(0);
    expect(await play.page.locator("#ghost").textContent()).not.toContain("aws");
  });
});

test("after a slip the whole corrected line is offered, its arguments kept, and it works", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPiar -i 14 -l mine");
  await play.last().getByRole("note").getByRole("button", { name: "genECCKeyPair -i 14 -l mine", exact: true }).click();
  await expect(play.field).toHaveValue("genECCKeyPair -i 14 -l mine");
  await play.enter();
  await expect(play.key(7)).toContainText("mine");
});

test("what a word may become stands in the dock with its meaning, without Tab", async ({ play }) => {
  await play.login();
  await play.write("genE");
  await expect(play.dock.locator(".possible").first()).toContainText("genECCKeyPair");
  await expect(play.dock).toContainText("makes an elliptic curve key pair");
  await expect.poll(async () => (await play.dock.textContent())!.split("makes an elliptic curve key pair").length, "it stands there once").toBe(2);
  await play.press("Control+u");
  await play.write("find");
  await expect(play.dock.locator(".possible").first()).toContainText("lists the keys that you can use");
});

test.describe("files", () => {
  const box = (play: Play) => play.page.getByRole("dialog");

  test("are made and edited in the page, by lines that can be seen", async ({ play }) => {
    await play.empty();
    await play.page.locator("#files").getByRole("button", { name: "New" }).click();
    await box(play).getByLabel("Name").fill("note");
    await box(play).getByLabel("Text of").fill("one\n  two");
    await box(play).getByRole("button", { name: "Save" }).click();
    await expect(play.typed).toHaveText(["cat > note <<'EOF'", "one", "  two", "EOF"]);
    await expect(play.field).toBeFocused();
    await play.type("nano note");
    await expect(play.last()).toContainText("The editor of the page opens");
    await expect(box(play).getByLabel("Text of note")).toHaveValue("one\n  two\n");
    await box(play).getByLabel("Text of note").press("Control+End");
    await play.write("EOF");
    await play.press("Escape");
    await expect(box(play)).toContainText("is not saved");
    await box(play).getByRole("button", { name: "Go on editing" }).click();
    await box(play).getByLabel("Text of note").press("Control+s");
    await expect(play.typed.last()).toHaveText("EOF1");
    await play.type("cat note", "less note");
    await expect(play.blocks.nth(-2)).toContainText("one\n  two\nEOF\n", { useInnerText: false });
    await expect(play.last()).toContainText("a long answer folds");
    await expect(play.last().getByRole("note")).toHaveCount(1);
  });

  test("nano opens what is too long or no text without an editor; vi says what to do instead", async ({ play }) => {
    await play.empty();
    await play.type("head -c 70000 /dev/zero | tr '\\0' a > long", "printf '\\0\\1' > raw", "echo short > short");
    for (const name of ["long", "raw"]) {
      await play.type(`nano ${name}`);
      await expect(box(play).getByRole("heading", { name })).toBeVisible();
      await expect(box(play).locator("textarea")).toHaveCount(0);
      await expect(box(play).getByRole("button", { name: "Edit" })).toHaveCount(0);
      await play.press("Escape");
      await expect(box(play)).toHaveCount(0);
    }
    await play.type("vi short");
    await expect(play.note("The editor here is nano short.")).toBeVisible();
    await expect(play.last().getByRole("note")).toHaveCount(1);
  });

  test("are renamed, copied and deleted; what is binary is only viewed", async ({ play }) => {
    await play.empty();
    await play.type("echo one > a", "printf '\\0\\1' > raw");
    const view = (name: string) => play.page.locator("#files").getByRole("button", { name: `View ${name}`, exact: true }).click();
    await view("a");
    await box(play).getByRole("button", { name: "Copy" }).click();
    await expect(box(play).getByLabel("Name of the copy")).toHaveValue("a-2");
    await play.press("Enter");
    await expect(play.typed.last()).toHaveText("cp a a-2");
    await view("a-2");
    await box(play).getByRole("button", { name: "Rename" }).click();
    await expect(box(play).getByLabel("New name")).toBeFocused();
    await play.write("b c"); // the old name is selected
    await play.press("Enter");
    await expect(play.typed.last()).toHaveText("mv a-2 'b c'");
    await view("b c");
    await box(play).getByRole("button", { name: "Delete" }).click();
    await expect(box(play)).toContainText("cannot be undone");
    await box(play).getByRole("button", { name: "Delete it" }).click();
    await expect(play.typed.last()).toHaveText("rm 'b c'");
    await view("raw");
    await expect(box(play).getByRole("button", { name: "Edit" })).toHaveCount(0);
  });

  test("are compared line by line", async ({ play }) => {
    await play.empty();
    await play.type("seq 20 > a");
    await play.page.locator("#files").getByRole("button", { name: "View a", exact: true }).click();
    await box(play).getByRole("button", { name: "Compare" }).click();
    await expect(box(play)).toContainText("There is no other file to compare with.");
    await expect(box(play).getByRole("region", { name: "Differences" })).toHaveCount(0);
    await box(play).getByRole("button", { name: "Close" }).click();
    await play.type("echo > .a", "echo > older", "seq 20 | sed 's/^7$/seven/' > b");
    await play.page.locator("#files").getByRole("button", { name: "View a", exact: true }).click();
    await box(play).getByRole("button", { name: "Compare" }).click();
    await expect(box(play).getByRole("combobox")).toHaveValue(/\/b$/); // the newest
    await expect(box(play).getByRole("status")).toHaveText("2 lines differ.");
    await expect(box(play).locator(".out")).toContainText("7");
    await expect(box(play).locator(".in")).toContainText("seven");
    await expect(box(play).locator(".gap")).toHaveCount(2);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("axe: settings, worlds, the editor, a comparison, a menu, details of a key", async ({ play }) => {
      const clean = async (name: string) => {
        const { violations } = await new AxeBuilder({ page: play.page }).analyze();
        expect(violations.map((v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
      };
      await play.login();
      await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7", "help");
      await play.key(7).getByRole("button", { name: "ecc14" }).click();
      await expect(play.page.locator("tr.detail")).toContainText("Owner");
      await play.write("genE");
      await expect(play.dock.locator(".possible").first()).toBeVisible();
      await clean("details");
      await play.last().getByRole("button", { name: /^Menu of/ }).focus();
      await play.press("Enter");
      await expect(play.page.getByRole("menu")).toBeVisible();
      await clean("menu");
      await play.press("Escape");
      for (const name of ["Settings", "Worlds"]) {
        await play.page.getByRole("button", { name, exact: true }).click();
        await expect(box(play)).toBeVisible();
        await clean(name);
        await play.press("Escape");
      }
      await play.page.locator("#files").getByRole("button", { name: "View attr_7" }).click();
      await box(play).getByRole("button", { name: "Edit" }).click();
      await clean("editor");
      await play.press("Escape");
    });
  });
}
const box = (play: Play) => play.page.getByRole("dialog");
