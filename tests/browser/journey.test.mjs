// The main job: join, enrol, read module 1 in Azerbaijani, fail its quiz, pass it, see the course progress.
// Once as usual on a phone, once by keyboard alone, once without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { keyOf } from "./lib/answers.mjs";
import { openPage, startBrowser } from "./lib/browser.mjs";
import { answerAll, course, signIn, signUp } from "./lib/learner.mjs";
import { addPerson, startProgram } from "./lib/program.mjs";

const az = {
  name: "Ad və soyad", email: "E-poçt", password: "Şifrə", create: "Hesab yarat",
  enrol: "Kursa yazıl və başla", complete: "Tamamla və davam et", check: "Yoxla", start: "Testə başla",
  finish: "Təhvil ver", again: "Yeni cəhdə başla", back: "Dərsə qayıt", passed: "Keçib", failed: "Hələ keçməyib", done: "Tamamlanıb",
};
const lessons = 4;

let program, browser, admin, trainer;

before(async () => {
  program = await startProgram("rich");
  browser = await startBrowser();
  admin = await addPerson(program, "admin@example.az", "Administrator", "--admin");
  trainer = await addPerson(program, "trainer@example.az", "Təlimçi");
  await program.bilik("people", "role", "trainer@example.az", "trainer", "--course", course);
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

/** Presses a button or follows a link of this name and waits for the next page. */
async function press(page, name) {
  const target = page.getByRole("button", { name, exact: true }).or(page.getByRole("link", { name, exact: true })).first();
  await Promise.all([page.waitForEvent("load"), target.click()]);
}

/** The same with keys only: focus moves by Tab until it stands on the control. */
async function reach(page, name) {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => document.activeElement?.innerText?.trim() ?? "");
    if (here === name) return;
  }
  assert.fail(`Tab does not reach “${name}”`);
}

async function pressByKeyboard(page, name) {
  await reach(page, name);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

async function readLessons(page, go) {
  for (let n = 0; n < lessons; n += 1) {
    assert.equal(await page.locator("main h1").count(), 1);
    await go(page, az.complete);
  }
}

async function takeQuiz(page, how) {
  const key = keyOf("5-module-test.az.md");
  await answerAll(page, key, how);
  await press(page, az.finish);
  const confirm = page.getByRole("button", { name: az.finish, exact: true });
  if (await confirm.count()) await press(page, az.finish);
}

async function journey(page, email, go) {
  await signUp(page, program.base, "az", email, az);
  await page.goto(`${program.base}/az/courses/${course}`);
  await go(page, az.enrol);
  await readLessons(page, go);
  await go(page, az.start);
  await takeQuiz(page, "wrong");
  assert.match(await page.locator("main").innerText(), new RegExp(az.failed));
  await go(page, az.again);
  await takeQuiz(page, "right");
  assert.match(await page.locator("main").innerText(), new RegExp(az.passed));
  assert.match(await page.locator("main").innerText(), /100\s?%/);
  await page.goto(`${program.base}/az/courses/${course}`);
  assert.match(await page.locator("main").innerText(), new RegExp(`${az.done}: ${lessons + 1} / \\d+ dərs`));
  assert.deepEqual(page.problems, []);
}

async function seenByTrainer(email) {
  const teach = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await signIn(teach, program.base, "trainer@example.az", trainer);
  await teach.goto(`${program.base}/en/teach/${course}?q=${encodeURIComponent(email)}`);
  const learners = await teach.locator("main table").first().innerText();
  assert.match(learners, /Leyla Əliyeva/);
  assert.match(learners, /100\s?%/);
}

async function seenByAdmin(email) {
  const office = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await signIn(office, program.base, "admin@example.az", admin);
  await office.goto(`${program.base}/en/admin/people?q=${encodeURIComponent(email)}`);
  assert.ok((await office.locator("main").innerText()).includes(email));
  const completion = await office.goto(`${program.base}/en/admin/completion`);
  assert.equal(completion.status(), 200);
}

test("a learner takes module 1 on a phone in Azerbaijani, and the staff see it in their figures at once", async () => {
  await journey(await openPage(browser), "phone@example.az", press);
  await seenByTrainer("phone@example.az");
  await seenByAdmin("phone@example.az");
});

test("the same by keyboard", async () => {
  await journey(await openPage(browser), "keys@example.az", pressByKeyboard);
});

test("the same without JavaScript", async () => {
  await journey(await openPage(browser, { javaScriptEnabled: false }), "plain@example.az", press);
});

test("practice in a lesson says at once what is right and why", async () => {
  const page = await openPage(browser);
  await signUp(page, program.base, "az", "practice@example.az", az);
  await page.goto(`${program.base}/az/courses/${course}`);
  await press(page, az.enrol);
  const question = page.locator("form[data-inplace]").first();
  await question.locator("input[type=radio]").first().check();
  await question.getByRole("button", { name: az.check }).click();
  await page.locator(".feedback, .opt__why").first().waitFor();
  assert.ok((await page.locator(".opt__why, .feedback").first().innerText()).length > 10);
  assert.deepEqual(page.problems, []);
});

const content = () => `${program.base}/en/courses/rich/heat-pumps`;

test("a film of another site is asked for only when it is pressed; what is said in it can be read without", async () => {
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  const asked = [];
  await page.route((url) => url.origin !== program.base, async (route) => {
    asked.push([route.request().url(), (await route.request().allHeaders()).referer]);
    await route.fulfill({ contentType: "text/html", body: "<title>Player</title>" });
  });
  await page.goto(content(), { waitUntil: "networkidle" });
  const film = page.locator("figure.video").last();
  await film.getByText("Transcript").click();
  await film.getByText("An empty hall.").waitFor();
  assert.deepEqual(asked, []);
  await film.getByRole("link", { name: "A lecture on heat pumps" }).click();
  await film.frameLocator("iframe[title='A lecture on heat pumps']").locator("title").waitFor({ state: "attached" });
  assert.deepEqual(asked, [["https://www.youtube-nocookie.com/embed/aB3dE5gH7jK?autoplay=1", `${program.base}/`]]);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "iframe");
  assert.ok(await film.getByText("An empty hall.").isVisible());
  assert.deepEqual(page.problems, []);
});

test("a film of the course shows captions in the language of the lesson and offers the others", async () => {
  const page = await openPage(browser);
  await page.goto(content());
  const captions = await page.locator("figure.video video").evaluate(async (video) => {
    const tracks = [...video.querySelectorAll("track")];
    const shown = tracks.find(({ track }) => track.mode === "showing");
    if (shown.readyState < HTMLTrackElement.LOADED) await new Promise((done) => shown.addEventListener("load", done));
    return tracks.map(({ srclang, track }) => [srclang, track === shown.track ? [...track.cues].map((cue) => cue.text).join(" ") : track.mode]);
  });
  assert.deepEqual(captions, [["en", "The pump starts."], ["ru", "disabled"]]);
  assert.deepEqual(page.problems, []);
});

test("code is copied as it was written, however often its button is pressed", async () => {
  const page = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.clock.install();
  await page.goto(content());
  const code = page.locator(".code", { hasText: "def cop" });
  const button = code.getByRole("button");
  assert.equal(await button.innerText(), "Copy");
  await button.click();
  await code.getByRole("button", { name: "Copied" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^def cop\(hot: float, cold: float\) -> float:\n {4}"""Carnot's limit."""  # kelvin\n {4}return hot .* float\("inf"\)\n$/);
  await page.clock.runFor(10_000);
  assert.equal(await button.innerText(), "Copy");
  assert.deepEqual(page.problems, []);
});
