//! What is compared, and the proof that what should be written was written.

use std::net::SocketAddr;
use std::sync::Arc;

use uuid::Uuid;

use crate::Fallible;
use crate::answers::{Slot, get, post, start_all};
use crate::client::{Request, Target, Wire};
use crate::courses::{self, TEST_LESSON};
use crate::ground::{
    FIRST_ANSWERING, FIRST_BACK, Ground, KNOWN_LESSON, N_BACK, N_NEW, cookie, count,
};
use crate::options::Options;
use crate::report::{Compared, Report};
use crate::rounds;

/// A case of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A lesson that the learner has not opened before: the page, and its write committed.
    FirstView,
    /// The lesson that the learner opened last: the page, and nothing to write.
    View,
    /// The catalogue for visitors, against a page of its size out of memory.
    Catalogue,
    /// One answer kept, against a committed upsert after the same look at the session.
    Save,
}

/// All cases.
pub const ALL: [Case; 4] = [Case::FirstView, Case::View, Case::Catalogue, Case::Save];

impl Case {
    /// As the table calls it, and `--only`.
    pub fn name(self) -> &'static str {
        match self {
            Case::FirstView => "first-view",
            Case::View => "view-again",
            Case::Catalogue => "catalogue",
            Case::Save => "save-answer",
        }
    }

    /// The least share of the minimum's throughput.
    fn least(self) -> f64 {
        match self {
            Case::Catalogue => 0.8,
            Case::FirstView | Case::View | Case::Save => 0.7,
        }
    }

    /// The most times of the minimum's p99.
    fn slowest(self) -> Option<f64> {
        (self == Case::FirstView).then_some(2.0)
    }
}

/// Both servers with the requests of each case.
pub struct Places<'a> {
    ground: &'a Ground,
    first: (Target, Target),
    again: (Target, Target),
    catalogue: (Target, Target),
    save: Option<(Target, Target)>,
}

impl<'a> Places<'a> {
    pub async fn new(
        ground: &'a Ground,
        bilik: SocketAddr,
        minimum: SocketAddr,
        options: &Options,
    ) -> Fallible<Places<'a>> {
        let catalogue = get("/en/courses", "theme=light");
        let size = Wire::open(bilik).await?.ask(&catalogue).await?.body.len();
        let still = get(&format!("/static/{size}"), "theme=light");
        let save = match options.wants(Case::Save.name()) {
            true => Some(save(start_all(bilik).await?, bilik, minimum)),
            false => None,
        };
        Ok(Places {
            ground,
            first: (
                Target::new(
                    bilik,
                    views(|lesson| format!("/en/courses/{}/{lesson}", courses::slug(0))),
                ),
                Target::new(minimum, views(|lesson| format!("/first/{lesson}"))),
            ),
            again: (
                Target::new(
                    bilik,
                    again(format!(
                        "/en/courses/{}/{}",
                        courses::slug(0),
                        courses::lesson(KNOWN_LESSON)
                    )),
                ),
                Target::new(minimum, again(format!("/again/{}", courses::lesson(KNOWN_LESSON)))),
            ),
            catalogue: (
                Target::new(bilik, Arc::new(move |_| catalogue.clone())),
                Target::new(minimum, Arc::new(move |_| still.clone())),
            ),
            save,
        })
    }

    /// Measures a case on both sides.
    pub async fn compare(
        &self,
        case: Case,
        n_connections: usize,
        options: &Options,
        report: &mut Report,
    ) -> Fallible<()> {
        let (bilik, minimum) = match case {
            Case::FirstView => &self.first,
            Case::View => &self.again,
            Case::Catalogue => &self.catalogue,
            Case::Save => self.save.as_ref().ok_or("no attempts were started")?,
        };
        let (ours, theirs) = rounds::compare(bilik, minimum, n_connections, options).await?;
        report.compare(Compared {
            name: case.name(),
            n_connections,
            bilik: ours,
            minimum: theirs,
            least: case.least(),
            slowest: case.slowest(),
        });
        self.prove(case).await
    }

    /// Every first view and every answer is in the database, and repeated views left nothing.
    async fn prove(&self, case: Case) -> Fallible<()> {
        let (first, again) = (
            &self.first,
            "select count(*) as n from journal where person_id in (select id from people where split_part(email, '@', 1)::int >=",
        );
        match case {
            Case::FirstView => {
                let ours = format!("select count(*) as n from lesson_progress where viewed_at > (select min(viewed_at) from lesson_progress where enrolment_id = md5('enrolment{FIRST_BACK}')::uuid)");
                self.expect("first views of Bilik", &ours, first.0.turns()).await?;
                self.expect("first views of the minimum", "select count(*) as n from minimum_progress", first.1.turns()).await
            }
            Case::View => self.expect("writes of repeated views", &format!("{again} {FIRST_BACK} and split_part(email, '@', 1)::int < {FIRST_ANSWERING})"), 0).await,
            Case::Save => match &self.save {
                Some((ours, theirs)) => {
                    self.expect("answers kept by Bilik", "select coalesce(sum(rev), 0)::bigint as n from saved_answers", ours.turns()).await?;
                    self.expect("answers kept by the minimum", "select coalesce(sum(rev), 0)::bigint as n from minimum_answers", theirs.turns()).await
                }
                None => Ok(()),
            },
            Case::Catalogue => Ok(()),
        }
    }

    /// Every counted request wrote. A round ends with requests on their way: they write too, and are not counted.
    async fn expect(&self, what: &str, statement: &str, wanted: u64) -> Fallible<()> {
        let most = wanted + wanted / 20;
        match count(&mut self.ground.conn().await?, statement).await? {
            found if (wanted..=most).contains(&found) => Ok(()),
            found => {
                Err(format!("{what}: {wanted} were asked for, {found} are in the database").into())
            }
        }
    }
}

