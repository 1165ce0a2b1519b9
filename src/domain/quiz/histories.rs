//! Whole attempts as they happen on bad days: answers sent twice, late and in another order, programs that crash
//! between any two events, clocks that step. Marks are compared with a second, simple-minded reckoning.
//!
//! `PROPTEST_CASES=100000` looks at so many histories; without it at two thousand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::behaviour::{Behaviour, Certainty};
use super::event::{Event, EventKind, Ruling, State, Worth, fold};
use super::grade::{Fraction, WHOLE};
use super::item::{Item, QuizRules};
use super::number::quantity;
use super::paper::{Paper, Seen};
use super::play::Play;
use super::response::Response;
use super::samples::{SHUFFLED, percents, quiz};
use super::score::{Score, replay};
use super::seed::Seed;

const SLOTS: u16 = 3;

/// What a client sends; an operation sent again has the same number.
#[derive(Clone, Copy, Debug)]
enum Op {
    Save(u16, i32),
    Check(u16, i32),
    Sure(u16, Certainty),
    Finish,
}

/// What happens on the wire.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The next operation arrives.
    Arrives,
    /// One that arrived before arrives once more.
    Again(usize),
    /// The program crashes; what is not in the events is lost.
    Crash,
    /// The clock of the database steps.
    Clock(i64),
}

fn any_op() -> impl Strategy<Value = Op> {
    let percent = proptest::sample::select(vec![0, 0, 20, 50, 80, 100]);
    let sure = proptest::sample::select(Certainty::ALL.to_vec());
    prop_oneof![
        4 => (0..SLOTS, percent.clone()).prop_map(|(slot, percent)| Op::Save(slot, percent)),
        4 => (0..SLOTS, percent).prop_map(|(slot, percent)| Op::Check(slot, percent)),
        2 => (0..SLOTS, sure).prop_map(|(slot, sure)| Op::Sure(slot, sure)),
        1 => Just(Op::Finish),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Arrives),
        2 => any::<usize>().prop_map(Step::Again),
        1 => Just(Step::Crash),
        1 => (-7200_i64..7200).prop_map(Step::Clock),
    ]
}

fn any_behaviour() -> impl Strategy<Value = Behaviour> {
    proptest::sample::select(Behaviour::WORDS.map(|(_, behaviour)| behaviour).to_vec())
}

fn typed(percent: i32) -> Response {
    let typed = percent.to_string();
    Response::Number { value: quantity(&typed), typed }
}

/// A server: its events are safe, its state is a cache that is built anew after a crash.
#[derive(Default)]
struct Server {
    events: Vec<Event>,
    cache: State,
    known: BTreeSet<usize>,
    clock: i64,
}

impl Server {
    /// An operation that was taken before is not taken again, and after the end none is.
    fn take(&mut self, number: usize, op: Op) {
        if self.cache.finished.is_some() || !self.known.insert(number) {
            return;
        }
        let (slot, kind) = match op {
            Op::Save(slot, percent) => (Some(slot), EventKind::Save(typed(percent))),
            Op::Check(slot, percent) => (Some(slot), EventKind::Check(typed(percent))),
            Op::Sure(slot, sure) => (Some(slot), EventKind::Sure(sure)),
            Op::Finish => (None, EventKind::Finish),
        };
        self.append(slot, kind);
    }

    fn append(&mut self, slot: Option<u16>, kind: EventKind) {
        let at: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000 + self.clock, 0).unwrap();
        let event = Event { seq: u32::try_from(self.events.len()).unwrap(), at, slot, kind };
        self.cache = std::mem::take(&mut self.cache).after(&event);
        self.events.push(event);
        self.clock += 1;
    }
}

/// Plays a history to its end. Returns the server and the operations in the order in which they were first taken.
fn played(ops: &[Op], steps: &[Step]) -> (Server, Vec<Op>) {
    let (mut server, mut sent) = (Server::default(), 0);
    server.append(None, EventKind::Start);
    for step in steps {
        match step {
            Step::Arrives if sent < ops.len() => {
                server.take(sent, ops[sent]);
                sent += 1;
            }
            Step::Again(which) if sent > 0 => server.take(which % sent, ops[which % sent]),
            Step::Crash => server.cache = fold(&server.events),
            Step::Clock(by) => server.clock += by,
            Step::Arrives | Step::Again(_) => {}
        }
    }
    let mut taken: Vec<Op> = ops[..sent].to_vec();
    if let Some(end) = taken.iter().position(|op| matches!(op, Op::Finish)) {
        taken.truncate(end);
    }
    if server.cache.finished.is_none() {
        server.append(None, EventKind::Finish);
    }
    (server, taken)
}

