//! Regrading for programs: what waits for a decision, what it would do, doing it, taking it back.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, get, post};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::caller::Caller;
use super::reply::{Reply, ok, once, unfit};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::clock;
use crate::domain::access::rules::Permission;
use crate::domain::regrade::policy::Policy;
use crate::grades::applying::{Order, apply};
use crate::grades::batches::of_course;
use crate::grades::mended::mended;
use crate::grades::report::{BatchReport, CourseReport, QuestionReport, TrialReport};
use crate::grades::taking_back::{Because, take_back};
use crate::grades::trial::{Choice, trial};
use crate::reporting::teaching;
use crate::web::{Answer, Problems};

pub fn routes(app: &mut ServiceConfig) {
    app.service(regrades).service(regrade).service(taken_back);
}

/// A regrade that is ordered.
#[derive(Deserialize, ToSchema)]
pub struct RegradeOrder {
    #[serde(default)]
    pub decisions: Vec<RegradeDecision>,
    /// Why; learners read it. Not needed for a dry run.
    #[serde(default)]
    pub reason: String,
    /// Say what would change, and change nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What happens to the old answers to a question.
#[derive(Deserialize, ToSchema)]
pub struct RegradeDecision {
    /// As the list names it.
    pub question: String,
    /// `keep-best`, `recompute`, `full-marks`, `void` or `none`.
    pub policy: String,
}

/// Why a regrade is taken back.
#[derive(Deserialize, ToSchema)]
pub struct RegradeBack {
    #[serde(default)]
    pub reason: String,
}

/// The questions whose key was changed after they were answered, and the regrades that were made.
#[utoipa::path(get, path = "/api/v1/teach/courses/{course}/regrades", tag = "teaching", operation_id = "regrades",
    params(("course" = String, Path, description = "The address of the course")),
    responses((status = 200, description = "Questions and regrades", body = CourseReport)))]
#[get("/api/v1/teach/courses/{course}/regrades")]
async fn regrades(caller: Caller<Learner>, path: Path<String>, library: Data<Library>) -> Answer {
    let Caller(mut learner) = caller;
    let card = teaching::course_for(&mut learner, &library, &path, Permission::Regrade).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let conn = learner.conn().await?;
    let found = mended(conn, &library, &published).await?;
    let made = of_course(conn, card.id).await?;
    ok(&CourseReport {
        questions: found.iter().map(QuestionReport::of).collect(),
        regrades: made.iter().map(BatchReport::of).collect(),
    })
}

/// Tries a regrade, or makes it.
#[utoipa::path(post, path = "/api/v1/teach/courses/{course}/regrades", tag = "teaching", operation_id = "regrade",
    params(("course" = String, Path, description = "The address of the course")), request_body = RegradeOrder,
    responses((status = 200, description = "What would change", body = TrialReport),
        (status = 201, description = "What was changed", body = TrialReport)))]
#[post("/api/v1/teach/courses/{course}/regrades")]
async fn regrade(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
    body: Body<RegradeOrder>,
) -> Answer {
    let Caller(mut learner) = caller;
    let card = teaching::course_for(&mut learner, &library, &path, Permission::Regrade).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let Body(order) = body;
    let Some(choices) = choices(&order.decisions) else {
        let mut problems = Problems::default();
        problems.add("decisions", "regrade-unfit");
        return Ok(unfit(learner.lang, &problems));
    };
    if order.dry_run {
        let conn = learner.conn().await?;
        let found = trial(conn, &library, &published, &choices).await?;
        return ok(&TrialReport::of(conn, None, &found).await?);
    }
    once(&req, &mut learner, async |learner| {
        let (id, actor) = (clock::new_id(), Some(learner.person.id));
        let conn = learner.conn().await?;
        let order = Order { id, choices: &choices, reason: &order.reason, actor, seen: None };
        let found = apply(conn, &library, &published, order).await?;
        Reply::created(&TrialReport::of(conn, Some(id), &found).await?)
    })
    .await
}

/// Decisions with policies that are known; `None` if one is not.
fn choices(decisions: &[RegradeDecision]) -> Option<Vec<Choice>> {
    let choice = |decision: &RegradeDecision| {
        Some(Choice { root: decision.question.clone(), policy: Policy::parse(&decision.policy)? })
    };
    decisions.iter().map(choice).collect()
}

/// Takes a regrade back: all is again as it was before.
#[utoipa::path(post, path = "/api/v1/teach/courses/{course}/regrades/{regrade}/back", tag = "teaching",
    operation_id = "regrade_back", request_body = RegradeBack,
    params(("course" = String, Path, description = "The address of the course"), ("regrade" = Uuid, Path)),
    responses((status = 200, description = "The regrade that was taken back", body = BatchReport)))]
#[post("/api/v1/teach/courses/{course}/regrades/{regrade}/back")]
async fn taken_back(
    caller: Caller<Learner>,
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    body: Body<RegradeBack>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (slug, id) = path.into_inner();
    let card = teaching::course_for(&mut learner, &library, &slug, Permission::Regrade).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let because = Because { actor: Some(learner.person.id), reason: &body.0.reason };
    let conn = learner.conn().await?;
    let told = take_back(conn, &library, &published, id, because).await?;
    ok(&BatchReport::of(&told))
}
