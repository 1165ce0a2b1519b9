//! The few words that rendering itself puts on a page, in the three languages.

use rust_decimal::Decimal;

use crate::format::decimal;
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
    /// Name of a formula that stands alone.
    pub formula: &'static str,
    /// Button that copies code.
    pub copy: &'static str,
    /// What the button says once that is done.
    pub copied: &'static str,
    /// Name of a video that has none.
    pub video: &'static str,
    /// Link that downloads a video.
    pub download: &'static str,
    /// Title of what is said in a video.
    pub transcript: &'static str,
    /// Said under a video of another site; `{site}` is its name.
    pub elsewhere: &'static str,
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
    formula: "Düstur",
    copy: "Kopyala",
    copied: "Kopyalandı",
    video: "Video",
    download: "Endir",
    transcript: "Videonun mətni",
    elsewhere: "Video {site} saytındadır. O, yalnız düyməni basdıqdan sonra yüklənir; həmin sayt onda ünvanınızı (IP) görür.",
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
    formula: "Formula",
    copy: "Copy",
    copied: "Copied",
    video: "Video",
    download: "Download",
    transcript: "Transcript",
    elsewhere: "The video is on {site}. It is loaded only when you press play; that site then sees your address (IP).",
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
    formula: "Формула",
    copy: "Копировать",
    copied: "Скопировано",
    video: "Видео",
    download: "Скачать",
    transcript: "Текст видео",
    elsewhere: "Видео находится на сайте {site}. Оно загрузится только после нажатия; тогда этот сайт увидит ваш адрес (IP).",
};

impl Words {
    /// A size in bytes as people read it.
    pub(super) fn size(&self, bytes: u64, locale: Locale) -> String {
        let unit = match (locale, bytes < 1_000_000) {
            (Locale::Ru, true) => "КБ",
            (Locale::Ru, false) => "МБ",
            (Locale::Az | Locale::En, true) => "KB",
            (Locale::Az | Locale::En, false) => "MB",
        };
        let thousandths = if bytes < 1_000_000 { bytes } else { bytes / 1000 };
        let places = if thousandths < 10_000 { 1 } else { 0 };
        let number = Decimal::from(thousandths) / Decimal::from(1000);
        format!("{}\u{a0}{unit}", decimal(locale, number, places))
    }
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::Az => &AZ,
        Locale::En => &EN,
        Locale::Ru => &RU,
    }
}
