// What of lessons comes and goes as files: lessons that are dropped, progress, and the record of a theme.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { begin, card, drop, list, row } from "./lesson.ts";
import { expect, test } from "./play.ts";

const first = "Your first EC key pair";

test("a lesson that is dropped is asked about, and played", async ({ play }) => {
  await drop(play, "50-mine.md",
    "---\ntitle: Mine\nminutes: 2\ntheme: start\n---\nAn own lesson.\n\n## Make a file\n\nMake a file called `mine`.\n\n```goal\nfile mine\n  a file called mine\n```\n```hint\n`touch` makes one.\n```\n```solution\ntouch mine\n```\n");
  await play.page.getByRole("dialog").getByRole("button", { name: "Add to the lessons" }).click();
  await row(play, "Mine").click();
  await expect(card(play)).toContainText("a file called mine");
  await play.type("touch mine");
  await expect(card(play)).toContainText("Another lesson");
});

test("a dropped folder is asked about too: its lessons are added, what is none is not", async ({ play }) => {
  await play.page.evaluate((text) => {
    DataTransferItem.prototype.webkitGetAsEntry = function () {
      const file = (name: string, content: string) => ({ isFile: true, isDirectory: false, name, file: (done: (f: File) => void) => done(new File([content], name)) });
      const inside = [file("50-mine.md", text), file("51-yours.md", text.replace("title: Mine", "title: Yours")), file("README.md", "# No lesson")];
      return { isFile: false, isDirectory: true, name: "course", createReader: () => ({ readEntries: (done: (all: unknown[]) => void) => done(inside.splice(0)) }) } as unknown as FileSystemEntry;
    };
    const data = new DataTransfer();
    data.items.add(new File([], "course"));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, "---\ntitle: Mine\nminutes: 2\ntheme: start\n---\nAn own lesson.\n\n## Make a file\n\nMake a file called `mine`.\n\n```goal\nfile mine\n  a file called mine\n```\n"
    + "```hint\n`touch` makes one.\n```\n```solution\ntouch mine\n```\n");
  const box = play.page.getByRole("dialog");
  await expect(box).toContainText("50-mine.md, 51-yours.md");
  await expect(box).not.toContainText("README");
  await box.getByRole("button", { name: "Add to the lessons" }).click();
  await expect(row(play, "Mine")).toBeVisible();
  await row(play, "Yours").click();
  await expect(card(play)).toContainText("a file called mine");
});

test("progress goes out as a file, and comes in from it where none is kept", async ({ play }, testInfo) => {
  await play.empty();
  await begin(play, first);
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect(card(play)).toContainText("one line per HSM");
  await list(play);
  await expect(row(play, first)).toContainText("1 of 3 steps");
  const box = play.page.getByRole("dialog");
  const [download] = await Promise.all([play.page.waitForEvent("download"), box.getByRole("button", { name: "Save progress as a file" }).click()]);
  const file = testInfo.outputPath("progress.json");
  await download.saveAs(file);
  await play.page.route("**/bare", (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' }));
  await play.page.goto("bare"); // of the same origin, and without a world
  await play.page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) await new Promise((done) => (indexedDB.deleteDatabase(name!).onsuccess = done));
    sessionStorage.clear();
    localStorage.clear();
  });
  await play.page.goto("./");
  await play.ready();
  await list(play);
  await expect(row(play, first)).toContainText("· 3 steps");
  await box.getByLabel("Load progress").setInputFiles(file);
  await expect(row(play, first)).toContainText("1 of 3 steps");
});

test("the record of a theme is signed in the page, downloaded, and verified by the machine's openssl", async ({ play }, testInfo) => {
  const steps = [
    ["genECCKeyPair -i 1 -l weak"], ["genECCKeyPair -i 2 -l proof"], ["genECCKeyPair -i 14 -l strong"], ["hsm stop 1", "genECCKeyPair -i 2 -l two"],
    ["genECCKeyPair -i 2 -l three -min_srv 3 -timeout 1"],
  ];
  await play.empty();
  await begin(play, "FIPS and curves");
  for (const lines of steps) {
    for (const line of lines) await play.page.evaluate((typed) => hsmplay.exec(typed), line);
    await card(play).getByRole("button", { name: "Next step" }).click();
  }
  await expect(card(play)).toContainText("step 6 of 6");
  await play.page.locator("#field").focus();
  await play.type("findKey -c 3 -l proof");
  const signer = /0::0\s+(\d+)/.exec(await play.last().innerText())![1]!;
  await play.type(`sign -f record.txt -k ${signer} -m 17 -out record.sig`, `exportPubKey -k ${Number(signer) - 1} -out proof.pem`);
  for (const name of ["record.txt", "record.sig", "proof.pem"]) {
    const [download] = await Promise.all([play.page.waitForEvent("download"), play.page.locator("#files").getByRole("button", { name: `Download ${name}`, exact: true }).click()]);
    await download.saveAs(testInfo.outputPath(name));
  }
  const verify = ["dgst", "-sha256", "-verify", "proof.pem", "-signature", "record.sig", "record.txt"];
  expect(spawnSync("openssl", verify, { input: "", cwd: testInfo.outputDir, encoding: "utf8", maxBuffer: 1e6 }).stdout).toContain("Verified OK");
  expect(readFileSync(testInfo.outputPath("record.txt"), "utf8")).toContain("- What an outage looks like: done, 1 line, 0 hints");
  await expect(card(play)).toContainText("a signature of record.txt by the private key of proof");
});
