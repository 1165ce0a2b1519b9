// Answers are never lost: without a connection, in two tabs, after the session has ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPage, startBrowser } from "./lib/browser.mjs";
import { course, password, signUp } from "./lib/learner.mjs";
import { startProgram } from "./lib/program.mjs";

const en = { name: "Name", email: "E-mail", password: "Password", create: "Create account" };

let program, browser;

before(async () => {
  program = await startProgram();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A learner in the middle of the graded quiz. */
async function inQuiz(email, options) {
  const page = await openPage(browser, options);
  await signUp(page, program.base, "en", email, en);
  await page.goto(`${program.base}/en/courses/${course}`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Enrol and start" }).or(page.getByRole("button", { name: /start/i })).first().click()]);
  await page.goto(`${program.base}/en/courses/${course}/module-1-test`);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Start the test" }).or(page.getByRole("button", { name: /start/i })).first().click()]);
  return page;
}

const firstChoice = (page) => page.locator("section.quiz input[type=radio]").first();
const state = (page) => page.locator("[data-save-text]").first();

test("an answer shows when it is saved, and is there on another device", async () => {
  const page = await inQuiz("saved@example.az");
  await firstChoice(page).check();
  await state(page).getByText(/Saved/).waitFor();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(page.url());
  assert.ok(await firstChoice(elsewhere).isChecked());
  assert.deepEqual(page.problems, []);
});

test("an answer given without a connection is kept and sent once", async () => {
  const page = await inQuiz("offline@example.az");
  await page.context().setOffline(true);
  await firstChoice(page).check();
  await state(page).getByText(/kept on this device/).waitFor();
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await state(page).getByText(/Saved/).waitFor();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(page.url());
  assert.ok(await firstChoice(elsewhere).isChecked());
});

test("a stale tab is shown both answers", async () => {
  const page = await inQuiz("stale@example.az", { javaScriptEnabled: false });
  const stale = await page.context().newPage();
  await stale.goto(page.url());
  const options = (tab) => tab.locator("section.quiz").first().locator("input");
  await page.locator("section.quiz").filter({ has: page.locator("input[type=radio]") }).first().locator("input[type=radio]").nth(0).check();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Save answers" }).click()]);
  await stale.locator("section.quiz").filter({ has: stale.locator("input[type=radio]") }).first().locator("input[type=radio]").nth(1).check();
  const [answer] = await Promise.all([stale.waitForResponse((response) => response.request().method() === "POST"), stale.getByRole("button", { name: "Save answers" }).click()]);
  assert.equal(answer.status(), 409);
  assert.match(await stale.locator("main").innerText(), /Two answers|two answers/);
  assert.ok(await options(page).count());
});

test("a session that ended in mid-quiz keeps the answers", async () => {
  const page = await inQuiz("ended@example.az", { javaScriptEnabled: false });
  const url = page.url();
  await firstChoice(page).check();
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.context().addCookies(cookies.filter((cookie) => cookie.name !== "session"));
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Save answers" }).click()]);
  await Promise.all([page.waitForEvent("load"), page.locator("main").getByRole("button").first().click()]);
  await page.getByLabel("E-mail").fill("ended@example.az");
  await page.getByLabel("Password").fill(password);
  await Promise.all([page.waitForEvent("load"), page.locator("main").getByRole("button", { name: "Sign in" }).click()]);
  await Promise.all([page.waitForEvent("load"), page.locator("main").getByRole("button").first().click()]);
  await page.goto(url);
  assert.ok(await firstChoice(page).isChecked());
});
