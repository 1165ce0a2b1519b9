//! The kinds that a heading names by a class, because the shape of the answers does not tell them.

use super::super::attributes::Attributes;
use crate::diagnostic::{Diagnostics, Source, nearest};

/// A kind named by a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Match,
    Order,
    Cloze,
    Hotspot,
    Essay,
    Upload,
    Survey,
    Pool,
    Draw,
}

const CLASSES: [(&str, Class); 9] = [
    ("match", Class::Match),
    ("order", Class::Order),
    ("cloze", Class::Cloze),
    ("hotspot", Class::Hotspot),
    ("essay", Class::Essay),
    ("upload", Class::Upload),
    ("survey", Class::Survey),
    ("pool", Class::Pool),
    ("draw", Class::Draw),
];

/// Takes the class of a heading; what is no class, and a second one, is reported.
pub(super) fn read_class(
    attributes: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<Class> {
    let mut found = None;
    for (word, at) in attributes.classes() {
        let class = CLASSES.iter().find(|(name, _)| *name == word).map(|(_, class)| *class);
        match class {
            Some(class) if found.is_none() => found = Some(class),
            Some(_) => {
                let message = format!("a question is of one kind: `.{word}` is a second one");
                out.push(source.error("Q005", at, message).help("take one of them away"));
            }
            None => {
                let remark = source.error("Q005", at, format!("unknown class `.{word}`"));
                out.push(match nearest(&word, &CLASSES.map(|(name, _)| name)) {
                    Some(known) => remark.help(format!("did you mean `.{known}`?")),
                    None => remark,
                });
            }
        }
    }
    found
}
