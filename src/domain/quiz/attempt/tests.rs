//! The clock of attempts: deadlines, slack, and who may start.

use proptest::prelude::*;

use super::*;
use crate::quiz::item::QuizRules;
use crate::quiz::terms::{Grant, Grants};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn terms(time: Option<u32>, close: Option<i64>, attempts: Option<u32>) -> Terms {
    Terms { close: close.map(at), time, attempts, ..Terms::default() }
}

fn open(deadline: Option<i64>) -> Attempt {
    Attempt {
        number: 1,
        started: at(0),
        deadline: deadline.map(at),
        finished: None,
        overdue: Overdue::Submit,
    }
}

fn ended(number: u32) -> Attempt {
    Attempt { number, finished: Some(at(10)), ..open(None) }
}

#[test]
fn posts_around_the_deadline() {
    let attempt = open(Some(600));
    let ends = |second| Settled { finished_at: at(second), ending: Ending::Finished };
    for (second, arrival) in [
        (598, Arrival::Take),
        (599, Arrival::TakeAndFinish(ends(599))),
        (600, Arrival::TakeAndFinish(ends(600))),
        (630, Arrival::TakeAndFinish(ends(600))),
        (660, Arrival::TakeAndFinish(ends(600))),
        (661, Arrival::Ignore),
    ] {
        assert_eq!(attempt.arrival(at(second)), arrival, "{second}");
    }
    for (second, settled) in
        [(599, None), (630, None), (660, None), (661, Some(ends(600))), (700, Some(ends(600)))]
    {
        assert_eq!(attempt.settle(at(second)), settled, "{second}");
    }
}

#[test]
fn deadlines() {
    let quiz = QuizRules { time: Some(600), ..QuizRules::default() };
    let personal = Grant { time: Some(900), ..Grant::default() };
    let granted = Grants { personal, ..Grants::default() };
    assert_eq!(terms(Some(600), None, None).deadline(at(0)), Some(at(600)));
    assert_eq!(terms(Some(600), Some(300), None).deadline(at(0)), Some(at(300)));
    assert_eq!(Terms::of(&quiz, &granted).deadline(at(0)), Some(at(900)));
    assert_eq!(terms(None, Some(300), None).deadline(at(0)), Some(at(300)));
    assert_eq!(terms(None, None, None).deadline(at(0)), None);
    assert_eq!(
        terms(Some(u32::MAX), None, None).deadline(DateTime::<Utc>::MAX_UTC),
        Some(DateTime::<Utc>::MAX_UTC)
    );
}

#[test]
fn phases() {
    let left = |seconds| Phase::Open { left: Some(TimeDelta::seconds(seconds)) };
    assert_eq!(open(None).phase(at(5)), Phase::Open { left: None });
    assert_eq!(open(Some(600)).phase(at(590)), left(10));
    assert_eq!(open(Some(600)).phase(at(600)), Phase::Overdue);
    assert_eq!(ended(1).phase(at(5)), Phase::Closed);
}

#[test]
fn starting() {
    let limited = terms(None, Some(1000), Some(2));
    assert_eq!(may_start(&[], &limited, at(0)), Ok(Opening::New(1)));
    assert_eq!(may_start(&[ended(1)], &limited, at(20)), Ok(Opening::New(2)));
    assert_eq!(
        may_start(&[ended(1), ended(2)], &limited, at(20)),
        Err(Refusal::NoAttemptsLeft { allowed: 2 })
    );
    assert_eq!(may_start(&[ended(1), open(None)], &limited, at(20)), Ok(Opening::Resume(1)));
    assert_eq!(may_start(&[], &limited, at(1000)), Err(Refusal::QuizClosed { closed: at(1000) }));
    let later = Terms { open: Some(at(50)), ..limited };
    assert_eq!(may_start(&[], &later, at(49)), Err(Refusal::NotOpenYet { opens: at(50) }));
    assert_eq!(may_start(&[ended(7)], &terms(None, None, None), at(20)), Ok(Opening::New(8)));
    assert_eq!(attempts_left(&[ended(1)], &limited), Some(1));
    assert_eq!(attempts_left(&[ended(3)], &limited), Some(0));
}

