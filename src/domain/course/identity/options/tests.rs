//! Options of edited questions: which keeps which id.

use super::*;
use crate::course::identity::samples::{course, question};

fn kept_of(before: &str, now: &str) -> Vec<(String, String)> {
    let (old, new) = (course(before), course(now));
    let (old_item, new_item) = (question(&old, "q"), question(&new, "q"));
    let loose: BTreeSet<&OptionId> =
        new.unnamed.options.iter().filter(|(of, _)| of.as_str() == "q").map(|(_, id)| id).collect();
    kept(old_item, new_item, &loose).into_iter().map(|(new, old)| (new.0, old.0)).collect()
}

#[test]
fn options_are_found_by_id_then_text_then_place() {
    let before = "### Which falls first? {#q}\n\n- [ ] Raw material\n- [x] Tooling cost\n- [ ] Quality control\n";
    for (now, found) in [
        // A slip is mended: the place is the same and the text is 80 % alike.
        (
            "- [ ] Raw materials\n- [x] Tooling cost\n- [ ] Quality control\n",
            "raw-materials<raw-material tooling-cost<tooling-cost quality-control<quality-control",
        ),
        // Another text at the same place is another option.
        (
            "- [ ] Energy\n- [x] Tooling cost\n- [ ] Quality control\n",
            "tooling-cost<tooling-cost quality-control<quality-control",
        ),
        // Places do not count when one was added.
        (
            "- [ ] Raw materials\n- [x] Tooling cost\n- [ ] Quality control\n- [ ] Rent\n",
            "tooling-cost<tooling-cost quality-control<quality-control",
        ),
        // In another order: by text.
        (
            "- [x] Tooling cost\n- [ ] Quality control\n- [ ] Raw material\n",
            "tooling-cost<tooling-cost quality-control<quality-control raw-material<raw-material",
        ),
        // Ids were written: by text.
        (
            "- [ ] Raw material {#raw}\n- [x] Tooling cost {#tool}\n- [ ] Quality control {#qc}\n",
            "raw<raw-material tool<tooling-cost qc<quality-control",
        ),
        // A written id never goes by place.
        (
            "- [ ] Raw materials {#raw}\n- [x] Tooling cost\n- [ ] Quality control\n",
            "tooling-cost<tooling-cost quality-control<quality-control",
        ),
    ] {
        let stem = "### Which falls first? {#q}\n\n";
        let mut pairs: Vec<String> = kept_of(before, &format!("{stem}{now}"))
            .into_iter()
            .map(|(new, old)| format!("{new}<{old}"))
            .collect();
        let mut expected: Vec<&str> = found.split(' ').collect();
        pairs.sort();
        expected.sort_unstable();
        assert_eq!(pairs, expected, "{now}");
    }
}
