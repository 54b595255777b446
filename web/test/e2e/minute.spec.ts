// The first minute, at three widths: by Enter and Next alone, and by typing.

import { expect, Play, test } from "./play.ts";

const widths = [{ width: 1440, height: 900 }, { width: 900, height: 800 }, { width: 360, height: 740 }];

/** minute is what the visitor types, in order, and what the answer shows. */
const minute = [
  { line: "key_mgmt_util", shows: "Version info" },
  { line: "loginHSM -u CU -s example_user -p aws", shows: "Cfm3LoginHSM returned: 0x00" },
  { line: "genECCKeyPair -i 14 -l ecc14", shows: "public key handle: 6    private key handle: 7" },
  { line: "getAttribute -o 7 -a 512 -out attr_7", shows: "got all attributes of size 561 attr cnt 19" },
  { line: "cat attr_7", shows: "OBJ_ATTR_KCV" },
  { line: "genECCKeyPair -i 1 -l ecc1", shows: "0xb3" },
  { line: "exit", shows: "" },
  { line: "hsm stop 2", shows: "2 of 3 HSMs up" },
  { line: "key_mgmt_util", shows: "Version info" },
];

/** frame is where the parts of the page stand that nothing may move: top and height in pixels. */
const frame = (play: Play) => play.page.evaluate(() => Object.fromEntries(
  ["header", "#tabs", "#terminal", "#transcripts", "#dock", "#info", "#cluster", "#cluster .nodes", "footer"].map((part) => {
    const { top, height } = document.querySelector(part)!.getBoundingClientRect();
    return [part, [top, height].map(Math.round)];
  })));

/** sideways is how many pixels the page is wider than its window. */
const sideways = (play: Play) => play.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const viewport of widths) {
  test.describe(`${viewport.width} px`, () => {
    test.use({ viewport });

    test("begins with a line that waits for Enter", async ({ play }) => {
      await expect(play.field).toBeFocused();
      await expect(play.field).toHaveValue("key_mgmt_util");
      expect(await play.page.evaluate(() => getSelection()!.toString() || (document.activeElement as HTMLTextAreaElement).value
        .slice((document.activeElement as HTMLTextAreaElement).selectionStart, (document.activeElement as HTMLTextAreaElement).selectionEnd)))
        .toBe("key_mgmt_util");
      await expect(play.prompt).toHaveText("$ ", { useInnerText: false });
      await expect(play.blocks).toHaveCount(1);
      await expect(play.note("cluster of three HSMs")).toBeVisible();
      expect(await sideways(play)).toBe(0);
    });

    test("by Enter and Next alone", async ({ play }) => {
      await play.enter();
      await expect(play.last()).toContainText("Version info");
      for (const step of minute.slice(1)) {
        const chip = play.dock.getByRole("button", { name: step.line, exact: true });
        await chip.click();
        await expect(play.field).toHaveValue(step.line);
        await play.enter();
        await expect(play.last()).toContainText(step.shows);
      }
      expect(await sideways(play)).toBe(0);
    });

    test("by typing", async ({ play }) => {
      for (const step of minute) {
        await play.type(step.line);
        await expect(play.last()).toContainText(step.shows);
      }
    });

    test("nothing moves while a line is typed and answered", async ({ play }) => {
      await play.empty();
      const before = await frame(play);
      for (const line of ["key_mgmt_util", "listUsers", "genECC -i 2"]) {
        await play.write(line);
        expect(await frame(play)).toEqual(before);
        await play.enter();
        expect(await frame(play)).toEqual(before);
      }
    });

    test("nothing moves when the engine arrives", async ({ page, baseURL }) => {
      let arrive = () => {};
      const later = new Promise<void>((go) => (arrive = go));
      await page.route("**/*.wasm", async (route) => { await later; await route.continue(); });
      await page.goto(baseURL!);
      const play = new Play(page);
      await expect(page.locator("#cluster")).toContainText("starting");
      const before = await frame(play);
      expect(await page.evaluate(() => {
        const words = document.querySelector("#loading .words")!.getBoundingClientRect();
        const met = (e: Element) => [...e.getClientRects()].some((r) => r.left < words.right && words.left < r.right && r.top < words.bottom && words.top < r.bottom);
        return [...document.querySelectorAll("h1, button, #cluster span")].filter((e) => e.checkVisibility() && met(e)).map((e) => e.textContent);
      }), "the words cover nothing").toEqual([]);
      arrive();
      await play.ready();
      await expect(page.locator("#cluster")).not.toContainText("starting");
      expect(await frame(play)).toEqual(before);
    });
  });
}

