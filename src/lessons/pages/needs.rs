//! What must be reached before something opens, in words and with the way there.

use super::missing::Reason;
use crate::catalogue::{Cards, Published};
use crate::domain::course::condition::Condition;
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::words;

/// One thing to do, or several of which one is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// One part is to be done; of more, any.
    pub either: Vec<Reason>,
}

/// All that is left to do.
pub fn needs(
    condition: &Condition,
    published: &Published,
    cards: &Cards,
    lang: Locale,
) -> Vec<Need> {
    let speaker = Speaker { published, cards, lang };
    match condition {
        Condition::All(parts) => parts.iter().map(|part| speaker.need(part)).collect(),
        Condition::Any(_)
        | Condition::Lesson(_)
        | Condition::Module(_)
        | Condition::Quiz(_)
        | Condition::Score(..)
        | Condition::Course(_)
        | Condition::From(_) => vec![speaker.need(condition)],
    }
}

/// The same as sentences.
pub fn need_texts(needs: &[Need], lang: Locale) -> Vec<String> {
    let or = format!(" {} ", words::t(lang, "need-or"));
    let text = |need: &Need| {
        let parts: Vec<&str> = need.either.iter().map(|reason| reason.text.as_str()).collect();
        parts.join(&or)
    };
    needs.iter().map(text).collect()
}

struct Speaker<'a> {
    published: &'a Published,
    cards: &'a Cards,
    lang: Locale,
}

impl Speaker<'_> {
    fn need(&self, condition: &Condition) -> Need {
        let either = match condition {
            Condition::Any(parts) => parts.iter().map(|part| self.reason(part)).collect(),
            Condition::All(_)
            | Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::Course(_)
            | Condition::From(_) => vec![self.reason(condition)],
        };
        Need { either }
    }

    /// A single thing with its link; what is put together of several has none.
    fn reason(&self, condition: &Condition) -> Reason {
        let (lang, source) = (self.lang, self.published.course.source);
        match condition {
            Condition::All(parts) => self.joined(parts, "need-and"),
            Condition::Any(parts) => self.joined(parts, "need-or"),
            Condition::Lesson(id) => {
                let title = self
                    .published
                    .lesson(id)
                    .and_then(|(_, lesson)| lesson.texts.get(&lang).or(lesson.texts.get(&source)))
                    .map_or(id.as_str(), |text| text.title.as_str());
                self.about("need-lesson", title, self.lesson_address(id))
            }
            Condition::Module(id) => {
                let module = self.published.modules().find(|module| module.id == *id);
                let title = module.map_or(id.as_str(), |module| module.title.get(lang, source));
                self.about("need-module", title, self.course_address())
            }
            Condition::Quiz(id) => match self.published.quiz(id) {
                Some((lesson, quiz)) => {
                    let address = format!("{}#{id}", self.lesson_address(&lesson.id));
                    self.about("need-quiz", quiz.title.get(lang, source), address)
                }
                None => self.about("need-quiz", id.as_str(), String::new()),
            },
            Condition::Score(id, share) => {
                let found = self.published.quiz(id);
                let title = found.map_or(id.as_str(), |(_, quiz)| quiz.title.get(lang, source));
                let share = format::percent(lang, share.shown_percent(None));
                let text = words::ta(lang, "need-score", &[("title", title), ("share", &share)])
                    .into_owned();
                let href = found
                    .map(|(lesson, _)| format!("{}#{id}", self.lesson_address(&lesson.id)))
                    .unwrap_or_default();
                Reason { text, href }
            }
            Condition::Course(name) => {
                let by_id = name.parse().ok().and_then(|id| self.cards.by_id(id));
                match self.cards.by_slug(name).or(by_id).filter(|card| !card.draft) {
                    Some(card) => {
                        let address = format!("/{}/courses/{}", lang.code(), card.slug);
                        self.about("need-course", card.title_in(lang), address)
                    }
                    None => self.about("need-course", name, String::new()),
                }
            }
            Condition::From(day) => Reason {
                text: words::ta(lang, "need-from", &[("date", &format::date(lang, *day))])
                    .into_owned(),
                href: String::new(),
            },
        }
    }

    fn about(&self, key: &str, title: &str, href: String) -> Reason {
        Reason { text: words::ta(self.lang, key, &[("title", title)]).into_owned(), href }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> Reason {
        let texts: Vec<String> = parts.iter().map(|part| self.reason(part).text).collect();
        let between = format!(" {} ", words::t(self.lang, word));
        Reason { text: texts.join(&between), href: String::new() }
    }

    fn course_address(&self) -> String {
        format!("/{}/courses/{}", self.lang.code(), self.published.course.slug)
    }

    fn lesson_address(&self, id: &str) -> String {
        format!("{}/{id}", self.course_address())
    }
}
