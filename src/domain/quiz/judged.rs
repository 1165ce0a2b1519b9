//! What a learner sees of the judgement of a person, as far as the review window allows.

use super::allowed::{Allowed, Thing};
use super::grade::{Marks, Verdict};
use super::item::{Item, ItemText};
use super::mark::Mark;
use super::paper::Slot;
use super::review::{Found, FoundRow, Reviewed};
use crate::html::Html;
use crate::locale::Locale;
use crate::markdown::remark::remark;

impl Reviewed {
    /// The same with the judgement of a person.
    pub fn judged(
        mut self,
        mark: &Mark,
        (item, slot): (&Item, &Slot),
        allowed: &Allowed,
        locale: Locale,
    ) -> Reviewed {
        let empty = ItemText::default();
        let text = item.text(locale).unwrap_or(&empty);
        let verdict = mark.grade(slot.points).verdict;
        if allowed.shows(Thing::Verdicts) {
            self.verdict = Some(verdict);
            self.marks = Some((mark.marks, slot.points));
        }
        if allowed.shows(Thing::Feedback) {
            self.note = note(verdict, text).cloned();
            if verdict == Verdict::Right {
                self.explanation = self.explanation.or_else(|| text.explanation.clone());
            }
            self.found = Some(Found {
                rows: rows(mark, item, text),
                comment: (!mark.comment.is_empty()).then(|| remark(&mark.comment)),
            });
        }
        self
    }
}

fn note(verdict: Verdict, text: &ItemText) -> Option<&Html> {
    match verdict {
        Verdict::Right => text.if_right.as_ref(),
        Verdict::Partly => text.if_partly.as_ref(),
        Verdict::Wrong | Verdict::Unanswered => text.if_wrong.as_ref(),
        Verdict::Waiting | Verdict::Noted => None,
    }
}

/// The rows of the rubric that the judgement names, with the level of each.
pub fn rows(mark: &Mark, item: &Item, text: &ItemText) -> Vec<FoundRow> {
    let row = |(row, words): (&super::kinds::Criterion, &super::item::CriterionText)| {
        let level = usize::from(*mark.levels.get(&row.id)?);
        let times = |points: Marks| Marks(points.0.saturating_mul(i64::from(row.weight)));
        let best = row.levels.iter().copied().map(times).max()?;
        Some(FoundRow {
            name: words.name.clone(),
            level: words.levels.get(level).cloned().unwrap_or_default(),
            points: (times(*row.levels.get(level)?), best),
        })
    };
    item.rubric().iter().zip(&text.rubric).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::item::{CriterionText, Kind};
    use crate::quiz::kinds::{Criterion, Essay};
    use crate::quiz::mark::Judged;
    use crate::quiz::response::{OptionId, Response};
    use crate::quiz::review::reviewed;
    use crate::quiz::samples::item;

    fn pitch() -> Item {
        let row = Criterion {
            id: OptionId("user".into()),
            weight: 2,
            levels: vec![Marks::ZERO, Marks::whole(1)],
        };
        let mut item = item("pitch", Kind::Essay(Essay { words: None, rubric: vec![row] }));
        for text in item.texts.values_mut() {
            text.rubric = vec![CriterionText {
                name: Html::text("User"),
                levels: vec![Html::text("Not named"), Html::text("Named")],
            }];
        }
        item
    }

    fn shown(allowed: &Allowed, level: u16) -> Reviewed {
        let item = pitch();
        let slot = Slot {
            item: item.id.clone(),
            version: String::new(),
            points: item.points,
            options: Vec::new(),
        };
        let judged = Judged {
            levels: [(OptionId("user".into()), level)].into(),
            comment: "Well **done**".into(),
            marks: None,
        };
        let mark = judged.mark(&item, slot.points).unwrap();
        let response = Response::Text("We asked ten people.".into());
        reviewed(&item, &slot, &response, allowed, Locale::En).judged(
            &mark,
            (&item, &slot),
            allowed,
            Locale::En,
        )
    }

    #[test]
    fn rubric_and_comment_are_shown_with_feedback() {
        let seen = shown(&Allowed::everything(), 1);
        assert_eq!(seen.verdict, Some(Verdict::Right));
        let found = seen.found.unwrap();
        assert_eq!(found.comment.unwrap().as_str(), "<p>Well <strong>done</strong></p>");
        assert_eq!(found.rows[0].level.as_str(), "Named");
        assert_eq!(found.rows[0].points, (Marks::whole(2), Marks::whole(2)));
        assert_eq!(shown(&Allowed::everything(), 0).verdict, Some(Verdict::Wrong));
    }

    #[test]
    fn nothing_of_it_is_shown_before_its_time() {
        let seen = shown(&Allowed::nothing(), 1);
        assert_eq!((seen.verdict, seen.marks, seen.found), (None, None, None));
        let only = shown(&Allowed::of(&[Thing::Verdicts]), 1);
        assert_eq!((only.verdict, only.found), (Some(Verdict::Right), None));
    }
}
