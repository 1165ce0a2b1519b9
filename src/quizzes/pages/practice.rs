//! Practice questions inside a lesson, each with its own form; the answer to a check is the question with its feedback.

use actix_web::http::header::HeaderMap;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, post};
use askama::Template;

use super::parts::{fault, title};
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Library, Published};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::quiz::allowed::Allowed;
use crate::domain::quiz::form::Form;
use crate::domain::quiz::grade::Verdict;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::{QuizId, Response};
use crate::domain::quiz::review::{Reviewed, reviewed};
use crate::quizzes::practising::{Place, Standing, check};
use crate::quizzes::sheet::{Question, Sheet};
use crate::quizzes::sitting::{Answers, corrupt};
use crate::web::sign::Key;
use crate::web::{Answer, Fault, Page, Posted, Shell, see_other, see_other_saying};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(check_one);
}

#[derive(Template)]
#[template(path = "quizzes/pages/practice.html")]
struct View<'a> {
    id: &'a str,
    title: String,
    intro: Option<&'a Html>,
    questions: Vec<String>,
}

/// One question. `Show` says what of it.
#[derive(Template)]
#[template(path = "quizzes/pages/practice_question.html")]
struct QuestionView<'a> {
    shell: &'a Shell,
    id: String,
    heading: String,
    action: String,
    show: Show,
    is_blank: bool,
}

/// What a question shows.
enum Show {
    /// The form, for those who have joined the course.
    Ask(Form),
    /// The question without a way to answer it.
    Read(Form, String),
    /// The answer with its feedback.
    Seen(Box<Reviewed>),
}

/// Draws a practice quiz for a lesson page. `again` names a question that is to be asked once more although it was
/// checked: the value of the `again` field of the page's address.
pub fn draw(
    shell: &Shell,
    key: &Key,
    published: &Published,
    quiz: &Quiz,
    standing: &Standing,
    again: &str,
) -> Result<String, Fault> {
    let (sheet, answers) = standing.practice(published, quiz, key)?;
    let drawing = Drawing { shell, published, quiz, sheet: &sheet, answers: &answers, standing };
    let asked = sheet.questions(quiz);
    let questions = asked.map(|question| {
        let again = again == question_id(quiz, question.place);
        drawing.question(&question, if again { Wish::Again } else { Wish::AsItStands })
    });
    let view = View {
        id: quiz.id.as_str(),
        title: title(quiz, shell.lang),
        intro: quiz.intro.get(&shell.lang),
        questions: questions.collect::<Result<_, Fault>>()?,
    };
    Ok(view.render()?)
}

/// The id of a question on the lesson page.
fn question_id(quiz: &Quiz, place: u16) -> String {
    format!("{}-{}", quiz.id, u32::from(place) + 1)
}

/// How a question is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    AsItStands,
    Again,
    /// Once more, because nothing was answered.
    Blank,
}

#[derive(Clone, Copy)]
struct Drawing<'a> {
    shell: &'a Shell,
    published: &'a Published,
    quiz: &'a Quiz,
    sheet: &'a Sheet,
    answers: &'a Answers,
    standing: &'a Standing,
}

