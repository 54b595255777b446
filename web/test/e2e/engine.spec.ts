// The engine: how it comes, in two parts, what happens when it does not come, dies or does not answer, and pages without it.

import { alone, expect, Play, test } from "./play.ts";

test.describe("a worker that dies", () => {
  test.use({ expected: /the end of the worker/ });

  test("is replaced, and only its line is lost", async ({ play }) => {
    await play.login();
    await play.type("genECCKeyPair -i 14 -l kept");
    await play.page.workers()[0]!.evaluate(() => void setTimeout(() => { throw new Error("the end of the worker"); }));
    await expect(play.note("restored to the last command")).toBeVisible();
    await play.page.locator("#field").focus();
    await play.type("findKey -l kept");
    await expect(play.last()).toContainText("Total number of keys present 2");
  });
});

test("a worker that does not answer is stopped by hand", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l kept");
  await play.keptScreen(['"label":"kept"']);
  void play.page.workers()[0]!.evaluate(() => { for (;;); }).catch(() => {});
  await play.send("findKey");
  await expect(play.note("kept the engine busy")).toBeVisible();
  await play.page.getByRole("button", { name: /stop/i }).filter({ visible: true }).first().click();
  await expect(play.note("restored to the last command")).toBeVisible();
  await expect(play.key(7)).toContainText("kept");
});

test("a loop that never ends is stopped by Ctrl-C, and other tabs work on meanwhile", async ({ play }) => {
  await play.empty();
  await play.send("while true; do :; done");
  await play.newTab();
  await play.type("echo beside");
  await expect(play.last()).toContainText("beside");
  await play.tabs.first().click();
  await play.page.locator("#field").focus();
  await play.press("Control+c");
  await expect(play.prompt).toHaveText("$ ", { useInnerText: false });
  await play.type("echo $?");
  await expect(play.last()).toContainText("130");
});

const deep = Array(10_000).fill("1").join("+");
for (const line of ["(".repeat(2000), "f(){ f; }; f", Array(20_000).fill("true").join("&&"), `echo $((${deep}))`, `case $((${deep})) in *) ;; esac`, `for x in $((${deep})); do :; done`,
  `for ((x = ${deep}; ; )); do :; done`, "x=$(printf '(%.0s' {1..9000})1; echo $((x))", "x=a; while true; do x=$x$x; done"]) {
  test(`does not stop the engine: ${line.slice(0, 30)}`, async ({ play }) => {
    await play.empty();
    await play.page.evaluate((l) => void hsmplay.exec(l), line);
    await expect(play.typed).toHaveCount(1);
    await expect(play.prompt).toHaveText(/^(\$|>) $/, { useInnerText: false });
    await play.press("Control+c");
    await expect(play.typed).toHaveCount(2);
    await play.type("echo here");
    await expect(play.last()).toContainText("here");
    await expect(play.note("restored")).toHaveCount(0);
  });
}

test.describe("an engine that does not come", () => {
  test("is named, what is typed is kept, and can be tried again", async ({ page, baseURL }) => {
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 503 }));
    await page.goto(baseURL!);
    const play = new Play(page);
    await expect(play.note("The engine did not load")).toContainText("503");
    await page.locator("#field").focus();
    await play.send("echo kept");
    await expect(play.dock).toContainText("runs when the engine is here");
    await page.unroute("**/*.wasm");
    await page.getByRole("button", { name: "try again" }).click();
    await play.ready();
    await expect(play.transcript).toContainText("kept");
  });
});

test("lines that are typed before the engine is here run when it is", async ({ page, baseURL }) => {
  let arrive = () => {};
  const later = new Promise<void>((go) => (arrive = go));
  await page.route("**/*.wasm", async (route) => { await later; await route.continue(); });
  await page.goto(baseURL!);
  const play = new Play(page);
  await expect(page.locator("#cluster")).toContainText("starting");
  await page.locator("#field").focus();
  await play.press("Escape");
  await play.send("echo early");
  await play.write("echo half");
  arrive();
  await play.ready();
  await expect(play.transcript).toContainText("early");
  await expect(play.field).toHaveValue("echo half");
});

