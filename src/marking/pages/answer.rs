//! One answer: what was written, the form to judge it, and what others judged as far as the marker may see it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::parts::{age, answer_path, course_path, number, quiz_title};
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Card, Library};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::markdown::remark::remark;
use crate::domain::marking::standing::Standing;
use crate::domain::quiz::grade::{Marks, WHOLE};
use crate::domain::quiz::item::{Item, ItemText};
use crate::domain::quiz::judged::rows;
use crate::domain::quiz::mark::{Judged, Mark, MarkPart, Unfit};
use crate::domain::quiz::number::quantity;
use crate::domain::quiz::response::{HandedFile, Response};
use crate::domain::quiz::review::{FoundRow, files};
use crate::marking::judging::{Given, Kept, Then, Work, judge};
use crate::marking::queue::{By, Here, entries, next};
use crate::marking::refusal::MarkingRefusal;
use crate::marking::rights;
use crate::outcome::{Failed, Refusal};
use crate::quizzes::files::reading::neutral;
use crate::web::{Answer, Fault, Page, Posted, Shell, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(save);
}

#[derive(Template)]
#[template(path = "marking/pages/answer.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    quiz: String,
    path: String,
    skip: String,
    number: String,
    who: String,
    age: String,
    title: Html,
    stem: Html,
    standing: &'static str,
    is_settling: bool,
    lines: Vec<String>,
    files: Vec<(String, String, String)>,
    words: String,
    explanation: Option<Html>,
    form: JudgeForm,
    seen: Vec<Seen>,
    overtaken: bool,
}

/// The form as it is drawn.
struct JudgeForm {
    rev: usize,
    rows: Vec<Row>,
    /// What was typed, where there is no rubric.
    marks: Option<String>,
    of: String,
    comment: String,
    errors: Vec<(String, String)>,
}

/// A row of the rubric.
struct Row {
    field: String,
    name: Html,
    levels: Vec<Level>,
    error: bool,
}

struct Level {
    value: usize,
    text: Html,
    points: String,
    checked: bool,
}

/// A judgement that was noted.
struct Seen {
    who: String,
    at: String,
    marks: String,
    rows: Vec<FoundRow>,
    comment: Html,
    is_decision: bool,
}

/// The address of an answer.
#[derive(Deserialize)]
struct Where {
    course: String,
    attempt: Uuid,
    slot: u16,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    by: String,
}

#[get("/{lang}/teach/{course}/marking/{attempt}/{slot}")]
async fn show(
    path: Path<Where>,
    asked: Query<Asked>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let card = rights::course(&mut learner, &library, &path.course).await?;
    let me = learner.person.id;
    let place = (path.attempt, path.slot);
    let conn = learner.conn().await?;
    let work = Work::find(conn, &library, card.id, place, me).await;
    let work = work.map_err(|failed| fault(failed, course_path(learner.lang, &card)))?;
    let mine = work.judgements().marks.iter().rev().find(|mark| mark.by == Some(me));
    let seen = work.judgements().seen_by(me);
    let last = if work.rules.markers() > 1 { mine } else { seen.last().copied() };
    let form = JudgeForm::of(&work, learner.lang, seen.len(), &Typed::of(last, learner.lang));
    let scene = Scene { card: &card, by: By::read(&asked.by), overtaken: false };
    Ok(draw(learner, &work, form, &scene).await?.answer())
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    judged: Judged,
    marks: String,
}

impl Typed {
    fn of(mark: Option<&Mark>, lang: Locale) -> Typed {
        let Some(mark) = mark else { return Typed::default() };
        let judged = Judged {
            levels: mark.levels.clone(),
            marks: Some(mark.marks),
            comment: mark.comment.clone(),
        };
        Typed { judged, marks: mark.marks.written(lang) }
    }

    fn read(item: &Item, form: &Posted) -> Typed {
        let level = |row: &str| form.trimmed(&field(row)).parse().ok();
        let rows = item.rubric().iter().map(|row| &row.id);
        let levels = rows.filter_map(|row| Some((row.clone(), level(row.as_str())?)));
        let marks = form.trimmed("marks");
        let units = quantity(marks).filter(|read| read.unit.is_none());
        let units = units.and_then(|read| read.value.checked_mul(WHOLE.into()));
        let units = units.and_then(|units| i64::try_from(units.round()).ok());
        let judged = Judged {
            levels: levels.collect(),
            marks: units.map(Marks),
            comment: form.text("comment").replace("\r\n", "\n"),
        };
        Typed { judged, marks: marks.to_owned() }
    }
}

/// The name of the field of a row.
fn field(row: &str) -> String {
    format!("row-{row}")
}

