// Every page in three languages and both colour schemes: no barrier that axe can find, no sideways scrolling at 320 px,
// and within the budgets for slow lines.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { openPage, startBrowser } from "./lib/browser.mjs";
import { course, signIn, signUp } from "./lib/learner.mjs";
import { addLearner, addPerson, startProgram } from "./lib/program.mjs";

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
  for (const lang of path.startsWith("/") ? [""] : languages) {
    const address = lang ? `/${lang}/${path}` : path;
    await page.goto(program.base + address);
    found.push(...(await look(page, address)));
  }
  return found;
}

/** Waits until the page is drawn as it was last changed: colours and sizes may still be on their way. */
function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** What is wrong with the page as it stands. */
async function look(page, name) {
  const found = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await drawn(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations) found.push(`${name} ${colorScheme}: ${id} ${nodes[0].html.slice(0, 120)}`);
  }
  for (const [width, text] of [[320, "100%"], [640, "200%"]]) {
    const wide = await tooWide(page, width, text);
    if (wide) found.push(`${name}: wider than the screen at ${width} px with text at ${text}: ${wide}`);
  }
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  await page.setViewportSize({ width: 1280, height: 900 });
  const primary = await page.locator("main .btn--primary:visible").allInnerTexts();
  if (primary.length > 1) found.push(`${name}: more than one main button: ${primary.join(", ")}`);
  return found;
}

/** The elements that stick out of a screen of this width, once the page is drawn for it. */
async function tooWide(page, width, text) {
  await page.setViewportSize({ width, height: 640 });
  await page.evaluate((size) => {
    const letters = new CSSStyleSheet();
    letters.replaceSync(`html { font-size: ${size} }`);
    document.adoptedStyleSheets = [letters];
  }, text);
  await drawn(page);
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return "";
    const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > root.clientWidth);
    return `${root.scrollWidth} px, ${out.map((element) => `${element.localName}.${element.className}`).slice(-3).join(", ")}`;
  });
}

/** The page behind the link that a new installation prints. */
function firstAdmin() {
  const link = program.said().match(/http\S+\/first-admin\S*/);
  assert.ok(link, program.said());
  return `first-admin${new URL(link[0]).search}`;
}

/** The page with both answers, after another tab has changed the first choice; each turn changes it to the other option. */
async function bothAnswers(page, lang, attempt, turn) {
  const options = (tab) => tab.locator("section.quiz", { has: tab.locator("input[type=radio]") }).first().locator("input[type=radio]");
  await page.goto(`${program.base}/${lang}/${attempt}`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await Promise.all([other.waitForResponse((answer) => /responses/.test(answer.url()) && answer.ok()), options(other).nth(turn % 2).check()]);
  await other.close();
  await options(page).nth((turn + 1) % 2).evaluate((input) => (input.checked = true));
  await Promise.all([page.waitForEvent("load"), page.evaluate(() => document.querySelector("#paper").submit())]);
  assert.match(await page.locator("main form").getAttribute("action"), /attempts/);
  return look(page, `${lang}/both answers`);
}

async function checkAll(page, paths) {
  await page.setViewportSize({ width: 1280, height: 900 });
  const found = [];
  for (const path of paths) found.push(...(await check(page, path)));
  assert.deepEqual(found, []);
  assert.deepEqual(page.problems, []);
}

test("pages for everybody", async () => {
  const page = await openPage(browser);
  await checkAll(page, [...publicPages, "/api/docs"]);
  await checkAll(page, [firstAdmin()]);
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
  await checkAll(page, [attempt, `${attempt}/finish`]);
  const both = [];
  for (const [turn, lang] of languages.entries()) both.push(...(await bothAnswers(page, lang, attempt, turn)));
  assert.deepEqual(both, []);
  await page.goto(`${program.base}/en/${attempt}`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /hand in/i }).first().click()]);
  const confirm = page.getByRole("button", { name: /hand in/i });
  if (await confirm.count()) await Promise.all([page.waitForEvent("load"), confirm.first().click()]);
  await checkAll(page, [`${attempt}/review`]);
});

test("pages of trainers and administrators", async () => {
  await addLearner(program, "taught@example.az", "Aytən Quliyeva", course);
  const secret = await addPerson(program, "staff@example.az", "Heyət", "--admin");
  await program.bilik("people", "role", "staff@example.az", "trainer", "--course", course);
  const page = await openPage(browser);
  await signIn(page, program.base, "staff@example.az", secret);
  await checkAll(page, staffPages);
  for (const list of [`teach/${course}`, "admin/people"]) {
    await page.goto(`${program.base}/en/${list}`);
    const one = await page.locator("tbody th a").first().getAttribute("href");
    await checkAll(page, [one.replace("/en/", "")]);
  }
  await Promise.all([page.waitForEvent("load"), page.locator("form[action$='/reset'] button").click()]);
  assert.deepEqual(await look(page, "a person with a link"), []);
  const reset = new URL(await page.locator("#link").inputValue());
  await checkAll(await openPage(browser), [`reset${reset.search}`]);
});

const sweeps = ["courses", `courses/${course}`, `courses/${course}/${lesson}`, "me/profile", `teach/${course}/questions`, "admin/completion", "admin/people"];

/** Follows Tab through the page and names every control that does not show that it has the focus, or is not in sight. */
async function unseen(page) {
  const found = [];
  const n = await page.locator("a:visible, button:visible, input:visible, select:visible, summary:visible, [tabindex='0']:visible").count();
  for (let step = 0; step < Math.min(n, 60); step += 1) {
    await page.keyboard.press("Tab");
    const trouble = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return "";
      const shows = (element) => {
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        return outlineStyle !== "none" || boxShadow !== "none";
      };
      const rect = here.getBoundingClientRect();
      const inSight = rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
      const carriers = [here, here.closest(".card"), here.closest(".opt")].filter(Boolean);
      return inSight && carriers.some(shows) ? "" : here.outerHTML.slice(0, 120);
    });
    if (trouble) found.push(`${page.url()}: ${trouble}`);
  }
  return found;
}

test("the keyboard reaches every control and shows where it is", async () => {
  const secret = await addPerson(program, "keys@example.az", "Klaviatura", "--admin");
  await program.bilik("people", "role", "keys@example.az", "trainer", "--course", course);
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await signIn(page, program.base, "keys@example.az", secret);
  const found = [];
  for (const path of sweeps) {
    await page.goto(`${program.base}/az/${path}`);
    found.push(...(await unseen(page)));
  }
  assert.deepEqual(found, []);
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
