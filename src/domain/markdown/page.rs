//! What is known while the texts of one file are rendered: language, targets, anchors given out, footnotes, remarks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::clean::{Cleaner, ELEMENTS, RARE_ELEMENTS};
use super::target::{Link, Targets, read_link};
use super::tree::{Document, Spot, inside, siblings};
use super::words::{Words, words};
use crate::diagnostic::{Diagnostic, Source};
use crate::locale::Locale;
use crate::slug::{ascii_slug, is_id};

/// One file on its way to markup.
#[derive(Debug)]
pub struct Page<'c> {
    /// The file.
    pub source: &'c Source,
    /// Remarks so far.
    pub remarks: Vec<Diagnostic>,
    /// Headings of level 2 and 3 so far: level, anchor, text.
    pub headings: Vec<(u8, String, String)>,
    pub(super) words: &'static Words,
    pub(super) cleaner: Cleaner,
    pub(super) targets: &'c Targets,
    pub(super) cited: Vec<String>,
    pub(super) notes: BTreeMap<String, Vec<Spot<'c>>>,
    pub(super) regions: u32,
    anchors: BTreeSet<String>,
    next: BTreeMap<String, u32>,
    fragments: Vec<(String, Range<usize>)>,
}

impl<'c> Page<'c> {
    /// Ready to render parts of a document of this file.
    pub fn new(
        source: &'c Source,
        locale: Locale,
        targets: &'c Targets,
        document: &Document<'c>,
    ) -> Page<'c> {
        Page {
            source,
            remarks: Vec::new(),
            headings: Vec::new(),
            words: words(locale),
            cleaner: Cleaner::new(&source.text),
            targets,
            cited: Vec::new(),
            notes: footnotes(document),
            regions: 0,
            anchors: BTreeSet::new(),
            next: BTreeMap::new(),
            fragments: Vec::new(),
        }
    }

    /// Complains about links to places that no heading of this text has. To be called when all is rendered.
    pub fn check_fragments(&mut self) {
        for (fragment, range) in std::mem::take(&mut self.fragments) {
            if !self.anchors.contains(&fragment) {
                let message = format!("no heading has the id `{fragment}`");
                self.remarks.push(self.source.error("C021", range, message));
            }
        }
    }

    /// An anchor of its own for a heading: the written id, else made from its text.
    pub(super) fn anchor(
        &mut self,
        written: Option<&str>,
        text: &str,
        range: &Range<usize>,
    ) -> String {
        let wanted = match written {
            Some(id) => id.to_owned(),
            None => Some(ascii_slug(text))
                .filter(|slug| !slug.is_empty())
                .unwrap_or_else(|| "part".to_owned()),
        };
        if written.is_some() && !is_id(&wanted) {
            let message =
                format!("id `{wanted}` may hold only a–z, 0–9 and `-`, at most 64 of them");
            self.remarks.push(self.source.error("Q004", range.clone(), message));
        }
        if written.is_some() && self.anchors.contains(&wanted) {
            let message = format!("heading id `{wanted}` is used twice in this text");
            self.remarks.push(self.source.error("C012", range.clone(), message));
        }
        let mut anchor = wanted.clone();
        while !self.anchors.insert(anchor.clone()) {
            let next = self.next.entry(wanted.clone()).or_insert(1);
            *next += 1;
            anchor = format!("{wanted}-{next}");
        }
        format!("s-{anchor}")
    }

    /// The address of a link and whether it leads to another site; `None` if it leads nowhere.
    pub(super) fn link(&mut self, address: &str, range: &Range<usize>) -> Option<(String, Where)> {
        match read_link(address, &self.source.file) {
            Link::Outside(address) => Some((address, Where::Outside)),
            Link::Plain(address) => Some((address, Where::Here)),
            Link::Fragment(fragment) => {
                self.fragments.push((fragment.clone(), range.clone()));
                Some((format!("#s-{fragment}"), Where::Here))
            }
            Link::File(path, fragment) => self.file_link(&path, fragment, range),
            Link::Refused => {
                let message = format!("`{address}` may not be linked to");
                let remark = self.source.error("C021", range.clone(), message);
                self.remarks
                    .push(remark.help("use https://, mailto:, or a path inside the course folder"));
                None
            }
        }
    }

    fn file_link(
        &mut self,
        path: &str,
        fragment: Option<String>,
        range: &Range<usize>,
    ) -> Option<(String, Where)> {
        if let Some(lesson) = self.targets.lessons.get(path) {
            let fragment = fragment.map(|fragment| format!("#s-{fragment}")).unwrap_or_default();
            return Some((format!("{lesson}{fragment}"), Where::Here));
        }
        if let Some(media) = self.targets.media.get(path) {
            return Some((media.address.clone(), Where::Here));
        }
        let message = format!("the course has no file `{path}`");
        self.remarks.push(self.source.error("C021", range.clone(), message));
        None
    }

    /// Complains about raw elements that the sanitiser will take out.
    pub(super) fn check_raw(&mut self, markup: &str, range: &Range<usize>) {
        for part in markup.split('<').skip(1) {
            let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
            let name = name.to_ascii_lowercase();
            let known = ELEMENTS.contains(&name.as_str()) || RARE_ELEMENTS.contains(&name.as_str());
            if name == "img" {
                let remark =
                    self.source.error("C022", range.clone(), "a picture is written as raw HTML");
                self.remarks.push(remark.help("write ![what it shows](../media/picture.svg)"));
            } else if !name.is_empty() && !known {
                let message = format!("raw HTML: `<{name}>` is not shown");
                self.remarks.push(self.source.warning("C023", range.clone(), message));
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

/// The contents of the footnotes, by label.
fn footnotes<'c>(document: &Document<'c>) -> BTreeMap<String, Vec<Spot<'c>>> {
    let mut notes = BTreeMap::new();
    for node in siblings(&document.spots) {
        if let Some(Spot { event: Event::Start(Tag::FootnoteDefinition(name)), .. }) = node.first()
        {
            notes.entry(name.to_string()).or_insert_with(|| inside(node).to_vec());
        }
    }
    notes
}
