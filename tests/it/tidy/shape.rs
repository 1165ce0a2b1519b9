//! The outward shape of the tree: every Rust file says what it is, `mod.rs` is a table of contents, the root
//! holds only what belongs there, and nobody left notes to himself.

use std::fs;

use super::sources::{Source, assert_none, below, mentions, planted, root};

const ROOT_ENTRIES: [&str; 30] = [
    ".ci",
    ".dockerignore",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "Dockerfile",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Makefile",
    "README.md",
    "askama.toml",
    "benches",
    "build.rs",
    "clippy.toml",
    "compose.yaml",
    "courses",
    "deny.toml",
    "diesel.toml",
    "fuzz",
    "migrations",
    "rustfmt.toml",
    "scripts",
    "src",
    "static",
    "tests",
    ".gitattributes",
    "screenshot.png",
];
/// Not under version control.
const LOCAL_ENTRIES: [&str; 4] = [".env", ".git", "target", "var"];
/// What a table of contents does not hold.
const DEFINITIONS: [&str; 8] =
    ["struct ", "enum ", "trait ", "impl ", "impl<", "const ", "static ", "fn "];

fn check_heads(sources: &[Source]) -> Vec<String> {
    sources.iter().filter_map(head_complaint).collect()
}

fn head_complaint(source: &Source) -> Option<String> {
    let lines = source.text.lines().take_while(|line| line.starts_with("//!")).count();
    match lines {
        0 => Some(format!("{}: does not open with `//!`", source.path)),
        1..=6 => None,
        _ => Some(format!("{}: opens with {lines} lines of `//!`; six are enough", source.path)),
    }
}

fn check_contents(sources: &[Source]) -> Vec<String> {
    let pages = sources.iter().filter(|source| source.path.ends_with("/mod.rs"));
    pages
        .flat_map(|source| {
            let defining = source.code().filter(|(_, line)| defines(line));
            defining.map(|(number, line)| {
                format!("{}:{number}: {} (a table of contents)", source.path, line.trim())
            })
        })
        .collect()
}

/// The one thing a contents page may do is to name the routes of its pages.
fn defines(line: &str) -> bool {
    let bare =
        line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(crate) ")).unwrap_or(line);
    let bare = bare.strip_prefix("async ").unwrap_or(bare);
    DEFINITIONS.iter().any(|start| bare.starts_with(start)) && !bare.starts_with("fn routes(")
}

fn check_notes(sources: &[Source]) -> Vec<String> {
    let notes = [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("XX", "X")];
    sources
        .iter()
        .flat_map(|source| {
            let lines = source.text.lines().enumerate();
            let noted = lines.filter(|(_, line)| notes.iter().any(|note| mentions(line, note)));
            noted.map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
        })
        .collect()
}

fn check_root(entries: &[String]) -> Vec<String> {
    let belongs = |entry: &str| ROOT_ENTRIES.contains(&entry) || LOCAL_ENTRIES.contains(&entry);
    entries
        .iter()
        .filter(|entry| !belongs(entry))
        .map(|entry| format!("{entry}: does not belong to the root"))
        .collect()
}

fn rust_files() -> Vec<Source> {
    [below("src", ".rs"), below("tests", ".rs"), below("benches", ".rs"), below("build.rs", ".rs")]
        .concat()
}

fn written_files() -> Vec<Source> {
    let endings = [".rs", ".html", ".css", ".js", ".mjs", ".sh", ".sql", ".ftl", ".md"];
    let folders = ["src", "tests", "benches", "static", "scripts", "migrations", "courses"];
    folders
        .iter()
        .flat_map(|folder| endings.iter().flat_map(|ending| below(folder, ending)))
        .collect()
}

#[test]
fn every_file_says_what_it_is() {
    assert_none(&check_heads(&rust_files()));
}

#[test]
fn a_file_that_does_not_say_what_it_is_is_found() {
    let tree = planted(&[
        ("src/a.rs", "//! Says it.\n"),
        ("src/b.rs", "use a;\n"),
        ("src/c.rs", &"//! Long.\n".repeat(7)),
    ]);
    assert_eq!(
        check_heads(&tree),
        [
            "src/b.rs: does not open with `//!`",
            "src/c.rs: opens with 7 lines of `//!`; six are enough"
        ]
    );
}

#[test]
fn contents_pages_hold_only_contents() {
    assert_none(&check_contents(&below("src", ".rs")));
}

#[test]
fn a_definition_on_a_contents_page_is_found() {
    let text = "//! Pages.\nmod a;\npub use a::A;\npub fn routes(app: &mut App) {\n    app.add(a);\n}\npub struct B;\n";
    let tree = planted(&[("src/x/mod.rs", text), ("src/x/a.rs", "pub struct A;\n")]);
    assert_eq!(check_contents(&tree), ["src/x/mod.rs:7: pub struct B; (a table of contents)"]);
}

#[test]
fn nobody_left_notes_to_himself() {
    assert_none(&check_notes(&written_files()));
}

#[test]
fn a_note_is_found() {
    let note = concat!("// FIX", "ME: later\nlet TODOS = 1;\n");
    assert_eq!(
        check_notes(&planted(&[("src/a.rs", note)])),
        [concat!("src/a.rs:1: // FIX", "ME: later")]
    );
}

#[test]
fn the_root_holds_only_what_belongs_there() {
    let entries = fs::read_dir(root()).unwrap().flatten();
    let names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_none(&check_root(&names));
}

#[test]
fn a_stranger_in_the_root_is_found() {
    let names = ["src".to_owned(), "utils".to_owned()];
    assert_eq!(check_root(&names), ["utils: does not belong to the root"]);
}