/// Every turn is another person or another lesson.
fn views(path: impl Fn(&str) -> String + Send + Sync + 'static) -> Request {
    Arc::new(move |turn| {
        let lesson = courses::lesson((turn / N_NEW).min(TEST_LESSON - 1));
        get(&path(&lesson), &cookie(turn % N_NEW))
    })
}

/// People who open the lesson where they stopped.
fn again(path: String) -> Request {
    Arc::new(move |turn| get(&path, &cookie(FIRST_BACK + turn % N_BACK)))
}

/// Question by question through all attempts, and then again with the other answer.
fn save(slots: Vec<Slot>, bilik: SocketAddr, minimum: SocketAddr) -> (Target, Target) {
    let slots = Arc::new(slots);
    let theirs = Arc::clone(&slots);
    (
        Target::new(
            bilik,
            Arc::new(move |turn| {
                at(&slots, turn).map(|(slot, rev)| save_in_bilik(slot, rev)).unwrap_or_default()
            }),
        ),
        Target::new(
            minimum,
            Arc::new(move |turn| {
                at(&theirs, turn).map(|(slot, rev)| save_in_minimum(slot, rev)).unwrap_or_default()
            }),
        ),
    )
}

fn at(slots: &[Slot], turn: u64) -> Option<(&Slot, u64)> {
    let n_slots = u64::try_from(slots.len()).ok()?;
    Some((slots.get(usize::try_from(turn % n_slots).ok()?)?, turn / n_slots))
}

fn choice(slot: &Slot, rev: u64) -> &str {
    slot.options.get(usize::try_from(rev % 2).unwrap_or(0)).map_or("", String::as_str)
}

fn save_in_bilik(slot: &Slot, rev: u64) -> Vec<u8> {
    let path = format!("/en/attempts/{}/responses/{}", slot.attempt, slot.place);
    let more = format!(
        "Accept: application/json\r\nX-CSRF-Token: {}\r\nIdempotency-Key: {}\r\n",
        slot.csrf,
        Uuid::from_bytes(bilik::clock::random())
    );
    post(&path, &slot.cookie, &more, &format!("a{}={}&rev={rev}", slot.place, choice(slot, rev)))
}

fn save_in_minimum(slot: &Slot, rev: u64) -> Vec<u8> {
    let path = format!("/save/{}/{}", slot.attempt, slot.place);
    post(&path, &slot.cookie, "", choice(slot, rev))
}