/// The simple-minded reckoning of one question, in whole percent times three, so that thirds are whole.
fn reckoned(behaviour: Behaviour, ops: &[Op], asked: u16) -> i64 {
    let (mut last, mut tries, mut sure) = (None, Vec::new(), Certainty::Low);
    for op in ops {
        match *op {
            Op::Save(slot, percent) if slot == asked => last = Some(i64::from(percent)),
            Op::Check(slot, percent) if slot == asked => {
                last = Some(i64::from(percent));
                tries.push(i64::from(percent));
            }
            Op::Sure(slot, said) if slot == asked => sure = said,
            Op::Save(..) | Op::Check(..) | Op::Sure(..) | Op::Finish => {}
        }
    }
    let Some(last) = last else { return 0 };
    let most = match behaviour {
        Behaviour::Immediate => 1,
        Behaviour::Tries => 3,
        Behaviour::PointsList => 4,
        Behaviour::Practice | Behaviour::Adaptive | Behaviour::Deferred | Behaviour::Certainty => {
            99
        }
    };
    tries.push(last);
    tries.dedup();
    let end =
        tries.iter().position(|percent| *percent == 100).map_or(most, |at| (at + 1).min(most));
    tries.truncate(end);
    let less = |(earlier, percent): (usize, &i64)| {
        (percent * 3 - 100 * i64::try_from(earlier).unwrap()).max(0)
    };
    match behaviour {
        Behaviour::Deferred | Behaviour::Practice => last * 3,
        Behaviour::Immediate => tries[0] * 3,
        Behaviour::Tries => less((tries.len() - 1, &tries[tries.len() - 1])),
        Behaviour::Adaptive => tries.iter().enumerate().map(less).max().unwrap_or(0),
        Behaviour::PointsList => {
            let (mut best, mut sum) = (0, 0);
            for (percent, value) in tries.iter().zip([100, 70, 50, 20]) {
                sum += (percent - best).max(0) * value * 3;
                best = best.max(*percent);
            }
            sum / 100
        }
        Behaviour::Certainty => match (sure, last) {
            (Certainty::Low, 0) => 0,
            (Certainty::Mid, 0) => -200,
            (Certainty::High, 0) => -600,
            (Certainty::Low, right) => right,
            (Certainty::Mid, right) => right * 2,
            (Certainty::High, right) => right * 3,
        },
    }
}

fn questions(behaviour: Behaviour) -> (Vec<Item>, Play, Paper) {
    let items: Vec<Item> = (0..SLOTS)
        .map(|n| {
            let mut item = percents();
            item.id.0 = format!("q{n}");
            item
        })
        .collect();
    let pass = Some(Fraction::percent(70));
    let tries = Some(3);
    let rules = QuizRules { pass, behaviour: Some(behaviour), tries, shuffle: false, ..SHUFFLED };
    let paper = Paper::draw(&quiz(items.clone(), rules.clone()), &Seed([5; 32]), &Seen::new());
    (items, Play::of(&rules), paper)
}

fn marks(score: &Score) -> Vec<i64> {
    score.slots.iter().map(|slot| slot.marks.0).collect()
}

fn many() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig { cases: asked.cases.max(2000), ..asked }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn the_events_tell_the_marks_whatever_happened(
        behaviour in any_behaviour(),
        ops in proptest::collection::vec(any_op(), 0..24),
        steps in proptest::collection::vec(any_step(), 0..60),
        order in any::<u64>(),
    ) {
        let (server, taken) = played(&ops, &steps);
        let (items, play, paper) = questions(behaviour);
        let cached = replay(&paper, &items, &play, &server.cache).unwrap();

        let mut mixed: Vec<&Event> = server.events.iter().chain(server.events.iter().step_by(2)).collect();
        mixed.sort_by_key(|event| (u64::from(event.seq) + 1).wrapping_mul(order | 1));
        let folded = fold(mixed);
        prop_assert_eq!(&folded, &server.cache);
        prop_assert_eq!(&replay(&paper, &items, &play, &folded).unwrap(), &cached);

        for slot in 0..SLOTS {
            let expected = reckoned(behaviour, &taken, slot) * WHOLE / 300;
            let found = cached.slots[usize::from(slot)].marks.0;
            prop_assert!((found - expected).abs() <= 4, "{behaviour:?} slot {slot}: {found}, expected {expected}");
        }
    }

    #[test]
    fn a_crash_at_any_point_changes_nothing(
        behaviour in any_behaviour(),
        ops in proptest::collection::vec(any_op(), 0..24),
        steps in proptest::collection::vec(any_step(), 0..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let (server, _) = played(&ops, &steps);
        let cut = cut.index(server.events.len() + 1);
        let resumed = server.events[cut..].iter().fold(fold(&server.events[..cut]), State::after);
        prop_assert_eq!(&resumed, &server.cache);
        let (items, play, paper) = questions(behaviour);
        prop_assert_eq!(
            replay(&paper, &items, &play, &resumed).unwrap(),
            replay(&paper, &items, &play, &server.cache).unwrap()
        );
    }

    #[test]
    fn a_regrade_by_the_same_key_changes_nothing(
        behaviour in any_behaviour(),
        ops in proptest::collection::vec(any_op(), 0..24),
        steps in proptest::collection::vec(any_step(), 0..60),
        slot in 0..SLOTS,
        void in any::<bool>(),
    ) {
        let (mut server, _) = played(&ops, &steps);
        let (items, play, paper) = questions(behaviour);
        let before = replay(&paper, &items, &play, &server.cache).unwrap();
        let ruling = |worth| EventKind::Regrade(Ruling::of(worth));
        let share = before.slots[usize::from(slot)].grade.fraction;
        server.append(Some(slot), ruling(if void { Worth::Void } else { Worth::Share(share) }));
        let ruled = replay(&paper, &items, &play, &server.cache).unwrap();
        if !void && share >= Fraction(-WHOLE) {
            prop_assert_eq!(marks(&ruled), marks(&before));
        }
        let of: i64 = ruled.slots.iter().map(|slot| slot.of.0).sum();
        prop_assert_eq!(ruled.max.0, of);
        // Taken back, everything is as it was.
        server.append(Some(slot), ruling(Worth::Played));
        prop_assert_eq!(replay(&paper, &items, &play, &server.cache).unwrap(), before.clone());
        prop_assert_eq!(&server.cache.responses, &fold(&server.events).responses);
        let answered: BTreeMap<u16, Response> = fold(&server.events).responses;
        prop_assert!(answered.keys().all(|slot| *slot < SLOTS));
    }
}
