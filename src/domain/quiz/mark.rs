//! What a person found in an answer, and what it is worth.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::grade::{Fraction, Grade, Marks, WHOLE};
use super::item::{Item, Kind};
use super::kinds::Criterion;
use super::response::OptionId;

/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 10_000;

/// One person's judgement of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who judged; nobody once that account is gone.
    #[serde(skip)]
    pub by: Option<Uuid>,
    /// When it was noted.
    #[serde(skip)]
    pub at: Option<DateTime<Utc>>,
    /// The level that was reached, by row of the rubric, counted from 0.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<OptionId, u16>,
    /// What that is worth.
    pub marks: Marks,
    /// What is said to the learner, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// One of the first judgements, or the one that settles a difference.
    #[serde(default)]
    pub part: MarkPart,
}

/// Which part a judgement plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkPart {
    /// A judgement of its own.
    #[default]
    Judgement,
    /// It stands above the others.
    Decision,
}

/// A judgement that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A row of the rubric without a level.
    RowMissing(OptionId),
    /// The question has no rubric and there are no marks.
    MarksMissing,
    /// Below nothing, or more than can be earned.
    MarksOutside,
    /// The comment is too long.
    CommentTooLong,
}

/// A judgement as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The level of each row, counted from 0.
    pub levels: BTreeMap<OptionId, u16>,
    /// Marks, for questions without a rubric.
    pub marks: Option<Marks>,
    /// What is said to the learner.
    pub comment: String,
}

impl Judged {
    /// The mark for an answer that can earn so much. The points of a rubric are the shares of what can be earned, so
    /// that a rubric whose maximum differs still gives full marks for the best.
    pub fn mark(&self, item: &Item, of: Marks) -> Result<Mark, Unfit> {
        if self.comment.chars().count() > LONGEST_COMMENT {
            return Err(Unfit::CommentTooLong);
        }
        let (levels, marks) = match item.rubric() {
            [] => (BTreeMap::new(), self.free(of)?),
            rows => self.by_rubric(rows, of)?,
        };
        let comment = self.comment.trim().to_owned();
        Ok(Mark { by: None, at: None, levels, marks, comment, part: MarkPart::Judgement })
    }

    fn free(&self, of: Marks) -> Result<Marks, Unfit> {
        let marks = self.marks.ok_or(Unfit::MarksMissing)?;
        match marks >= Marks::ZERO && marks <= of {
            true => Ok(marks),
            false => Err(Unfit::MarksOutside),
        }
    }

    fn by_rubric(
        &self,
        rows: &[Criterion],
        of: Marks,
    ) -> Result<(BTreeMap<OptionId, u16>, Marks), Unfit> {
        let mut levels = BTreeMap::new();
        let (mut earned, mut most) = (0_i128, 0_i128);
        for row in rows {
            let missing = || Unfit::RowMissing(row.id.clone());
            let level = *self.levels.get(&row.id).ok_or_else(missing)?;
            let points = row.levels.get(usize::from(level)).ok_or_else(missing)?;
            earned += row.worth(*points);
            most += row.most();
            levels.insert(row.id.clone(), level);
        }
        // Shared out at once: a share rounded first would lose a unit on the way.
        let share = Fraction::ratio(
            earned.saturating_mul(i128::from(of.0)),
            most.saturating_mul(i128::from(WHOLE)),
        );
        Ok((levels, Marks(share.0).max(Marks::ZERO).min(of)))
    }
}

impl Criterion {
    /// What a level counts.
    fn worth(&self, points: Marks) -> i128 {
        i128::from(points.0) * i128::from(self.weight)
    }

    /// What the best level counts.
    fn most(&self) -> i128 {
        self.levels.iter().map(|points| self.worth(*points)).max().unwrap_or_default()
    }
}

impl Item {
    /// The rows by which a person marks answers.
    pub fn rubric(&self) -> &[Criterion] {
        match &self.kind {
            Kind::Essay(essay) => &essay.rubric,
            Kind::Upload(upload) => &upload.rubric,
            Kind::Choice(_)
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Match(_)
            | Kind::Order(_)
            | Kind::Cloze(_)
            | Kind::Hotspot(_)
            | Kind::Survey(_) => &[],
        }
    }
}

