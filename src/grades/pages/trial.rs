//! A regrade before it is made: how many marks change, and who crosses the pass mark. Then it is made, with a reason.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, get, post};
use askama::Template;

use super::parts::{FIELD, choices, course, number, policy_words, share};
use super::regrade::again;
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Card, Library, Published};
use crate::clock;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::regrade::effect::Crossing;
use crate::domain::regrade::policy::Policy;
use crate::grades::applying::{Order, apply};
use crate::grades::mended::Mended;
use crate::grades::people::named;
use crate::grades::refusal::RegradeRefusal;
use crate::grades::trial::{LearnerChange, Trial, trial};
use crate::outcome::{Failed, Refusal};
use crate::reporting::pages::teach_trail;
use crate::web::{Answer, Fault, FormView, Page, Posted, Problems, Shell, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(make);
}

#[derive(Template)]
#[template(path = "grades/pages/trial.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    base: String,
    form: FormView,
    problem: &'static str,
    op: String,
    seen: String,
    /// Title of the question, text of the decision, name and value of its field.
    questions: Vec<(Html, &'static str, String, &'static str)>,
    figures: Vec<(&'static str, String)>,
    up: Vec<Person>,
    down: Vec<Person>,
}

/// A learner who crosses the pass mark.
struct Person {
    href: String,
    name: String,
    quiz: String,
    before: String,
    after: String,
    completes: bool,
}

