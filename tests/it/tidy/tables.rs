//! Every table has an owner, and only the owner's `store.rs` writes it; a loader may fill it by COPY.

use bilik::db::owners::{LOADERS, OWNERS};

use super::sources::{Source, assert_none, below, is_word_part, planted};

type Owners<'a> = &'a [(&'a str, &'a str)];

const CALLS: [&str; 3] = ["insert_into(", "update(", "delete("];
const STATEMENTS: [&str; 3] = ["insert into ", "update ", "delete from "];

fn check_writers(sources: &[Source], owners: Owners<'_>) -> Vec<String> {
    sources
        .iter()
        .flat_map(|source| {
            written(source).filter_map(|write| writer_complaint(source, &write, owners))
        })
        .collect()
}

struct Write {
    line: usize,
    table: String,
}

fn written(source: &Source) -> impl Iterator<Item = Write> {
    source.code().flat_map(|(line, text)| {
        let lower = text.to_lowercase();
        let starts = CALLS.iter().chain(&STATEMENTS);
        let names =
            starts.flat_map(|start| lower.split(start).skip(1).map(first_name).collect::<Vec<_>>());
        names.map(|table| Write { line, table }).collect::<Vec<_>>()
    })
}

fn first_name(text: &str) -> String {
    let text = text.trim_start_matches("schema::").trim_start_matches('"');
    text.chars().take_while(|letter| is_word_part(*letter)).collect()
}

fn writer_complaint(source: &Source, write: &Write, owners: Owners<'_>) -> Option<String> {
    let (_, owner) = owners.iter().find(|(table, _)| *table == write.table)?;
    let mut all = owners.iter().filter(|(table, _)| *table == write.table);
    let in_store = all.any(|(_, owner)| {
        source.path == format!("src/{owner}/store.rs")
            || source.path.starts_with(&format!("src/{owner}/store/"))
    });
    let place = format!("{}:{}", source.path, write.line);
    (!in_store).then(|| {
        format!("{place}: writes `{}`, which belongs to src/{owner}/store.rs", write.table)
    })
}

/// COPY fills many tables in one go, so it is left to loaders, whoever owns the tables.
fn check_loaders(sources: &[Source], owners: Owners<'_>, loaders: &[&str]) -> Vec<String> {
    let may = |path: &str| loaders.iter().any(|loader| path.starts_with(&format!("src/{loader}/")));
    let others = sources.iter().filter(|source| !may(&source.path));
    others
        .flat_map(|source| {
            let filled = source.code().flat_map(|(line, text)| {
                let lower = text.to_lowercase();
                let names: Vec<String> = lower.split("copy ").skip(1).map(first_name).collect();
                names.into_iter().map(move |table| (line, table))
            });
            let filled = filled.filter(|(_, table)| owners.iter().any(|(owned, _)| owned == table));
            filled.map(|(line, table)| {
                format!("{}:{line}: fills `{table}` by COPY, which is left to loaders", source.path)
            })
        })
        .collect()
}

fn check_owned(schema: &Source, owners: Owners<'_>) -> Vec<String> {
    let tables: Vec<&str> = tables(schema).collect();
    let orphans = tables.iter().filter(|table| owners.iter().all(|(owned, _)| owned != *table));
    let ghosts = owners.iter().filter(|(owned, _)| !tables.contains(owned));
    let orphans = orphans.map(|table| format!("{table}: has no owner in src/db/owners.rs"));
    orphans
        .chain(ghosts.map(|(owned, _)| format!("{owned}: has an owner but is no table")))
        .collect()
}

/// The names after each `diesel::table! {`.
fn tables(schema: &Source) -> impl Iterator<Item = &str> {
    let after = schema.text.split("table! {").skip(1);
    after.filter_map(|text| text.trim_start().split([' ', '(']).next())
}

#[test]
fn only_owners_write() {
    assert_none(&check_writers(&below("src", ".rs"), OWNERS));
}

#[test]
fn only_loaders_copy() {
    assert_none(&check_loaders(&below("src", ".rs"), OWNERS, LOADERS));
}

#[test]
fn a_foreign_copy_is_found() {
    let text = "let load = \"COPY people (id) from stdin\";\nlet copy = copy of;\n";
    let tree = planted(&[("src/demo/tables.rs", text), ("src/a/store.rs", text)]);
    assert_eq!(
        check_loaders(&tree, &[("people", "a")], &["demo"]),
        ["src/a/store.rs:1: fills `people` by COPY, which is left to loaders"]
    );
}

#[test]
fn every_table_has_an_owner() {
    let schema = below("src/db", "schema.rs");
    assert_none(&schema.iter().flat_map(|schema| check_owned(schema, OWNERS)).collect::<Vec<_>>());
}

#[test]
fn a_foreign_writer_is_found() {
    let tree = planted(&[
        (
            "src/a/store.rs",
            "diesel::insert_into(people::table)\nquery(\"UPDATE people SET name = $1\")\n",
        ),
        (
            "src/b/store.rs",
            "diesel::delete(people::table)\nquery(\"insert into people values (1)\")\nself.update(other)\n",
        ),
        ("src/a/actions.rs", "diesel::update(people::table)\n"),
    ]);
    assert_eq!(
        check_writers(&tree, &[("people", "a")]),
        [
            "src/b/store.rs:1: writes `people`, which belongs to src/a/store.rs",
            "src/b/store.rs:2: writes `people`, which belongs to src/a/store.rs",
            "src/a/actions.rs:1: writes `people`, which belongs to src/a/store.rs",
        ]
    );
}

#[test]
fn a_table_without_an_owner_is_found() {
    let schema =
        planted(&[("src/db/schema.rs", "diesel::table! {\n    people (id) {\n    }\n}\n")])
            .remove(0);
    assert_eq!(
        check_owned(&schema, &[("pets", "a")]),
        ["people: has no owner in src/db/owners.rs", "pets: has an owner but is no table"]
    );
}
