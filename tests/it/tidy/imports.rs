//! Imports only look up: a module uses only modules declared above it, in `lib.rs` and inside every folder.
//! Nor does it take something through the contents page of a folder that it lies in itself.

use std::collections::BTreeMap;

use super::sources::{Source, around, assert_none, below, is_word_part, planted};

/// The modules that each module declares, in order.
type Contents = BTreeMap<Vec<String>, Vec<String>>;

struct Tree<'a> {
    contents: Contents,
    files: Vec<(Vec<String>, &'a Source)>,
}

fn check(root_file: &str, sources: &[Source]) -> Vec<String> {
    let mut tree = Tree { contents: Contents::new(), files: Vec::new() };
    let Some(root) = sources.iter().find(|source| source.path == root_file) else {
        return vec![format!("{root_file}: missing")];
    };
    read(root, Vec::new(), root_file.trim_end_matches("lib.rs"), sources, &mut tree);
    tree.files
        .iter()
        .flat_map(|(module, source)| complaints(module, source, &tree.contents))
        .collect()
}

fn read<'a>(
    source: &'a Source,
    module: Vec<String>,
    folder: &str,
    sources: &'a [Source],
    tree: &mut Tree<'a>,
) {
    let names = declared(source);
    for name in &names {
        let beside = format!("{folder}{name}.rs");
        let inside = format!("{folder}{name}/mod.rs");
        if let Some(child) =
            sources.iter().find(|child| child.path == beside || child.path == inside)
        {
            let path = [module.clone(), vec![name.clone()]].concat();
            read(child, path, &format!("{folder}{name}/"), sources, tree);
        }
    }
    tree.contents.insert(module.clone(), names);
    tree.files.push((module, source));
}

/// From lines such as `pub mod name;` and `pub use bilik_domain as domain;`.
fn declared(source: &Source) -> Vec<String> {
    let names = source.code().filter_map(|(_, line)| {
        let line = line.trim().strip_suffix(';')?;
        let renamed = line.strip_prefix("pub use bilik_domain as ");
        renamed.or_else(|| visible(line).strip_prefix("mod "))
    });
    names.map(str::to_owned).collect()
}

fn visible(line: &str) -> &str {
    match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ").map_or(rest, |(_, rest)| rest),
        Some(rest) => rest.trim_start(),
        None => line,
    }
}

fn complaints(module: &[String], source: &Source, contents: &Contents) -> Vec<String> {
    uses(source, module)
        .into_iter()
        .filter_map(|used| {
            let why = wrong(&used.from, &used.path, contents)?;
            Some(format!(
                "{}:{}: {} -> {} ({why})",
                source.path,
                used.line,
                module.join("::"),
                used.path.join("::")
            ))
        })
        .collect()
}

struct Use {
    line: usize,
    from: Vec<String>,
    path: Vec<String>,
}

