// The browser of the machine, without its calls home.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map((name) => `/usr/bin/${name}`);

/** A headless browser. */
export function startBrowser() {
  const executablePath = process.env.BILIK_CHROMIUM ?? known.find((path) => existsSync(path));
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args });
}

/** A page that fails the test when a script of ours fails or the content policy is broken. */
export async function openPage(browser, options = {}) {
  // A move from page to page that a test cuts short by another size of the screen would count as a failed script.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: "block", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) page.problems.push(message.text());
  });
  return page;
}