impl Mark {
    /// The same judgement as a share of what can be earned.
    pub fn grade(&self, of: Marks) -> Grade {
        Grade::earned(Fraction::ratio(i128::from(self.marks.0), i128::from(of.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quiz::grade::Verdict;
    use crate::quiz::kinds::Essay;
    use crate::quiz::samples::item;

    fn row(id: &str, weight: u32, levels: &[u32]) -> Criterion {
        Criterion {
            id: OptionId(id.into()),
            weight,
            levels: levels.iter().map(|points| Marks::whole(*points)).collect(),
        }
    }

    fn essay(rubric: Vec<Criterion>) -> Item {
        item("pitch", Kind::Essay(Essay { words: None, rubric }))
    }

    fn pitch() -> Item {
        essay(vec![row("problem", 1, &[0, 1, 2]), row("evidence", 2, &[0, 1, 2])])
    }

    fn judged(levels: &[(&str, u16)]) -> Judged {
        let levels = levels.iter().map(|(row, level)| (OptionId((*row).into()), *level));
        Judged { levels: levels.collect(), ..Judged::default() }
    }

    #[test]
    fn rows_count_by_their_weight() {
        let marks = |levels: &[(&str, u16)]| {
            judged(levels).mark(&pitch(), Marks::whole(6)).map(|mark| mark.marks)
        };
        assert_eq!(marks(&[("problem", 2), ("evidence", 2)]), Ok(Marks::whole(6)));
        assert_eq!(marks(&[("problem", 1), ("evidence", 1)]), Ok(Marks::whole(3)));
        assert_eq!(marks(&[("problem", 0), ("evidence", 1)]), Ok(Marks::whole(2)));
        assert_eq!(marks(&[("problem", 0), ("evidence", 0)]), Ok(Marks::ZERO));
        let missing = |row: &str| Err(Unfit::RowMissing(OptionId(row.into())));
        assert_eq!(marks(&[("problem", 1)]), missing("evidence"));
        assert_eq!(marks(&[("problem", 3), ("evidence", 0)]), missing("problem"));
        assert_eq!(marks(&[("other", 1), ("evidence", 0)]), missing("problem"));
    }

    #[test]
    fn a_rubric_is_spread_over_what_can_be_earned() {
        let mark = judged(&[("problem", 2), ("evidence", 2)]).mark(&pitch(), Marks::whole(10));
        assert_eq!(mark.unwrap().grade(Marks::whole(10)), Grade::earned(Fraction::ONE));
        let part = judged(&[("problem", 2), ("evidence", 0)]).mark(&pitch(), Marks::whole(10));
        assert_eq!(part.unwrap().marks, Marks(33_333_333));
        let empty = essay(vec![row("all", 1, &[0, 0])]);
        assert_eq!(judged(&[("all", 1)]).mark(&empty, Marks::whole(2)).unwrap().marks, Marks::ZERO);
    }

    #[test]
    fn without_a_rubric_marks_are_free_within_bounds() {
        let free = essay(Vec::new());
        let marks = |marks| Judged { marks, ..Judged::default() }.mark(&free, Marks::whole(2));
        assert_eq!(marks(Some(Marks(15_000_000))).unwrap().marks, Marks(15_000_000));
        assert_eq!(marks(None), Err(Unfit::MarksMissing));
        assert_eq!(marks(Some(Marks(-1))), Err(Unfit::MarksOutside));
        assert_eq!(marks(Some(Marks(20_000_001))), Err(Unfit::MarksOutside));
        let long = Judged { comment: "ə".repeat(LONGEST_COMMENT + 1), ..Judged::default() };
        assert_eq!(long.mark(&free, Marks::whole(1)), Err(Unfit::CommentTooLong));
    }

    #[test]
    fn marks_are_judged_like_any_answer() {
        let free = essay(Vec::new());
        let verdict = |marks| {
            let judged = Judged { marks: Some(marks), ..Judged::default() };
            judged.mark(&free, Marks::whole(2)).unwrap().grade(Marks::whole(2)).verdict
        };
        assert_eq!(verdict(Marks::whole(2)), Verdict::Right);
        assert_eq!(verdict(Marks::whole(1)), Verdict::Partly);
        assert_eq!(verdict(Marks::ZERO), Verdict::Wrong);
    }

    proptest! {
        #[test]
        fn better_levels_never_earn_less(
            rows in proptest::collection::vec((1_u32..4, proptest::collection::vec(0_u32..9, 1..5)), 1..6),
            of in 1_u32..50, which in any::<proptest::sample::Index>(), chosen in proptest::collection::vec(any::<u16>(), 6),
        ) {
            let rubric: Vec<Criterion> = rows
                .iter()
                .enumerate()
                .map(|(n, (weight, levels))| {
                    let mut levels = levels.clone();
                    levels.sort_unstable();
                    row(&format!("r{n}"), *weight, &levels)
                })
                .collect();
            let mut judged = Judged::default();
            for (row, any) in rubric.iter().zip(&chosen) {
                let n = u16::try_from(row.levels.len()).unwrap();
                judged.levels.insert(row.id.clone(), any % n);
            }
            let item = essay(rubric.clone());
            let before = judged.mark(&item, Marks::whole(of)).unwrap().marks;
            prop_assert!(before >= Marks::ZERO && before <= Marks::whole(of));
            let raised = &rubric[which.index(rubric.len())];
            judged.levels.insert(raised.id.clone(), u16::try_from(raised.levels.len() - 1).unwrap());
            prop_assert!(judged.mark(&item, Marks::whole(of)).unwrap().marks >= before);
            for row in &rubric {
                judged.levels.insert(row.id.clone(), u16::try_from(row.levels.len() - 1).unwrap());
            }
            let best = judged.mark(&item, Marks::whole(of)).unwrap().marks;
            let worthless = rubric.iter().all(|row| row.most() == 0);
            prop_assert_eq!(best, if worthless { Marks::ZERO } else { Marks::whole(of) });
        }

        #[test]
        fn what_is_stored_is_read_again(levels in proptest::collection::btree_map("[a-z]{1,5}", any::<u16>(), 0..4), marks: i64, comment: String) {
            let levels = levels.into_iter().map(|(row, level)| (OptionId(row), level)).collect();
            let mark = Mark { by: None, at: None, levels, marks: Marks(marks), comment, part: MarkPart::Decision };
            prop_assert_eq!(serde_json::from_str::<Mark>(&serde_json::to_string(&mark).unwrap()).unwrap(), mark);
        }
    }
}
