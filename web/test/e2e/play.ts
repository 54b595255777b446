// The visitor: real keys on the page, and what the page shows. Every test that uses it also fails on a message in the console,
// an error of the page, or a request to another origin.

import { test as base, expect, type BrowserContext, type ConsoleMessage, type Locator, type Page, type Request, type TestInfo } from "@playwright/test";
import type { Views } from "../../session/api.ts";

/** hsmplay is what the page offers to embedders; the functions that name it run in the page. */
declare global {
  const hsmplay: typeof import("../../session/api.ts") & { buildId: string };
  var sign: string;       // set by tests in the page
  var injected: boolean | undefined;
  var longest: number;
}

/** Play is a visitor in front of a page. */
export class Play {
  readonly page: Page;
  readonly field: Locator;
  readonly prompt: Locator;
  readonly transcript: Locator;
  readonly blocks: Locator;
  readonly typed: Locator;
  readonly dock: Locator;
  readonly tabs: Locator;

  constructor(page: Page) {
    this.page = page;
    this.field = page.locator("#field, #secret").filter({ visible: true });
    this.prompt = page.locator("#prompt");
    this.transcript = page.locator(".transcript:not([hidden])");
    this.blocks = this.transcript.locator("article");
    this.typed = this.transcript.locator(".typed");
    this.dock = page.locator("#info");
    this.tabs = page.getByRole("tab");
  }

  /** visit opens the page and waits for the engine. */
  async visit(): Promise<this> {
    await this.page.goto("");
    return this.ready();
  }

  /** ready waits until the engine answers. */
  async ready(): Promise<this> {
    await this.page.evaluate(() => hsmplay.ready);
    await expect(this.page.locator("#loading progress")).toHaveCount(0);
    return this;
  }

  /** press presses keys, one chord each. */
  async press(...chords: string[]): Promise<void> {
    for (const chord of chords) await this.page.keyboard.press(chord);
  }

  /** write types text without Enter. */
  async write(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** enter presses Enter and waits until the line stands in the transcript and the next one is wanted. */
  async enter(): Promise<void> {
    const before = await this.typed.count();
    await this.press("Enter");
    await expect(this.typed).toHaveCount(before + 1);
    await expect(this.prompt).not.toHaveText("", { useInnerText: false });
  }

  /** type types lines, each with Enter. */
  async type(...lines: string[]): Promise<void> {
    for (const line of lines) {
      await this.write(line);
      await this.enter();
    }
  }

  /** answer types the answer to a question, which stands in the block of its command. */
  async answer(text: string): Promise<void> {
    await this.write(text);
    const question = await this.prompt.textContent();
    await this.press("Enter");
    await expect(this.prompt).not.toHaveText(question!, { useInnerText: false });
    await expect(this.prompt).not.toHaveText("", { useInnerText: false });
  }

  /** send types a line that will wait or run on. */
  async send(line: string): Promise<void> {
    await this.write(line);
    await this.press("Enter");
  }

  /** login starts key_mgmt_util and logs a crypto user in. */
  async login(user = "example_user"): Promise<void> {
    await this.type("key_mgmt_util", `loginHSM -u CU -s ${user} -p aws`);
    await expect(this.last()).toContainText("Cfm3LoginHSM returned: 0x00");
  }

  /** empty clears the line that is given on a first visit. */
  async empty(): Promise<void> {
    await this.press("Escape");
    await expect(this.field).toHaveValue("");
  }

  /** newTab opens another terminal. */
  async newTab(): Promise<void> {
    const before = await this.tabs.count();
    await this.page.getByRole("button", { name: "+ New" }).click();
    await expect(this.tabs.nth(before)).toHaveAttribute("aria-selected", "true");
    await this.page.locator("#field").focus();
  }

  /** last is the newest block. */
  last(): Locator {
    return this.blocks.last();
  }

  /** note is a remark of the playground that contains a text. */
  note(text: string | RegExp): Locator {
    return this.transcript.getByRole("note").filter({ hasText: text });
  }

  /** node is the line of an HSM in the list under the drawing. */
  node(number: number): Locator {
    return this.page.locator("#cluster .node").nth(number);
  }

  /** key is the row of a key in the panel Keys. */
  key(handle: number): Locator {
    return this.page.locator("#keys tbody tr").filter({ has: this.page.getByRole("button", { name: `Insert handle ${handle}`, exact: true }) });
  }

  /** kept waits until the browser's storage holds the world as of the last line. */
  async kept(): Promise<void> {
    const lines = await this.page.evaluate(async () => (await hsmplay.view("cluster")).lines);
    await expect.poll(() => this.page.evaluate(() => new Promise<number>((done) => {
      const opening = indexedDB.open(`hsmplay:${new URL(".", location.href).pathname}world`);
      opening.onsuccess = () => {
        const row = opening.result.transaction("rows").objectStore("rows").get("world");
        row.onsuccess = () => done(JSON.parse(row.result ?? "{}").Lines ?? 0);
        row.transaction!.oncomplete = () => opening.result.close();
      };
    }))).toBe(lines);
  }

  /** keptScreen waits until the storage holds texts of what the screen shows: of a lesson's world under "lessonscreen". */
  async keptScreen(texts: string[], shelf: "screen" | "lessonscreen" = "screen"): Promise<void> {
    await expect.poll(() => this.page.evaluate(([begin, wanted]) => new Promise<string[]>((done) => {
      const opening = indexedDB.open(`hsmplay:${new URL(".", location.href).pathname}world`);
      opening.onsuccess = () => {
        const rows = opening.result.transaction("rows").objectStore("rows").getAll(IDBKeyRange.bound(begin, `${begin}\uffff`));
        rows.onsuccess = () => done(wanted.filter((text) => !rows.result.some((row) => String(row).includes(text))));
        rows.transaction!.oncomplete = () => opening.result.close();
      };
    }), [`@${shelf}/`, texts] as const)).toEqual([]);
  }

  /** section reads a section of the read model. */
  async section<Name extends keyof Views>(name: Name): Promise<Views[Name]["rows"]> {
    return this.page.evaluate(async (n) => (await hsmplay.view(n)).rows, name);
  }
}

const blockedByTest = "Service Worker registration blocked by Playwright";

/** watch collects what must not happen on a page, until it is left. */
export function watch(page: Page, origin: string): { faults: string[]; leave(): void } {
  const faults: string[] = [];
  const said = (m: ConsoleMessage) => void (["error", "warning"].includes(m.type()) && m.text() !== blockedByTest && faults.push(`console: ${m.text()}`));
  const failed = (e: Error) => void faults.push(`error: ${e.stack}`);
  const asked = (r: Request) => void (/^https?:/.test(r.url()) && !r.url().startsWith(origin) && faults.push(`request: ${r.url()}`));
  page.on("console", said).on("pageerror", failed).on("request", asked);
  return { faults, leave: () => void page.off("console", said).off("pageerror", failed).off("request", asked) };
}

/** Fixtures are what a test may ask for. With `expected`, console messages that match are no fault. */
interface Fixtures { play: Play; expected: RegExp | null }

/** testify prints what stood on the page when a test failed: a run on another machine leaves nothing else behind. */
async function testify(page: Page, faults: string[]): Promise<void> {
  if (page.isClosed()) return;
  const shown = await page.evaluate(() => ["#terminal", "#cluster", "#spoken"].map((where) =>
    `${where}: ${(document.querySelector(where) as HTMLElement | null)?.innerText ?? "is not there"}`)).catch((fault: unknown) => [String(fault)]);
  console.log([...shown, ...faults].join("\n---\n").slice(-6000));
}

/** givesPlay gives a visitor on a page that is open and ready. */
const givesPlay = async ({ page, baseURL, expected }: { page: Page; baseURL: string | undefined; expected: RegExp | null },
  use: (play: Play) => Promise<void>, test: TestInfo) => {
  const { faults, leave } = watch(page, baseURL!);
  await use(await new Play(page).visit());
  if (test.status !== test.expectedStatus) await testify(page, faults);
  leave();
  expect(faults.filter((f) => !expected?.test(f))).toEqual([]);
};

/** alone runs a test in a browser context of its own: for tests that change what a page finds before its first script, or that
 *  need options of a context. */
export const alone = base.extend<Fixtures>({ expected: [null, { option: true }], play: givesPlay });

/** Desk is the context that the tests of a worker share, one after another. What is cached stays: an engine is fetched, inflated and
 *  compiled once. What is stored goes. */
class Desk {
  readonly context: BrowserContext;
  #page: Page | null = null;

