//! Questions in two versions: what became of each.

use proptest::prelude::*;

use super::*;
use crate::course::identity::samples::course;

const HEAT: &str = "### Which loses more heat? {#heat}\n\n- [x] Roof {#roof}\n- [ ] Door {#door}\n";
const PILOT: &str = "### How many pilots were run in the first year? {#pilot}\n\n- = 12\n";
const WORD: &str = "### What is the D in R and D? {#rd}\n\n- = development\n";

fn fates(before: &str, now: &str) -> String {
    let (before, now) = (course(before), course(now));
    let compared = questions(&before, &[], &now);
    let line = |pair: &Pair<'_>| {
        let id = |item: Option<&Item>| item.map_or("-".to_owned(), |item| item.id.0.clone());
        format!("{}<{} {:?}", id(pair.now), id(pair.before), pair.fate)
    };
    compared.pairs.iter().map(line).collect::<Vec<_>>().join(", ")
}

#[test]
fn what_becomes_of_a_question() {
    for (from, to, told) in [
        ("", "", "heat<heat Unchanged"),
        ("Which loses", "Which part loses", "heat<heat Wording"),
        ("{#heat}", "{#heat tags=roof}", "heat<heat Wording"),
        ("- [ ] Door {#door}\n", "- [ ] Door {#door}\n\n> Heat rises.\n", "heat<heat Wording"),
        (
            "- [x] Roof {#roof}\n- [ ] Door {#door}\n",
            "- [ ] Door {#door}\n- [x] Roof {#roof}\n",
            "heat<heat Unchanged",
        ),
        ("{#heat}", "{#heat points=2}", "heat<heat Scoring"),
        ("- [x] Roof {#roof}\n- [ ] Door", "- [ ] Roof {#roof}\n- [x] Door", "heat<heat Scoring"),
        (
            "- [ ] Door {#door}\n",
            "- [ ] Door {#door}\n- [ ] Floor {#floor}\n",
            "heat<heat Structure",
        ),
        ("- [x] Roof {#roof}\n- [ ] Door {#door}\n", "- = roof\n", "heat<heat Structure"),
        ("{#roof}", "{#top}", "heat<heat Unchanged"),
        ("{#heat}", "{#warmth was=heat}", "warmth<heat Unchanged"),
        ("{#heat}", "{#warmth}", "warmth<heat Unchanged"),
        ("loses more heat? {#heat}", "loses most heat? {#warmth}", "warmth<- New, -<heat Retired"),
    ] {
        let now = HEAT.replace(from, to);
        assert!(from == to || now != HEAT, "{from}");
        assert_eq!(fates(HEAT, &now), told, "{from} → {to}");
    }
}

#[test]
fn how_a_number_is_written_decides_no_marks() {
    for (before, now, told) in [
        ("- = 3.6 ± 0.1\n", "- = 3.60 ± 0.10\n", "Wording"),
        ("- = 3.6 ± 0.1\n", "- = 3.6 ± 0.2\n", "Scoring"),
        ("- = development\n", "- = development\n- = growth\n", "Scoring"),
        ("- = development\n", "- = development\n\n> Not only research.\n", "Wording"),
    ] {
        let stem = "### What is it? {#it}\n\n";
        let told = format!("it<it {told}");
        assert_eq!(fates(&format!("{stem}{before}"), &format!("{stem}{now}")), told, "{now}");
    }
}

#[test]
fn questions_without_ids_are_found_by_content_and_not_by_place() {
    let same = "### Right or wrong?\n\n- [x] A roof {n}\n- [ ] A door {n}\n";
    let quiz = |numbers: &[u32]| -> String {
        numbers.iter().map(|n| same.replace("{n}", &n.to_string()) + "\n").collect()
    };
    assert_eq!(
        fates(&quiz(&[1, 2, 3]), &quiz(&[2, 3])),
        "right-or-wrong<right-or-wrong-2 Unchanged, right-or-wrong-2<right-or-wrong-3 Unchanged, \
         -<right-or-wrong Retired"
    );
}

#[test]
fn a_likely_rename_is_proposed() {
    let (before, now) =
        (course(HEAT), course(&HEAT.replace("more heat? {#heat}", "most heat? {#warmth}")));
    let found = questions(&before, &[], &now).proposals;
    let told: Vec<_> = found.iter().map(|p| (p.now.as_str(), p.before.as_str())).collect();
    assert_eq!(told, [("warmth", "heat")]);
    assert!(found.iter().all(|proposal| proposal.likeness >= PERHAPS), "{found:?}");
    assert!(questions(&before, &[], &course(PILOT)).proposals.is_empty(), "another kind");
}

#[test]
fn a_retired_question_comes_back_or_its_id_is_refused() {
    let with_both = course(&format!("{HEAT}\n{PILOT}"));
    let gone: Vec<(QuizId, Item)> = all(&with_both)
        .filter(|(_, item)| item.id.as_str() == "heat")
        .map(|(quiz, item)| (quiz.id.clone(), item.clone()))
        .collect();
    let before = course(PILOT);
    let check = |question: &str| {
        let now = course(&format!("{question}\n{PILOT}"));
        let compared = questions(&before, &gone, &now);
        (
            compared.pairs[0].fate,
            compared.strangers.iter().map(|found| found.why).collect::<Vec<_>>(),
        )
    };
    assert_eq!(check(HEAT), (Fate::Revived, vec![]));
    assert_eq!(check(&HEAT.replace("{#heat}", "{#warmth was=heat}")), (Fate::Revived, vec![]));
    assert_eq!(check(&WORD.replace("#rd", "#heat")).1, [Unlike::Kind]);
    let other = "### Zoo {#heat}\n\n- [x] Roof {#roof}\n- [ ] Door {#door}\n";
    assert_eq!(check(other).1, [Unlike::Words(0)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// However the questions of a quiz are taken out, added and put in another order, no two are found to be one,
    /// those that stay are themselves, and comparing a course with itself finds nothing.
    #[test]
    fn matching_is_one_to_one_and_ignores_order(old in prop::sample::subsequence(vec![1_u32, 2, 3, 4, 5, 6], 1..6),
        new in prop::sample::subsequence(vec![1_u32, 2, 3, 4, 5, 6], 1..6), turned: bool, named: bool) {
        let ask = |n: &u32| {
            let id = if named { format!(" {{#q{n}}}") } else { String::new() };
            format!("### Is part {n} right?{id}\n\n- [x] Roof {n}\n- [ ] Door {n}\n\n")
        };
        let mut order = new.clone();
        if turned { order.reverse(); }
        let before = course(&old.iter().map(ask).collect::<String>());
        let now = course(&order.iter().map(ask).collect::<String>());
        let compared = questions(&before, &[], &now);
        let kept: Vec<_> = compared.pairs.iter().filter_map(|pair| pair.before).map(|item| &item.id).collect();
        prop_assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), kept.len());
        let count = |fate| compared.pairs.iter().filter(|pair| pair.fate == fate).count();
        let stay = old.iter().filter(|n| new.contains(n)).count();
        prop_assert_eq!(count(Fate::Unchanged), stay);
        prop_assert_eq!(count(Fate::New), new.len() - stay);
        prop_assert_eq!(count(Fate::Retired), old.len() - stay);
        prop_assert!(questions(&now, &[], &now).pairs.iter().all(|pair| pair.fate == Fate::Unchanged));
    }
}
