// Every page in three languages and both colour schemes: no barrier that axe can find, no sideways scrolling at 320 px,
// and within the budgets for slow lines.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { openPage, startBrowser } from "./lib/browser.mjs";
import { course, signIn, signUp } from "./lib/learner.mjs";
import { addPerson, startProgram } from "./lib/program.mjs";

const languages = ["az", "en", "ru"];
const schemes = ["light", "dark"];
const lesson = "idea-invention-innovation";
const publicPages = ["", "courses", "courses?q=zzzz", `courses/${course}`, `courses/${course}/${lesson}`, "sign-in", "sign-up", "help", "help/accessibility", "help/privacy", "no-such-page"];
const learnerPages = ["me", "me/profile", "me/sessions", `courses/${course}`, `courses/${course}/${lesson}`, `courses/${course}/module-1-test`];
const staffPages = ["teach", `teach/${course}`, `teach/${course}/questions`, "admin", "admin/people", "admin/completion"];

let program, browser;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

async function check(page, path) {
  const found = [];
  for (const lang of languages) {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`${program.base}/${lang}/${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) found.push(`${lang}/${path} ${colorScheme}: ${id} ${nodes[0].html.slice(0, 120)}`);
    }
    for (const text of ["100%", "200%"]) {
      const width = text === "100%" ? 320 : 640;
      const wide = await tooWide(page, width, text);
      if (wide) found.push(`${lang}/${path}: wider than the screen at ${width} px with text at ${text}: ${wide}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  return found;
}

/** The elements that stick out of a screen of this width, once the page is drawn for it. */
async function tooWide(page, width, text) {
  await page.setViewportSize({ width, height: 640 });
  return page.evaluate(async (size) => {
    const root = document.documentElement;
    const letters = new CSSStyleSheet();
    letters.replaceSync(`html { font-size: ${size} }`);
    document.adoptedStyleSheets = [letters];
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    if (root.scrollWidth <= root.clientWidth) return "";
    const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > root.clientWidth);
    return `${root.scrollWidth} px, ${out.map((element) => `${element.localName}.${element.className}`).slice(-3).join(", ")}`;
  }, text);
}

async function checkAll(page, paths) {
  await page.setViewportSize({ width: 1280, height: 900 });
  const found = [];
  for (const path of paths) found.push(...(await check(page, path)));
  assert.deepEqual(found, []);
  assert.deepEqual(page.problems, []);
}

test("pages for everybody", async () => {
  await checkAll(await openPage(browser), publicPages);
});

test("pages of a learner, from the first lesson to the result", async () => {
  const page = await openPage(browser);
  await signUp(page, program.base, "en", "axe@example.az", { name: "Name", email: "E-mail", password: "Password", create: "Create account" });
  await page.goto(`${program.base}/en/courses/${course}`);
  await Promise.all([page.waitForEvent("load"), page.locator("main form button").first().click()]);
  await checkAll(page, learnerPages);
  await page.goto(`${program.base}/en/courses/${course}/module-1-test`);
  await Promise.all([page.waitForEvent("load"), page.locator("main form[action*='attempts'] button").first().click()]);
  const attempt = new URL(page.url()).pathname.replace("/en/", "");
  await checkAll(page, [attempt]);
  await page.goto(`${program.base}/en/${attempt}`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /hand in/i }).first().click()]);
  const confirm = page.getByRole("button", { name: /hand in/i });
  if (await confirm.count()) await Promise.all([page.waitForEvent("load"), confirm.first().click()]);
  await checkAll(page, [`${attempt}/review`]);
});

test("pages of trainers and administrators", async () => {
  const secret = await addPerson(program, "staff@example.az", "Heyət", "--admin");
  await program.bilik("people", "role", "staff@example.az", "trainer", "--course", course);
  const page = await openPage(browser);
  await signIn(page, program.base, "staff@example.az", secret);
  await checkAll(page, staffPages);
});

/** Bytes on the wire and number of requests of one visit; pictures of the course are weighed on their own. */
async function weigh(page, url) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  let requests = 0;
  const media = new Set();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (new URL(request.url).pathname.startsWith("/media/")) media.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (media.has(requestId) || encodedDataLength === 0) return;
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await session.detach();
  return { bytes, requests };
}

test("a slow line can carry a lesson and the catalogue", async () => {
  const page = await openPage(browser);
  const url = `${program.base}/az/courses/${course}/${lesson}`;
  const first = await weigh(page, url);
  const again = await weigh(page, url);
  const list = await weigh(await openPage(browser), `${program.base}/az/courses`);
  console.log(`lesson: first visit ${first.bytes} B in ${first.requests} requests, later ${again.bytes} B in ${again.requests}; catalogue: ${list.bytes} B in ${list.requests}`);
  assert.ok(first.bytes <= 100_000 && first.requests <= 14, `first visit: ${first.bytes} B, ${first.requests} requests`);
  assert.ok(again.bytes <= 15_000 && again.requests <= 3, `later visit: ${again.bytes} B, ${again.requests} requests`);
  assert.ok(list.bytes <= 100_000 && list.requests <= 16, `catalogue: ${list.bytes} B, ${list.requests} requests`);
});
