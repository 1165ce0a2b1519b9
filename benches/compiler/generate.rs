//! Made-up courses as trainers write them: prose, lists, tables, pictures, formulas, footnotes, quizzes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The files of a course.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Courses, and how much there is in them.
pub(crate) struct Set {
    pub(crate) courses: Vec<Files>,
    pub(crate) texts: usize,
    pub(crate) words: usize,
}

const MODULES: usize = 5;
const LESSONS: usize = 4;

/// So many courses of twenty lessons in three languages.
pub(crate) fn generate(courses: usize) -> Set {
    let courses: Vec<Files> = (0..courses).map(course).collect();
    let texts = || courses.iter().flatten().filter(|(path, _)| path.ends_with(".md"));
    let words =
        texts().map(|(_, text)| String::from_utf8_lossy(text).split_whitespace().count()).sum();
    Set { texts: texts().count(), words, courses }
}

struct Language {
    code: &'static str,
    words: [&'static str; 24],
    yes: &'static str,
    no: &'static str,
}

const LANGUAGES: [Language; 3] = [
    Language {
        code: "en",
        words: [
            "energy", "heat", "pump", "the", "of", "workshop", "measures", "cost", "and", "falls",
            "when", "a", "boiler", "is", "replaced", "by", "smaller", "machine", "with", "less",
            "loss", "each", "winter", "month",
        ],
        yes: "True",
        no: "False",
    },
    Language {
        code: "az",
        words: [
            "enerji",
            "istilik",
            "nasosu",
            "və",
            "emalatxana",
            "ölçür",
            "xərc",
            "azalır",
            "əgər",
            "köhnə",
            "qazan",
            "dəyişdirilir",
            "daha",
            "kiçik",
            "maşınla",
            "itki",
            "hər",
            "qış",
            "ayında",
            "işıq",
            "şəbəkə",
            "üçün",
            "ilə",
            "çox",
        ],
        yes: "Doğru",
        no: "Yanlış",
    },
    Language {
        code: "ru",
        words: [
            "энергия",
            "тепло",
            "насос",
            "и",
            "мастерская",
            "измеряет",
            "затраты",
            "снижаются",
            "когда",
            "старый",
            "котёл",
            "заменяют",
            "более",
            "малой",
            "машиной",
            "потери",
            "каждый",
            "зимний",
            "месяц",
            "свет",
            "сеть",
            "для",
            "с",
            "очень",
        ],
        yes: "Верно",
        no: "Неверно",
    },
];

/// The next number of a simple generator: the same seed makes the same courses.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

fn course(number: usize) -> Files {
    let mut files = Files::new();
    let mut put = |path: String, text: String| files.insert(path, text.into_bytes());
    put(
        "course.yml".to_owned(),
        format!(
            "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a{number:04}\nslug: course-{number}\nsource: en\nlanguages: [en, az, ru]\n\
             title: {{ en: Course, az: Kurs, ru: Курс }}\nsummary: {{ en: About, az: Haqqında, ru: Кратко }}\ntheme: energy\n\
             level: beginner\nhours: 12\nlicence: CC-BY-4.0\noutcomes:\n  O1: {{ en: Explain, az: İzah etmək, ru: Объяснять }}\n"
        ),
    );
    put(
        "media/pump.svg".to_owned(),
        "<svg viewBox=\"0 0 90 60\"><title>A pump</title></svg>".to_owned(),
    );
    for module in 1..=MODULES {
        put(
            format!("{module}-part-{module}/module.yml"),
            "title: { en: Part, az: Hissə, ru: Часть }\n".to_owned(),
        );
        for lesson in 1..=LESSONS {
            for language in &LANGUAGES {
                let name = format!(
                    "{module}-part-{module}/{lesson}-lesson-{module}-{lesson}.{}.md",
                    language.code
                );
                put(
                    name,
                    text(
                        language,
                        (number * MODULES + module) * LESSONS + lesson,
                        (module, lesson),
                    ),
                );
            }
        }
    }
    files
}

/// A lesson of about a thousand words. The seed is the same in all languages, so that they have one shape.
fn text(language: &Language, seed: usize, place: (usize, usize)) -> String {
    let mut chance = Chance(u64::try_from(seed).unwrap_or(1));
    let mut text = format!("---\ntitle: {}\n", words(language, 4, &mut chance));
    if language.code == "en" {
        text.push_str("minutes: 9\noutcomes: [O1]\n");
    }
    text.push_str("---\n");
    for section in 0..6 {
        let _ = write!(text, "\n## {}\n", words(language, 5, &mut chance));
        for _ in 0..3 {
            let _ = write!(text, "\n{}\n", paragraph(language, &mut chance));
        }
        text.push_str(&extra(section, language, &mut chance));
    }
    text.push_str(&quiz(language, place, &mut chance));
    let _ = write!(text, "\n[^1]: {}\n", words(language, 12, &mut chance));
    text
}

fn words(language: &Language, count: usize, chance: &mut Chance) -> String {
    let words: Vec<&str> =
        (0..count).filter_map(|_| language.words.get(chance.below(24)).copied()).collect();
    words.join(" ")
}

fn paragraph(language: &Language, chance: &mut Chance) -> String {
    let mut sentences = Vec::new();
    for _ in 0..4 {
        let count = 5 + chance.below(6);
        let plain = words(language, count, chance);
        sentences.push(match chance.below(8) {
            0 => format!("{plain} *{}*.", words(language, 2, chance)),
            1 => format!(
                "{plain} **{}**, {}.",
                words(language, 1, chance),
                words(language, 3, chance)
            ),
            2 => format!("{plain} [{}](https://example.org/a).", words(language, 2, chance)),
            3 => format!("{plain} `code`: {}!", words(language, 2, chance)),
            _ => format!("{plain}."),
        });
    }
    sentences.join(" ")
}

/// What stands between paragraphs, another thing in each section.
fn extra(section: usize, language: &Language, chance: &mut Chance) -> String {
    let mut say = |count| words(language, count, chance);
    match section {
        0 => format!("\n- {}\n- {}\n- {}\n", say(8), say(6), say(9)),
        1 => {
            let rows: Vec<String> =
                (0..4).map(|row| format!("| {} | {row} | {} |\n", say(2), say(3))).collect();
            format!(
                "\n| {} | {} | {} |\n| --- | --: | --- |\n{}",
                say(1),
                say(1),
                say(2),
                rows.concat()
            )
        }
        2 => format!("\n![{}](../media/pump.svg \"{}\")\n", say(5), say(4)),
        3 => format!(
            "\n{} $E = m c^2$ {}[^1].\n\n$$\n\\eta = \\frac{{Q}}{{W}}\n$$\n",
            say(5),
            say(5)
        ),
        4 => format!("\n> [!NOTE]\n> {}\n\n1. {}\n2. {}\n", say(14), say(6), say(7)),
        _ => format!("\n```text\n{}\n```\n", say(6)),
    }
}

fn quiz(language: &Language, (module, lesson): (usize, usize), chance: &mut Chance) -> String {
    let id = format!("check-{module}-{lesson}");
    let mut quiz = format!("\n## {} {{#{id} .quiz pass=70%}}\n", words(language, 3, chance));
    for question in 0..3 {
        let _ = write!(
            quiz,
            "\n### {}? {{#{id}-q{question} outcome=O1}}\n\n",
            words(language, 12, chance)
        );
        let right = chance.below(4);
        for option in 0..4 {
            let tick = if option == right { "x" } else { " " };
            let (answer, feedback) = (words(language, 6, chance), words(language, 10, chance));
            let _ = write!(quiz, "- [{tick}] {option} {answer} {{#o{option}}}\n  > {feedback}\n");
        }
        let _ = write!(quiz, "\n> {}\n", words(language, 14, chance));
    }
    let _ = write!(
        quiz,
        "\n### {}. {{#{id}-tf}}\n\n- [x] {}\n- [ ] {}\n",
        words(language, 8, chance),
        language.yes,
        language.no
    );
    let _ = write!(
        quiz,
        "\n### {}? {{#{id}-n}}\n\n- = 3.6 ± 1% MJ\n- ~ *\n",
        words(language, 9, chance)
    );
    quiz
}
