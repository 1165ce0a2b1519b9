//! The clock of attempts: deadlines, slack, and who may start.

use proptest::prelude::*;

use super::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn terms(time: Option<u32>, close: Option<i64>, attempts: Option<u32>) -> Terms {
    Terms { open: None, close: close.map(at), time, attempts }
}

fn open(deadline: Option<i64>) -> Attempt {
    Attempt { number: 1, started: at(0), deadline: deadline.map(at), finished: None }
}

fn ended(number: u32) -> Attempt {
    Attempt { number, finished: Some(at(10)), ..open(None) }
}

#[test]
fn posts_around_the_deadline() {
    let attempt = open(Some(600));
    let ends = |second| Settled { finished_at: at(second) };
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
    let granted = Personal { time: Some(900), ..Personal::default() };
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
