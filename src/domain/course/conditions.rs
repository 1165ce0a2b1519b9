//! Conditions as course files write them: fields that all hold, lists of such, and `any:`.

use std::ops::Range;

use chrono::NaiveDate;

use super::attributes::percent;
use super::condition::{Condition, one_or};
use super::yaml::{Node, Value, list, text};
use crate::diagnostic::{Diagnostics, Source, nearest};
use crate::quiz::grade::Fraction;
use crate::quiz::response::QuizId;
use crate::slug::is_id;

/// A condition with the places of the single things that it speaks of.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) condition: Condition,
    pub(super) at: Range<usize>,
    pub(super) atoms: Vec<(Condition, Range<usize>)>,
}

const WORDS: [&str; 8] = ["all", "any", "lesson", "module", "quiz", "score", "course", "from"];

/// Reads a condition; what cannot be read is reported and left out.
pub(super) fn read_condition(
    node: &Node,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<Placed> {
    let mut reader = Reader { source, out, atoms: Vec::new() };
    let condition = reader.read(node)?;
    Some(Placed { condition, at: node.at.clone(), atoms: reader.atoms })
}

struct Reader<'r> {
    source: &'r Source,
    out: &'r mut Diagnostics,
    atoms: Vec<(Condition, Range<usize>)>,
}

impl Reader<'_> {
    fn read(&mut self, node: &Node) -> Option<Condition> {
        match &node.value {
            Value::List(nodes) => self.parts(nodes, Condition::All),
            Value::Map(fields) => {
                let score = self.score(fields);
                let parts: Vec<Condition> =
                    fields.iter().filter_map(|field| self.field(field, score)).collect();
                (!parts.is_empty()).then(|| one_or(parts, Condition::All))
            }
            Value::Text(_) | Value::Nothing => {
                self.refuse(&node.at, "expected a condition, for example `module: some-module`");
                None
            }
        }
    }

    fn parts(
        &mut self,
        nodes: &[Node],
        together: impl FnOnce(Vec<Condition>) -> Condition,
    ) -> Option<Condition> {
        let parts: Vec<Condition> = nodes.iter().filter_map(|node| self.read(node)).collect();
        (!parts.is_empty()).then(|| one_or(parts, together))
    }

    /// `score: 80%` beside `quiz: …`.
    fn score(&mut self, fields: &[(String, Range<usize>, Node)]) -> Option<Fraction> {
        let (_, at, node) = fields.iter().find(|(name, ..)| name == "score")?;
        if !fields.iter().any(|(name, ..)| name == "quiz") {
            self.refuse(at, "`score` needs `quiz` beside it");
        }
        let share = text(node).ok().and_then(|word| percent(&word)).filter(|share| share.0 > 0);
        if share.is_none() {
            self.refuse(&node.at, "`score`: expected a percentage, `80%`");
        }
        share
    }

    fn field(
        &mut self,
        (name, at, node): &(String, Range<usize>, Node),
        score: Option<Fraction>,
    ) -> Option<Condition> {
        match (name.as_str(), &node.value) {
            ("any", Value::List(nodes)) => self.parts(nodes, Condition::Any),
            ("all", Value::List(nodes)) => self.parts(nodes, Condition::All),
            ("any" | "all", _) => {
                self.refuse(&node.at, "expected a list of conditions");
                None
            }
            ("lesson", _) => self.named(node, Condition::Lesson),
            ("module", _) => self.named(node, Condition::Module),
            ("course", _) => self.named(node, Condition::Course),
            ("quiz", _) => self.named(node, |id| match score {
                Some(share) => Condition::Score(QuizId(id), share),
                None => Condition::Quiz(QuizId(id)),
            }),
            ("from", _) => self.date(node),
            ("score", _) => None,
            (name, _) => {
                let remark =
                    self.source.error("C003", at.clone(), format!("unknown field `{name}`"));
                self.out.push(match nearest(name, &WORDS) {
                    Some(known) => remark.help(format!("did you mean `{known}`?")),
                    None => remark.help(format!("conditions are {}", WORDS.join(", "))),
                });
                None
            }
        }
    }

    /// One id, or several of which each counts.
    fn named(&mut self, node: &Node, atom: impl Fn(String) -> Condition) -> Option<Condition> {
        let Ok(ids) = list(node) else {
            self.refuse(&node.at, "expected an id, or a list of ids");
            return None;
        };
        let mut parts = Vec::new();
        for (id, at) in ids {
            if is_id(&id) {
                parts.push(atom(id.clone()));
                self.atoms.push((atom(id), at));
            } else {
                self.refuse(&at, &format!("`{id}` is not an id, `[a-z0-9-]`"));
            }
        }
        (!parts.is_empty()).then(|| one_or(parts, Condition::All))
    }

    fn date(&mut self, node: &Node) -> Option<Condition> {
        let day = text(node).ok().and_then(|word| read_date(&word));
        if day.is_none() {
            self.refuse(&node.at, "`from`: expected a date, `2026-12-01`");
        }
        let condition = Condition::From(day?);
        self.atoms.push((condition.clone(), node.at.clone()));
        Some(condition)
    }

    fn refuse(&mut self, at: &Range<usize>, message: &str) {
        self.out.push(self.source.error("C005", at.clone(), message));
    }
}