#[get("/{lang}/teach/{course}/regrade/trial")]
async fn show(
    req: HttpRequest,
    path: Path<(String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (card, published) = course(&mut learner, &library, &path.1).await?;
    let asked = Posted::parse(req.query_string().as_bytes());
    let conn = learner.conn().await?;
    match trial(conn, &library, &published, &choices(&asked)).await {
        Ok(found) => {
            let form = FormView::fresh(learner.lang, Posted::default());
            Ok(draw(learner, (&card, &published), &found, (form, "")).await?.answer())
        }
        Err(Failed::Refused(refusal)) => {
            again(learner, &library, (&card, &published), refusal).await
        }
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

#[post("/{lang}/teach/{course}/regrade")]
async fn make(path: Path<(String, String)>, library: Data<Library>, sent: Sent<Learner>) -> Answer {
    let (mut learner, form) = (sent.who, sent.form);
    let (card, published) = course(&mut learner, &library, &path.1).await?;
    let chosen = choices(&form);
    let order = Order {
        id: form.op().unwrap_or_else(clock::new_id),
        choices: &chosen,
        reason: form.text("reason"),
        actor: Some(learner.person.id),
        seen: Some(form.text("seen")),
    };
    let made = match chosen.is_empty() {
        true => Err(RegradeRefusal::NothingChosen.into()),
        false => apply(learner.conn().await?, &library, &published, order).await,
    };
    match made {
        Ok(_) => {
            let to = format!("/{}/teach/{}/regrade", learner.lang.code(), card.slug);
            Ok(see_other_saying(&learner.site, &to, "ok:regrade-done"))
        }
        Err(Failed::Refused(refusal)) => {
            redraw(learner, &library, (&card, &published), form, refusal).await
        }
        Err(Failed::Broken(error)) => Err(Fault::from(error).keeping(&form)),
    }
}

/// The trial again, with the reason as it was typed and the figures as they are now.
async fn redraw(
    mut learner: Learner,
    library: &Library,
    at: (&Card, &Published),
    form: Posted,
    refusal: RegradeRefusal,
) -> Answer {
    let found = match refusal {
        RegradeRefusal::ReasonMissing
        | RegradeRefusal::ReasonTooLong
        | RegradeRefusal::Outdated => {
            trial(learner.conn().await?, library, at.1, &choices(&form)).await
        }
        other => Err(Failed::Refused(other)),
    };
    let found = match found {
        Ok(found) => found,
        Err(Failed::Refused(refusal)) => return again(learner, library, at, refusal).await,
        Err(Failed::Broken(error)) => return Err(error.into()),
    };
    let (status, problem) = match refusal {
        RegradeRefusal::Outdated => (StatusCode::CONFLICT, refusal.words()),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, ""),
    };
    let mut problems = Problems::default();
    if problem.is_empty() {
        problems.add("reason", refusal.words());
    }
    let form = FormView::again(learner.lang, form, problems);
    Ok(draw(learner, at, &found, (form, problem)).await?.status(status).answer())
}

async fn draw(
    mut learner: Learner,
    (card, published): (&Card, &Published),
    found: &Trial,
    (form, problem): (FormView, &'static str),
) -> Result<Page, Fault> {
    let lang = learner.lang;
    let base = format!("/{}/teach/{}", lang.code(), card.slug);
    let conn = learner.conn().await?;
    let up = named(conn, found.crossing(Crossing::Up)).await?;
    let down = named(conn, found.crossing(Crossing::Down)).await?;
    let people = |named: Vec<(String, &LearnerChange)>| {
        named
            .into_iter()
            .map(|(name, change)| person(name, change, published, (lang, &base)))
            .collect()
    };
    let mut trail = teach_trail(&learner.shell);
    trail.push((format!("{base}/regrade"), learner.shell.t("regrade-title").into_owned()));
    let op = form.typed.op().unwrap_or_else(clock::new_id);
    let view = View {
        trail,
        title: card.title_in(lang).to_owned(),
        form,
        problem,
        op: op.to_string(),
        seen: found.sign(),
        questions: questions(found, lang),
        figures: figures(found, lang),
        up: people(up),
        down: people(down),
        base,
        shell: learner.cx.shell.at("teach"),
    };
    Page::of(&view)
}

fn questions(found: &Trial, lang: Locale) -> Vec<(Html, &'static str, String, &'static str)> {
    let line = |(question, policy): &(Mended, Policy)| {
        let field = format!("{FIELD}{}", question.root);
        (question.title(lang), policy_words(*policy), field, policy.code())
    };
    found.questions.iter().map(line).collect()
}

fn figures(found: &Trial, lang: Locale) -> Vec<(&'static str, String)> {
    let mean = format!("{} → {}", share(lang, found.before, None), share(lang, found.after, None));
    let mut figures = vec![
        ("regrade-answers", number(lang, found.tally.answers)),
        ("regrade-raised", number(lang, found.tally.raised)),
        ("regrade-lowered", number(lang, found.tally.lowered)),
        ("regrade-mean", mean),
        ("regrade-up", number(lang, found.crossing(Crossing::Up).count())),
        ("regrade-down", number(lang, found.crossing(Crossing::Down).count())),
        ("regrade-completions", number(lang, found.completions())),
    ];
    if found.tally.other > 0 {
        figures.insert(3, ("regrade-other", number(lang, found.tally.other)));
    }
    if found.tally.by_people > 0 {
        figures.push(("regrade-by-people", number(lang, found.tally.by_people)));
    }
    figures
}

fn person(
    name: String,
    change: &LearnerChange,
    published: &Published,
    (lang, base): (Locale, &str),
) -> Person {
    let found = published.quiz(&change.quiz).map(|(_, quiz)| quiz);
    let pass = found.and_then(|quiz| quiz.rules.pass);
    Person {
        href: format!("{base}/learners/{}", change.person),
        name,
        quiz: found.map_or_else(
            || change.quiz.0.clone(),
            |quiz| quiz.title.get(lang, published.course.source).to_owned(),
        ),
        before: share(lang, change.effect.before, pass),
        after: share(lang, change.effect.after, pass),
        completes: change.completes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_from_a_form() {
        let form = Posted::parse(b"q.heat=keep-best&q.cold=&q.x=nonsense&reason=why&other=void");
        let found = choices(&form);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].root.as_str(), found[0].policy.code()), ("heat", "keep-best"));
    }
}
