//! The program as people call it for their courses: what it prints, what it writes, and how it ends.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A call and all that came of it.
struct Ran {
    words: String,
    status: Option<i32>,
    out: String,
    err: String,
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ran { words, status, out, err } = self;
        write!(f, "$ bilik {words}\n{out}{err}exit status {}", status.unwrap_or(-1))
    }
}

/// Calls the program in a folder, without anybody's settings.
fn bilik(folder: &TempDir, words: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilik"));
    command.args(words.split(' ')).current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin");
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    Ran { words: words.to_owned(), status: output.status.code(), out, err }
}

/// A folder with copies of these courses of the fixtures.
fn courses(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let from = Path::new("tests/fixtures/courses").join(name);
        copy(&from, &folder.path().join(name));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

const LESSON: &str = "small/1-m/1-a.en.md";

/// A folder with a small course whose lesson says this.
fn small(lesson: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("small/1-m")).unwrap();
    let manifest = "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11\nslug: small\nsource: en\nlanguages: [en]\n\
        title: { en: Small }\nsummary: { en: Small }\ntheme: energy\nlevel: beginner\nhours: 1\nlicence: CC0-1.0\n";
    write(&folder, "small/course.yml", manifest);
    write(&folder, "small/1-m/module.yml", "title: { en: M }\n");
    write(&folder, LESSON, format!("---\ntitle: A\nminutes: 5\n---\n\n{lesson}"));
    folder
}

fn write(folder: &TempDir, path: &str, text: impl AsRef<[u8]>) {
    fs::write(folder.path().join(path), text).unwrap();
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

const UNTIDY: &str =
    "## Check {.quiz}\n\n### What is heat?\n\n* [X] Energy that moves\n* [ ] A fluid\n";
const TIDY: &str = "## Check {#check .quiz}\n\n### What is heat? {#what-is-heat}\n\n\
    - [x] Energy that moves {#energy-that-moves}\n- [ ] A fluid {#a-fluid}\n";

#[test]
fn a_broken_course_is_told_like_a_broken_program() {
    let folder = courses(&["broken"]);
    let before = read(&folder, "broken/1-begin/1-first.en.md");
    insta::assert_snapshot!(bilik(&folder, "check broken"));
    assert_eq!(read(&folder, "broken/1-begin/1-first.en.md"), before);
}

#[test]
fn sound_courses_are_told_in_one_line() {
    let folder = courses(&["kinds"]);
    for words in ["check kinds", "check ."] {
        let ran = bilik(&folder, words);
        assert_eq!((ran.status, ran.out.lines().count()), (Some(0), 1), "{ran}");
        assert!(ran.out.starts_with("no problems in 1 course, "), "{ran}");
    }
}

#[test]
fn scripts_get_one_document_and_the_same_exit_status() {
    let folder = courses(&["broken"]);
    let ran = bilik(&folder, "check broken --json");
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(document.to_string().contains("\"Q010\""), "{document:#}");
    assert_eq!(bilik(&folder, "check broken --format json").out, ran.out);
}

#[test]
fn github_gets_annotations_with_paths_from_where_it_was_called() {
    let folder = courses(&["broken"]);
    let ran = bilik(&folder, "check broken --format github");
    assert_eq!(ran.status, Some(1), "{ran}");
    let known = ["::error file=broken/", "::warning file=broken/", "::notice file=broken/"];
    let odd = ran.out.lines().find(|line| !known.iter().any(|start| line.starts_with(start)));
    assert_eq!(odd, None, "{ran}");
    assert!(ran.out.contains("line=") && ran.out.contains("Q010"), "{ran}");
}

#[test]
fn what_has_one_meaning_is_mended_on_disk() {
    let folder = small(UNTIDY);
    let before = bilik(&folder, "check small");
    assert!(before.out.contains("Q001"), "{before}");
    let mended = bilik(&folder, "check small --fix");
    assert!(!mended.out.contains("Q001"), "{mended}");
    assert_eq!(mended.status, Some(0), "{mended}");
    assert!(read(&folder, LESSON).contains("### What is heat? {#what-is-heat}"));
    let again = read(&folder, LESSON);
    assert_eq!(bilik(&folder, "check small --fix").out, mended.out);
    assert_eq!(read(&folder, LESSON), again);
}

#[test]
fn formatting_shows_then_writes_then_is_done() {
    let folder = small(UNTIDY);
    let before = read(&folder, LESSON);
    insta::assert_snapshot!(bilik(&folder, "fmt small --check"));
    assert_eq!(read(&folder, LESSON), before);
    let written = bilik(&folder, "fmt small");
    assert_eq!((written.status, written.out.as_str()), (Some(0), "1 of 3 files written anew\n"));
    assert!(read(&folder, LESSON).ends_with(TIDY), "{}", read(&folder, LESSON));
    for words in ["fmt small --check", "fmt small", "fmt ."] {
        let ran = bilik(&folder, words);
        assert_eq!((ran.status, ran.out.as_str()), (Some(0), "3 files, nothing to change\n"));
    }
    assert_eq!(bilik(&folder, "check small").status, Some(0));
}

#[test]
fn a_translation_is_marked_as_made_from_its_source() {
    let folder = courses(&["sound"]);
    let path = "sound/1-begin/1-heat.az.md";
    let ran = bilik(&folder, &format!("fmt --translated {path}"));
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(read(&folder, path).contains("translated_from: ["), "{}", read(&folder, path));
    let ran = bilik(&folder, "fmt --translated sound/1-begin/1-heat.en.md");
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(ran.err.contains("is no translation"), "{ran}");
}

#[test]
fn languages_and_facts_are_listed() {
    let folder = courses(&["rich"]);
    copy(Path::new("tests/fixtures/courses/rich"), &folder.path().join("rich"));
    write(
        &folder,
        "facts.yml",
        "people:\n  value: { en: ten million, ru: десять миллионов }\n  as_of: 2025-01-01\n  \
         source: { title: A census, url: 'https://example.org/census' }\n  next_check: 2999-01-01\n",
    );
    insta::assert_snapshot!(bilik(&folder, "check rich --languages --facts"));
}

#[test]
fn codes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(bilik(&folder, "check --explain q010"));
    let azerbaijani = bilik(&folder, "check --explain Q010 --lang az");
    assert_eq!(azerbaijani.status, Some(0));
    assert!(azerbaijani.out.contains("Heç bir"), "{azerbaijani}");
    let unknown = bilik(&folder, "check --explain Q999");
    assert_eq!(unknown.status, Some(2));
    assert_eq!(unknown.out, "");
    assert!(unknown.err.starts_with("bilik: there is no code Q999"), "{unknown}");
}

