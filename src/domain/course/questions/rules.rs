//! The rules in the heading of a quiz: marks, tries, time, what is shown when. Rules that change nothing are named.

use std::ops::Range;

use chrono::{DateTime, FixedOffset};

use super::super::attributes::{Attributes, percent};
use crate::diagnostic::{Diagnostics, Source};
use crate::quiz::behaviour::{Behaviour, Overdue};
use crate::quiz::grade::{Fraction, WHOLE};
use crate::quiz::item::{FeedbackWhen, GradeBy, MarkingRules, QuizRules};

/// Reads the attributes of the heading.
pub(super) fn read_rules(
    attributes: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> QuizRules {
    let share = |text: &str| percent(text).filter(|share| share.0 > 0);
    let pass: Option<Fraction> = attributes.value("pass", "a percentage", source, out, share);
    let attempts = attributes.value("attempts", "a number above 0", source, out, count);
    let time = attributes.value("time", "a time, `20m`, `90s` or `1h`", source, out, seconds);
    let grade = attributes.value("grade", "best, last or avg", source, out, grade_by);
    let feedback = attributes.value("feedback", "now, end, close or never", source, out, feedback);
    let practice = if pass.is_some() { FeedbackWhen::End } else { FeedbackWhen::Now };
    let moment = "a moment with its offset, `2026-11-23T09:00+04:00`";
    let rules = QuizRules {
        pass,
        attempts,
        time,
        shuffle: attributes.flag("shuffle").is_some(),
        grade: grade.unwrap_or_default(),
        feedback: feedback.unwrap_or(practice),
        open: attributes.value("open", moment, source, out, read_moment),
        close: attributes.value("close", moment, source, out, read_moment),
        draft: attributes.flag("draft").is_some(),
        marking: read_marking(attributes, source, out),
        ..QuizRules::default()
    };
    read_play(attributes, rules, source, out)
}

/// How people mark.
fn read_marking(
    attributes: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> MarkingRules {
    let markers = attributes.value("markers", "1 or 2", source, out, |text| match text {
        "1" => Some(1),
        "2" => Some(2),
        _ => None,
    });
    let usual = MarkingRules::default();
    MarkingRules {
        anonymous: attributes.flag("anonymous").is_some(),
        markers: markers.unwrap_or(usual.markers),
        agree: attributes
            .value("agree", "a percentage", source, out, percent)
            .filter(|share| (0..=WHOLE).contains(&share.0))
            .unwrap_or(usual.agree),
    }
}

/// How answers are judged, and what happens between attempts and after the time.
fn read_play(
    attributes: &mut Attributes,
    rules: QuizRules,
    source: &Source,
    out: &mut Diagnostics,
) -> QuizRules {
    let words = "deferred, immediate, tries, adaptive, points-list or certainty";
    let list = "what each try is worth, from the most to the least, `10,7,5,2`";
    let pause = "a time, or two: after the first attempt and after later ones, `10m,1d`";
    let late = "submit, abandon, or the time in which it may still be handed in, `10m`";
    let cost = |text: &str| percent(text).filter(|share| (0..=WHOLE).contains(&share.0));
    QuizRules {
        behaviour: attributes.value("behaviour", words, source, out, behaviour),
        penalty: attributes.value("penalty", "a percentage up to 100%", source, out, cost),
        tries: attributes.value("tries", "a number above 0", source, out, count),
        values: attributes.value("values", list, source, out, values).unwrap_or_default(),
        wait: attributes.value("wait", pause, source, out, waits),
        overdue: attributes.value("overdue", late, source, out, overdue).unwrap_or_default(),
        ..rules
    }
}

/// What the rules of a quiz make of each other.
pub(super) fn check_rules(
    rules: &QuizRules,
    at: &Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let is_immediate = matches!(rules.behaviour, Some(Behaviour::Immediate))
        || (rules.behaviour.is_none() && rules.feedback == FeedbackWhen::Now);
    if rules.pass.is_some() && rules.attempts != Some(1) && is_immediate {
        let message = "right answers are shown while attempts remain";
        let remark = source.warning("Q017", at.clone(), message);
        out.push(remark.help("write `feedback=end` or another behaviour, or `attempts=1`"));
    }
    for (what, why) in idle(rules) {
        let message = format!("`{what}` changes nothing: {why}");
        let remark = source.warning("Q019", at.clone(), message);
        out.push(remark.help(format!("take `{what}` out, or write what it needs")));
    }
}

/// The rules that change nothing, with the reason.
fn idle(rules: &QuizRules) -> Vec<(&'static str, &'static str)> {
    let behaviour = rules.behaviour.filter(|_| rules.pass.is_some());
    let costs = matches!(behaviour, Some(Behaviour::Tries | Behaviour::Adaptive));
    let hides = matches!(rules.feedback, FeedbackWhen::Never | FeedbackWhen::Close);
    let checks = behaviour.is_some_and(Behaviour::checks);
    let ends = rules.time.is_some() || rules.close.is_some();
    [
        (
            "behaviour",
            rules.behaviour.is_some() && rules.pass.is_none(),
            "a quiz without `pass` is practice, checked at once and as often as one likes",
        ),
        ("penalty", rules.penalty.is_some() && !costs, "it needs `behaviour=tries` or `adaptive`"),
        (
            "tries",
            rules.tries.is_some() && behaviour != Some(Behaviour::Tries),
            "it needs `behaviour=tries`",
        ),
        (
            "values",
            !rules.values.is_empty() && behaviour != Some(Behaviour::PointsList),
            "it needs `behaviour=points-list`",
        ),
        ("feedback", hides && checks, "checking a question shows whether it is right"),
        (
            "feedback=close",
            rules.feedback == FeedbackWhen::Close && rules.close.is_none(),
            "the quiz has no `close`",
        ),
        ("wait", rules.wait.is_some() && rules.attempts == Some(1), "there is one attempt only"),
        (
            "overdue",
            rules.overdue != Overdue::Submit && !ends,
            "the quiz has no `time` and no `close`",
        ),
    ]
    .into_iter()
    .filter(|(_, is_idle, _)| *is_idle)
    .map(|(what, _, why)| (what, why))
    .collect()
}

fn count(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count: &u32| *count > 0)
}

fn grade_by(word: &str) -> Option<GradeBy> {
    match word {
        "best" => Some(GradeBy::Best),
        "last" => Some(GradeBy::Last),
        "avg" => Some(GradeBy::Average),
        _ => None,
    }
}

fn feedback(word: &str) -> Option<FeedbackWhen> {
    match word {
        "now" => Some(FeedbackWhen::Now),
        "end" => Some(FeedbackWhen::End),
        "close" => Some(FeedbackWhen::Close),
        "never" => Some(FeedbackWhen::Never),
        _ => None,
    }
}

fn behaviour(word: &str) -> Option<Behaviour> {
    let found = Behaviour::WORDS.into_iter().find(|(name, _)| *name == word);
    found.map(|(_, behaviour)| behaviour)
}

/// `10,7,5,2`: from the most to the least, as parts of the first.
fn values(text: &str) -> Option<Vec<Fraction>> {
    let points: Vec<u32> = text.split(',').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let first = *points.first().filter(|first| **first > 0)?;
    let falls = points.is_sorted_by(|one, next| one >= next);
    let share = |points: &u32| Fraction::ratio(i128::from(*points), i128::from(first));
    (falls && points.len() <= 20).then(|| points.iter().map(share).collect())
}

fn waits(text: &str) -> Option<(u32, u32)> {
    match text.split_once(',') {
        Some((first, later)) => Some((seconds(first)?, seconds(later)?)),
        None => seconds(text).map(|both| (both, both)),
    }
}

fn overdue(text: &str) -> Option<Overdue> {
    match text {
        "submit" => Some(Overdue::Submit),
        "abandon" => Some(Overdue::Abandon),
        _ => seconds(text).map(Overdue::Grace),
    }
}

fn seconds(text: &str) -> Option<u32> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|seconds| *seconds > 0)
}

fn read_moment(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_attributes() {
        let shares =
            |percents: &[i32]| Some(percents.iter().map(|n| Fraction::percent(*n)).collect());
        assert_eq!(values("10,7,5,2"), shares(&[100, 70, 50, 20]));
        for nonsense in ["", "0", "5,6", "10,,5", "a"] {
            assert_eq!(values(nonsense), None, "{nonsense}");
        }
        assert_eq!(waits("10m,1d"), Some((600, 86_400)));
        assert_eq!(waits("1h"), Some((3600, 3600)));
        assert_eq!(overdue("abandon"), Some(Overdue::Abandon));
        assert_eq!(overdue("90s"), Some(Overdue::Grace(90)));
        assert_eq!(overdue("later"), None);
        assert_eq!(behaviour("practice"), None);
        assert_eq!(behaviour("points-list"), Some(Behaviour::PointsList));
    }
}
