// The visitor: real keys on the page, and what the page shows. Every test that uses it also fails on a message in the console,
// an error of the page, or a request to another origin.

import { test as base, expect, type BrowserContext, type Locator, type Page } from "@playwright/test";

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
    await this.page.evaluate(() => (globalThis as any).hsmplay.ready);
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
    return this.page.locator("#keys-panel tbody tr").filter({ has: this.page.getByRole("button", { name: `Insert handle ${handle}`, exact: true }) });
  }

  /** kept waits until the browser's storage holds the world as of the last line. */
  async kept(): Promise<void> {
    const lines = await this.page.evaluate(async () => (await (globalThis as any).hsmplay.view("cluster")).lines);
    await expect.poll(() => this.page.evaluate(() => new Promise<number>((done) => {
      const opening = indexedDB.open("hsmplay:world");
      opening.onsuccess = () => {
        const row = opening.result.transaction("rows").objectStore("rows").get("world");
        row.onsuccess = () => done(JSON.parse(row.result ?? "{}").Lines ?? 0);
        row.transaction!.oncomplete = () => opening.result.close();
      };
    }))).toBe(lines);
  }

  /** section reads a section of the read model. */
  async section<Row>(name: "cluster" | "keys" | "users" | "files" | "audit"): Promise<Row[]> {
    return this.page.evaluate(async (n) => (await (globalThis as any).hsmplay.view(n)).rows, name);
  }
}

const blockedByTest = "Service Worker registration blocked by Playwright";

/** watch collects what must not happen on a page. */
export function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && m.text() !== blockedByTest && faults.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`error: ${e.message}`));
  page.on("request", (r) => /^https?:/.test(r.url()) && !r.url().startsWith(origin) && faults.push(`request: ${r.url()}`));
  return faults;
}

/** test gives a visitor on a page that is open and ready. With `expected`, console messages that match are no fault. */
export const test = base.extend<{ play: Play; expected: RegExp | null }>({
  expected: [null, { option: true }],
  play: async ({ page, baseURL, expected }, use) => {
    const faults = watch(page, baseURL!);
    await use(await new Play(page).visit());
    expect(faults.filter((f) => !expected?.test(f))).toEqual([]);
  },
});

/** visitor opens another page of the same browser, as a second tab or a later visit. */
export async function visitor(context: BrowserContext): Promise<Play> {
  return new Play(await context.newPage());
}

export { expect };
