// Nothing leaves the page: the canary tries, from the page and from the worker, on a first visit without service workers.

import { type Page } from "@playwright/test";
import { expect, test } from "./play.ts";

const canary = "http://canary.test/";

/** cage answers the canary's address, so that only the policy can stop it, and counts who gets there. */
async function cage(page: Page): Promise<string[]> {
  const reached: string[] = [];
  await page.context().route(`${canary}**`, (route) => {
    reached.push(route.request().url());
    return route.fulfill({ headers: { "Access-Control-Allow-Origin": "*" }, body: "out" });
  });
  return reached;
}

/** fly tries to get out; it runs in the page and in the worker. */
const fly = (url: string) => fetch(url).then(() => "out", () => "in");

test("the canary gets out where no policy holds it", async ({ page, baseURL }) => {
  const reached = await cage(page);
  await page.route("**/bare.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  await page.goto(`${baseURL}bare.html`);
  expect(await page.evaluate(fly, canary)).toBe("out");
  expect(reached).toHaveLength(1);
});

test.describe("with the page's policy", () => {
  test.use({ expected: /Content Security Policy|Refused to|violates|canary/ });

  test("the canary stays in, page and worker", async ({ play }) => {
    const reached = await cage(play.page);
    const workers = play.page.workers();
    expect(workers).toHaveLength(1);
    expect(await play.page.evaluate(fly, canary)).toBe("in");
    expect(await workers[0]!.evaluate(fly, canary)).toBe("in");
    expect(await play.page.evaluate((url) => new Promise((done) => {
      const image = new Image();
      image.onload = () => done("out");
      image.onerror = () => done("in");
      image.src = url;
    }), `${canary}pixel.png`)).toBe("in");
    expect(await play.page.evaluate((url) => navigator.sendBeacon(url) && new Promise((r) => setTimeout(r, 200)), canary)).not.toBe("out");
    expect(reached).toEqual([]);
  });

  test("no script or style that is not the page's own is taken", async ({ play }) => {
    expect(await play.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.injected = true";
      document.head.append(script);
      document.body.insertAdjacentHTML("beforeend", "<i id=probe style='color: rgb(1, 2, 3)'></i>");
      return [globalThis.injected, getComputedStyle(document.getElementById("probe")!).color === "rgb(1, 2, 3)"];
    })).toEqual([undefined, false]);
  });
});

test("an answer to a hidden question is nowhere", async ({ play }) => {
  const secret = "Swordfish-94";
  await play.empty();
  await play.type("key_mgmt_util", "loginHSM -u CU -s example_user -hpswd");
  await expect(play.field).toHaveAttribute("type", "password");
  await play.answer(secret);
  await play.type("listUsers");
  await play.press("ArrowUp");
  await expect(play.field).toHaveValue("listUsers");
  await play.press("ArrowUp");
  await expect(play.field).toHaveValue("loginHSM -u CU -s example_user -hpswd");
  await play.press("Control+y");
  const kept = () => play.page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const dump = await Promise.all(databases.map(({ name }) => new Promise((done) => {
      const request = indexedDB.open(name!);
      request.onsuccess = async () => {
        const stores = [...request.result.objectStoreNames];
        const rows = await Promise.all(stores.map((s) => new Promise((got) => {
          const all = request.result.transaction(s).objectStore(s).getAll();
          all.onsuccess = () => got(all.result);
        })));
        request.result.close();
        done(rows);
      };
    })));
    return JSON.stringify([dump, { ...localStorage }, { ...sessionStorage }, location.href]);
  });
  await expect.poll(kept).toContain("listUsers"); // the newest line is saved a moment after it
  const stored = await kept();
  const values = await play.page.locator("input, textarea").evaluateAll((all) => all.map((e) => (e as HTMLInputElement).value));
  const views = await play.page.evaluate(async () => JSON.stringify([await hsmplay.view("audit"), await hsmplay.view("cluster")]));
  expect(views).toContain("CN_LOGIN");
  for (const place of [stored, values.join(), views, await play.page.content()]) expect(place).not.toContain(secret);
});

test("escape and control characters are shown, never obeyed", async ({ play }) => {
  await play.empty();
  await play.type("printf '\\033[31mred\\033[0m<b>bold</b>\\007' > file", "cat file");
  await expect(play.last()).toContainText("^[[31mred");
  await expect(play.last()).toContainText("<b>bold</b>");
  await expect(play.transcript.locator("pre b")).toHaveCount(0);
});
