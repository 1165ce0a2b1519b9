//! Whose turn it is: what a marker may see of others, what is left to do, and as what a judgement counts.

use uuid::Uuid;

use super::standing::{Judgements, Standing};
use crate::quiz::mark::{Mark, MarkPart};

/// What one marker has to do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// To judge it.
    Judge,
    /// To settle a difference.
    Settle,
    /// To hand it back.
    HandBack,
    /// Nothing: another marker is asked, or all is done.
    Nothing,
}

/// Another marker was faster than this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overtaken;

impl<'a> Judgements<'a> {
    /// What this marker has to do.
    pub fn task(&self, me: Uuid) -> Task {
        match self.standing() {
            Standing::Waiting(_) if self.is_judge(me) => Task::Nothing,
            Standing::Waiting(_) => Task::Judge,
            Standing::Differing => Task::Settle,
            Standing::Ready(_) => Task::HandBack,
            Standing::Released(_) => Task::Nothing,
        }
    }

    /// The judgements that this marker may see: of two markers neither sees the other before both have judged, so that
    /// they judge on their own.
    pub fn seen_by(&self, me: Uuid) -> Vec<&'a Mark> {
        let apart = self.rules.markers() > 1 && !self.is_full() && self.decision().is_none();
        self.marks.iter().filter(|mark| !apart || mark.by == Some(me)).collect()
    }

    /// As what a judgement of this marker counts, who saw so many before.
    pub fn part(&self, me: Uuid, seen: usize) -> Result<MarkPart, Overtaken> {
        if self.seen_by(me).len() != seen {
            return Err(Overtaken);
        }
        let decided = self.decision().is_some();
        let stranger = self.is_full() && !self.is_judge(me);
        match self.rules.markers() > 1 && (decided || stranger) {
            true => Ok(MarkPart::Decision),
            false => Ok(MarkPart::Judgement),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::quiz::grade::{Fraction, Marks};
    use crate::quiz::item::MarkingRules;

    fn person(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn mark(by: u128, marks: u32, part: MarkPart) -> Mark {
        let comment = String::new();
        Mark {
            by: Some(person(by)),
            at: None,
            levels: BTreeMap::new(),
            marks: Marks::whole(marks),
            comment,
            part,
        }
    }

    fn with<T>(markers: u8, marks: &[Mark], ask: impl Fn(Judgements<'_>) -> T) -> T {
        let rules =
            MarkingRules { markers, agree: Fraction::percent(10), ..MarkingRules::default() };
        ask(Judgements { marks, released: None, of: Marks::whole(10), rules: &rules })
    }

    fn judgement(by: u128, marks: u32) -> Mark {
        mark(by, marks, MarkPart::Judgement)
    }

    #[test]
    fn of_two_markers_neither_sees_the_other_before_both_have_judged() {
        let seen = |marks: &[Mark], me| with(2, marks, |all| all.seen_by(person(me)).len());
        let one = [judgement(1, 4)];
        assert_eq!((seen(&one, 1), seen(&one, 2)), (1, 0));
        let two = [judgement(1, 4), judgement(2, 9)];
        assert_eq!((seen(&two, 1), seen(&two, 2), seen(&two, 3)), (2, 2, 2));
        assert_eq!(with(1, &one, |all| all.seen_by(person(2)).len()), 1);
    }

    #[test]
    fn a_third_marker_decides() {
        let two = [judgement(1, 4), judgement(2, 9)];
        let part = |me, seen| with(2, &two, |all| all.part(person(me), seen));
        assert_eq!(part(1, 2), Ok(MarkPart::Judgement));
        assert_eq!(part(3, 2), Ok(MarkPart::Decision));
        assert_eq!(part(3, 0), Err(Overtaken));
        let decided = [judgement(1, 4), judgement(2, 9), mark(3, 6, MarkPart::Decision)];
        assert_eq!(with(2, &decided, |all| all.part(person(1), 3)), Ok(MarkPart::Decision));
        assert_eq!(with(1, &two, |all| all.part(person(3), 2)), Ok(MarkPart::Judgement));
        assert_eq!(with(1, &two, |all| all.part(person(3), 1)), Err(Overtaken));
    }

    #[test]
    fn what_is_left_to_do() {
        let task = |marks: &[Mark], me| with(2, marks, |all| all.task(person(me)));
        assert_eq!(task(&[], 1), Task::Judge);
        assert_eq!(task(&[judgement(1, 4)], 1), Task::Nothing);
        assert_eq!(task(&[judgement(1, 4)], 2), Task::Judge);
        assert_eq!(task(&[judgement(1, 4), judgement(2, 9)], 1), Task::Settle);
        assert_eq!(task(&[judgement(1, 4), judgement(2, 5)], 3), Task::HandBack);
    }

    proptest! {
        #[test]
        fn of_two_who_saw_the_same_only_the_first_is_taken_by_one_marker(
            before in proptest::collection::vec((1_u128..5, 0_u32..=10), 0..5), me in 1_u128..5, other in 1_u128..5,
        ) {
            let mut marks: Vec<Mark> = before.into_iter().map(|(by, points)| judgement(by, points)).collect();
            let seen = with(1, &marks, |all| all.seen_by(person(me)).len());
            prop_assert_eq!(with(1, &marks, |all| all.part(person(me), seen)), Ok(MarkPart::Judgement));
            marks.push(judgement(other, 5));
            prop_assert_eq!(with(1, &marks, |all| all.part(person(me), seen)), Err(Overtaken));
        }

        #[test]
        fn a_second_marker_is_never_overtaken_by_the_first(points in 0_u32..=10) {
            let marks = [judgement(1, points)];
            prop_assert_eq!(with(2, &marks, |all| all.part(person(2), 0)), Ok(MarkPart::Judgement));
        }
    }
}
