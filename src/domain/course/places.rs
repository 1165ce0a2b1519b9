//! What can be linked to inside the lessons of a course: headings and quizzes.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::attributes::read_line;
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::{FarLink, Page};

/// The ids of all lesson files, and the links to them.
#[derive(Debug, Default)]
pub(super) struct Places<'c> {
    ids: BTreeMap<String, BTreeSet<String>>,
    links: Vec<(&'c Source, FarLink)>,
}

/// Those of one file.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Level and id of each heading.
    pub(super) outline: Vec<(u8, String)>,
    ids: BTreeSet<String>,
    links: Vec<FarLink>,
}

impl Linked {
    /// What a page has once it is rendered. Complains about a translation whose headings are not those of the source:
    /// it takes their ids from there, so that links work in all languages.
    pub(super) fn of(page: &mut Page<'_>) -> Linked {
        if let Some((number, at)) = page.anchors.first_difference() {
            let (there, here) = (page.anchors.expected.len(), page.anchors.outline.len());
            let message = format!(
                "from heading {number} on, the headings differ from those of the source text ({here} here, {there} there)"
            );
            let help =
                "links to headings are shared by all languages: give both texts the same headings";
            page.remarks.push(page.source.warning("M002", at, message).help(help));
        }
        Linked {
            outline: page.anchors.outline.clone(),
            ids: page.anchors.all(),
            links: std::mem::take(&mut page.far_links),
        }
    }
}

impl<'c> Places<'c> {
    pub(super) fn add(&mut self, source: &'c Source, linked: &Linked) {
        self.ids.insert(source.file.clone(), linked.ids.clone());
        self.links.extend(linked.links.iter().map(|link| (source, link.clone())));
    }

    /// Complains about links to headings that are not there; to be called when all files are read.
    pub(super) fn check(&self, out: &mut Diagnostics) {
        for (source, link) in &self.links {
            let known = self.ids.get(&link.path);
            if known.is_some_and(|ids| !ids.contains(&link.fragment)) {
                let message =
                    format!("`{}` has no heading with the id `{}`", link.path, link.fragment);
                out.push(source.error("C021", link.at.clone(), message));
            }
        }
    }
}

/// The ids of the quizzes of a file, read from its headings before it is rendered.
pub(super) fn quiz_ids(source: &Source) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut passed = 0;
    for at in memmem::find_iter(source.text.as_bytes(), ".quiz") {
        let line = source.line_range(at);
        if line.end <= passed {
            continue;
        }
        passed = line.end;
        if source.slice(line.clone()).starts_with("##") {
            let mut attributes = read_line(source, line).attributes;
            if attributes.class("quiz").is_some() {
                ids.extend(attributes.id(source, &mut Diagnostics::default()));
            }
        }
    }
    ids
}
