// Starts the built program on a data folder of its own, with the real courses, and stops it again.
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.url.replace("file://", ""), "../../../..");
const binary = process.env.BILIK_BINARY ?? join(root, "target/debug/bilik");
const run = promisify(execFile);

export const courses = join(root, "courses");

/** A running program: its address, what it has said, and a way to call commands beside it. It has the real courses, and
 * those of `tests/fixtures/courses` that are named. */
export async function startProgram(...fixtures) {
  const data = await mkdtemp(join(tmpdir(), "bilik-browser-"));
  const port = await freePort();
  // An import notes in the folder what it was made from, and the folder of the repository is not for tests to change.
  const copy = join(data, "courses");
  await cp(courses, copy, { recursive: true });
  for (const name of fixtures) await cp(join(root, "tests/fixtures/courses", name), join(copy, name), { recursive: true });
  const env = { ...process.env, BILIK_DATA: data, BILIK_LISTEN: `127.0.0.1:${port}`, BILIK_LOG: "warn", BILIK_COURSES: copy };
  delete env.BILIK_URL;
  delete env.BILIK_DATABASE_URL;
  const bilik = async (...args) => (await run(binary, args, { env })).stdout;
  await bilik("import", copy);
  const child = spawn(binary, ["serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const said = await listening(child);
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { base: `http://127.0.0.1:${port}`, bilik, said, stop };
}

/** Adds a person with the command line; gives the first password. */
export async function addPerson(program, email, name, ...options) {
  const said = await program.bilik("people", "add", email, name, ...options);
  return said.match(/: (\S+)\s*$/)[1];
}

/** A learner who has joined a course, made through the JSON API. */
export async function addLearner(program, email, name, course) {
  const call = async (path, body, token) => {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const reply = await fetch(`${program.base}/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  const password = "yaşıl çay və limon";
  await call("people", { name, email, password, language: "en" });
  const { access_token: token } = await call("tokens", { email, password });
  await call(`courses/${course}/enrolments`, {}, token);
}

/** Waits until the program listens; gives what it says from then on too. */
function listening(child) {
  let said = "";
  return new Promise((done, failed) => {
    child.once("exit", (code) => failed(new Error(`the program ended with ${code}: ${said}`)));
    child.stdout.on("data", (bytes) => {
      said += bytes;
      if (said.includes("listens on")) done(() => said);
    });
  });
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
