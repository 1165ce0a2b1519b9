//! What a person reads.

use std::sync::Arc;

use super::*;
use crate::edit::Edit;

const TEXT: &str = "### Niyə? {#niye}\n\n- [x] Bir {#one}\n- [ ] İki\t😀 幅の広い {#One}\n- [ ] Üç\n  > İki sətirlik\n  > rəy {#two}\nson\n";

fn printed(make: impl Fn(&Source, &dyn Fn(&str) -> Range<usize>) -> Diagnostic) -> String {
    let source = Source::new("1-a/1-b.az.md", TEXT.to_owned());
    let find = |text: &str| {
        let at = source.text.find(text).unwrap();
        at..at + text.len()
    };
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(make(&source, &find));
    diagnostics.know(Arc::new(source));
    let other = "---\ntitle: Başqa\n---\n\nMətn {#two}\n";
    diagnostics.know(Arc::new(Source::new("../second/1-a/1-x.az.md", other.to_owned())));
    let print = Print { diagnostics: &diagnostics, folder: "courses/first", ink: Ink::Plain };
    print.to_string()
}

#[test]
fn carets_stand_under_wide_letters_and_tabs() {
    insta::assert_snapshot!(printed(|source, find| {
        source.error("Q004", find("幅の広い"), "these are wide").help("write `{#one}`")
    }));
}

#[test]
fn the_second_place_has_its_own_line() {
    insta::assert_snapshot!(printed(|source, find| {
        let first = source.place(find("{#niye}"));
        source
            .error("Q002", find("{#One}"), "this id is taken")
            .related_as(first, "first used here")
    }));
}

#[test]
fn the_second_place_may_be_in_another_course() {
    let other = Source::new(
        "../second/1-a/1-x.az.md",
        "---\ntitle: Başqa\n---\n\nMətn {#two}\n".to_owned(),
    );
    let at = other.text.find("{#two}").unwrap();
    insta::assert_snapshot!(printed(|source, find| {
        let there = other.place(at..at + 6);
        source
            .error("Q002", find("{#two}"), "this id is taken")
            .related_as(there, "first used here")
    }));
}

#[test]
fn places_may_span_lines() {
    insta::assert_snapshot!(printed(|source, find| {
        let range = find("- [ ] Üç").start..find("{#two}").end;
        source.warning("Q003", range, "two lines of feedback")
    }));
}

#[test]
fn a_fix_is_shown_as_a_difference() {
    insta::assert_snapshot!(printed(|source, find| {
        let end = find("Üç").end;
        source.error("Q001", find("Üç"), "this option has no id").fix(Edit::insert(end, " {#uc}"))
    }));
}

#[test]
fn a_file_as_a_whole_has_no_line() {
    insta::assert_snapshot!(printed(|_, _| {
        Diagnostic::of_file("C040", Level::Error, "media/x.exe", "this cannot be served").help("no")
    }));
}

#[test]
fn colours_only_where_asked_for() {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::of_file("C040", Level::Error, "media/x.exe", "no"));
    let print = |ink| Print { diagnostics: &diagnostics, folder: "", ink }.to_string();
    assert!(!print(Ink::Plain).contains('\x1b'));
    assert!(print(Ink::Colour).contains('\x1b'));
}

#[test]
fn paths_are_written_from_outside() {
    for (folder, file, path) in [
        ("", "a.md", "a.md"),
        (".", "a.md", "a.md"),
        ("courses/x/", "1-a/a.md", "courses/x/1-a/a.md"),
        ("courses/x", "../y/a.md", "courses/y/a.md"),
        ("x", "../y/a.md", "y/a.md"),
    ] {
        assert_eq!(joined(folder, file), path);
    }
}
