//! Judging an answer, and handing judgements back. Whoever saves second is shown what was saved first.

use uuid::Uuid;

use super::queue::Entry;
use super::refusal::{MarkingRefusal, of_attempt};
use crate::catalogue::Library;
use crate::db::{self, Conn, Transact};
use crate::domain::marking::standing::{Judgements, Standing};
use crate::domain::marking::turn::Task;
use crate::domain::quiz::event::State;
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::item::{Item, MarkingRules};
use crate::domain::quiz::mark::{Judged, Mark};
use crate::domain::quiz::response::Response;
use crate::outcome::Failed;
use crate::quizzes::Sheet;
use crate::quizzes::finishing::Editions;
use crate::quizzes::judging::{self, Judgement};

/// An answer to be judged, with all that was judged of it.
#[derive(Clone, Debug)]
pub struct Work {
    pub sheet: Sheet,
    pub editions: Editions,
    pub place: u16,
    pub item: Item,
    pub of: Marks,
    pub rules: MarkingRules,
    pub state: State,
}

impl Work {
    /// The answer at a place of an attempt, for a marker of the course.
    pub async fn find(
        conn: &mut Conn,
        library: &Library,
        course: Uuid,
        (attempt, place): (Uuid, u16),
        me: Uuid,
    ) -> Result<Work, Failed<MarkingRefusal>> {
        let sheet = judging::sheet(conn, attempt).await.map_err(of_attempt)?;
        if sheet.course != course {
            return Err(MarkingRefusal::Unknown.into());
        }
        if sheet.person == me {
            return Err(MarkingRefusal::Own.into());
        }
        let editions = Editions::read(conn, library, &sheet).await?;
        let quiz = sheet.quiz_in(&editions.own)?;
        let question = sheet.question(quiz, place).filter(|found| found.item.needs_marking());
        let question = question.ok_or(MarkingRefusal::Unknown)?;
        let (item, of) = (question.item.clone(), question.slot.points);
        let rules = quiz.rules.marking;
        let (state, _) = judging::read(conn, &sheet).await?;
        if state.finished.is_none() {
            return Err(MarkingRefusal::NotFinished.into());
        }
        Ok(Work { sheet, editions, place, item, of, rules, state })
    }

    /// What the learner answered.
    pub fn response(&self) -> &Response {
        self.state.responses.get(&self.place).unwrap_or(&Response::Blank)
    }

    /// What was judged of it.
    pub fn judgements(&self) -> Judgements<'_> {
        judgements(&self.state, self.place, self.of, &self.rules)
    }

    /// Is it hidden from markers whose answer it is?
    pub fn is_anonymous(&self) -> bool {
        self.rules.anonymous && !matches!(self.judgements().standing(), Standing::Released(_))
    }
}

fn judgements<'a>(
    state: &'a State,
    place: u16,
    of: Marks,
    rules: &'a MarkingRules,
) -> Judgements<'a> {
    let marks = state.marks.get(&place).map_or(&[][..], Vec::as_slice);
    Judgements { marks, released: state.released.get(&place), of, rules }
}

/// What is to happen after a judgement was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It stays a draft.
    Keep,
    /// If the markers agree, it goes back to the learner.
    HandBack,
}

/// A judgement of a marker.
#[derive(Clone, Debug)]
pub struct Given {
    pub me: Uuid,
    /// How many judgements the marker had seen.
    pub seen: usize,
    pub judged: Judged,
    pub then: Then,
}

/// What became of a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is noted; the learner does not see it.
    Noted,
    /// The learner sees what the markers agreed on.
    HandedBack,
    /// Somebody else was faster; nothing was noted.
    Overtaken,
}

/// Notes a judgement. The same one sent twice is noted once.
pub async fn judge(
    conn: &mut Conn,
    work: &Work,
    given: &Given,
) -> Result<Kept, Failed<MarkingRefusal>> {
    let mark = given.judged.mark(&work.item, work.of).map_err(MarkingRefusal::from)?;
    let mark = Mark { by: Some(given.me), ..mark };
    conn.transaction(async |conn| {
        let (mut state, at) = judging::lock(conn, &work.sheet).await.map_err(of_attempt)?;
        let now = judgements(&state, work.place, work.of, &work.rules);
        if !is_noted(&now, &mark) {
            let Ok(part) = now.part(given.me, given.seen) else { return Ok(Kept::Overtaken) };
            let mark = Mark { part, at: Some(at), ..mark.clone() };
            judging::note(conn, &work.sheet, Judgement { place: work.place, mark: &mark, at })
                .await?;
            state.marks.entry(work.place).or_default().push(mark);
        }
        match given.then {
            Then::Keep => Ok(Kept::Noted),
            Then::HandBack => Ok(hand_back(conn, work, &state, given.me).await?),
        }
    })
    .await
}

/// Is the marker's last word just this one?
fn is_noted(now: &Judgements<'_>, mark: &Mark) -> bool {
    let same = |last: &&Mark| {
        last.by == mark.by
            && last.marks == mark.marks
            && last.levels == mark.levels
            && last.comment == mark.comment
    };
    let apart = now.rules.markers() > 1 && now.decision().is_none();
    let mut marks = now.marks.iter().rev();
    let last = if apart { marks.find(|last| last.by == mark.by) } else { marks.next() };
    last.filter(same).is_some()
}

async fn hand_back(
    conn: &mut Conn,
    work: &Work,
    state: &State,
    me: Uuid,
) -> Result<Kept, db::Error> {
    let standing = judgements(state, work.place, work.of, &work.rules).standing();
    let Standing::Ready(agreed) = standing else { return Ok(Kept::Noted) };
    let at = judging::read(conn, &work.sheet).await?.1;
    let mark = Mark { by: Some(me), ..agreed };
    let judgement = Judgement { place: work.place, mark: &mark, at };
    judging::hand_back(conn, &work.editions, &work.sheet, &[judgement]).await?;
    Ok(Kept::HandedBack)
}

/// Hands back all of these answers on which the markers agree; each attempt is a transaction of its own.
pub async fn hand_back_all(
    conn: &mut Conn,
    library: &Library,
    entries: &[&Entry],
    me: Uuid,
) -> Result<usize, Failed<MarkingRefusal>> {
    let mut handed_back = 0;
    for entry in entries.iter().filter(|entry| entry.task(me) == Task::HandBack) {
        let place = (entry.attempt, entry.place);
        let work = Work::find(conn, library, entry.course, place, me).await?;
        let kept: Result<Kept, Failed<MarkingRefusal>> = conn
            .transaction(async |conn| {
                let (state, _) = judging::lock(conn, &work.sheet).await.map_err(of_attempt)?;
                Ok(hand_back(conn, &work, &state, me).await?)
            })
            .await;
        handed_back += usize::from(kept? == Kept::HandedBack);
    }
    Ok(handed_back)
}
