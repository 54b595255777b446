// Firefox, driven over WebDriver BiDi.
import puppeteer from "puppeteer-core";

/** firefox starts it and answers with a visitor: what story.mjs asks of a browser. */
export async function firefox(executablePath) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, args: ["--width=1440", "--height=900"], protocolTimeout: 300_000 });
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  page.setDefaultTimeout(240_000);
  return {
    open: (url) => page.goto(url, { waitUntil: "domcontentloaded" }),
    reload: () => page.reload({ waitUntil: "domcontentloaded" }),
    run: (script, ...args) => page.evaluate(`(${script})(...${JSON.stringify(args)})`),
    write: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    shot: (path) => page.screenshot({ path }),
    end: () => browser.close(),
  };
}
