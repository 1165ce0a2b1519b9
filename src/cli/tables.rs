//! Tables for the terminal: how translations stand, and which facts are used where.

use crate::domain::course::model::{BlockState, Course, Lesson, TextState};
use crate::domain::fact::Facts;
use crate::domain::locale::Locale;

/// A line per lesson, a column per language: blocks done of all, and how many are stale, missing or left over.
pub fn languages(course: &Course) -> String {
    let mut rows = vec![head(course)];
    for module in course.modules.iter() {
        for lesson in &module.lessons {
            let name = format!("{}/{}", module.id, lesson.id);
            let cells = course.languages.iter().map(|locale| cell(lesson, *locale));
            rows.push(std::iter::once(name).chain(cells).collect());
        }
    }
    table(&rows)
}

fn head(course: &Course) -> Vec<String> {
    let codes = course.languages.iter().map(|locale| locale.code().to_owned());
    std::iter::once(course.slug.clone()).chain(codes).collect()
}

fn cell(lesson: &Lesson, locale: Locale) -> String {
    let Some(text) = lesson.texts.get(&locale) else { return "missing".to_owned() };
    match (&text.translation, text.state) {
        (_, TextState::Source) => "source".to_owned(),
        (None, TextState::Done) => "done".to_owned(),
        (None, TextState::Stale) => "stale".to_owned(),
        (Some(translation), _) => {
            let count =
                |state| translation.behind.iter().filter(|change| change.state == state).count();
            let all = translation.done + count(BlockState::Stale) + count(BlockState::Missing);
            let told = [
                (count(BlockState::Stale), "stale"),
                (count(BlockState::Missing), "missing"),
                (count(BlockState::Obsolete), "left over"),
            ];
            let told: Vec<String> = told
                .into_iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            let rest = if told.is_empty() { "done".to_owned() } else { told.join(", ") };
            format!("{}/{all} {rest}", translation.done)
        }
    }
}

/// A line per fact, with the courses that show it.
pub fn facts(facts: &Facts, courses: &[Course]) -> String {
    let mut rows =
        vec![["fact", "as of", "next check", "value", "courses"].map(String::from).to_vec()];
    for (id, fact) in facts {
        let using: Vec<&str> = courses
            .iter()
            .filter(|course| course.facts.contains_key(id))
            .map(|course| course.slug.as_str())
            .collect();
        let courses = if using.is_empty() { "none".to_owned() } else { using.join(", ") };
        rows.push(vec![
            id.clone(),
            fact.as_of.to_string(),
            fact.next_check.to_string(),
            fact.value.get(Locale::En, Locale::En).to_owned(),
            courses,
        ]);
    }
    table(&rows)
}

/// Columns as wide as their widest cell.
fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = width(column).unwrap_or(0);
            format!("{cell:<width$}")
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
