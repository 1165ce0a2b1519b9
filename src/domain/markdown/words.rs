//! The few words that rendering itself puts on a page, in the three languages.

use crate::locale::Locale;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// Titles of the five kinds of callout.
    pub note: &'static str,
    /// See `note`.
    pub tip: &'static str,
    /// See `note`.
    pub important: &'static str,
    /// See `note`.
    pub warning: &'static str,
    /// See `note`.
    pub caution: &'static str,
    /// Name of a table that scrolls sideways.
    pub table: &'static str,
    /// Name of a stretch of code that scrolls sideways.
    pub code: &'static str,
    /// Heading of the footnotes.
    pub footnotes: &'static str,
    /// Name of the link from the text to a footnote, before its number.
    pub footnote: &'static str,
    /// Name of the link from a footnote to the text.
    pub back: &'static str,
    /// A ticked entry of a task list.
    pub done: &'static str,
    /// An entry that is not ticked.
    pub open: &'static str,
}

const AZ: Words = Words {
    note: "Qeyd",
    tip: "Məsləhət",
    important: "Vacib",
    warning: "Xəbərdarlıq",
    caution: "Diqqət",
    table: "Cədvəl",
    code: "Kod",
    footnotes: "Qeydlər",
    footnote: "Qeyd",
    back: "Mətnə qayıt",
    done: "yerinə yetirilib",
    open: "yerinə yetirilməyib",
};

const EN: Words = Words {
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    table: "Table",
    code: "Code",
    footnotes: "Notes",
    footnote: "Note",
    back: "Back to the text",
    done: "done",
    open: "not done",
};

const RU: Words = Words {
    note: "Примечание",
    tip: "Совет",
    important: "Важно",
    warning: "Предупреждение",
    caution: "Осторожно",
    table: "Таблица",
    code: "Код",
    footnotes: "Примечания",
    footnote: "Примечание",
    back: "Вернуться к тексту",
    done: "выполнено",
    open: "не выполнено",
};

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::Az => &AZ,
        Locale::En => &EN,
        Locale::Ru => &RU,
    }
}
