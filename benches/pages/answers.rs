//! Open attempts to answer in, started through Bilik's own pages.

use std::net::SocketAddr;

use scraper::{Html, Selector};

use crate::Fallible;
use crate::client::{Reply, Wire};
use crate::courses;
use crate::ground::{FIRST_ANSWERING, N_ANSWERING, cookie};

/// One question of one open attempt.
#[derive(Clone, Debug)]
pub struct Slot {
    pub cookie: String,
    pub csrf: String,
    /// The id of the attempt.
    pub attempt: String,
    pub place: u64,
    /// The values of its options.
    pub options: Vec<String>,
}

/// Starts an attempt for each person who answers.
pub async fn start_all(address: SocketAddr) -> Fallible<Vec<Slot>> {
    let mut wire = Wire::open(address).await?;
    let mut all = Vec::new();
    for person in FIRST_ANSWERING..FIRST_ANSWERING + N_ANSWERING {
        all.extend(start(&mut wire, &cookie(person)).await?);
    }
    if all.is_empty() { Err("no attempt could be started".into()) } else { Ok(all) }
}

async fn start(wire: &mut Wire, cookie: &str) -> Fallible<Vec<Slot>> {
    let course = format!("/en/courses/{}", courses::slug(0));
    let lesson = wire
        .ask(&get(&format!("{course}/{}", courses::lesson(courses::TEST_LESSON)), cookie))
        .await?;
    let csrf =
        values(&lesson, "input[name=csrf]")?.into_iter().next().ok_or("the lesson has no form")?;
    let form = format!("csrf={csrf}");
    let begun = wire
        .ask(&post(&format!("{course}/quizzes/course-test-quiz/attempts"), cookie, "", &form))
        .await?;
    let page =
        begun.location.ok_or_else(|| format!("no attempt was started: status {}", begun.status))?;
    let attempt = page.rsplit('/').next().unwrap_or_default().to_owned();
    let paper = wire.ask(&get(&page, cookie)).await?;
    (0..courses::N_QUESTIONS)
        .map(|place| {
            let options = values(&paper, &format!("input[name=a{place}]"))?;
            Ok(Slot {
                cookie: cookie.to_owned(),
                csrf: csrf.clone(),
                attempt: attempt.clone(),
                place,
                options,
            })
        })
        .collect()
}

fn values(page: &Reply, wanted: &str) -> Fallible<Vec<String>> {
    let html = Html::parse_document(&String::from_utf8_lossy(&page.body));
    let wanted = Selector::parse(wanted).map_err(|why| why.to_string())?;
    Ok(html.select(&wanted).filter_map(|input| input.attr("value")).map(str::to_owned).collect())
}

/// A request for a page.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}

/// A form as a browser sends it; `more` holds further header lines.
pub fn post(path: &str, cookie: &str, more: &str, form: &str) -> Vec<u8> {
    let length = form.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n{more}\r\n{form}"
    )
    .into_bytes()
}