impl JudgeForm {
    fn of(work: &Work, lang: Locale, rev: usize, typed: &Typed) -> JudgeForm {
        let empty = ItemText::default();
        let text = work.item.text(lang).unwrap_or(&empty);
        let rubric = work.item.rubric();
        let row = |(row, words): (&crate::domain::quiz::kinds::Criterion, &_)| {
            Row::of(row, words, typed.judged.levels.get(&row.id).copied(), lang)
        };
        JudgeForm {
            rev,
            rows: rubric.iter().zip(&text.rubric).map(row).collect(),
            marks: rubric.is_empty().then(|| typed.marks.clone()),
            of: work.of.written(lang),
            comment: typed.judged.comment.clone(),
            errors: Vec::new(),
        }
    }

    /// The same with what is wrong with it.
    fn refused(mut self, unfit: &Unfit, sentence: String) -> JudgeForm {
        let name = match unfit {
            Unfit::RowMissing(row) => field(row.as_str()),
            Unfit::MarksMissing | Unfit::MarksOutside => "marks".to_owned(),
            Unfit::CommentTooLong => "comment".to_owned(),
        };
        for row in &mut self.rows {
            row.error = row.field == name;
        }
        self.errors.push((name, sentence));
        self
    }

    fn has_error(&self, name: &str) -> bool {
        self.errors.iter().any(|(field, _)| field == name)
    }
}

impl Row {
    fn of(
        row: &crate::domain::quiz::kinds::Criterion,
        words: &crate::domain::quiz::item::CriterionText,
        chosen: Option<u16>,
        lang: Locale,
    ) -> Row {
        let times = |points: &Marks| Marks(points.0.saturating_mul(i64::from(row.weight)));
        let level = |(value, points): (usize, &Marks)| Level {
            value,
            text: words.levels.get(value).cloned().unwrap_or_default(),
            points: times(points).written(lang),
            checked: chosen.map(usize::from) == Some(value),
        };
        Row {
            field: field(row.id.as_str()),
            name: words.name.clone(),
            levels: row.levels.iter().enumerate().map(level).collect(),
            error: false,
        }
    }
}

/// What a page needs besides the answer itself.
struct Scene<'a> {
    card: &'a Card,
    by: By,
    /// Was somebody else faster?
    overtaken: bool,
}

async fn draw(
    mut learner: Learner,
    work: &Work,
    form: JudgeForm,
    scene: &Scene<'_>,
) -> Result<Page, Fault> {
    let (me, lang, now) = (learner.person.id, learner.lang, learner.now);
    let seen = seen(&mut learner, work, me).await?;
    let who = match work.is_anonymous() {
        true => learner.shell.t("marking-hidden-name").into_owned(),
        false => super::parts::name_of(&mut learner, work.sheet.person).await?,
    };
    let shell = learner.cx.shell.at("teach");
    let quiz = work.sheet.quiz_in(&work.editions.own)?;
    let base = course_path(lang, scene.card);
    let empty = ItemText::default();
    let text = work.item.text(lang).unwrap_or(&empty);
    let standing = work.judgements().standing();
    let written = written(work.response());
    let count = written.split_whitespace().count();
    let by = scene.by.code();
    let view = View {
        trail: vec![
            (format!("/{}/teach", lang.code()), shell.t("teach-title").into_owned()),
            (base.clone(), scene.card.title_in(lang).to_owned()),
        ],
        quiz: quiz_title(Some(quiz), lang),
        skip: format!(
            "{base}/next?quiz={}&by={by}&attempt={}&slot={}",
            quiz.id, work.sheet.attempt, work.place
        ),
        path: answer_path(&base, work.sheet.attempt, work.place, scene.by),
        number: number(lang, usize::from(work.place) + 1),
        who,
        age: work.state.finished.map(|since| age(&shell, since, now)).unwrap_or_default(),
        title: text.title.clone(),
        stem: text.stem.clone(),
        standing: words_of(&standing, work.rules.markers()),
        is_settling: standing == Standing::Differing,
        files: files(work.response()).iter().map(|file| link(work, file, lang)).collect(),
        lines: written.lines().map(str::to_owned).collect(),
        words: shell.tn("marking-words", &i64::try_from(count).unwrap_or(i64::MAX)).into_owned(),
        explanation: text.explanation.clone(),
        form,
        seen,
        overtaken: scene.overtaken,
        shell,
    };
    Page::of(&view)
}

fn written(response: &Response) -> &str {
    match response {
        Response::Text(text) => text,
        _ => "",
    }
}

/// Address, name and size of a file.
fn link(work: &Work, file: &HandedFile, lang: Locale) -> (String, String, String) {
    let name = if work.is_anonymous() { neutral(file) } else { file.name.clone() };
    let href = format!("/{}/attempts/{}/file/{}", lang.code(), work.sheet.attempt, file.id);
    (href, name, format::bytes(lang, file.size))
}

