// Takes the picture of the README from the running demo: a lesson in Azerbaijani, 1280 pixels wide, light.
// Start `bilik demo` first, then: node scripts/screenshot.mjs [address] [file]
// Playwright comes from the browser tests: npm ci in tests/browser.
import { createRequire } from "node:module";

const [address = "http://127.0.0.1:8080", file = "static/screenshot.png"] = process.argv.slice(2);
const { chromium } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("playwright-core");
const lesson = "/az/courses/innovation-management/types-and-degrees";

const browser = await chromium.launch({
  executablePath: process.env.BILIK_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--hide-scrollbars"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: "light" });
await page.goto(address + "/az/sign-in");
await page.fill("[name=email]", "leyla@demo.example");
await page.fill("[name=password]", "learn-with-bilik");
await page.click("main form .btn--primary");
await page.waitForURL("**/me");
await page.goto(address + lesson);
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: file });
await browser.close();