#[test]
fn finishing_twice_is_refused() {
    let mut attempt = open(Some(600));
    let settled = attempt.finish(at(610)).unwrap();
    assert_eq!(settled.finished_at, at(600));
    attempt.finished = Some(settled.finished_at);
    assert_eq!(attempt.finish(at(611)), Err(Refusal::Finished));
    assert_eq!(attempt.settle(at(10_000)), None);
    assert_eq!(open(Some(600)).finish(at(661)), Err(Refusal::TimeUp { deadline: at(600) }));
}

fn past(number: u32, started: i64, finished: i64) -> Attempt {
    Attempt { number, started: at(started), finished: Some(at(finished)), ..open(None) }
}

#[test]
fn attempts_are_apart() {
    let terms = Terms { wait: Some((100, 1000)), time: Some(600), ..Terms::default() };
    let soon = |from| Err(Refusal::TooSoon { from: at(from) });
    for (past, now, opening) in [
        (vec![past(1, 0, 50)], 149, soon(150)),
        (vec![past(1, 0, 50)], 150, Ok(Opening::New(2))),
        (vec![past(1, 0, 50), past(2, 200, 300)], 1299, soon(1300)),
        (vec![past(1, 0, 50), past(2, 200, 300)], 1300, Ok(Opening::New(3))),
        // Settled late: the pause began when the time was over.
        (vec![past(1, 0, 5000)], 699, soon(700)),
        (vec![past(1, 0, 5000)], 700, Ok(Opening::New(2))),
    ] {
        assert_eq!(may_start(&past, &terms, at(now)), opening, "{now}");
    }
}

#[test]
fn handing_in_late() {
    let at_600 = open(Some(600));
    let grace = Attempt { overdue: Overdue::Grace(300), ..at_600 };
    let abandon = Attempt { overdue: Overdue::Abandon, ..at_600 };
    let gone = |second| Some(Settled { finished_at: at(second), ending: Ending::Abandoned });
    for (attempt, now, may_save, finish, settled) in [
        (grace, 599, true, Some(599), None),
        (grace, 660, true, Some(660), None),
        (grace, 661, false, Some(661), None),
        (grace, 900, false, Some(900), None),
        (grace, 960, false, Some(900), None),
        (grace, 961, false, None, gone(900)),
        (abandon, 630, true, Some(600), None),
        (abandon, 661, false, None, gone(600)),
    ] {
        assert_eq!(attempt.may_save(at(now)).is_ok(), may_save, "{now}");
        let finished = attempt.finish(at(now)).ok().map(|settled| settled.finished_at);
        assert_eq!(finished, finish.map(at), "{now}");
        assert_eq!(attempt.settle(at(now)), settled, "{now}");
    }
    assert_eq!(grace.arrival(at(599)), Arrival::Take, "the learner hands in later");
}

proptest! {
    #[test]
    fn closed_stays_closed(deadline in proptest::option::of(0_i64..2000), now in 0_i64..3000, finished in 0_i64..3000) {
        let attempt = Attempt { finished: Some(at(finished)), ..open(deadline) };
        prop_assert_eq!(attempt.phase(at(now)), Phase::Closed);
        prop_assert_eq!(attempt.may_save(at(now)), Err(Refusal::Finished));
        prop_assert_eq!(attempt.arrival(at(now)), Arrival::Ignore);
        prop_assert_eq!(attempt.settle(at(now)), None);
    }

    #[test]
    fn more_time_never_refuses_a_saved_answer(deadline in 0_i64..2000, more in 0_i64..2000, now in 0_i64..5000) {
        if open(Some(deadline)).may_save(at(now)).is_ok() {
            prop_assert!(open(Some(deadline + more)).may_save(at(now)).is_ok());
            prop_assert!(open(None).may_save(at(now)).is_ok());
        }
    }

    #[test]
    fn settling_is_the_same_for_every_caller(deadline in 0_i64..2000, one in 0_i64..5000, other in 0_i64..5000) {
        let attempt = open(Some(deadline));
        let ends: Vec<Settled> = [one, other].into_iter().filter_map(|now| attempt.settle(at(now))).collect();
        prop_assert!(ends.iter().all(|end| end.finished_at == at(deadline)));
        prop_assert_eq!(attempt.settle(at(one)).is_some(), attempt.may_save(at(one)).is_err());
    }
}
