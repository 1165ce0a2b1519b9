// Reads the key of a quiz from the course files, as a person with the source beside them would.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { courses } from "./program.mjs";

const words = (text) => text.replace(/\s*\{[^}]*\}\s*$/, "").replace(/[*_`]/g, "").trim();

/** Questions of a lesson file by their words: what to tick or type to be right. */
export function keyOf(lesson) {
  const text = readFileSync(join(courses, "innovation-management/1-what-innovation-is", lesson), "utf8");
  const questions = new Map();
  for (const section of text.split(/^### /m).slice(1)) {
    const [heading, ...lines] = section.split("\n");
    const ticks = lines.filter((line) => /^- \[x\] /.test(line)).map((line) => words(line.slice(6)));
    const typed = lines.map((line) => line.match(/^- = ([^/`].*)$/)?.[1]).filter(Boolean).map(words);
    questions.set(words(heading), { ticks, typed: typed[0] });
  }
  return questions;
}

/** The question whose heading stands on the page. */
export function find(key, shown) {
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const found = [...key].find(([heading]) => plain(shown).includes(plain(heading)));
  if (!found) throw new Error(`no question in the file reads: ${shown}`);
  return found[1];
}