  constructor(context: BrowserContext) {
    this.context = context;
  }

  /** clear makes the desk as new, and answers with its page. */
  async clear(origin: string): Promise<Page> {
    for (const page of this.context.pages().filter((p) => p !== this.#page)) await page.close();
    if (!this.#page || this.#page.isClosed()) this.#page = await this.context.newPage();
    await this.#page.unrouteAll({ behavior: "ignoreErrors" });
    await this.context.unrouteAll({ behavior: "ignoreErrors" });
    await this.context.clearPermissions();
    // What a page writes when it goes could come behind the clearing.
    await this.#page.evaluate(() => void (Storage.prototype.setItem = () => {})).catch(() => {});
    await this.#page.goto("about:blank");
    const devtools = await this.context.newCDPSession(this.#page);
    await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
    await devtools.detach();
    return this.#page;
  }
}

/** test gives a visitor on a page that is open and ready, and as on a first visit, at the desk of the worker. */
export const test = base.extend<Fixtures, { desk: Desk }>({
  expected: [null, { option: true }],
  desk: [async ({ browser }, use, { project }) => {
    const { baseURL, serviceWorkers } = project.use;
    const context = await browser.newContext({ baseURL, serviceWorkers });
    await use(new Desk(context));
    await context.close();
  }, { scope: "worker" }],
  context: async ({ desk }, use) => use(desk.context),
  page: async ({ desk, baseURL, viewport, colorScheme, reducedMotion, permissions }, use) => {
    const page = await desk.clear(new URL(baseURL!).origin);
    await page.setViewportSize(viewport!);
    await page.emulateMedia({ colorScheme, reducedMotion });
    await desk.context.grantPermissions(permissions ?? [], { origin: new URL(baseURL!).origin });
    await use(page);
  },
  play: givesPlay,
});

/** visitor opens another page of the same browser, as a second tab or a later visit. */
export async function visitor(context: BrowserContext): Promise<Play> {
  return new Play(await context.newPage());
}

export { expect };
