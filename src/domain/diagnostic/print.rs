//! Remarks for people: the lines of the file, carets under the exact columns, the second place, help, and the change
//! that mends it.

use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Heading, Origin, Patch, Renderer, Snippet,
};

use super::level::Level;
use super::list::Diagnostics;
use super::place::Place;
use super::remark::{Diagnostic, Related};
use super::source::Source;

/// With colours or without?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// For files and pipes.
    #[default]
    Plain,
    /// For a terminal.
    Colour,
}

/// The remarks about a course as a person reads them.
#[derive(Clone, Copy, Debug)]
pub struct Print<'d> {
    /// What is printed.
    pub diagnostics: &'d Diagnostics,
    /// The folder of the course as it is written before the paths of its files; may be empty.
    pub folder: &'d str,
    /// In colour?
    pub ink: Ink,
}

impl fmt::Display for Print<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = match self.ink {
            Ink::Plain => Renderer::plain(),
            Ink::Colour => Renderer::styled(),
        };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        for remark in self.diagnostics.iter() {
            writeln!(f, "{}\n", renderer.render(&self.groups(remark)))?;
        }
        Ok(())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Print { diagnostics: self, folder: "", ink: Ink::Plain }.fmt(f)
    }
}

impl<'d> Print<'d> {
    fn groups(&self, remark: &'d Diagnostic) -> Vec<Group<'d>> {
        let heading = match remark.level {
            Level::Error => Heading::ERROR,
            Level::Warning => Heading::WARNING,
            Level::Info => Heading::INFO,
        };
        let help = remark.help.as_ref().map(|help| Heading::HELP.message(help));
        let title = heading.primary_title(&remark.message).id(remark.code);
        let mut groups = vec![title.elements(self.places(remark)).elements(help)];
        groups.extend(self.fix(remark));
        groups
    }

    /// The lines of the place, and of the second place: with it, if both are in one file.
    fn places(&self, remark: &'d Diagnostic) -> Vec<Element<'d>> {
        let here = AnnotationKind::Primary;
        let Some(second) = &remark.related else {
            return vec![self.snippet(&remark.place, vec![(here, &remark.place, None)])];
        };
        let Related { place, says } = second;
        let there = (AnnotationKind::Context, place, Some(*says));
        if place.file == remark.place.file {
            return vec![self.snippet(&remark.place, vec![(here, &remark.place, None), there])];
        }
        vec![
            self.snippet(&remark.place, vec![(here, &remark.place, None)]),
            self.snippet(place, vec![there]),
        ]
    }

    fn snippet(
        &self,
        place: &'d Place,
        marks: Vec<(AnnotationKind, &'d Place, Option<&'static str>)>,
    ) -> Element<'d> {
        let path = joined(self.folder, &place.file);
        let Some(source) = self.diagnostics.source(&place.file).filter(|_| !place.is_whole_file())
        else {
            return Origin::path(path).into();
        };
        let ranges = marks.iter().map(|(_, place, _)| source.range(place));
        let window = Window::around(source, ranges);
        let annotation = |(kind, place, says): (AnnotationKind, &'d Place, Option<&'d str>)| {
            kind.span(window.moved(source.range(place))).label(says)
        };
        let marks: Vec<Annotation<'d>> = marks.into_iter().map(annotation).collect();
        window.snippet(path).annotations(marks).into()
    }

    fn fix(&self, remark: &'d Diagnostic) -> Option<Group<'d>> {
        let edit = remark.fix.as_ref()?;
        let source = self.diagnostics.source(&remark.place.file)?;
        let window = Window::around(source, std::iter::once(edit.range.clone()));
        let patch = Patch::new(window.moved(edit.range.clone()), edit.text.as_str());
        let path = joined(self.folder, &remark.place.file);
        let title = Heading::HELP.secondary_title("`bilik check --fix` does this");
        Some(title.element(window.snippet(path).patch(patch)))
    }
}

/// The whole lines of a file that are shown.
struct Window<'d> {
    text: &'d str,
    start: usize,
    line: u32,
}

impl<'d> Window<'d> {
    fn around(source: &'d Source, ranges: impl Iterator<Item = Range<usize>>) -> Window<'d> {
        let (start, end) = ranges.fold((usize::MAX, 0), |(start, end), range| {
            (start.min(range.start), end.max(range.end))
        });
        let start = source.line_range(start.min(end)).start;
        let end = source.line_range(end).end;
        Window { text: source.slice(start..end), start, line: source.place(start..start).line }
    }

    fn moved(&self, range: Range<usize>) -> Range<usize> {
        range.start.saturating_sub(self.start)..range.end.saturating_sub(self.start)
    }

    fn snippet<T: Clone>(&self, path: String) -> Snippet<'d, T> {
        let line = usize::try_from(self.line).unwrap_or(usize::MAX);
        Snippet::source(self.text).line_start(line).path(path)
    }
}

/// A path inside a course folder as it is written from outside of it.
pub(super) fn joined(folder: &str, file: &str) -> String {
    let folder = folder.trim_end_matches('/');
    match file.strip_prefix("../") {
        _ if folder.is_empty() || folder == "." => file.to_owned(),
        Some(beside) => match folder.rsplit_once('/') {
            Some((parent, _)) => format!("{parent}/{beside}"),
            None => beside.to_owned(),
        },
        None => format!("{folder}/{file}"),
    }
}

#[cfg(test)]
mod tests;
