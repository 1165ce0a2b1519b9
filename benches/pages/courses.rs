//! Courses made up for the measurement: 30 lessons in three languages, of the size and with the questions of real ones.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Published beside the courses of the house.
pub const N_COURSES: u64 = 100;
const N_MODULES: u64 = 5;
const N_LESSONS_IN_MODULE: u64 = 6;
/// The lesson that holds the graded quiz.
pub const TEST_LESSON: u64 = N_LESSONS - 1;
/// Lessons of a course.
pub const N_LESSONS: u64 = N_MODULES * N_LESSONS_IN_MODULE;
/// Questions of the graded quiz.
pub const N_QUESTIONS: u64 = 10;

const LANGUAGES: [&str; 3] = ["en", "az", "ru"];

/// Text with the letters that each language has, so that pages weigh what real ones do.
const SENTENCES: [&str; 3] = [
    "An agency that tries a new service with a few firms first learns early what will not work, and pays little for it. ",
    "Yeni xidməti əvvəlcə bir neçə müəssisə ilə sınayan agentlik nəyin alınmayacağını erkən öyrənir və bunun üçün az xərc çəkir. ",
    "Агентство, которое сначала пробует новую услугу с несколькими фирмами, рано узнаёт, что не получится, и платит мало. ",
];

/// The address of a course.
pub fn slug(course: u64) -> String {
    format!("course-{course}")
}

/// The last segment of a lesson's address.
pub fn lesson(number: u64) -> String {
    if number == TEST_LESSON { "course-test".to_owned() } else { format!("lesson-{number}") }
}

/// The id of a course.
pub fn id(course: u64) -> uuid::Uuid {
    uuid::Uuid::from_u128(0xb111_0000_0000_4000_8000_0000_0000_0000 + u128::from(course))
}

/// The files of a course folder.
pub fn files(course: u64) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from([("course.yml".to_owned(), manifest(course).into_bytes())]);
    for module in 0..N_MODULES {
        let title =
            format!("title:\n  en: Module {module}\n  az: Modul {module}\n  ru: Модуль {module}\n");
        files.insert(format!("{}-part-{module}/module.yml", module + 1), title.into_bytes());
        for place in 0..N_LESSONS_IN_MODULE {
            let number = module * N_LESSONS_IN_MODULE + place;
            for (language, sentence) in LANGUAGES.iter().zip(SENTENCES) {
                let name = lesson(number);
                let path =
                    format!("{}-part-{module}/{}-{name}.{language}.md", module + 1, place + 1);
                files.insert(path, text(number, &name, sentence).into_bytes());
            }
        }
    }
    files
}

fn manifest(course: u64) -> String {
    let theme = ["innovation", "ecosystem", "industry", "environment", "energy", "teaching"]
        .into_iter()
        .cycle()
        .nth(usize::try_from(course % 6).unwrap_or(0))
        .unwrap_or("teaching");
    let mut text = format!(
        "id: {}\nslug: {}\nsource: en\nlanguages: [en, az, ru]\n",
        id(course),
        slug(course)
    );
    for (field, [en, az, ru]) in [
        ("title", ["Practice of agencies", "Agentliklərin təcrübəsi", "Практика агентств"]),
        (
            "summary",
            [
                "What agencies have learned.",
                "Agentliklərin öyrəndikləri.",
                "Чему научились агентства.",
            ],
        ),
        ("audience", ["Staff of agencies", "Agentlik əməkdaşları", "Сотрудники агентств"]),
    ] {
        let _ = write!(
            text,
            "{field}:\n  en: {en} {course}\n  az: {az} {course}\n  ru: {ru} {course}\n"
        );
    }
    let _ = write!(
        text,
        "theme: {theme}\nlevel: beginner\nhours: 10\nlicence: CC-BY-4.0\nauthors: [The Bilik authors]\n"
    );
    text.push_str("outcomes:\n  O1:\n    en: Try things early\n    az: Erkən sınamaq\n    ru: Рано пробовать\nmodules:\n");
    (0..N_MODULES).for_each(|module| {
        let _ = writeln!(text, "  - part-{module}");
    });
    text.push_str("completion:\n  lessons: required\n  quizzes: pass\n");
    text
}

fn text(number: u64, name: &str, sentence: &str) -> String {
    let rule = if number == TEST_LESSON { "quiz" } else { "marked" };
    let mut text = format!(
        "---\nid: {name}\ntitle: {name}\nminutes: 8\noutcomes: [O1]\nrequired: true\ncomplete: {rule}\nsources:\n  - Made up for measuring.\n---\n\n"
    );
    for part in 0..4 {
        let _ = write!(text, "## Part {part} {{#part-{part}}}\n\n");
        for _ in 0..3 {
            let _ = write!(text, "{}\n\n", sentence.repeat(4).trim_end());
        }
    }
    match number {
        TEST_LESSON => quiz(&mut text, "course-test-quiz", " pass=70%", N_QUESTIONS),
        _ => quiz(&mut text, &format!("check-{number}"), "", 2),
    }
    text
}

fn quiz(text: &mut String, id: &str, pass: &str, n_questions: u64) {
    let _ = write!(text, "## Check yourself {{#{id} .quiz{pass}}}\n\n");
    for number in 0..n_questions {
        let _ = write!(
            text,
            "### What does an early trial give? {{#{id}-{number} outcome=O1}}\n\n\
             - [x] Knowledge {{#knowledge}}\n  > Yes: what does not work shows early.\n\
             - [ ] Profit {{#profit}}\n  > Not yet: few take part.\n\
             - [ ] Certainty {{#certainty}}\n  > No: a trial is small.\n\n\
             > A trial buys knowledge at a low price.\n\n"
        );
    }
}
