// Files between the visitor and the instance: handed in, looked at, handed out; and the whole world as a file.

import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { type Download, type Locator } from "@playwright/test";
import { unzipSync } from "fflate";
import { alone, expect, test, visitor, type Play } from "./play.ts";

/** file is one of the visitor's. */
const file = (name: string, content: string | Buffer) => ({ name, mimeType: "", buffer: Buffer.from(content as string) });

/** upload hands files in by the button's own control. */
const upload = (play: Play, ...files: ReturnType<typeof file>[]) => play.page.getByLabel("Upload files").setInputFiles(files);

const panel = (play: Play): Locator => play.page.locator("#files");
const viewer = (play: Play): Locator => play.page.getByRole("dialog");
const fileRow = (play: Play, name: string): Locator => panel(play).getByRole("listitem").filter({ has: play.page.getByRole("button", { name, exact: true }) });

/** downloaded is what a click hands out. */
async function downloaded(play: Play, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([play.page.waitForEvent("download") as Promise<Download>, button.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync((await download.path())!) };
}

/** dropped lets go of files, and folders, over an element. */
async function dropped(play: Play, on: string, names: string[], folders: string[] = []): Promise<void> {
  await play.page.evaluate(([selector, files, dirs]) => {
    const data = new DataTransfer();
    for (const name of [...files, ...dirs]) data.items.add(new File([`content of ${name}`], name));
    const entry = DataTransferItem.prototype.webkitGetAsEntry;
    DataTransferItem.prototype.webkitGetAsEntry = function (this: DataTransferItem) {
      return dirs.includes(this.getAsFile()!.name) ? { isDirectory: true } as FileSystemEntry : entry.call(this);
    };
    const target = document.querySelector(selector)!;
    for (const type of ["dragenter", "dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      if (type === "dragover") globalThis.sign = document.querySelector(".drop")?.textContent ?? "";
    }
  }, [on, names, folders] as const);
}

test("a file is uploaded by the button, is there, and is saved", async ({ play }) => {
  await play.empty();
  await upload(play, file("hello.txt", "hello from outside\n"), file("b.bin", Buffer.from([0, 1, 2])));
  await expect(panel(play)).toContainText("hello.txt, b.bin are in /home/ec2-user.");
  await expect(play.page.locator("#spoken")).toContainText("hello.txt, b.bin are in /home/ec2-user.");
  await play.type("cat hello.txt");
  await expect(play.last()).toContainText("hello from outside");
  await fileRow(play, "b.bin").getByRole("button", { name: "b.bin", exact: true }).click();
  await expect(play.field).toHaveValue("xxd b.bin");
  await play.page.reload();
  await play.ready();
  await expect(play.field).toHaveValue("xxd b.bin"); // the line that stood there comes back too
  await play.press("Control+u");
  await play.type("cat hello.txt");
  await expect(play.last()).toContainText("hello from outside");
});

test("a click on the upload button leaves the focus on the command line", async ({ play }) => {
  await play.empty();
  const [chooser] = await Promise.all([play.page.waitForEvent("filechooser"), panel(play).getByText("Upload", { exact: true }).click()]);
  await chooser.setFiles([file("by-mouse", "here")]);
  await expect(fileRow(play, "by-mouse")).toBeVisible();
  await play.type("cat by-mouse");
  await expect(play.last()).toContainText("here");
});

test("the upload button is reached and named by the keyboard", async ({ play }) => {
  const choosing = play.page.waitForEvent("filechooser"); // before the focus: the browser is told of it first
  await play.page.getByLabel("Upload files").focus();
  await play.press("Enter");
  const chooser = await choosing;
  await chooser.setFiles([file("by-keyboard", "x")]);
  await expect(fileRow(play, "by-keyboard")).toBeVisible();
});

test("files are dropped anywhere, with a sign while they hover; folders are refused", async ({ play }) => {
  await dropped(play, "#transcripts", ["one.txt", "two.txt"], ["photos"]);
  expect(await play.page.evaluate(() => globalThis.sign)).toContain("/home/ec2-user");
  await expect(play.page.locator(".drop")).toHaveCount(0);
  await expect(panel(play)).toContainText("one.txt, two.txt are in /home/ec2-user.");
  await expect(panel(play)).toContainText("photos is a folder");
  expect((await play.section("files")).map((f) => f.path)).toEqual(["/home/ec2-user/one.txt", "/home/ec2-user/two.txt"]);
});

test("a name that is taken is asked about, one by one or for all", async ({ play }) => {
  await play.empty();
  await play.type("echo old > a; echo old > b; echo old > c.txt; mkdir d");
  await upload(play, file("a", "new"), file("b", "new"), file("c.txt", "new"), file("d", "new"));
  const ask = panel(play).getByRole("group");
  await expect(ask).toContainText("a is here already. 3 more names are taken too.");
  // The second click of a double one is no answer to the next question.
  await ask.getByRole("button", { name: "Replace", exact: true }).evaluate((b: HTMLButtonElement) => { b.click(); b.click(); });
  await expect(ask).toContainText("b is here already.");
  await ask.getByRole("button", { name: "Skip", exact: true }).click();
  await expect(ask).toContainText("c.txt is here already.");
  await ask.getByRole("button", { name: "Keep all" }).click();
  await expect(ask).toHaveCount(0);
  await expect(panel(play)).toContainText("c-2.txt, d-2 are in /home/ec2-user.");
  await play.page.locator("#field").focus();
  await play.type("grep . a b c.txt c-2.txt d-2");
  for (const line of ["a:new", "b:old", "c.txt:old", "c-2.txt:new", "d-2:new"]) await expect(play.last()).toContainText(line);
});

test("hostile names are cleaned or refused, and too much is refused with the limit", async ({ play }) => {
  await dropped(play, "body", ["../../etc/passwd", "..", "\u202e", "n".repeat(300), "a\u0007\u202eb", "$(reboot) 'x'"]);
  await expect(panel(play)).toContainText("at most 255 bytes");
  await expect(panel(play)).toContainText("without a usable name");
  expect((await play.section("files")).map((f) => f.path).sort())
    .toEqual(["/home/ec2-user/$(reboot) 'x'", "/home/ec2-user/ab", "/home/ec2-user/passwd"]);
  await play.empty();
  await panel(play).getByRole("button", { name: "$(reboot) 'x'", exact: true }).click();
  await expect(play.field).toHaveValue("cat '$(reboot) '\\''x'\\'''");
  await play.enter();
  await expect(play.last()).toContainText("content of");
  await upload(play, file("big", Buffer.alloc((4 << 20) + 1)));
  await expect(panel(play)).toContainText("big has 4,194,305 bytes and is not taken: a file of this machine holds at most 4,194,304 bytes (4 MB).");
});

test("the viewer decodes what getAttribute and getCaviumPrivKey wrote", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7", "getCaviumPrivKey -k 7 -out fake.pem");
  const open = panel(play).getByRole("button", { name: "View attr_7" });
  await open.focus();
  await play.press("Enter");
  await expect(viewer(play)).toContainText("Attribute dump of key 7, private EC P-384, label ecc14: 19 attributes.");
  await expect(viewer(play).getByRole("row", { name: /OBJ_ATTR_CLASS 0/ })).toContainText("0x03 private");
  await expect(viewer(play).getByRole("row", { name: /OBJ_ATTR_MODULUS_BITS/ })).toContainText("P-384");
  const before = await viewer(play).boundingBox();
  await viewer(play).getByRole("button", { name: "Text" }).click();
  await expect(viewer(play).locator("pre")).toContainText("OBJ_ATTR_CLASS\n0x03\n");
  await viewer(play).getByRole("button", { name: "Hex" }).click();
  await expect(viewer(play).locator("pre")).toContainText("000000  4f 42 4a 5f 41 54 54 52  5f 43 4c 41 53 53 0a 30  OBJ_ATTR_CLASS.0");
  expect((await viewer(play).boundingBox())!.y).toBe(before!.y);
  await play.press("Escape");
  await expect(viewer(play)).toHaveCount(0);
  await expect(open).toBeFocused();
  await panel(play).getByRole("button", { name: "View fake.pem" }).click();
  await expect(viewer(play)).toContainText("reference to a private EC P-384 key (fake PEM). It names handle 7. No private key is in the file.");
});

test("the viewer shows text as text, whatever is in it, and only the first part of what is large", async ({ play }) => {
  await upload(play, file("page.html", "<img src=x onerror=alert(1)>\u001b[31m\n"), file("large.txt", "0123456789abcde\n".repeat(20_000)), file("none", ""));
  await panel(play).getByRole("button", { name: "View page.html" }).click();
  await expect(viewer(play).locator("pre")).toContainText("<img src=x onerror=alert(1)><U+001B>[31m");
  await expect(viewer(play).locator("pre img")).toHaveCount(0);
  await play.press("Escape");
  await panel(play).getByRole("button", { name: "View large.txt" }).click();
  await expect(viewer(play)).toContainText("Shows the first 256 KB of 313 KB; the download has all.");
  await play.press("Escape");
  await panel(play).getByRole("button", { name: "View none" }).click();
  await expect(viewer(play)).toContainText("The file is empty.");
});

test("one file is downloaded, and all as an archive that holds directories", async ({ play }) => {
  await play.empty();
  await play.type("mkdir d; printf '\\000\\377' > d/raw; echo hi > a; echo tmp > /tmp/t");
  const one = await downloaded(play, panel(play).getByRole("button", { name: "Download d/raw" }));
  expect([one.name, [...one.bytes]]).toEqual(["raw", [0, 255]]);
  const all = await downloaded(play, panel(play).getByRole("button", { name: "Download all" }));
  expect(all.name).toBe("hsmplay-files.zip");
  const back = unzipSync(new Uint8Array(all.bytes));
  expect(Object.fromEntries(Object.entries(back).map(([name, bytes]) => [name, Buffer.from(bytes).toString("latin1")])))
    .toEqual({ "ec2-user/a": "hi\n", "ec2-user/d/": "", "ec2-user/d/raw": "\u0000\u00ff", "tmp/t": "tmp\n" });
});

test("what is told about files goes when they change again", async ({ play }) => {
  await play.empty();
  await upload(play, file("a", "x"));
  await expect(panel(play)).toContainText("a is in /home/ec2-user.");
  await play.type("rm a");
  await expect(panel(play)).not.toContainText("is in");
});

test("a tab that only reads takes no files and no world", async ({ play, context }) => {
  const second = await (await visitor(context)).visit();
  await upload(second, file("a", "x"));
  await expect(panel(second)).toContainText("Read-only here");
  await second.page.getByRole("button", { name: "Worlds", exact: true }).click();
  await expect(viewer(second)).toContainText("Read-only here");
  await expect(second.page.getByLabel("Load a world")).toHaveCount(0);
  expect(await play.section("files")).toEqual([]);
});

alone.describe("without a network", () => {
  alone.use({ serviceWorkers: "allow" });

  alone("files still come in, are looked at and go out", async ({ play, context }) => {
    await play.page.evaluate(() => navigator.serviceWorker.ready);
    await play.page.reload();
    await play.ready();
    await context.setOffline(true);
    await upload(play, file("a", "hello"));
    await panel(play).getByRole("button", { name: "View a" }).click();
    await expect(viewer(play).locator("pre")).toContainText("hello");
    await play.press("Escape");
    const all = await downloaded(play, panel(play).getByRole("button", { name: "Download all" }));
    expect(Object.keys(unzipSync(new Uint8Array(all.bytes)))).toEqual(["ec2-user/a"]);
  });
});

test.describe("a world", () => {
  const dialog = async (play: Play): Promise<Locator> => {
    await play.page.getByRole("button", { name: "Worlds", exact: true }).click();
    return play.page.getByRole("dialog");
  };
  const load = (box: Locator, content: string | Buffer, name = "world.json") => box.getByLabel("Load a world").setInputFiles(file(name, content));

  test("comes back from its file, after a question where one is here", async ({ play }) => {
    await play.login();
    await play.type("genECCKeyPair -i 14 -l kept", "exit", "echo content > note");
    let box = await dialog(play);
    const { name, bytes } = await downloaded(play, box.getByRole("button", { name: "Download" }));
    expect(name).toBe("hsmplay-world.json");
    await play.press("Escape");
    await play.page.locator("#field").focus();
    await play.type("rm note", "hsm stop 2");
    box = await dialog(play);
    await load(box, bytes);
    await expect(box).toContainText("Open this world?");
    await expect(box).toContainText("In the file: 2 keys, 1 file, 5 commands.");
    await box.getByRole("button", { name: "Stay here" }).click();
    await expect(play.node(2)).toContainText("down");
    box = await dialog(play);
    await load(box, bytes);
    await box.getByRole("button", { name: "Open it" }).click();
    await expect(play.page.locator("#cluster .summary")).toContainText("All 3 HSMs up");
    await expect(play.key(7)).toContainText("kept");
    await play.page.locator("#field").focus();
    await play.type("cat note");
    await expect(play.last()).toContainText("content");
    await play.page.reload();
    await play.ready();
    await expect(play.key(7)).toContainText("kept");
  });

  test("that is fresh is replaced without a question", async ({ play, context }) => {
    await play.empty();
    await play.type("echo one > f");
    const { bytes } = await downloaded(play, (await dialog(play)).getByRole("button", { name: "Download" }));
    await play.press("Escape");
    await play.page.getByRole("button", { name: "Start over" }).click();
    await play.page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
    await expect(panel(play)).toContainText("Nothing written yet.");
    await load(await dialog(play), bytes);
    await expect(fileRow(play, "f")).toBeVisible();
    expect(context.pages()).toHaveLength(1);
  });

  const refusals: Record<string, (rows: Record<string, string>) => string> = {
    "no JSON": () => "PK\u0003\u0004",
    "JSON of something else": () => '{"world": {"a": [1, 2, 3]}}',
    "deep JSON": () => "[".repeat(200_000),
    "a world of numbers": () => '{"world": "5"}',
    "a world without HSMs": ({ world }) => JSON.stringify({ world }),
    "a newer version": (rows) => JSON.stringify({ ...rows, world: rows["world"]!.replace(/"Version":\d+/, '"Version":999') }),
    "files that lead out": (rows) => JSON.stringify({ ...rows, "file/../x": JSON.stringify({ path: "/../x", mode: 420 }) }),
    "keys without material": (rows) => JSON.stringify(Object.fromEntries(Object.entries(rows).filter(([name]) => !name.startsWith("material/")))),
    "an HSM that is null": (rows) => JSON.stringify({ ...rows, "node/0": "null" }),
    "deep rows": (rows) => JSON.stringify({ ...rows, world: '{"a":'.repeat(100_000) }),
  };
  for (const [what, make] of Object.entries(refusals)) {
    test(`is not taken from a file with ${what}`, async ({ play }) => {
      await play.login();
      await play.type("genECCKeyPair -i 14 -l kept");
      const box = await dialog(play);
      const { bytes } = await downloaded(play, box.getByRole("button", { name: "Download" }));
      await load(box, make(JSON.parse(bytes.toString())));
      await expect(box.getByRole("status")).toContainText(/not a saved world|cannot load this file/);
      await play.press("Escape");
      await play.page.locator("#field").focus();
      await play.type("findKey -l kept");
      await expect(play.last()).toContainText("Total number of keys present 2");
    });
  }

  test("brings no row along that the engine does not know", async ({ play }) => {
    await play.empty();
    await play.type("echo one > f");
    const box = await dialog(play);
    const { bytes } = await downloaded(play, box.getByRole("button", { name: "Download" }));
    await load(box, JSON.stringify({ ...JSON.parse(bytes.toString()), "junk/<script>": "alert(1)" }));
    await box.getByRole("button", { name: "Open it" }).click();
    await expect(fileRow(play, "f")).toBeVisible();
    const again = await downloaded(play, (await dialog(play)).getByRole("button", { name: "Download" }));
    expect(again.bytes.toString()).not.toContain("junk");
  });
});

for (const [width, height] of [[1440, 900], [390, 844], [320, 640]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });

      test("axe: files, their questions, the viewer, the world", async ({ play }) => {
        await play.login();
        await play.type("genECCKeyPair -i 14 -l ecc14", "getAttribute -o 7 -a 512 -out attr_7");
        if (width < 600) {
          await play.page.getByRole("button", { name: "Panels" }).click();
          await play.page.getByRole("button", { name: /^Files/ }).click();
        }
        await upload(play, file("attr_7", "x"), file("other", "x"));
        await expect(panel(play).getByRole("group")).toBeVisible();
        await clean(play);
        for (const look of ["Decoded", "Text", "Hex"]) {
          if (look === "Decoded") await panel(play).getByRole("button", { name: "View attr_7" }).click();
          await viewer(play).getByRole("button", { name: look }).click();
          await clean(play);
        }
        await play.press("Escape");
        if (width < 600) await play.page.locator("#menu-button").click();
        await play.page.getByRole("button", { name: "Worlds", exact: true }).click();
        await viewer(play).getByLabel("Load a world").setInputFiles([file("x.json", "{}")]);
        await expect(viewer(play).getByRole("status")).toContainText("not a saved world");
        await clean(play);
      });
    });
  }
}

/** clean fails on what axe finds, and on a page that scrolls sideways. */
async function clean(play: Play): Promise<void> {
  const { violations } = await new AxeBuilder({ page: play.page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
  expect(await play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await play.page.evaluate(() => [...document.querySelectorAll("dialog")].every((d) => d.scrollWidth <= d.clientWidth))).toBe(true);
}
