//! The page on which trainers give a quiz other times, attempts or a password: to everyone or to one learner.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::parts::title;
use crate::accounts::{Learner, Sent, actions};
use crate::catalogue::{Library, Published, trainers};
use crate::domain::access::rules::{Actor, Object, Permission, may};
use crate::domain::format;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::terms::{Grant, Grants, Terms};
use crate::quizzes::granting::{self, NewGrant, Noted, Scope, grant, history};
use crate::web::{Answer, Fault, FormView, Page, Posted, Problems, Shell, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(give);
}

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

#[derive(Template)]
#[template(path = "quizzes/pages/terms.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    path: String,
    form: FormView,
    errors: Vec<(&'static str, std::borrow::Cow<'static, str>)>,
    own: Vec<String>,
    history: Vec<Line>,
}

/// Something that was granted, in words.
struct Line {
    at: String,
    to: String,
    what: Vec<String>,
    reason: String,
    by: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    email: String,
}

/// A quiz of a course that this person teaches; to all others it is not there.
async fn taught(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
) -> Result<std::sync::Arc<Published>, Fault> {
    let card = library.cards().by_slug(slug).cloned().ok_or(Fault::NotFound)?;
    let (id, admin) = (learner.person.id, learner.person.admin);
    let conn = learner.conn().await?;
    let trains = trainers::courses_of(conn, id).await?.into_iter().collect();
    let actor = Actor { person: Some(id), admin, trains };
    if !may(&actor, Permission::SeeLearners, &Object::Course(card.id)) {
        return Err(Fault::NotFound);
    }
    library.current(conn, slug).await?.ok_or(Fault::NotFound)
}

#[get("/{lang}/teach/{course}/quizzes/{quiz}/terms")]
async fn show(
    path: Path<(String, String, String)>,
    asked: Query<Asked>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug, quiz) = path.into_inner();
    let published = taught(&mut learner, &library, &slug).await?;
    let (_, quiz) = published.quiz(&QuizId(quiz)).ok_or(Fault::NotFound)?;
    let typed = Posted::parse(b"").with("email", &asked.email);
    let form = FormView::fresh(learner.lang, typed);
    let view = view(learner, &published, quiz, form, &Problems::default()).await?;
    Ok(Page::of(&view)?.answer())
}

#[post("/{lang}/teach/{course}/quizzes/{quiz}/terms")]
async fn give(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, slug, quiz) = path.into_inner();
    let Sent { who: mut learner, form } = sent;
    let published = taught(&mut learner, &library, &slug).await?;
    let (_, quiz) = published.quiz(&QuizId(quiz)).ok_or(Fault::NotFound)?;
    match read(&mut learner, &form).await? {
        Ok(new) => {
            let page = format!("/{}/teach/{slug}/quizzes/{}/terms", learner.lang.code(), quiz.id);
            grant(learner.conn().await?, &published, quiz, new).await?;
            Ok(see_other_saying(&learner.site, &page, "ok:terms-granted"))
        }
        Err(problems) => {
            let again = FormView::again(learner.lang, form.without_token(), problems.clone());
            let view = view(learner, &published, quiz, again, &problems).await?;
            Ok(Page::of(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY).answer())
        }
    }
}

/// What was typed. Nothing typed keeps what the quiz says; 0 is no limit.
async fn read(learner: &mut Learner, form: &Posted) -> Result<Result<NewGrant, Problems>, Fault> {
    let (zone, by) = (learner.person.time_zone, learner.person.id);
    let mut problems = Problems::default();
    let scope = match form.trimmed("email") {
        "" => Some(Scope::Everyone),
        email => actions::find_by_email(learner.conn().await?, email).await?.map(Scope::Person),
    };
    problems.require(scope.is_some(), "email", "terms-email-unknown");
    let mut moment = |field: &'static str| {
        let typed = form.trimmed(field);
        let read = moment(typed, zone);
        problems.require(typed.is_empty() || read.is_some(), field, "terms-moment-wrong");
        read
    };
    let (open, close) = (moment("open"), moment("close"));
    problems.require(
        open.zip(close).is_none_or(|(open, close)| open < close),
        "close",
        "terms-close-early",
    );
    let mut count = |field: &'static str, most: u32| {
        let typed = form.trimmed(field);
        let read = typed.parse::<u32>().ok().filter(|count| *count <= most);
        problems.require(typed.is_empty() || read.is_some(), field, "terms-count-wrong");
        read
    };
    let (minutes, attempts) = (count("minutes", 10_000), count("attempts", 1000));
    let reason = form.trimmed("reason").to_owned();
    let length = reason.chars().count();
    problems.require((1..=LONGEST_REASON).contains(&length), "reason", "terms-reason-missing");
    let password = match (form.text("password"), form.has("open-to-all")) {
        (_, true) => Some(String::new()),
        ("", false) => None,
        (word, false) => Some(word.to_owned()),
    };
    let personal = matches!(scope, Some(Scope::Person(_)));
    problems.require(!personal || password.is_none(), "password", "terms-password-everyone");
    let grant = Grant { open, close, time: minutes.map(|minutes| minutes * 60), attempts };
    Ok(match scope.filter(|_| problems.is_empty()) {
        Some(scope) => Ok(NewGrant { scope, grant, password, reason, by }),
        None => Err(problems),
    })
}

