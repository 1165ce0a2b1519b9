//! What is analysed: the marks of finished attempts, one for each learner, question by question.

use rust_decimal::prelude::ToPrimitive;

use crate::quiz::grade::{Marks, WHOLE};

/// The marks of some learners. Each has one value for every question, `None` where the question was not asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Marks that each question can earn.
    pub most: Vec<f64>,
    /// A row for each learner.
    pub rows: Vec<Vec<Option<f64>>>,
}

/// Marks as a number to reckon with.
pub fn marks(marks: Marks) -> f64 {
    marks.0.to_f64().unwrap_or(0.0) / WHOLE.to_f64().unwrap_or(1.0)
}

impl Answers {
    /// The total of each learner.
    pub fn totals(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.iter().flatten().sum()).collect()
    }

    /// The marks at a question and the totals of those who were asked it.
    pub fn at(&self, question: usize) -> (Vec<f64>, Vec<f64>) {
        let asked = self.rows.iter().zip(self.totals());
        asked.filter_map(|(row, total)| Some((row.get(question).copied()??, total))).unzip()
    }

    /// Were all learners asked all questions?
    pub fn is_complete(&self) -> bool {
        self.rows.iter().all(|row| row.len() == self.most.len() && row.iter().all(Option::is_some))
    }
}

/// The example by which the formulas are checked: eight learners, three questions of one mark and one of two.
#[cfg(test)]
pub(super) fn example() -> Answers {
    let rows = [
        [1.0, 1.0, 1.0, 2.0],
        [1.0, 1.0, 0.0, 2.0],
        [1.0, 0.0, 1.0, 1.5],
        [1.0, 1.0, 0.0, 1.0],
        [0.0, 1.0, 0.0, 1.0],
        [1.0, 0.0, 0.0, 0.5],
        [0.0, 0.0, 1.0, 0.0],
        [1.0, 0.0, 0.0, 0.0],
    ];
    let rows = rows.map(|row| row.map(Some).to_vec()).to_vec();
    Answers { most: vec![1.0, 1.0, 1.0, 2.0], rows }
}