#[test]
fn wrong_usage_and_a_wrong_world_are_told_apart() {
    let folder = small("Text.\n");
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (words, status, says) in [
        ("check", 2, "FOLDER"),
        ("check small --nonsense", 2, "--nonsense"),
        ("check small --lang de", 2, "expected az, en or ru"),
        ("check empty", 2, "no course.yml here or one folder down"),
        ("fmt empty", 2, "no course.yml here or one folder down"),
        ("check nowhere", 3, "nowhere: "),
        ("fmt nowhere", 3, "nowhere: "),
        ("check small --json --format json", 2, "cannot be used with"),
    ] {
        let ran = bilik(&folder, words);
        assert_eq!(ran.status, Some(status), "{ran}");
        assert!(ran.err.contains(says), "{ran}");
        assert_eq!(ran.out, "", "{ran}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = small("Text.\n");
    let latin = [b"---\ntitle: A\nminutes: 5\n---\n\nCaf".as_slice(), &[0xe9], b"\n"].concat();
    write(&folder, LESSON, &latin);
    let ran = bilik(&folder, "check small");
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(ran.out.contains("error[C008]") && ran.out.contains("small/1-m/1-a.en.md"), "{ran}");
    assert_eq!(bilik(&folder, "fmt small").status, Some(0));
    assert_eq!(fs::read(folder.path().join(LESSON)).unwrap(), latin);
    std::os::unix::fs::symlink("nowhere", folder.path().join("small/1-m/2-b.en.md")).unwrap();
    let ran = bilik(&folder, "check small");
    assert_eq!(ran.status, Some(3), "{ran}");
    assert!(ran.err.contains("1-m/2-b.en.md is a link"), "{ran}");
}

#[test]
fn every_command_has_help() {
    let folder = tempfile::tempdir().unwrap();
    let all = bilik(&folder, "--help");
    assert_eq!(all.status, Some(0));
    for command in ["check", "fmt", "plan", "import", "export", "serve", "people", "config"] {
        let ran = bilik(&folder, &format!("{command} --help"));
        assert_eq!(ran.status, Some(0), "{ran}");
        assert!(ran.out.contains("Usage: bilik"), "{ran}");
        assert!(all.out.contains(command), "{all}");
    }
}
