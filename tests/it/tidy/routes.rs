//! Every route has a row in the access table, and every row has its route. So nobody can add a page without
//! saying who may see it.

use std::collections::BTreeSet;

use super::sources::{Source, assert_none, below, planted};

const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];
const TABLE: &str = "tests/it/access.rs";

fn check(sources: &[Source], table: &[Source]) -> Vec<String> {
    let declared: BTreeSet<String> = sources.iter().flat_map(declared).collect();
    let rows: BTreeSet<String> = table.iter().flat_map(rows).collect();
    let without_row =
        declared.difference(&rows).map(|route| format!("{route}: has no row in {TABLE}"));
    let without_route = rows
        .difference(&declared)
        .map(|row| format!("{row}: stands in {TABLE}, but there is no such route"));
    without_row.chain(without_route).collect()
}

/// From attributes such as `#[get("/{lang}/courses")]`.
fn declared(source: &Source) -> Vec<String> {
    let routes = source.code().filter_map(|(_, line)| {
        let (method, rest) = line.trim().strip_prefix("#[")?.split_once("(\"")?;
        let (path, _) = rest.split_once('"')?;
        METHODS.contains(&method).then(|| format!("{} {path}", method.to_uppercase()))
    });
    routes.collect()
}

/// From the beginnings of rows such as `("GET", "/{lang}/courses", …)`, however they are broken into lines.
fn rows(source: &Source) -> Vec<String> {
    let code: String = source.code().map(|(_, line)| line.trim()).collect();
    let starts = METHODS.iter().flat_map(|method| {
        let method = method.to_uppercase();
        let start = format!("(\"{method}\",");
        let paths = code
            .split(&start)
            .skip(1)
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'));
        paths.map(|(path, _)| format!("{method} {path}")).collect::<Vec<_>>()
    });
    starts.collect()
}

#[test]
fn every_route_says_who_may_call_it() {
    assert_none(&check(&below("src", ".rs"), &below("tests/it", "access.rs")));
}

#[test]
fn a_route_without_a_row_is_found() {
    let tree = planted(&[(
        "src/a/pages/x.rs",
        "#[get(\"/{lang}/a\")]\nfn a() {}\n#[post(\"/{lang}/b\")]\nfn b() {}\n",
    )]);
    let table =
        planted(&[(TABLE, "[(\"GET\", \"/{lang}/a\", ALL),\n(\n  \"PUT\",\n  \"/c\",\n  NONE)]")]);
    assert_eq!(
        check(&tree, &table),
        [
            "POST /{lang}/b: has no row in tests/it/access.rs",
            "PUT /c: stands in tests/it/access.rs, but there is no such route",
        ]
    );
}
