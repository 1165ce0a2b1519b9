//! What trainers see of their courses: marks, and how questions are answered. To all others the courses are not there.

use actix_web::get;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::refused;
use super::caller::Caller;
use super::decimal;
use super::list::{List, Paging, cut, page};
use super::reply::ok;
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::locale::Locale;
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::item::Item;
use crate::reporting::teaching::{self, Finding, Grades, LearnerRow, QuestionFigures, Wording};
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(gradebook).service(items);
}

/// A learner of a course with marks.
#[derive(Serialize, ToSchema)]
pub struct GradebookLine {
    pub person: LearnerName,
    pub percent: i16,
    pub enrolled_at: DateTime<Utc>,
    pub last_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    /// One for each graded quiz that was taken.
    pub marks: Vec<QuizMark>,
}

#[derive(Serialize, ToSchema)]
pub struct LearnerName {
    pub id: Uuid,
    pub name: String,
    pub email: String,
}

/// The grade of a quiz.
#[derive(Serialize, ToSchema)]
pub struct QuizMark {
    pub quiz: String,
    #[schema(example = "85")]
    pub score: String,
    #[schema(example = "100")]
    pub of: &'static str,
    pub passed: bool,
}

/// How a question is answered, each version of it apart.
#[derive(Serialize, ToSchema)]
pub struct ItemLine {
    pub item: String,
    pub title: String,
    /// Is this the present version of the question?
    pub present: bool,
    /// First answers of learners.
    pub answers: i64,
    /// Right ones among them.
    pub right: i64,
    /// `few`, `hard`, `easy` or `fair`.
    pub finding: &'static str,
    pub options: Vec<OptionLine>,
}

/// How often an option was picked.
#[derive(Serialize, ToSchema)]
pub struct OptionLine {
    pub id: String,
    pub html: String,
    pub right: bool,
    pub picks: i64,
}

/// The learners of a course by name, with their marks.
#[utoipa::path(get, path = "/api/v1/teach/courses/{course}/gradebook", tag = "teaching", operation_id = "gradebook",
    params(("course" = String, Path, description = "The address of the course"), Paging),
    responses((status = 200, description = "Learners and marks", body = List<GradebookLine>)))]
#[get("/api/v1/teach/courses/{course}/gradebook")]
async fn gradebook(
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
    paging: Query<Paging>,
) -> Answer {
    let Caller(mut learner) = caller;
    let card = teaching::course(&mut learner, &library, &path).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let after = paging.after.as_deref().map(after).transpose()?;
    let limit = i64::try_from(paging.limit() + 1).unwrap_or(i64::MAX);
    let conn = learner.conn().await?;
    let rows = teaching::learners(conn, card.id, "", after, limit).await?;
    let grades = teaching::grades(conn, &rows).await?;
    let quizzes: Vec<&str> =
        teaching::graded(&published).iter().map(|quiz| quiz.id.as_str()).collect();
    let lines = rows.into_iter().map(|row| (row.person.to_string(), line(row, &quizzes, &grades)));
    ok(&cut(lines.collect(), &paging))
}

fn line(row: LearnerRow, quizzes: &[&str], grades: &Grades) -> GradebookLine {
    let mark = |quiz: &&str| {
        let grade = grades.get(&(row.enrolment, (*quiz).to_owned()))?;
        Some(QuizMark {
            quiz: (*quiz).to_owned(),
            score: decimal::percent(Fraction(grade.fraction)),
            of: "100",
            passed: grade.passed,
        })
    };
    GradebookLine {
        marks: quizzes.iter().filter_map(mark).collect(),
        person: LearnerName { id: row.person, name: row.name, email: row.email },
        percent: row.percent,
        enrolled_at: row.enrolled_at,
        last_at: row.last_at,
        completed_at: row.completed_at,
    }
}

/// The learner after whom a page begins.
fn after(place: &str) -> Result<Uuid, Fault> {
    Uuid::parse_str(place).map_err(|_bad_id| refused(StatusCode::BAD_REQUEST, "api-place-unknown"))
}

/// The questions of a course with the share of right answers.
#[utoipa::path(get, path = "/api/v1/teach/courses/{course}/items", tag = "teaching", operation_id = "items",
    params(("course" = String, Path, description = "The address of the course"), Paging),
    responses((status = 200, description = "Questions in their order", body = List<ItemLine>)))]
#[get("/api/v1/teach/courses/{course}/items")]
async fn items(
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
    paging: Query<Paging>,
) -> Answer {
    let Caller(mut learner) = caller;
    let card = teaching::course(&mut learner, &library, &path).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let lang = learner.lang;
    let found = teaching::questions(learner.conn().await?, card.id, &published).await?;
    let lines = found.iter().enumerate().filter_map(|(number, figures)| {
        let item = teaching::items(&published).find(|item| item.id.0 == figures.item)?;
        Some((format!("{number:06}"), item_line(item, figures, lang)))
    });
    ok(&page(lines, &paging))
}

fn item_line(item: &Item, figures: &QuestionFigures, lang: Locale) -> ItemLine {
    let title = item.text(lang).map(|text| text.title.as_str().to_owned());
    ItemLine {
        item: figures.item.clone(),
        title: title.unwrap_or_default(),
        present: figures.wording == Wording::Present,
        answers: figures.answers,
        right: figures.right,
        finding: match Finding::of(figures.right, figures.answers) {
            Finding::Few => "few",
            Finding::Hard => "hard",
            Finding::Easy => "easy",
            Finding::Fair => "fair",
        },
        options: options(item, figures, lang),
    }
}

fn options(item: &Item, figures: &QuestionFigures, lang: Locale) -> Vec<OptionLine> {
    let Some(choice) = item.choice() else { return Vec::new() };
    let text = item.text(lang);
    let line = |option: &crate::domain::quiz::item::ChoiceOption| OptionLine {
        id: option.id.0.clone(),
        html: text
            .and_then(|text| text.options.get(&option.id))
            .map(|words| words.text.as_str().to_owned())
            .unwrap_or_default(),
        right: option.right,
        picks: figures.picks.get(option.id.as_str()).copied().unwrap_or_default(),
    };
    choice.options.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_place_is_refused() {
        for bad in ["", "x", "é", "YWJj", "0198-"] {
            assert!(after(bad).is_err(), "{bad}");
        }
    }
}