/// Every path that starts with `crate` or `super`, as seen from the root. Statements may span lines, so the
/// text is read as a whole.
fn uses(source: &Source, module: &[String]) -> Vec<Use> {
    let lines: Vec<(usize, &str)> = source.code().collect();
    let mut found = Vec::new();
    let mut from = module.to_vec();
    for (index, (number, line)) in lines.iter().enumerate() {
        if let Some(name) =
            visible(line).strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {"))
        {
            from.push(name.to_owned());
        } else if *line == "}" {
            from.truncate(module.len());
        }
        let below =
            || lines.iter().skip(index + 1).map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
        for start in starts(line) {
            let text = format!("{start}\n{}", below());
            let paths = expanded(&mut text.chars().peekable());
            found.extend(paths.into_iter().filter_map(|path| {
                Some(Use { line: *number, path: absolute(&from, &path)?, from: from.clone() })
            }));
        }
    }
    found
}

/// The rest of the line from each beginning of a path.
fn starts(line: &str) -> Vec<String> {
    let begins = |before: &str| {
        !before.ends_with(|letter| is_word_part(letter) || letter == ':' || letter == '$')
    };
    let places = ["crate::", "super::"]
        .into_iter()
        .flat_map(|start| around(line, start).map(move |place| (start, place)));
    places
        .filter(|(_, (before, _))| begins(before))
        .map(|(start, (_, after))| format!("{start}{after}"))
        .collect()
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expanded(text: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Vec<Vec<String>> {
    let mut path = Vec::new();
    loop {
        while text.next_if(|letter| letter.is_whitespace()).is_some() {}
        if text.next_if_eq(&'{').is_some() {
            return group(text).into_iter().map(|rest| [path.clone(), rest].concat()).collect();
        }
        let mut name = String::new();
        while let Some(letter) = text.next_if(|letter| is_word_part(*letter) || *letter == '*') {
            name.push(letter);
        }
        path.push(name);
        let goes_on = text.next_if_eq(&':').is_some() && text.next_if_eq(&':').is_some();
        if !goes_on || text.peek() == Some(&'<') {
            return vec![path];
        }
    }
}

fn group(text: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    loop {
        while text.next_if(|letter| letter.is_whitespace() || *letter == ',').is_some() {}
        if text.peek().is_none() || text.next_if_eq(&'}').is_some() {
            return paths;
        }
        paths.extend(expanded(text));
        skip_new_name(text);
    }
}

/// The rest of `a as b`.
fn skip_new_name(text: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while text.next_if(|letter| *letter != ',' && *letter != '}').is_some() {}
}

fn absolute(from: &[String], path: &[String]) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.split_first()? {
        (first, rest) if first == "crate" => Some(rest.to_vec()),
        _ => Some([from.get(..from.len().checked_sub(ups)?)?, path.get(ups..)?].concat()),
    }
}

fn wrong(from: &[String], path: &[String], contents: &Contents) -> Option<String> {
    let shared = from.iter().zip(path).take_while(|(a, b)| a == b).count();
    let (own, other) = (from.get(shared)?, path.get(shared)?);
    let names = contents.get(from.get(..shared)?).filter(|names| !names.is_empty())?;
    let own_place = names.iter().position(|name| name == own);
    match (names.iter().position(|name| name == other), own_place) {
        (Some(other_place), Some(own_place)) if other_place > own_place => {
            Some(format!("`{other}` is declared below `{own}`"))
        }
        (None, Some(_)) if own != "tests" => {
            Some(format!("`{other}` is reached through a folder that holds `{own}`"))
        }
        _ => None,
    }
}

#[test]
fn imports_only_look_up() {
    assert_none(&check("src/lib.rs", &below("src", ".rs")));
    assert_none(&check("src/domain/lib.rs", &below("src/domain", ".rs")));
}

const LIST: (&str, &str) = (
    "src/lib.rs",
    "pub use bilik_domain as domain;\npub mod db;\npub(crate) mod web;\nmod quizzes;\n",
);

#[test]
fn an_import_that_looks_down_is_found() {
    let tree = planted(&[
        LIST,
        ("src/web/mod.rs", "mod page;\nmod fault;\n"),
        (
            "src/web/page.rs",
            "use crate::{db::Conn, domain::{quiz, self}};\n// use crate::quizzes;\nuse super::fault;\n",
        ),
        (
            "src/web/fault.rs",
            "use crate::{\n    db,\n    quizzes::routes,\n};\nfn f() { super::page::draw(); }\n",
        ),
    ]);
    assert_eq!(
        check("src/lib.rs", &tree),
        [
            "src/web/page.rs:3: web::page -> web::fault (`fault` is declared below `page`)",
            "src/web/fault.rs:1: web::fault -> quizzes::routes (`quizzes` is declared below `web`)",
        ]
    );
}

#[test]
fn an_import_through_the_own_folder_is_found() {
    let tree = planted(&[
        LIST,
        ("src/web/mod.rs", "mod page;\npub use page::Page;\nmod fault;\n"),
        ("src/web/fault.rs", "use super::Page;\n"),
        ("src/web/page.rs", "mod tests {\n    use super::*;\n    use super::draw;\n}\n"),
    ]);
    assert_eq!(
        check("src/lib.rs", &tree),
        [
            "src/web/fault.rs:1: web::fault -> web::Page (`Page` is reached through a folder that holds `fault`)"
        ]
    );
}
