//! The files of one question: handed over and taken back on a page of their own, so that no written answer is lost on
//! the way; and sent out, always as attachments.

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{FromRequest, HttpRequest, HttpResponse, get, post};
use askama::Template;
use futures_util::StreamExt;
use serde_json::json;
use uuid::Uuid;

use super::parts::{attempt_path, title};
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::{self, Pool};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::upload::kind;
use crate::domain::upload::name::attachment;
use crate::domain::upload::sniff::Sniffer;
use crate::outcome::{Failed, Refusal};
use crate::quizzes::files::handing::{self, Begun, Place, handed};
use crate::quizzes::files::reading;
use crate::quizzes::files::refusal::FileRefusal;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::sheet::{Sheet, Sheets};
use crate::quizzes::sitting::Sitting;
use crate::web::{Answer, Fault, Page, Posted, Shell, see_other, see_other_saying};

/// A piece is about so large.
const PIECE: usize = 256 * 1024;
/// So much of a file that is too large is still read, so that its sender hears why it is not taken.
const PATIENCE: u64 = 256 * 1024 * 1024;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(send).service(take_back).service(send_out);
}

#[derive(Template)]
#[template(path = "quizzes/pages/files.html")]
struct View {
    shell: Shell,
    quiz: String,
    attempt: String,
    path: String,
    place: u16,
    number: String,
    title: Html,
    stem: Html,
    accept: String,
    hint: String,
    files: Vec<(Uuid, String, String)>,
    room: bool,
    op: Uuid,
    error: String,
}

#[get("/{lang}/attempts/{id}/files/{slot}")]
async fn show(
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id, place) = path.into_inner();
    let (person, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let sitting = Sitting::read(conn, &sheet).await?;
    if sitting.attempt.may_save(sitting.now).is_err() {
        return Ok(see_other(&attempt_path(lang, id)));
    }
    Ok(draw(learner, &sheet, &published, (place, "")).await?.answer())
}

