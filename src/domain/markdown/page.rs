//! What is known while the texts of one file are rendered: language, targets, anchors given out, footnotes, remarks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::anchor::Anchors;
use super::clean::Cleaner;
use super::target::{Link, Targets, read_link};
use super::tree::{Document, Spot, footnotes};
use super::words::{Words, words};
use crate::diagnostic::{Diagnostic, Source};
use crate::locale::Locale;

/// More remarks about one text help nobody, and each shows a line that may be long.
const MAX_REMARKS: usize = 200;

/// One file on its way to markup.
#[derive(Debug)]
pub struct Page<'c> {
    /// The file.
    pub source: &'c Source,
    /// Remarks so far.
    pub remarks: Vec<Diagnostic>,
    /// Headings of level 2 and 3 so far: level, anchor, text.
    pub headings: Vec<(u8, String, String)>,
    /// Files of `media/` that were shown or linked to so far.
    pub media: BTreeSet<String>,
    /// Links to headings of other files so far; what they lead to is known only when all files are read.
    pub far_links: Vec<FarLink>,
    /// Ids of headings, given out and expected.
    pub anchors: Anchors,
    /// Where we are.
    pub zone: Zone,
    pub(super) locale: Locale,
    pub(super) words: &'static Words,
    pub(super) dialect: Dialect,
    pub(super) cleaner: Cleaner,
    pub(super) targets: &'c Targets,
    /// Labels of footnotes in the order of their first citation, and how often each was cited.
    pub(super) cited: Vec<(String, u32)>,
    pub(super) notes: BTreeMap<String, (Vec<Spot<'c>>, Range<usize>)>,
    pub(super) regions: u32,
    fragments: Vec<(String, Range<usize>)>,
}

/// A link to a heading of another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FarLink {
    /// The file, relative to the course folder.
    pub path: String,
    /// Id of the heading.
    pub fragment: String,
    /// Where the link stands.
    pub at: Range<usize>,
}

/// What is being rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The text itself.
    Text,
    /// A quiz, of which not everything is shown at once.
    Quiz,
}

/// The Markdown we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// With all that course-format.md adds.
    House,
    /// `CommonMark`, to be compared with its specification.
    Plain,
}

impl<'c> Page<'c> {
    /// Ready to render parts of a document of this file.
    pub fn new(
        source: &'c Source,
        locale: Locale,
        targets: &'c Targets,
        document: &Document<'c>,
    ) -> Page<'c> {
        let mut page = Page {
            source,
            remarks: Vec::new(),
            headings: Vec::new(),
            media: BTreeSet::new(),
            far_links: Vec::new(),
            anchors: Anchors::default(),
            zone: Zone::Text,
            locale,
            words: words(locale),
            dialect: Dialect::House,
            cleaner: match document.raw {
                Some(()) => Cleaner::new(&source.text),
                None => Cleaner::idle(),
            },
            targets,
            cited: Vec::new(),
            notes: footnotes(document),
            regions: 0,
            fragments: Vec::new(),
        };
        for place in document.money.iter().take(MAX_REMARKS) {
            let message = "this could be a formula and is read as an amount of money";
            let help = "write `\\$` for a dollar sign; in a formula, words stand in `\\text{…}`";
            page.remarks.push(source.warning("M004", place.clone(), message).help(help));
        }
        page
    }

    /// Complains about links to places that this text does not have, and about footnotes that nobody cites.
    /// To be called when all is rendered.
    pub fn check_fragments(&mut self) {
        for (fragment, range) in std::mem::take(&mut self.fragments) {
            if !self.anchors.has(&fragment) {
                let message = format!("no heading has the id `{fragment}`");
                self.refuse("C021", &range, message);
            }
        }
        self.check_footnotes();
    }

    pub(super) fn warn(
        &mut self,
        code: &'static str,
        at: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.note(|source| source.warning(code, at.clone(), message).help(help));
    }

    pub(super) fn complain(
        &mut self,
        code: &'static str,
        at: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.note(|source| source.error(code, at.clone(), message).help(help));
    }

    /// An error that needs no advice.
    pub(super) fn refuse(&mut self, code: &'static str, at: &Range<usize>, message: String) {
        self.note(|source| source.error(code, at.clone(), message));
    }

    /// A remark is made only if it is kept, because each copies its line.
    fn note(&mut self, remark: impl FnOnce(&Source) -> Diagnostic) {
        if self.remarks.len() < MAX_REMARKS {
            self.remarks.push(remark(self.source));
        }
    }

    /// The address of a link and whether it leads to another site; `None` if it leads nowhere.
    pub(super) fn link(&mut self, address: &str, range: &Range<usize>) -> Option<(String, Where)> {
        if self.dialect == Dialect::Plain {
            return Some((address.to_owned(), Where::Here));
        }
        match read_link(address, &self.source.file) {
            Link::Outside(address) => Some((address, Where::Outside)),
            Link::Plain(address) => Some((address, Where::Here)),
            Link::Fragment(fragment) => {
                let place = self.anchors.address(&fragment);
                self.fragments.push((fragment, range.clone()));
                Some((format!("#{place}"), Where::Here))
            }
            Link::File(path, fragment) => self.file_link(path, fragment, range),
            Link::Course(path, fragment) => self.course_link(&path, fragment, range),
            Link::Refused => {
                let message = format!("`{address}` may not be linked to");
                let help = "use https://, mailto:, or a path inside the course folder";
                self.complain("C021", range, message, help);
                None
            }
        }
    }

    fn file_link(
        &mut self,
        path: String,
        fragment: Option<String>,
        range: &Range<usize>,
    ) -> Option<(String, Where)> {
        if let Some(lesson) = self.targets.lessons.get(&path) {
            let language = path.rsplit('.').nth(1).and_then(Locale::parse);
            if let Some(language) = language.filter(|language| *language != self.locale) {
                let message = format!("this link leads to the `{}` text", language.code());
                let help = format!("link to `….{}.md`", self.locale.code());
                self.warn("M015", range, message, help);
            }
            let place = fragment.as_deref().map(|fragment| {
                let place = self.targets.place(&path, fragment);
                format!("#{place}")
            });
            if let Some(fragment) = fragment {
                self.far_links.push(FarLink { path, fragment, at: range.clone() });
            }
            return Some((format!("{lesson}{}", place.unwrap_or_default()), Where::Here));
        }
        if let Some(media) = self.targets.media.get(&path) {
            let address = media.address.clone();
            self.media.insert(path);
            return Some((address, Where::Here));
        }
        let message = format!("the course has no file `{path}`");
        self.refuse("C021", range, message);
        None
    }

    fn course_link(
        &mut self,
        path: &str,
        fragment: Option<String>,
        range: &Range<usize>,
    ) -> Option<(String, Where)> {
        let fragment = fragment.map(|fragment| format!("#s-{fragment}")).unwrap_or_default();
        match self.targets.beyond(path) {
            Some(address) => Some((format!("{address}{fragment}"), Where::Here)),
            None => {
                let message = format!("no course beside this one has the file `{path}`");
                let help =
                    "another course is linked to as `../../its-folder/1-module/2-lesson.en.md`";
                self.complain("C021", range, message, help);
                None
            }
        }
    }
}

/// Does a link stay on this site?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// It does.
    Here,
    /// It does not.
    Outside,
}
