//! A reader always knows what kind of file he is in: SQL is spoken in `store.rs` and `db/`, HTTP and HTML in
//! pages, `api.rs` and `web/`; only `config.rs` reads the environment; capabilities do not touch files from
//! their stores and pages.

use super::sources::{Source, assert_none, below, mentions, planted};

/// A name, and the endings or beginnings of paths where it may stand.
struct Rule {
    names: &'static [&'static str],
    may: fn(&str) -> bool,
    instead: &'static str,
}

const RULES: [Rule; 4] = [
    Rule {
        names: &["diesel", "diesel_async"],
        may: |path| path.starts_with("src/db/") || is_file(path, "store"),
        instead: "SQL belongs to `store.rs`",
    },
    Rule {
        names: &["actix_web", "askama"],
        may: speaks_http,
        instead: "HTTP and HTML belong to pages, `api.rs` and `web/`",
    },
    Rule {
        names: &["std::env"],
        may: |path| path == "src/config.rs",
        instead: "settings come from `config.rs`",
    },
    Rule {
        names: &["std::fs"],
        may: |path| !(is_file(path, "store") || path.contains("/pages/")),
        instead: "stores and pages do not touch files",
    },
];

/// `visitor.rs` holds the extractors that say who may call.
fn speaks_http(path: &str) -> bool {
    let whole = ["src/app.rs", "src/accounts/visitor.rs"];
    path.starts_with("src/web/")
        || path.starts_with("src/cli/")
        || path.contains("/pages/")
        || is_file(path, "api")
        || whole.contains(&path)
}

/// `store.rs`, or any file in a folder `store/`.
fn is_file(path: &str, name: &str) -> bool {
    path.ends_with(&format!("/{name}.rs")) || path.contains(&format!("/{name}/"))
}

fn check(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| !source.path.starts_with("src/domain/")) {
        for rule in RULES.iter().filter(|rule| !(rule.may)(&source.path)) {
            let lines = source
                .code()
                .filter(|(_, line)| rule.names.iter().any(|name| mentions(line, name)));
            complaints.extend(lines.map(|(number, line)| {
                format!("{}:{number}: {} ({})", source.path, line.trim(), rule.instead)
            }));
        }
    }
    complaints
}

#[test]
fn every_kind_of_file_has_its_vocabulary() {
    assert_none(&check(&below("src", ".rs")));
}

#[test]
fn a_word_in_the_wrong_file_is_found() {
    let tree = planted(&[
        ("src/quizzes/store.rs", "use diesel::prelude::*;\nuse std::fs;\n"),
        ("src/quizzes/actions.rs", "use diesel_async::RunQueryDsl;\nlet diesel_engine = 1;\n"),
        ("src/quizzes/pages/start.rs", "use actix_web::get;\nlet key = std::env::var(\"A\");\n"),
    ]);
    assert_eq!(
        check(&tree),
        [
            "src/quizzes/store.rs:2: use std::fs; (stores and pages do not touch files)",
            "src/quizzes/actions.rs:1: use diesel_async::RunQueryDsl; (SQL belongs to `store.rs`)",
            "src/quizzes/pages/start.rs:2: let key = std::env::var(\"A\"); (settings come from `config.rs`)",
        ]
    );
}
