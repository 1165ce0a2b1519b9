//! Questions without a key: options to tick, a scale, or words.

use super::super::attributes::Attributes;
use super::item_line::{ItemLine, Sign};
use super::named::check_entries;
use super::parsed::{ParsedEntry, ParsedSurvey};
use crate::diagnostic::Diagnostics;
use crate::markdown::tree::{bytes, inside, siblings};
use crate::markdown::{Page, Spot};

/// Reads what may be said; without a list, words are asked for.
pub(super) fn read_survey<'c>(
    list: Option<&[Spot<'c>]>,
    heading: &mut Attributes,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedSurvey> {
    let source = page.source;
    let Some(list) = list else {
        return Some(ParsedSurvey { options: Vec::new(), many: false, scale: false });
    };
    let many = heading
        .value("type", "multiple", source, out, |word| (word == "multiple").then_some(()))
        .is_some();
    let scale = heading.flag("scale").is_some();
    let options: Vec<ParsedEntry> = siblings(inside(list))
        .into_iter()
        .map(|node| read_option(node, page, out))
        .collect::<Option<_>>()?;
    check_entries(&options, source, out);
    if options.len() < 2 {
        let at = source.line_range(bytes(list).start);
        let remark = source.error("Q003", at, "there is only one thing to say");
        out.push(remark.help("write at least two options, or no list to ask for words"));
        return None;
    }
    Some(ParsedSurvey { options, many, scale: scale && !many })
}

fn read_option<'c>(
    node: &[Spot<'c>],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedEntry> {
    let source = page.source;
    let mut line = ItemLine::read(node, source);
    if matches!(line.sign, Sign::Ticked | Sign::Accepted | Sign::Rejected) {
        let remark = source.error("Q018", line.value.clone(), "a survey has no right answer");
        out.push(remark.help("write `- [ ] …`, or take `.survey` away"));
        return None;
    }
    let option = line.entry(node, page, out);
    line.attributes.finish(source, out);
    Some(option)
}