async fn draw(
    mut learner: Learner,
    sheet: &Sheet,
    published: &Published,
    (place, error): (u16, &'static str),
) -> Result<Page, Fault> {
    let lang = learner.lang;
    let quiz = sheet.quiz_in(published)?;
    let question = sheet.question(quiz, place).ok_or(Fault::NotFound)?;
    let at = Place::of(sheet, place, question.item).ok_or(Fault::NotFound)?;
    let sitting = Sitting::read(learner.conn().await?, sheet).await?;
    let files = handed(&sitting, place);
    let attempt = attempt_path(lang, sheet.attempt);
    let text = question.item.text(lang);
    let shell = learner.cx.shell;
    let endings = at.upload.accept.iter().map(|ending| format!(".{ending}"));
    let view = View {
        quiz: title(quiz, lang),
        path: format!("{attempt}/files/{place}"),
        place,
        number: format::integer(lang, i64::from(place) + 1),
        title: text.map(|text| text.title.clone()).unwrap_or_default(),
        stem: text.map(|text| text.stem.clone()).unwrap_or_default(),
        accept: endings.collect::<Vec<_>>().join(","),
        hint: shell
            .t("part-files-hint")
            .replace("{kinds}", &at.upload.accept.join(", "))
            .replace("{max}", &at.upload.max.to_string())
            .replace("{size}", &format::bytes(lang, at.upload.size)),
        files: files
            .iter()
            .map(|file| (file.id, file.name.clone(), format::bytes(lang, file.size)))
            .collect(),
        room: files.len() < usize::try_from(at.upload.max).unwrap_or(usize::MAX),
        op: clock::new_id(),
        error: if error.is_empty() { String::new() } else { shell.t(error).into_owned() },
        attempt,
        shell,
    };
    Page::of(&view)
}

/// Takes files as they come, piece by piece; nothing is held longer than a piece.
#[post("/{lang}/attempts/{id}/files/{slot}")]
async fn send(
    req: HttpRequest,
    path: Path<(String, Uuid, u16)>,
    payload: web::Payload,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id, place) = path.into_inner();
    let (person, lang) = (learner.person.id, learner.lang);
    let mut sending = Sending::begin(&req, payload.into_inner(), &learner).await?;
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let question = sheet.question(sheet.quiz_in(&published)?, place).ok_or(Fault::NotFound)?;
    let at = Place::of(&sheet, place, question.item).ok_or(Fault::NotFound)?;
    let to = format!("{}/files/{place}", attempt_path(lang, id));
    match sending.receive(&mut learner, &at).await {
        Ok(()) if wants_json(&req) => Ok(HttpResponse::Ok().json(json!({ "page": to }))),
        Ok(()) => Ok(see_other_saying(&learner.site, &to, "ok:file-taken")),
        Err(Failed::Refused(refusal)) => {
            let status = Fault::refused(&refusal, to.clone());
            if !matches!(refusal.kind(), crate::outcome::RefusalKind::Invalid) {
                return Err(status);
            }
            if wants_json(&req) {
                let text = learner.shell.t(refusal.words()).into_owned();
                return Ok(HttpResponse::UnprocessableEntity().json(json!({ "text": text })));
            }
            let page = draw(learner, &sheet, &published, (place, refusal.words())).await?;
            Ok(page.unprocessable().answer())
        }
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

fn wants_json(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

/// A form that brings files.
struct Sending {
    parts: Option<Multipart>,
    op: Option<Uuid>,
    first: Option<Field>,
}

impl Sending {
    /// Reads as far as the first file. The token comes before it, or nothing of it is read.
    async fn begin(
        req: &HttpRequest,
        mut payload: Payload,
        learner: &Learner,
    ) -> Result<Sending, Fault> {
        let content = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content.is_some_and(|content| content.starts_with("multipart/form-data")) {
            let form = Posted::from_request(req, &mut payload).await?;
            learner.check_token(req, form.text("csrf"))?;
            return Ok(Sending { parts: None, op: None, first: None });
        }
        let mut parts = Multipart::new(req.headers(), payload);
        let (mut token, mut op, mut first) = (String::new(), None, None);
        while let Some(Ok(mut field)) = parts.next().await {
            match field.name() {
                Some("csrf") => token = short(&mut field).await,
                Some("op") => op = Uuid::parse_str(&short(&mut field).await).ok(),
                _ => {
                    first = Some(field);
                    break;
                }
            }
        }
        learner.check_token(req, &token)?;
        Ok(Sending { parts: Some(parts), op, first })
    }

    /// Takes every file. One that is refused ends it; those before it stay.
    async fn receive(
        &mut self,
        learner: &mut Learner,
        at: &Place<'_>,
    ) -> Result<(), Failed<FileRefusal>> {
        let (mut next, mut taken) = (self.first.take(), 0_u128);
        while let Some(mut field) = next {
            let called = field.content_disposition().and_then(|about| about.get_filename());
            let called = called.unwrap_or_default().to_owned();
            if !called.is_empty() {
                let op = self.op.map(|op| Uuid::from_u128(op.as_u128().wrapping_add(taken)));
                one(learner, at, op, (&mut field, &called)).await?;
                taken += 1;
            }
            drop(field);
            next = match &mut self.parts {
                Some(parts) => match parts.next().await {
                    Some(Ok(field)) => Some(field),
                    Some(Err(_)) => return Err(FileRefusal::Broken.into()),
                    None => None,
                },
                None => None,
            };
        }
        if taken == 0 { Err(FileRefusal::Missing.into()) } else { Ok(()) }
    }
}

/// A short text field.
async fn short(field: &mut Field) -> String {
    let mut text = Vec::new();
    while let Some(Ok(piece)) = field.next().await {
        let room = 200_usize.saturating_sub(text.len()).min(piece.len());
        text.extend_from_slice(piece.get(..room).unwrap_or_default());
    }
    String::from_utf8_lossy(&text).trim().to_owned()
}

/// Takes one file. The connection to the database is given back between pieces, because senders may be slow.
async fn one(
    learner: &mut Learner,
    at: &Place<'_>,
    op: Option<Uuid>,
    (field, called): (&mut Field, &str),
) -> Result<(), Failed<FileRefusal>> {
    let file = match handing::begin(learner.conn().await?, at, op).await {
        Ok(Begun::New(file)) => file,
        Ok(Begun::Already) => return drained(field).await,
        Err(refused) => {
            drained(field).await?;
            return Err(refused);
        }
    };
    learner.cx.release();
    let taken = pieces(learner, at, file, field).await;
    let taken = match taken {
        Ok(sniffer) => handing::complete(learner.conn().await?, at, (file, called), &sniffer).await,
        Err(failed) => Err(failed),
    };
    if taken.is_err() {
        handing::abandon(learner.conn().await?, at, file).await?;
    }
    taken
}

async fn pieces(
    learner: &mut Learner,
    at: &Place<'_>,
    file: Uuid,
    field: &mut Field,
) -> Result<Sniffer, Failed<FileRefusal>> {
    let (mut sniffer, mut held, mut place) = (Sniffer::default(), Vec::new(), 0);
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(|_gone| FileRefusal::Broken)?;
        sniffer.push(&piece);
        if sniffer.size() > at.upload.size {
            drained(field).await?;
            return Err(FileRefusal::TooLarge.into());
        }
        held.extend_from_slice(&piece);
        if held.len() >= PIECE {
            handing::keep(learner.conn().await?, file, place, &held).await?;
            learner.cx.release();
            held.clear();
            place += 1;
        }
    }
    if !held.is_empty() {
        handing::keep(learner.conn().await?, file, place, &held).await?;
    }
    Ok(sniffer)
}

/// Reads on without keeping anything, so that the sender gets to the end and hears the answer.
async fn drained(field: &mut Field) -> Result<(), Failed<FileRefusal>> {
    let mut seen = 0_u64;
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(|_gone| FileRefusal::Broken)?;
        seen = seen.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if seen > PATIENCE {
            return Err(FileRefusal::TooLarge.into());
        }
    }
    Ok(())
}

#[post("/{lang}/attempts/{id}/files/{slot}/take-back")]
async fn take_back(
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    sent: Sent<Learner>,
) -> Answer {
    let Sent { who: mut learner, form } = sent;
    let (_, id, place) = path.into_inner();
    let (person, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let question = sheet.question(sheet.quiz_in(&published)?, place).ok_or(Fault::NotFound)?;
    let at = Place::of(&sheet, place, question.item).ok_or(Fault::NotFound)?;
    let to = format!("{}/files/{place}", attempt_path(lang, id));
    let file = Uuid::parse_str(form.text("file")).unwrap_or_default();
    match handing::take_back(conn, &at, file).await {
        Ok(()) => Ok(see_other_saying(&learner.site, &to, "ok:file-taken-back")),
        Err(Failed::Refused(refusal)) => Err(Fault::refused(&refusal, to)),
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

/// Sends a file out. It is never shown by the browser: it is an attachment, of the kind that was told from its
/// content, and whatever it holds runs in a box without any right.
#[get("/{lang}/attempts/{id}/file/{file}")]
async fn send_out(
    path: Path<(String, Uuid, Uuid)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, id, file) = path.into_inner();
    let me = (learner.person.id, learner.person.admin);
    let found = reading::find(learner.conn().await?, &library, (id, file), me).await;
    let found = found.map_err(|failed: Failed<QuizRefusal>| Fault::from(failed))?;
    let media = kind::named(&found.file.kind).map_or("application/octet-stream", |kind| kind.media);
    let pool = learner.site.pool.clone();
    learner.cx.release();
    Ok(HttpResponse::build(StatusCode::OK)
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((header::CONTENT_DISPOSITION, attachment(&found.name)))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .no_chunking(found.file.size)
        .streaming(stream(pool, file)))
}

/// The pieces of a file one after the other.
fn stream(
    pool: Pool,
    file: Uuid,
) -> impl futures_util::Stream<Item = Result<web::Bytes, db::Error>> {
    futures_util::stream::try_unfold(0, move |place| {
        let pool = pool.clone();
        async move {
            let mut conn = pool.get().await?;
            let piece = reading::piece(&mut conn, file, place).await?;
            Ok(piece.map(|bytes| (web::Bytes::from(bytes), place + 1)))
        }
    })
}