/// A moment as browsers send it, where the person is.
fn moment(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let naive = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M").ok()?;
    zone.from_local_datetime(&naive).earliest().map(|at| at.to_utc())
}

async fn view(
    mut learner: Learner,
    published: &Published,
    quiz: &Quiz,
    form: FormView,
    problems: &Problems,
) -> Result<View, Fault> {
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let rows = history(learner.conn().await?, published.course.id, &quiz.id).await?;
    let shell = learner.cx.shell.at("teach");
    let slug = &published.course.slug;
    let errors = problems.pairs().iter().map(|(field, words)| (*field, shell.t(words))).collect();
    let course = published.course.title.get(lang, published.course.source).to_owned();
    Ok(View {
        trail: vec![(format!("/{}/teach/{slug}", lang.code()), course)],
        title: title(quiz, lang),
        path: format!("/{}/teach/{slug}/quizzes/{}/terms", lang.code(), quiz.id),
        own: spelled(&shell, &plain(quiz), zone),
        history: rows.iter().map(|noted| line(&shell, noted, zone)).collect(),
        errors,
        form,
        shell,
    })
}

/// The quiz's own rules as if they were granted.
fn plain(quiz: &Quiz) -> Grant {
    let terms = Terms::of(&quiz.rules, &Grants::default());
    Grant {
        open: terms.open,
        close: terms.close,
        time: Some(terms.time.unwrap_or(0)),
        attempts: Some(terms.attempts.unwrap_or(0)),
    }
}

fn line(shell: &Shell, noted: &Noted, zone: Tz) -> Line {
    let mut what = granting::grant_of(&noted.row)
        .map_or_else(|_| Vec::new(), |grant| spelled(shell, &grant, zone));
    if noted.row.password.is_some() {
        what.push(shell.t("terms-password-set").into_owned());
    }
    if what.is_empty() {
        what.push(shell.t("terms-as-written").into_owned());
    }
    Line {
        at: local(shell, noted.row.at, zone),
        to: match &noted.to {
            Some((name, email)) => format!("{name} ({email})"),
            None => shell.t("terms-everyone").into_owned(),
        },
        what,
        reason: noted.row.reason.clone(),
        by: noted.by.clone().unwrap_or_default(),
    }
}

/// The values of a grant in words.
fn spelled(shell: &Shell, grant: &Grant, zone: Tz) -> Vec<String> {
    let time = grant.time.map(|seconds| match seconds {
        0 => shell.t("quiz-no-time-limit").into_owned(),
        seconds => shell.tn("quiz-n-minutes", &i64::from(seconds.div_ceil(60))).into_owned(),
    });
    let attempts = grant.attempts.map(|attempts| match attempts {
        0 => shell.t("quiz-attempts-unlimited").into_owned(),
        attempts => shell.tn("terms-n-attempts", &i64::from(attempts)).into_owned(),
    });
    let opens =
        grant.open.map(|at| shell.ta("terms-opens", "at", &local(shell, at, zone)).into_owned());
    let closes =
        grant.close.map(|at| shell.ta("terms-closes", "at", &local(shell, at, zone)).into_owned());
    [opens, closes, time, attempts].into_iter().flatten().collect()
}

fn local(shell: &Shell, at: DateTime<Utc>, zone: Tz) -> String {
    format::date_time(shell.lang, at.with_timezone(&zone).naive_local())
}