test.describe("the rest of the engine", () => {
  test("is behind the prompt: what is typed waits for it, and the page says so", async ({ page, baseURL }) => {
    let arrive = () => {};
    const later = new Promise<void>((go) => (arrive = go));
    await page.route("**/rest-*.wasm", async (route) => { await later; await route.continue(); });
    await page.goto(baseURL!);
    const play = new Play(page);
    await play.ready();
    await expect(page.locator("#cluster")).toContainText("HSM 0");
    await page.locator("#field").focus();
    await play.press("Escape");
    await play.send("echo later");
    await expect(play.note("The second half of the engine is on its way")).toBeVisible();
    arrive();
    await expect(play.last()).toContainText("later\n");
    await expect(play.note("The second half of the engine")).toHaveCount(0);
  });

  test("that does not come is sent for again", async ({ page, baseURL }) => {
    await page.route("**/rest-*.wasm", (route) => route.fulfill({ status: 503 }), { times: 2 });
    await page.goto(baseURL!);
    const play = new Play(page);
    await expect(play.note("The second half of the engine has not come")).toContainText("503");
    await expect(page.getByRole("button", { name: "load the page again" })).toBeVisible();
    await page.locator("#field").focus();
    await play.press("Escape");
    await play.type("echo there");
    await expect(play.last()).toContainText("there");
    await expect(play.note("The second half of the engine")).toHaveCount(0);
  });

  test("is nothing that a start needs: neither a first one nor one on a world with every tool open", async ({ play }) => {
    const atOnce: string[] = [];
    play.page.on("request", (request) => request.resourceType() === "xhr" && atOnce.push(request.url()));
    await play.page.reload();
    await play.ready();
    await play.login();
    await play.type("genECCKeyPair -i 14 -l kept", "genSymKey -t 31 -s 32 -l aes");
    for (const line of ["/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "cloudhsm-cli interactive", "n=1; hsm stop 2"]) {
      await play.newTab();
      await play.type(line);
    }
    await play.kept();
    await play.page.reload();
    await play.ready();
    await expect(play.key(7)).toContainText("kept");
    expect(atOnce).toEqual([]);
  });
});

alone("without WebAssembly the page says so", async ({ page, baseURL }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
  await page.goto(baseURL!);
  await expect(new Play(page).note("WebAssembly")).toBeVisible();
});

test("without JavaScript there is text", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await expect(page.locator("h1")).toHaveText("hsmplay");
  await expect(page.getByText("needs JavaScript")).toBeVisible();
  await context.close();
});

test("pairs that the browser makes ahead are keys as others", async ({ play }) => {
  await play.empty();
  await play.type("echo hello > message");
  await play.login();
  await play.page.workers()[0]!.evaluate(() => {
    const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (...asked: unknown[]) => Promise<unknown>;
    Object.assign(globalThis, { coming: 0, come: 0 });
    const count = globalThis as unknown as { coming: number; come: number };
    Object.assign(crypto.subtle, { generateKey: (...asked: unknown[]) => (count.coming++, generate(...asked).finally(() => count.come++)) });
  });
  await play.type("genECCKeyPair -i 14 -l first"); // the engine's own
  await expect.poll(() => play.page.workers()[0]!.evaluate(() => {
    const count = globalThis as unknown as { coming: number; come: number };
    return [count.coming, count.come];
  })).toEqual([4, 4]);
  await play.type("genECCKeyPair -i 14 -l ready", "sign -f message -k 9 -m 17 -out signature", "verify -f message -s signature -k 8 -m 17");
  await expect(play.last()).toContainText("Signature verification successful");
  await expect.poll(() => play.page.workers()[0]!.evaluate(() => (globalThis as unknown as { coming: number }).coming)).toBe(5); // one was taken
});
