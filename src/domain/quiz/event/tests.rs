//! Events and what they add up to.

use proptest::prelude::*;

use super::*;
use crate::quiz::grade::Marks;
use crate::quiz::mark::MarkPart;
use crate::quiz::paper::Slot;
use crate::quiz::response::ItemId;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn text(text: &str) -> Response {
    Response::Text(text.into())
}

fn event(seq: u32, slot: Option<u16>, kind: EventKind) -> Event {
    Event { seq, at: at(i64::from(seq)), slot, kind }
}

fn ruling(worth: Worth) -> Ruling {
    Ruling { reason: "the key was wrong".into(), old: Some(Marks::ZERO), ..Ruling::of(worth) }
}

#[test]
fn events_add_up() {
    let events = [
        event(0, None, EventKind::Start),
        event(1, Some(0), EventKind::Save(text("a"))),
        event(2, Some(1), EventKind::Check(text("b"))),
        event(3, Some(0), EventKind::Save(text("c"))),
        event(4, Some(0), EventKind::Sure(Certainty::Mid)),
        event(5, None, EventKind::Finish),
        event(6, Some(0), EventKind::Save(text("too late"))),
        event(7, None, EventKind::Finish),
        event(8, Some(0), EventKind::Regrade(ruling(Worth::Void))),
    ];
    let state = fold(&events);
    assert_eq!(state.responses, Responses::from([(0, text("c")), (1, text("b"))]));
    assert_eq!(state.checked, Responses::from([(1, text("b"))]));
    assert_eq!(state.tries, BTreeMap::from([(1, vec![text("b")])]));
    assert_eq!(state.sure, BTreeMap::from([(0, Certainty::Mid)]));
    assert_eq!(state.regraded[&0].worth, Worth::Void);
    assert_eq!((state.started, state.finished, state.next), (Some(at(0)), Some(at(5)), 9));
    let slot = |item: &str| Slot {
        item: ItemId(item.into()),
        version: String::new(),
        points: Marks::ZERO,
        options: vec![],
    };
    let paper = Paper { slots: vec![slot("x"), slot("y")] };
    assert!(!state.has_practised(&paper));
    assert!(State { checked: state.responses.clone(), ..state.clone() }.has_practised(&paper));
    let backwards: Vec<&Event> = events.iter().rev().chain(&events).collect();
    assert_eq!(fold(backwards), state);
}

fn mark(marks: u32, comment: &str) -> Mark {
    Mark {
        by: None,
        at: None,
        levels: BTreeMap::new(),
        marks: Marks::whole(marks),
        comment: comment.into(),
        part: MarkPart::Judgement,
    }
}

#[test]
fn judgements_count_after_the_end_and_only_when_they_are_handed_back() {
    let mut events = vec![
        event(0, None, EventKind::Start),
        event(1, Some(0), EventKind::Save(Response::Text("a".into()))),
        event(2, None, EventKind::Finish),
        event(3, Some(0), EventKind::Mark(mark(1, "first"))),
        event(4, Some(0), EventKind::Mark(mark(2, "second"))),
    ];
    let state = fold(&events);
    let noted = |marks, comment, second| Mark { at: Some(at(second)), ..mark(marks, comment) };
    assert_eq!(state.marks[&0], [noted(1, "first", 3), noted(2, "second", 4)]);
    assert_eq!(state.released, Released::new());
    events.push(event(5, Some(0), EventKind::Release(mark(2, "second"))));
    events.push(event(6, None, EventKind::Release(mark(9, "nowhere"))));
    assert_eq!(fold(&events).released, Released::from([(0, noted(2, "second", 5))]));
    assert_eq!(fold(&events).responses, state.responses);
}

#[test]
fn kinds_of_events_round_trip() {
    let response = text("x");
    for kind in [
        EventKind::Start,
        EventKind::Save(response.clone()),
        EventKind::Check(response.clone()),
        EventKind::Sure(Certainty::High),
        EventKind::Finish,
        EventKind::Extend(at(7)),
        EventKind::Mark(mark(1, "so")),
        EventKind::Release(mark(1, "so")),
        EventKind::Regrade(ruling(Worth::Share(Fraction::percent(25)))),
    ] {
        let detail = kind.detail();
        let content = Content {
            response: kind.response().cloned(),
            mark: kind.mark().cloned(),
            detail: detail.as_deref(),
        };
        assert_eq!(EventKind::read(kind.name(), content), Some(kind));
    }
    assert_eq!(EventKind::read("save", Content::default()), None);
    let answer = Content { response: Some(response), ..Content::default() };
    assert_eq!(EventKind::read("start", answer), None);
    let nonsense = Content { detail: Some("nonsense"), ..Content::default() };
    assert_eq!(EventKind::read("regrade", nonsense), None);
}

proptest! {
    #[test]
    fn nothing_after_the_finish_counts(saves in proptest::collection::vec((0_u16..4, "[a-c]"), 0..12), finish in 0_usize..12) {
        let mut kinds: Vec<(Option<u16>, EventKind)> =
            saves.into_iter().map(|(slot, text)| (Some(slot), EventKind::Save(Response::Text(text)))).collect();
        let finish = finish.min(kinds.len());
        kinds.insert(finish, (None, EventKind::Finish));
        let events: Vec<Event> = (0_u32..).zip(kinds).map(|(seq, (slot, kind))| Event { seq, at: at(0), slot, kind }).collect();
        prop_assert_eq!(fold(&events).responses, fold(&events[..=finish]).responses);
    }
}
