//! Ids that nobody wrote, over several edits.

use super::*;
use crate::course::identity::questions::all;
use crate::course::identity::samples::{compiled, course, lessons};

fn ids(course: &Course) -> Vec<String> {
    let options = |item: &Item| -> Vec<String> {
        options::ids(item).into_iter().map(|id| id.0.clone()).collect()
    };
    all(course).map(|(_, item)| format!("{}: {}", item.id, options(item).join(" "))).collect()
}

#[test]
fn a_mended_slip_keeps_the_id_and_the_version() {
    let before = course("### What is tolling?\n\n- [x] Making moulds\n- [ ] Selling mouls\n");
    let edited = course("### What is tolling?\n\n- [x] Making moulds\n- [ ] Selling moulds\n");
    let now = adopt(&before, &[], edited.clone());
    assert_eq!(ids(&before), ids(&now));
    assert_ne!(ids(&before), ids(&edited));
    let hash = |course: &Course| all(course).map(|(_, item)| item.scoring_hash.clone()).next();
    assert_eq!(hash(&before), hash(&now));
}

#[test]
fn a_new_option_does_not_take_the_id_of_an_old_one() {
    let before = course("### Which one?\n\n- [x] Making moulds\n- [ ] Selling mouls\n- [ ] Rent\n");
    let now = adopt(
        &before,
        &[],
        course(
            "### Which one?\n\n- [x] Making moulds\n- [ ] Selling moulds\n- [ ] Selling mouls\n",
        ),
    );
    assert_eq!(ids(&now), ["which-one: making-moulds selling-moulds selling-mouls"]);
}

#[test]
fn a_new_question_with_an_old_title_gets_an_id_of_its_own() {
    let first = "### Right?\n\n- [x] Roof\n- [ ] Door\n\n";
    let second = "### Right?\n\n- [x] Floor\n- [ ] Wall\n\n";
    let third = "### Right?\n\n- [x] Sun\n- [ ] Moon\n\n";
    let before = course(&[first, second].concat());
    let now = adopt(&before, &[], course(&[second, third].concat()));
    assert_eq!(ids(&now), ["right-2: floor wall", "right-2-2: sun moon"]);
    let again = adopt(&now, &[], course(&[second, third].concat()));
    assert_eq!(ids(&again), ids(&now), "publishing the same text again changes nothing");
}

#[test]
fn a_quiz_without_an_id_is_where_its_questions_are() {
    let lesson =
        |parts: &[&str]| format!("---\ntitle: One\nminutes: 5\n---\n\nText.\n\n{}", parts.concat());
    let quiz = |id: &str| {
        format!(
            "## Try it {{.quiz}}\n\n### Question {id}? {{#{id}}}\n\n- [x] Yes, {id}\n- [ ] No, {id}\n\n"
        )
    };
    let (a, b) = (quiz("a"), quiz("b"));
    let before = compiled(&lessons(&[("1-one", &lesson(&[&a, &b]))]));
    let now = adopt(&before, &[], compiled(&lessons(&[("1-one", &lesson(&[&b]))])));
    let names: Vec<&str> = quiz_ids(&now).map(QuizId::as_str).collect();
    assert_eq!(names, ["try-it-2"]);
    let blocks: Vec<&Block> =
        now.modules[0].lessons[0].texts.values().flat_map(|text| &text.blocks).collect();
    assert!(blocks.contains(&&Block::Quiz(QuizId("try-it-2".into()))), "{blocks:?}");
}