fn words_of(standing: &Standing, markers: usize) -> &'static str {
    match standing {
        Standing::Waiting(missing) if *missing < markers => "marking-standing-one",
        Standing::Waiting(_) => "marking-standing-waiting",
        Standing::Differing => "marking-standing-differing",
        Standing::Ready(_) => "marking-standing-ready",
        Standing::Released(_) => "marking-standing-released",
    }
}

/// The judgements that the marker may see, last first.
async fn seen(learner: &mut Learner, work: &Work, me: Uuid) -> Result<Vec<Seen>, Fault> {
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let marks = work.judgements().seen_by(me);
    let people: Vec<Uuid> = marks.iter().filter_map(|mark| mark.by).collect();
    let names = super::parts::names(learner, &people).await?;
    let empty = ItemText::default();
    let text = work.item.text(lang).unwrap_or(&empty);
    let nobody = learner.shell.t("marking-somebody-gone").into_owned();
    let one = |mark: &&Mark| Seen {
        who: mark.by.and_then(|by| names.get(&by).cloned()).unwrap_or_else(|| nobody.clone()),
        at: mark
            .at
            .map(|at| format::date_time(lang, at.with_timezone(&zone).naive_local()))
            .unwrap_or_default(),
        marks: mark.marks.written(lang),
        rows: rows(mark, &work.item, text),
        comment: remark(&mark.comment),
        is_decision: mark.part == MarkPart::Decision,
    };
    Ok(marks.iter().rev().map(one).collect())
}

#[post("/{lang}/teach/{course}/marking/{attempt}/{slot}")]
async fn save(
    path: Path<Where>,
    asked: Query<Asked>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let Sent { who: learner, form } = sent;
    take(learner, &path, By::read(&asked.by), &library, &form)
        .await
        .map_err(|fault| fault.keeping(&form))
}

async fn take(
    mut learner: Learner,
    path: &Where,
    by: By,
    library: &Library,
    form: &Posted,
) -> Answer {
    let card = rights::course(&mut learner, library, &path.course).await?;
    let (me, lang, place) = (learner.person.id, learner.lang, (path.attempt, path.slot));
    let conn = learner.conn().await?;
    let work = Work::find(conn, library, card.id, place, me).await;
    let work = work.map_err(|failed| fault(failed, course_path(lang, &card)))?;
    let typed = Typed::read(&work.item, form);
    let given = Given {
        me,
        seen: form.trimmed("rev").parse().unwrap_or_default(),
        judged: typed.judged.clone(),
        then: if form.text("do") == "hand-back" { Then::HandBack } else { Then::Keep },
    };
    let scene = |overtaken| Scene { card: &card, by, overtaken };
    match judge(conn, &work, &given).await {
        Ok(Kept::Overtaken) => {
            let work = Work::find(conn, library, card.id, place, me).await?;
            let rev = work.judgements().seen_by(me).len();
            let again = JudgeForm::of(&work, lang, rev, &typed);
            let page = draw(learner, &work, again, &scene(true)).await?;
            Ok(page.status(StatusCode::CONFLICT).answer())
        }
        Ok(kept) => onward(learner, library, &work, &scene(false), kept).await,
        Err(Failed::Refused(MarkingRefusal::Unfit(unfit))) => {
            let sentence = learner.shell.t(MarkingRefusal::Unfit(unfit.clone()).words());
            let again = JudgeForm::of(&work, lang, given.seen, &typed);
            let again = again.refused(&unfit, sentence.into_owned());
            Ok(draw(learner, &work, again, &scene(false)).await?.unprocessable().answer())
        }
        Err(failed) => Err(fault(failed, course_path(lang, &card))),
    }
}

/// To the next answer that waits, or back to the course.
async fn onward(
    mut learner: Learner,
    library: &Library,
    work: &Work,
    scene: &Scene<'_>,
    kept: Kept,
) -> Answer {
    let (me, base) = (learner.person.id, course_path(learner.lang, scene.card));
    let mut found = entries(learner.conn().await?, library, &[scene.card.id], me).await?;
    found.retain(|entry| entry.quiz == work.sheet.quiz);
    let here = Here {
        attempt: work.sheet.attempt,
        place: work.place,
        item: work.item.id.clone(),
        since: work.state.finished.unwrap_or_default(),
    };
    let said = match kept {
        Kept::HandedBack => "ok:marking-one-handed-back",
        Kept::Noted | Kept::Overtaken => "ok:marking-noted",
    };
    let to = next(&found, me, scene.by, Some(&here));
    let to =
        to.map_or(base.clone(), |entry| answer_path(&base, entry.attempt, entry.place, scene.by));
    Ok(see_other_saying(&learner.site, &to, said))
}

fn fault(failed: Failed<MarkingRefusal>, onward: String) -> Fault {
    match failed {
        Failed::Refused(refusal) => Fault::refused(&refusal, onward),
        Failed::Broken(error) => error.into(),
    }
}