impl Drawing<'_> {
    fn question(&self, question: &Question<'_>, wish: Wish) -> Result<String, Fault> {
        let lang = self.shell.lang;
        let number = format::integer(lang, i64::from(question.place) + 1);
        let of = i64::try_from(self.sheet.paper.slots.len()).map_err(corrupt)?;
        let args = [("number", number.as_str()), ("of", &format::integer(lang, of))];
        let course = format!("/{}/courses/{}", lang.code(), self.published.course.slug);
        let lesson = self.published.quiz(&self.quiz.id).map_or("", |(lesson, _)| &lesson.id);
        let view = QuestionView {
            shell: self.shell,
            id: question_id(self.quiz, question.place),
            heading: words::ta(lang, "quiz-question-of", &args).into_owned(),
            action: format!("{course}/{lesson}/practice/{}/{}", self.quiz.id, question.place),
            show: self.show(question, wish, course),
            is_blank: wish == Wish::Blank,
        };
        Ok(view.render()?)
    }

    fn show(&self, question: &Question<'_>, wish: Wish, course: String) -> Show {
        let lang = self.shell.lang;
        let form = || Form::draw(question.item, question.slot, &question.tokens, lang);
        // Nobody marks practice, so an essay is not said to wait for somebody.
        let seen = |response: &Response| {
            let everything = Allowed::everything();
            let seen = reviewed(question.item, question.slot, response, &everything, lang);
            let verdict = seen.verdict.map(|verdict| match verdict {
                Verdict::Waiting => Verdict::Noted,
                verdict => verdict,
            });
            Reviewed { verdict, ..seen }
        };
        let answer = self.answers.get(&question.place).filter(|_| wish == Wish::AsItStands);
        match answer {
            _ if self.standing.enrolment.is_none() => Show::Read(form(), course),
            Some(answer) => Show::Seen(Box::new(seen(&answer.response))),
            None => Show::Ask(form()),
        }
    }
}

#[post("/{lang}/courses/{course}/{lesson}/practice/{quiz}/{slot}")]
async fn check_one(
    req: HttpRequest,
    path: Path<(String, String, String, String, u16)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, course, lesson, quiz, place) = path.into_inner();
    let (quiz, Sent { who: learner, form }) = (QuizId(quiz), sent);
    let at = Place { course: &course, lesson: &lesson, quiz: &quiz, place };
    let again = if form.text("do") == "again" { Wish::Again } else { Wish::AsItStands };
    let answered = take(learner, &library, &form, at, again, wants_part(req.headers())).await;
    answered.map_err(|fault| fault.keeping(&form))
}

/// Does a script ask for the question alone?
fn wants_part(headers: &HeaderMap) -> Wanted {
    if headers.contains_key("x-fragment") { Wanted::Question } else { Wanted::Lesson }
}

/// What the answer to a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Question,
    Lesson,
}

async fn take(
    mut learner: Learner,
    library: &Library,
    form: &Posted,
    at: Place<'_>,
    wish: Wish,
    wanted: Wanted,
) -> Answer {
    let (lang, person, key) = (learner.lang, learner.person.id, learner.site.key.clone());
    let onward = format!("/{}/courses/{}", lang.code(), at.course);
    let values = if wish == Wish::Again { &[] } else { form.all("a") };
    let conn = learner.conn().await?;
    let standing = check(conn, library, &key, person, at, values).await;
    let standing = standing.map_err(|failed| fault(failed, onward.clone()))?;
    let published = library.current(conn, at.course).await?.ok_or(Fault::NotFound)?;
    let (_, quiz) = published.quiz(at.quiz).ok_or(Fault::NotFound)?;
    let (sheet, answers) = standing.practice(&published, quiz, &key)?;
    let question = sheet.question(quiz, at.place).ok_or(Fault::NotFound)?;
    let read = crate::domain::quiz::read::response(question.item, &question.tokens, values);
    let wish = if wish != Wish::Again && read == Response::Blank { Wish::Blank } else { wish };
    let id = question_id(quiz, at.place);
    let lesson = format!("{onward}/{}", at.lesson);
    match (wanted, wish) {
        (Wanted::Question, _) => {
            let shell = &learner.shell;
            let drawing = Drawing {
                shell,
                published: &published,
                quiz,
                sheet: &sheet,
                answers: &answers,
                standing: &standing,
            };
            Ok(Page::of_markup(drawing.question(&question, wish)?).answer())
        }
        (Wanted::Lesson, Wish::AsItStands) => Ok(see_other(&format!("{lesson}#{id}"))),
        (Wanted::Lesson, Wish::Again) => Ok(see_other(&format!("{lesson}?again={id}#{id}"))),
        (Wanted::Lesson, Wish::Blank) => {
            let page = format!("{lesson}?again={id}#{id}");
            Ok(see_other_saying(&learner.site, &page, "warn:practice-blank"))
        }
    }
}
