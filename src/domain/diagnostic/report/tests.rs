//! What programs read.

use std::sync::Arc;

use super::*;
use crate::diagnostic::source::Source;
use crate::edit::Edit;

fn diagnostics() -> Diagnostics {
    let source = Source::new("1-a/1-b.en.md", "😀 one\nsecond line, 100%\n".to_owned());
    let mut diagnostics = Diagnostics::default();
    let first = source.place(5..8);
    diagnostics.push(
        source
            .error("Q002", 9..24, "taken: 100%")
            .help("choose\nanother")
            .related_as(first, "first used here")
            .fix(Edit::insert(24, "!")),
    );
    diagnostics.push(Diagnostic::of_file("C007", Level::Warning, "a,b:c.md", "left out"));
    diagnostics.know(Arc::new(source));
    diagnostics
}

#[test]
fn json_is_stable() {
    let diagnostics = diagnostics();
    let report = Report { courses: vec![("courses/x".to_owned(), &diagnostics)] };
    insta::assert_snapshot!(report.json());
}

#[test]
fn github_reads_annotations() {
    let diagnostics = diagnostics();
    let report = Report { courses: vec![("courses/x".to_owned(), &diagnostics)] };
    insta::assert_snapshot!(report.github(), @r"
    ::error file=courses/x/1-a/1-b.en.md,line=2,endLine=2,col=1,endColumn=16,title=Q002::taken: 100%25%0Achoose%0Aanother
    ::warning file=courses/x/a%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=1,title=C007::left out
    ");
}

#[test]
fn summaries() {
    let diagnostics = diagnostics();
    let report = Report { courses: vec![("x".to_owned(), &diagnostics)] };
    assert_eq!(report.summary().as_deref(), Some("1 error, 1 warning in 2 files"));
    let none = Diagnostics::default();
    assert_eq!(Report { courses: vec![("x".to_owned(), &none)] }.summary(), None);
}
