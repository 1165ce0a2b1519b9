//! Footnotes: numbered in the order of citation, listed at the end, with a way back for each citation.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::fragment::Fragment;
use super::page::{Page, Zone};
use crate::html::Html;

impl<'c> Page<'c> {
    /// The footnotes that were cited so far, as a list; `None` if there are none.
    pub fn render_footnotes(&mut self) -> Option<Html> {
        let mut fragment = Fragment::default();
        let mut index = 0;
        // A footnote may cite another one, so the list can grow while it is written.
        while let Some((label, _)) = self.cited.get(index).cloned() {
            index += 1;
            let id = self.cleaner.own("id", &self.note_id("fn", index, 1));
            let _ = write!(fragment.out, "<li{id}>");
            let note = self.notes.get(&label).map(|(note, _)| note.clone()).unwrap_or_default();
            self.write(&note, &mut fragment);
            self.write_ways_back(index, &mut fragment);
            fragment.out.push_str("</li>\n");
        }
        let label = self.cleaner.own("aria-label", self.words.footnotes);
        let list = std::mem::take(&mut fragment.out);
        fragment.out = format!("<section class=\"footnotes\"{label}><ol>{list}</ol></section>");
        (index > 0).then(|| self.finish(fragment))
    }

    fn write_ways_back(&mut self, index: usize, fragment: &mut Fragment) {
        let times = self.cited.get(index - 1).map_or(1, |(_, times)| *times);
        for time in 1..=times {
            let name = match times {
                1 => format!("{} {index}", self.words.back),
                _ => format!("{} {index}.{time}", self.words.back),
            };
            let name = self.cleaner.own("aria-label", &name);
            let place = self.note_id("fnref", index, time);
            let _ =
                write!(fragment.out, " <a class=\"footnote-back\" href=\"#{place}\"{name}>↩</a>");
        }
    }

    fn note_id(&self, kind: &str, index: usize, time: u32) -> String {
        let prefix = &self.anchors.prefix;
        match time {
            0 | 1 => format!("{prefix}{kind}-{index}"),
            time => format!("{prefix}{kind}-{index}-{time}"),
        }
    }

    pub(super) fn cite(&mut self, label: &str, at: &Range<usize>, fragment: &mut Fragment) {
        if self.zone == Zone::Quiz {
            let help = "say it in the question, or in its feedback";
            self.complain("M006", at, "a quiz has no footnotes", help);
            return;
        }
        let known = self.cited.iter().position(|(cited, _)| cited == label);
        let index = known.unwrap_or(self.cited.len());
        if known.is_none() {
            self.cited.push((label.to_owned(), 0));
        }
        let Some((_, times)) = self.cited.get_mut(index) else { return };
        *times += 1;
        let (times, number) = (*times, index + 1);
        let own = self.cleaner.own("id", &self.note_id("fnref", number, times))
            + &self.cleaner.own("aria-label", &format!("{} {number}", self.words.footnote));
        let place = self.note_id("fn", number, 1);
        let _ = write!(
            fragment.out,
            "<sup class=\"footnote-ref\"><a href=\"#{place}\"{own}>{number}</a></sup>"
        );
    }

    /// Complains about marks in a text that no footnote belongs to.
    pub(super) fn check_marks(&mut self, text: &str, range: &Range<usize>) {
        static MARK: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\[\^([^\]\s]{1,60})\]").expect("the pattern is fixed"));
        if !text.contains("[^") {
            return;
        }
        let marks: BTreeSet<String> =
            MARK.find_iter(text).map(|mark| mark.as_str().to_owned()).collect();
        for mark in marks {
            let start = self.source.slice(range.clone()).find(&mark).map(|at| range.start + at);
            let at = start.map_or(range.clone(), |start| start..start + mark.len());
            let message = format!("no footnote belongs to `{mark}`");
            self.warn("M006", &at, message, format!("write `{mark}: …` on a line of its own"));
        }
    }

    /// Complains about footnotes that nobody cites.
    pub(super) fn check_footnotes(&mut self) {
        let cited = |label: &String| self.cited.iter().any(|(cited, _)| cited == label);
        let idle: Vec<(String, Range<usize>)> = self
            .notes
            .iter()
            .filter(|(label, _)| !cited(label))
            .map(|(label, (_, at))| (label.clone(), at.clone()))
            .collect();
        for (label, at) in idle {
            let message = format!("the footnote `{label}` is not cited");
            self.warn("M005", &at, message, format!("write `[^{label}]` where it belongs"));
        }
    }
}