/// `2026-12-01`.
pub(super) fn read_date(word: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()
}

#[cfg(test)]
mod tests {
    use super::super::yaml::Fields;
    use super::*;

    fn read(yaml: &str) -> (Option<Condition>, Vec<String>) {
        let source = Source::new("module.yml", yaml.to_owned());
        let mut out = Diagnostics::default();
        let mut fields = Fields::read(&source, 0..yaml.len(), &mut out).unwrap();
        let node = fields.node("unlock").unwrap();
        let placed = read_condition(&node, &source, &mut out);
        let remarks = out.iter().map(|remark| format!("{} {}", remark.place, remark.message));
        (placed.map(|placed| placed.condition), remarks.collect())
    }

    #[test]
    fn ways_to_write_a_condition() {
        for (yaml, stored) in [
            ("{ module: a }", r#"{"module":"a"}"#),
            ("{ module: [a, b] }", r#"{"all":[{"module":"a"},{"module":"b"}]}"#),
            ("[{ lesson: a }, { quiz: q }]", r#"{"all":[{"lesson":"a"},{"quiz":"q"}]}"#),
            ("{ quiz: q, score: 80% }", r#"{"score":["q",8000000]}"#),
            (
                "{ course: a, from: 2026-12-01 }",
                r#"{"all":[{"course":"a"},{"from":"2026-12-01"}]}"#,
            ),
            (
                "{ any: [{ module: a }, { all: [{ lesson: b }, { lesson: c }] }] }",
                r#"{"any":[{"module":"a"},{"all":[{"lesson":"b"},{"lesson":"c"}]}]}"#,
            ),
        ] {
            let (condition, remarks) = read(&format!("unlock: {yaml}"));
            assert_eq!(remarks, Vec::<String>::new(), "{yaml}");
            assert_eq!(serde_json::to_string(&condition.unwrap()).unwrap(), stored, "{yaml}");
        }
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        for (yaml, remark) in [
            ("a", "module.yml:1:9 expected a condition, for example `module: some-module`"),
            ("{ modul: a }", "module.yml:1:11 unknown field `modul`"),
            ("{ module: A }", "module.yml:1:19 `A` is not an id, `[a-z0-9-]`"),
            ("{ score: 80% }", "module.yml:1:11 `score` needs `quiz` beside it"),
            ("{ quiz: q, score: much }", "module.yml:1:27 `score`: expected a percentage, `80%`"),
            ("{ from: 2026-13-01 }", "module.yml:1:17 `from`: expected a date, `2026-12-01`"),
            ("{ any: a }", "module.yml:1:16 expected a list of conditions"),
        ] {
            assert_eq!(read(&format!("unlock: {yaml}")).1, [remark], "{yaml}");
        }
    }
}
