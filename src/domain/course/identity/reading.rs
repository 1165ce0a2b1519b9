//! What learners read of a lesson, as a hash: it changes when the words change, not when their markup does.

use std::collections::BTreeMap;

use super::similar::plain;
use crate::course::model::{Block, Course, Lesson};
use crate::digest::sha256;
use crate::html::Html;
use crate::locale::Locale;
use crate::quiz::item::Item;

/// The hash of each lesson that learners see, by its id.
pub type Reading = BTreeMap<String, String>;

/// What the lessons of a course say, in the language it was written in: translations follow it.
pub fn reading(course: &Course) -> Reading {
    let modules = course.modules.iter().filter(|module| !module.draft);
    let lessons = modules.flat_map(|module| &module.lessons).filter(|lesson| !lesson.draft);
    lessons.map(|lesson| (lesson.id.clone(), hash(lesson, course.source))).collect()
}

/// The lessons of `now` that somebody has not read as they are: those that `read` lacks or has with other words.
/// `read` is what a person last saw of each lesson.
pub fn unread<'n>(now: &'n Reading, read: &Reading) -> Vec<&'n str> {
    now.iter().filter(|(id, hash)| read.get(*id) != Some(hash)).map(|(id, _)| id.as_str()).collect()
}

/// The hash of what a lesson and its questions say.
fn hash(lesson: &Lesson, source: Locale) -> String {
    let mut said = String::new();
    if let Some(text) = lesson.texts.get(&source) {
        say(&mut said, &text.title);
        for block in &text.blocks {
            match block {
                Block::Prose(html) => say(&mut said, &plain(html)),
                Block::Quiz(_) => {}
            }
        }
    }
    let quizzes = lesson.quizzes.iter().filter(|quiz| !quiz.rules.draft);
    quizzes.flat_map(|quiz| &quiz.items).for_each(|item| say_item(&mut said, item, source));
    sha256(said.as_bytes())
}

fn say_item(said: &mut String, item: &Item, source: Locale) {
    let Some(text) = item.texts.get(&source) else { return };
    let options = text.options.values().map(|option| &option.text);
    let shown: Vec<&Html> = [&text.title, &text.stem].into_iter().chain(options).collect();
    shown.into_iter().for_each(|html| say(said, &plain(html)));
}

/// Adds the words of a text, one space between them.
fn say(said: &mut String, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        said.push_str(word);
        said.push(' ');
    }
    said.push('\n');
}
