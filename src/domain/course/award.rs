//! What a course asks for and gives: completion, tests before and after, the certificate.

use std::ops::Range;

use super::attributes::percent;
use super::model::{Certificate, Completion, Forms};
use super::yaml::{Fields, Node, Value, list, one_of, parsed, text};
use crate::diagnostic::{Diagnostics, Source};
use crate::quiz::response::QuizId;
use crate::slug::is_id;

/// `completion` and where its parts stand.
#[derive(Clone, Debug)]
pub(super) struct ReadCompletion {
    pub(super) completion: Completion,
    pub(super) at: Range<usize>,
    /// The quizzes that are named.
    pub(super) quizzes: Vec<(QuizId, Range<usize>)>,
    pub(super) pass_at: Range<usize>,
    pub(super) attendance_at: Range<usize>,
}

impl ReadCompletion {
    /// All required lessons and all graded quizzes.
    fn usual() -> ReadCompletion {
        ReadCompletion {
            completion: Completion { lessons: true, quizzes: true, ..Completion::default() },
            at: 0..0,
            quizzes: Vec::new(),
            pass_at: 0..0,
            attendance_at: 0..0,
        }
    }
}

/// Reads `completion`.
pub(super) fn read_completion(
    fields: &mut Fields<'_>,
    source: &Source,
    out: &mut Diagnostics,
) -> ReadCompletion {
    let mut read = ReadCompletion::usual();
    let Some(node) = fields.node("completion") else { return read };
    read.at = node.at.clone();
    let mut fields = match Fields::inside(source, node) {
        Ok(fields) => fields,
        Err(message) => {
            out.push(source.error("C005", read.at.clone(), format!("`completion`: {message}")));
            return read;
        }
    };
    let lessons = one_of(&[("required", true), ("optional", false)]);
    read.completion.lessons = fields.take("lessons", lessons).unwrap_or(true);
    if let Some((asked, named)) = fields.take("quizzes", read_quizzes) {
        read.completion.quizzes = asked;
        read.completion.named = named.iter().map(|(id, _)| id.clone()).collect();
        read.quizzes = named;
    }
    let share = |name: &'static str, at: &mut Range<usize>, fields: &mut Fields<'_>| {
        fields.take(name, |node| {
            *at = node.at.clone();
            parsed(|word| percent(word).filter(|share| share.0 > 0), "a percentage, `60%`")(node)
        })
    };
    read.completion.pass = share("pass", &mut read.pass_at, &mut fields);
    read.completion.attendance = share("attendance", &mut read.attendance_at, &mut fields);
    fields.finish(out);
    read
}

/// Are passes asked for, and in which quizzes? None named means all.
type Passes = (bool, Vec<(QuizId, Range<usize>)>);

fn read_quizzes(node: &Node) -> Result<Passes, String> {
    match &node.value {
        Value::List(_) => {
            let ids = list(node)?.into_iter().map(|(id, at)| (QuizId(id), at)).collect();
            Ok((true, ids))
        }
        Value::Text(_) | Value::Nothing | Value::Map(_) => {
            one_of(&[("pass", true), ("optional", false)])(node)
                .map(|asked| (asked, Vec::new()))
                .map_err(|problem| format!("{problem}, or a list of quizzes"))
        }
    }
}

/// The two forms of a test, and where they are named.
#[derive(Clone, Debug)]
pub(super) struct ReadForms {
    pub(super) forms: Forms,
    pub(super) at: [Range<usize>; 2],
}

/// Reads `pretest` or `posttest`: `{ A: one-quiz, B: another-quiz }`.
pub(super) fn read_forms(
    name: &'static str,
    fields: &mut Fields<'_>,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<ReadForms> {
    let node = fields.node(name)?;
    let at = node.at.clone();
    let mut fields = match Fields::inside(source, node) {
        Ok(fields) => fields,
        Err(_) => {
            let message = format!("`{name}`: expected two forms, `{{ A: quiz-a, B: quiz-b }}`");
            out.push(source.error("C005", at, message));
            return None;
        }
    };
    let quiz = |node: &Node| {
        let id = parsed(|id| is_id(id).then(|| id.to_owned()), "the id of a quiz")(node)?;
        Ok((QuizId(id), node.at.clone()))
    };
    let (a, b) = (fields.need("A", quiz), fields.need("B", quiz));
    fields.finish(out);
    let ((a, a_at), (b, b_at)) = (a?, b?);
    Some(ReadForms { forms: Forms { a, b }, at: [a_at, b_at] })
}

/// Reads `certificate`: `{ template: standard, validity: 3y }`.
pub(super) fn read_certificate(
    fields: &mut Fields<'_>,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<Certificate> {
    let node = fields.node("certificate")?;
    let at = node.at.clone();
    let mut fields = match Fields::inside(source, node) {
        Ok(fields) => fields,
        Err(message) => {
            out.push(source.error("C005", at, format!("`certificate`: {message}")));
            return None;
        }
    };
    let id = parsed(|id| is_id(id).then(|| id.to_owned()), "the name of a template, `[a-z0-9-]`");
    let template = fields.need("template", id);
    let months = fields.take("validity", |node| {
        let word = text(node)?;
        months(&word).ok_or_else(|| format!("`{word}` is not a time, `18m`, `3y` or `unlimited`"))
    });
    fields.finish(out);
    Some(Certificate { template: template?, months: months.flatten() })
}

/// Months of validity; the inner nothing is for ever.
fn months(word: &str) -> Option<Option<u32>> {
    if word == "unlimited" {
        return Some(None);
    }
    let (number, factor) = match (word.strip_suffix('y'), word.strip_suffix('m')) {
        (Some(years), _) => (years, 12),
        (None, Some(months)) => (months, 1),
        (None, None) => return None,
    };
    let months = number.parse::<u32>().ok()?.checked_mul(factor)?;
    (1..=1200).contains(&months).then_some(Some(months))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_validity() {
        for (word, expected) in [
            ("18m", Some(Some(18))),
            ("3y", Some(Some(36))),
            ("unlimited", Some(None)),
            ("0y", None),
            ("200y", None),
            ("3", None),
            ("y", None),
        ] {
            assert_eq!(months(word), expected, "{word}");
        }
    }
}
