//! What must be reached before something opens: all of, any of, and what can be reached. There is no "not", so that
//! learning more never closes what was open.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::quiz::grade::Fraction;
use crate::quiz::response::QuizId;

/// Something that holds or does not hold yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// Each of these holds.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// The lesson is complete.
    Lesson(String),
    /// All that the module asks for is complete.
    Module(String),
    /// The quiz is passed.
    Quiz(QuizId),
    /// The grade in the quiz is at least this.
    Score(QuizId, Fraction),
    /// The course, by its address or id, is complete.
    Course(String),
    /// The day has come.
    From(NaiveDate),
}

impl Condition {
    /// What is left of the condition where `holds` says of single things that they are reached; nothing if it holds.
    pub fn unmet(&self, holds: &impl Fn(&Condition) -> bool) -> Option<Condition> {
        match self {
            Condition::All(parts) => {
                let left: Vec<Condition> =
                    parts.iter().filter_map(|part| part.unmet(holds)).collect();
                (!left.is_empty()).then(|| one_or(left, Condition::All))
            }
            Condition::Any(parts) => {
                let left: Option<Vec<Condition>> =
                    parts.iter().map(|part| part.unmet(holds)).collect();
                left.map(|left| one_or(left, Condition::Any))
            }
            Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::Course(_)
            | Condition::From(_) => (!holds(self)).then(|| self.clone()),
        }
    }

    /// The single things that it speaks of.
    pub fn atoms(&self) -> Vec<&Condition> {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::atoms).collect()
            }
            Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::Course(_)
            | Condition::From(_) => vec![self],
        }
    }
}

/// Most single things of a condition that are tried in all their combinations.
const MOST: usize = 10;

/// Does `now` ask for something that who fulfilled `before` may lack? Where that would take too long to find out, any
/// change counts.
pub fn asks_for_more(before: Option<&Condition>, now: Option<&Condition>) -> bool {
    let Some(now) = now else { return false };
    let atoms = before.map(Condition::atoms).unwrap_or_default();
    if atoms.len() > MOST {
        return before != Some(now);
    }
    let all = 0..1_u32 << atoms.len();
    all.into_iter().any(|chosen| {
        let reached: Vec<&Condition> = (0..)
            .zip(&atoms)
            .filter(|(place, _)| chosen & (1_u32 << place) != 0)
            .map(|(_, atom)| *atom)
            .collect();
        let holds = |atom: &Condition| reached.iter().any(|known| implies(known, atom));
        before.is_none_or(|before| before.unmet(&holds).is_none()) && now.unmet(&holds).is_some()
    })
}

/// Is the second reached wherever the first is?
fn implies(known: &Condition, atom: &Condition) -> bool {
    match (known, atom) {
        (Condition::Score(quiz, high), Condition::Score(other, low)) => {
            quiz == other && high >= low
        }
        (Condition::From(late), Condition::From(early)) => late >= early,
        (
            Condition::All(_)
            | Condition::Any(_)
            | Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::Course(_)
            | Condition::From(_),
            _,
        ) => known == atom,
    }
}

/// The only part itself, else all of them together.
pub(super) fn one_or(
    mut parts: Vec<Condition>,
    together: impl FnOnce(Vec<Condition>) -> Condition,
) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => together(parts),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn conditions() -> impl Strategy<Value = Condition> {
        let atom = "[a-e]".prop_map(Condition::Lesson);
        atom.prop_recursive(4, 24, 4, |inner| {
            let parts = proptest::collection::vec(inner, 0..4);
            prop_oneof![parts.clone().prop_map(Condition::All), parts.prop_map(Condition::Any)]
        })
    }

    fn within(done: &str) -> impl Fn(&Condition) -> bool {
        move |atom| matches!(atom, Condition::Lesson(id) if done.contains(id.as_str()))
    }

    proptest! {
        #[test]
        fn who_got_in_gets_in_where_no_more_is_asked_for(
            before in conditions(), now in conditions(), done in "[a-e]{0,5}"
        ) {
            prop_assert!(!asks_for_more(Some(&before), Some(&before)));
            let got_in = before.unmet(&within(&done)).is_none();
            if got_in && !asks_for_more(Some(&before), Some(&now)) {
                prop_assert_eq!(now.unmet(&within(&done)), None);
            }
        }

        #[test]
        fn more_never_closes(condition in conditions(), done in "[a-e]{0,5}", more in "[a-e]{0,5}") {
            if condition.unmet(&within(&done)).is_none() {
                prop_assert_eq!(condition.unmet(&within(&format!("{done}{more}"))), None);
            }
        }

        #[test]
        fn what_is_left_opens_it(condition in conditions(), done in "[a-e]{0,5}", more in "[a-e]{0,5}") {
            let all = format!("{done}{more}");
            let whole = condition.unmet(&within(&all)).is_none();
            match condition.unmet(&within(&done)) {
                None => prop_assert!(whole),
                Some(left) => {
                    prop_assert_eq!(left.unmet(&within(&all)).is_none(), whole);
                    prop_assert!(left.atoms().iter().all(|atom| !within(&done)(atom)));
                }
            }
        }
    }

    #[test]
    fn more_is_asked_for_only_where_somebody_may_lack_it() {
        let lesson = |id: &str| Condition::Lesson(id.to_owned());
        let score = |least| Condition::Score(QuizId("q".into()), Fraction::percent(least));
        let day = |day| Condition::From(NaiveDate::from_ymd_opt(2026, 12, day).unwrap());
        let both = || Condition::All(vec![lesson("a"), lesson("b")]);
        let either = || Condition::Any(vec![lesson("a"), lesson("b")]);
        for (before, now, more) in [
            (None, None, false),
            (Some(lesson("a")), None, false),
            (None, Some(lesson("a")), true),
            (Some(lesson("a")), Some(both()), true),
            (Some(both()), Some(lesson("a")), false),
            (Some(lesson("a")), Some(either()), false),
            (Some(either()), Some(lesson("a")), true),
            (Some(both()), Some(Condition::All(vec![lesson("b"), lesson("a")])), false),
            (Some(score(60)), Some(score(80)), true),
            (Some(score(80)), Some(score(60)), false),
            (Some(day(1)), Some(day(2)), true),
            (Some(day(2)), Some(day(1)), false),
        ] {
            let said = asks_for_more(before.as_ref(), now.as_ref());
            assert_eq!(said, more, "{before:?} {now:?}");
        }
    }

    #[test]
    fn it_is_stored_readably() {
        let condition = Condition::All(vec![
            Condition::Module("a".into()),
            Condition::Any(vec![
                Condition::Score(QuizId("q".into()), Fraction::percent(80)),
                Condition::From(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()),
            ]),
        ]);
        let text = serde_json::to_string(&condition).unwrap();
        assert_eq!(
            text,
            r#"{"all":[{"module":"a"},{"any":[{"score":["q",8000000]},{"from":"2026-12-01"}]}]}"#
        );
        assert_eq!(serde_json::from_str::<Condition>(&text).unwrap(), condition);
    }
}
