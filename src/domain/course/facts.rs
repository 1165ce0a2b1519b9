//! `facts.yml`, which stands beside the folders of courses.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;

use super::conditions::read_date;
use super::yaml::{Fields, Node, Value, parsed, text, texts};
use crate::diagnostic::{Diagnostics, Source};
use crate::fact::{Fact, Facts};
use crate::locale::{Locale, Texts};
use crate::markdown::target::Fact as Drawn;
use crate::slug::is_id;

/// The path of the file as seen from a course folder.
pub const FACTS_FILE: &str = "../facts.yml";

/// The facts that lessons may show, and the day on which it is asked whether they are overdue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shelf<'c> {
    pub(super) facts: &'c Facts,
    pub(super) today: Option<NaiveDate>,
}

/// Reads the file. What cannot be read is reported and left out.
pub fn read_facts(text: &str) -> (Facts, Diagnostics) {
    let source = Source::new(FACTS_FILE, text.trim_start_matches('\u{feff}').to_owned());
    let mut out = Diagnostics::default();
    let mut facts = Facts::new();
    for (id, at, node) in entries(&source, &mut out) {
        if !is_id(&id) {
            let message = format!("`{id}` is not the id of a fact, `[a-z0-9-]`");
            out.push(source.error("C005", at, message));
        } else if let Some(fact) = read_fact(&source, node, &mut out) {
            facts.insert(id, fact);
        }
    }
    out.sort();
    (facts, out)
}

type Entry = (String, Range<usize>, Node);

fn entries(source: &Source, out: &mut Diagnostics) -> Vec<Entry> {
    if source.text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#')) {
        return Vec::new();
    }
    let fields = Fields::read(source, 0..source.text.len(), out);
    fields.map(Fields::entries).unwrap_or_default()
}

fn read_fact(source: &Source, node: Node, out: &mut Diagnostics) -> Option<Fact> {
    let at = node.at.clone();
    let mut fields = match Fields::inside(source, node) {
        Ok(fields) => fields,
        Err(message) => {
            out.push(source.error("C005", at, message));
            return None;
        }
    };
    let date = || parsed(read_date, "a date, `2026-12-01`");
    let (value, as_of) = (fields.need("value", texts), fields.need("as_of", date()));
    let (named, next_check) =
        (fields.need("source", read_source), fields.need("next_check", date()));
    fields.finish(out);
    let (name, url) = named?;
    Some(Fact { value: value?, as_of: as_of?, source: name, url, next_check: next_check? })
}

/// The facts as pages draw them.
pub(super) fn drawn(facts: &Facts) -> BTreeMap<String, Drawn> {
    let one = |(id, fact): (&String, &Fact)| {
        let drawn = Drawn {
            value: fact.value.clone(),
            as_of: fact.as_of,
            source: fact.source.clone(),
            link: fact.url.clone(),
        };
        (id.clone(), drawn)
    };
    facts.iter().map(one).collect()
}

/// A title, one for all languages or one for each, perhaps with an address.
fn read_source(node: &Node) -> Result<(Texts, Option<String>), String> {
    let Value::Map(fields) = &node.value else { return Ok((title(node)?, None)) };
    let field =
        |name: &str| fields.iter().find(|(known, ..)| known == name).map(|(_, _, node)| node);
    if let Some((other, ..)) = fields.iter().find(|(name, ..)| name != "title" && name != "url") {
        return Err(format!("unknown field `{other}`: a source has `title` and `url`"));
    }
    let url = field("url").map(text).transpose()?;
    if let Some(url) = url.as_ref().filter(|url| !url.starts_with("https://")) {
        return Err(format!("`{url}` is not an address, `https://…`"));
    }
    Ok((title(field("title").ok_or("`title` is missing")?)?, url))
}

fn title(node: &Node) -> Result<Texts, String> {
    match &node.value {
        Value::Map(_) => texts(node),
        Value::Text(_) | Value::Nothing | Value::List(_) => {
            let title = text(node)?;
            Ok(Texts(Locale::ALL.into_iter().map(|locale| (locale, title.clone())).collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACT: &str = "gii-2025-az:\n  value: { en: 94th, az: 94-cü, ru: 94-е }\n  as_of: 2025-09-16\n  source: { title: GII 2025, url: 'https://www.wipo.int/gii' }\n  next_check: 2026-10-01\n";

    #[test]
    fn a_fact_has_a_value_a_date_and_a_source() {
        let (facts, remarks) = read_facts(FACT);
        assert!(remarks.is_empty(), "{remarks}");
        let fact = &facts["gii-2025-az"];
        assert_eq!(fact.value.0[&Locale::Az], "94-cü");
        assert_eq!(fact.as_of.to_string(), "2025-09-16");
        assert_eq!(fact.source.0[&Locale::Ru], "GII 2025");
        assert_eq!(fact.url.as_deref(), Some("https://www.wipo.int/gii"));
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        for (from, to, remark) in [
            ("gii-2025-az", "GII", "C005 ../facts.yml:1:1"),
            ("as_of", "asof", "C003 ../facts.yml:3:3"),
            ("2025-09-16", "yesterday", "C005 ../facts.yml:3:10"),
            ("https://www", "ftp://www", "C005 ../facts.yml:4:11"),
            ("title:", "name:", "C005 ../facts.yml:4:11"),
        ] {
            let (facts, remarks) = read_facts(&FACT.replace(from, to));
            let told: Vec<String> =
                remarks.iter().map(|remark| format!("{} {}", remark.code, remark.place)).collect();
            assert!(told.iter().any(|told| told == remark), "{told:?}");
            assert!(facts.is_empty());
        }
        assert!(read_facts("# nothing yet\n").1.is_empty());
    }
}