test("↓ on an empty line walks the Next lines", async ({ play }) => {
  await expect(play.dock.getByRole("button", { name: "hsm status", exact: true })).toBeVisible();
  await play.empty();
  await play.press("ArrowDown");
  await expect(play.field).toHaveValue("key_mgmt_util");
  await play.press("ArrowDown");
  await expect(play.field).not.toHaveValue("key_mgmt_util");
});

test("typing replaces the given line", async ({ play }) => {
  await play.write("ls");
  await expect(play.field).toHaveValue("ls");
});

test("→ keeps the given line", async ({ play }) => {
  await play.press("ArrowRight");
  await play.write(" x");
  await expect(play.field).toHaveValue("key_mgmt_util x");
});

test("a refusal leaves every HSM drawn as up, and its note says how it is worded", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 1 -l ecc1");
  await expect(play.last()).toContainText("Server in cluster is unavailable");
  for (const node of [0, 1, 2]) await expect(play.node(node)).toContainText("up");
  await expect(play.last().getByRole("note")).toContainText("only how the tool words that");
});

test("an HSM stopped by its button: the line is typed, new keys say where they are not", async ({ play }) => {
  await play.page.getByRole("button", { name: "stop HSM 2" }).click();
  await expect(play.typed.last()).toHaveText("hsm stop 2");
  await expect(play.page.locator("#cluster .summary")).toContainText("2 of 3 HSMs up");
  await play.page.locator("#field").focus();
  await play.login();
  await play.type("genECCKeyPair -i 14 -l two");
  await expect(play.key(7)).toContainText("not on HSM 2");
});

/** newer is the first minute in CloudHSM CLI: how each line begins, and what its answer shows. */
const newer = [
  { line: "login --username example_user", shows: '"role": "crypto-user"' },
  { line: "key generate-asymmetric-pair ec", shows: '"curve": "secp384r1"' },
  { line: "crypto sign ecdsa", shows: '"signature": "' },
  { line: "crypto verify ecdsa", shows: "Signature verified successfully" },
  { line: "key generate-file --encoding pem", shows: "Successfully generated key file" },
  { line: "quit", shows: "" },
  { line: "openssl pkey", shows: "ASN1 OID: secp384r1" },
];

test.describe("CloudHSM CLI, 1440 px", () => {
  test.use({ viewport: widths[0]! });

  test("by Next and Enter alone, with no hand on the mouse", async ({ play }) => {
    await play.empty();
    for (let i = 0; i < 9 && (await play.field.inputValue()) !== "cloudhsm-cli interactive"; i++) await play.press("ArrowDown");
    await expect(play.field).toHaveValue("cloudhsm-cli interactive");
    await play.enter();
    await expect(play.prompt).toHaveText("aws-cloudhsm > ", { useInnerText: false });
    for (const step of newer) {
      await expect(play.field).toBeFocused();
      await expect(play.dock.locator(".next .chip").first()).toHaveText(new RegExp(`^${step.line}`));
      await play.press("ArrowDown");
      await expect(play.field).toHaveValue(new RegExp(`^${step.line}`));
      await play.enter();
      await expect(play.last()).toContainText(step.shows);
    }
    await expect(play.prompt).toHaveText("$ ", { useInnerText: false });
    expect(await sideways(play)).toBe(0);
  });
});
