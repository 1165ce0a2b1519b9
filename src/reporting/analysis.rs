//! Classical item analysis of the graded quizzes of a course, from the first finished attempt of each learner.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::store::{self, FirstMark};
use super::teaching;
use crate::catalogue::Published;
use crate::db::{self, Conn};
use crate::domain::analysis::answers::{Answers, marks};
use crate::domain::analysis::finding::{Finding, findings};
use crate::domain::analysis::item::{ItemFigures, figures};
use crate::domain::analysis::options::{OptionFigures, option};
use crate::domain::analysis::quiz::QuizFigures;
use crate::domain::locale::Texts;
use crate::domain::progress::course::graded;
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::item::{Item, Quiz};
use crate::domain::quiz::response::{OptionId, Response};

/// How a quiz does.
#[derive(Clone, Debug)]
pub struct QuizReport {
    pub title: Texts,
    /// Marks that can be earned.
    pub most: f64,
    pub figures: QuizFigures,
    /// By id of the question, for its present version.
    pub items: BTreeMap<String, ItemReport>,
}

/// How a question does.
#[derive(Clone, Debug)]
pub struct ItemReport {
    pub figures: ItemFigures,
    /// What to look at, the gravest first. Options are named by their place in the file.
    pub findings: Vec<Finding>,
}

/// The graded quizzes of a course in their order.
pub async fn analysis(
    conn: &mut Conn,
    course: Uuid,
    published: &Published,
) -> Result<Vec<QuizReport>, db::Error> {
    let mut sheets: BTreeMap<String, Sheets> = BTreeMap::new();
    for mark in store::first_marks(conn, course).await? {
        let sheets = sheets.entry(mark.quiz.clone()).or_default();
        sheets.entry(mark.attempt).or_default().insert(mark.item.clone(), mark);
    }
    let none = Sheets::new();
    let quizzes = graded(&published.course).map(|(quiz, _)| quiz);
    Ok(quizzes.map(|quiz| report(quiz, sheets.get(quiz.id.as_str()).unwrap_or(&none))).collect())
}

/// The marks of each learner by question.
type Sheets = BTreeMap<Uuid, BTreeMap<String, FirstMark>>;

fn report(quiz: &Quiz, sheets: &Sheets) -> QuizReport {
    let items: Vec<&Item> = quiz.items.iter().filter(|item| teaching::is_marked(item)).collect();
    let answers = Answers {
        most: items.iter().map(|item| marks(item.points)).collect(),
        rows: sheets
            .values()
            .map(|sheet| items.iter().map(|item| earned(item, sheet)).collect())
            .collect(),
    };
    let reports = items.iter().zip(figures(&answers)).map(|(item, figures)| {
        let options = options(item, sheets);
        let findings = findings(&figures, &options);
        (item.id.0.clone(), ItemReport { figures, findings })
    });
    QuizReport {
        title: quiz.title.clone(),
        most: answers.most.iter().sum(),
        items: reports.collect(),
        figures: QuizFigures::of(&answers),
    }
}

/// Marks on the scale of the question; those of an earlier version, with another key, are left out.
fn earned(item: &Item, sheet: &BTreeMap<String, FirstMark>) -> Option<f64> {
    let mark = sheet.get(item.id.as_str()).filter(|mark| mark.item_version == item.scoring_hash)?;
    let fraction = Marks(mark.marks).part_of(Marks(mark.of))?;
    Some(marks(item.points.share(fraction)))
}

/// Every option with whether it is right. Each learner counts with the marks for all other questions.
fn options(item: &Item, sheets: &Sheets) -> Vec<(bool, OptionFigures)> {
    let Some(choice) = item.choice() else { return Vec::new() };
    let learners: Vec<(Response, f64)> = sheets
        .values()
        .filter_map(|sheet| {
            let own = sheet.get(item.id.as_str())?;
            earned(item, sheet)?;
            let total: i64 = sheet.values().map(|mark| mark.marks).sum();
            let response = own.response.as_deref().unwrap_or("\"blank\"");
            Some((serde_json::from_str(response).ok()?, marks(Marks(total - own.marks))))
        })
        .collect();
    let ticked = |id: &OptionId| -> Vec<(bool, f64)> {
        let has =
            |response: &Response| matches!(response, Response::Picks(picks) if picks.contains(id));
        learners.iter().map(|(response, rest)| (has(response), *rest)).collect()
    };
    choice.options.iter().map(|it| (it.right, option(&ticked(&it.id)))).collect()
}
