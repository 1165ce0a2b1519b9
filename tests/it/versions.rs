//! Versions of courses and of their questions: what people have done survives every edit.

use std::collections::BTreeMap;
use std::path::Path;

use bilik::catalogue::base::{self, Stand};
use bilik::catalogue::copies::{Copy, Export};
use bilik::catalogue::folder;
use bilik::catalogue::publish::{self, Change, Files, Folder, Outcome, PublishRefusal};
use bilik::domain::course::read_facts;
use bilik::domain::fact::Facts;
use bilik::outcome::Failed;
use bilik::planning;

use crate::harness::{App, Browser};

const MANIFEST: &str = "\
id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b13
slug: small
source: en
languages: [en]
title: { en: A small course }
summary: { en: One lesson. }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
completion: { lessons: required }
";
pub const HEAT: &str = "### Which part of a house loses more heat? {#heat}\n\n- [x] The roof {#roof}\n- [ ] The door {#door}\n\n";
pub const COLD: &str = "### Which room of a house is colder? {#cold}\n\n- [x] The cellar {#cellar}\n- [ ] The kitchen {#kitchen}\n\n";

/// A course with one lesson that is complete when its quiz of these questions is passed.
pub fn course(questions: &[&str]) -> Files {
    let lesson = format!(
        "---\ntitle: Heat\nminutes: 5\ncomplete: quiz\n---\n\nHeat moves.\n\n## The test {{#check .quiz pass=50%}}\n\n{}",
        questions.concat()
    );
    [
        ("course.yml", MANIFEST),
        ("1-begin/module.yml", "title: { en: Begin }\n"),
        ("1-begin/1-heat.en.md", &lesson),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn with_lesson(mut files: Files, name: &str) -> Files {
    let text = format!("---\ntitle: More about {name}\nminutes: 5\n---\n\nMore.\n");
    files.insert(format!("1-begin/2-{name}.en.md"), text.into_bytes());
    files
}

pub async fn publish(app: &App, files: &Files) -> Result<Outcome, Failed<PublishRefusal>> {
    let conn = &mut *app.conn().await;
    let outcome = publish::publish(conn, files, app.site.clock.now()).await;
    app.library.refresh(conn).await.unwrap();
    outcome
}

/// "item v1" or "item v2 retired", in the order of ids and numbers.
async fn history(app: &App) -> String {
    app.word(
        "select string_agg(item || ' v' || number || case when retired_at is null then '' else ' retired' end, ', ' \
         order by item, number) as value from item_versions i join courses c on c.id = i.course_id \
         where c.slug = 'small'",
    )
    .await
}

/// Takes the test; ticks the option whose label says this, for every question that has it.
pub async fn take(browser: &Browser, answers: &[&str]) {
    let mut page = browser.post("/en/courses/small/quizzes/check/attempts", &[]).await;
    page.is(200);
    let path = page.path.clone();
    for answer in answers {
        page = page.form(&path).choose(answer).press("Save answers").await;
        page.is(200);
    }
    let ask = page.form(&path).press("Hand in").await;
    if !ask.path.ends_with("/review") {
        ask.form("/finish").press("Hand in").await.is(200);
    }
}

pub async fn joined(app: &App, name: &str) -> Browser {
    let browser = app.learner(name).await;
    app.enrol(browser.person(), "small").await;
    browser.get("/en/courses/small/heat").await.is(200);
    browser
}

#[actix_web::test]
async fn questions_keep_a_history_of_their_versions() {
    let app = App::start().await;
    let points = HEAT.replace("{#heat}", "{#heat points=2}");
    let reworded = HEAT.replace("more heat", "most heat");
    let renamed = points.replace("{#heat", "{#warmth was=heat");
    for (questions, change, expected) in [
        (vec![HEAT, COLD], Change::New(1), "cold v1, heat v1"),
        (vec![&reworded, COLD], Change::New(2), "cold v1, heat v1"),
        (vec![&points, COLD], Change::New(3), "cold v1, heat v1 retired, heat v2"),
        (vec![COLD], Change::New(4), "cold v1, heat v1 retired, heat v2 retired"),
        (vec![HEAT, COLD], Change::Back(1), "cold v1, heat v1, heat v2 retired"),
        (vec![&points, COLD], Change::Back(3), "cold v1, heat v1 retired, heat v2"),
        (
            vec![&renamed, COLD],
            Change::New(5),
            "cold v1, heat v1 retired, heat v2 retired, warmth v2",
        ),
    ] {
        let outcome = publish(&app, &course(&questions)).await.unwrap();
        assert_eq!((outcome.change, history(&app).await.as_str()), (change, expected));
    }
    let roots = "select count(distinct root) as value from item_versions i join courses c on c.id = i.course_id where slug = 'small'";
    assert_eq!(app.number(roots).await, 2, "a renamed question is the same question");
}

#[actix_web::test]
async fn the_id_of_a_retired_question_is_not_given_to_another() {
    let app = App::start().await;
    publish(&app, &course(&[HEAT, COLD])).await.unwrap();
    publish(&app, &course(&[COLD])).await.unwrap();
    let other =
        course(&["### How many kilowatt-hours does a heater use? {#heat}\n\n- = 12\n\n", COLD]);
    let Err(Failed::Refused(PublishRefusal::Errors(diagnostics))) = publish(&app, &other).await
    else {
        panic!("another question took the id")
    };
    let told = diagnostics.to_string();
    assert!(told.contains("error[Q080]") && told.contains("1-begin/1-heat.en.md:"), "{told}");
    let shown = "select number::bigint as value from course_versions v join courses c on c.version_id = v.id where slug = 'small'";
    assert_eq!(app.number(shown).await, 2, "nothing changed");
    publish(&app, &course(&[HEAT, COLD])).await.unwrap();
}

#[actix_web::test]
async fn completion_survives_more_lessons_and_stricter_rules() {
    let app = App::start().await;
    publish(&app, &course(&[HEAT])).await.unwrap();
    let leyla = joined(&app, "leyla").await;
    take(&leyla, &["The roof"]).await;
    leyla
        .get("/en/courses/small")
        .await
        .says("You have completed this course")
        .does_not_say("since you passed");
    let mut stricter = with_lesson(course(&[HEAT, COLD]), "cold");
    let text = String::from_utf8(stricter["1-begin/1-heat.en.md"].clone()).unwrap();
    let text = text
        .replace("pass=50%", "pass=100%")
        .replace("Heat moves.", "Heat moves from warm to cold.");
    stricter.insert("1-begin/1-heat.en.md".to_owned(), text.into_bytes());
    publish(&app, &stricter).await.unwrap();

    let page = leyla.get("/en/courses/small").await;
    page.says("You have completed this course")
        .says("2 lessons are new or have changed since you passed");
    assert_eq!(page.texts("main .syllabus .tag").len(), 2);
    leyla.get("/en/me").await.says("2 lessons are new or have changed since you passed");
    let percent = "select percent::bigint as value from enrolments";
    assert_eq!(app.number(percent).await, 100);
    let trainer = app.trainer("murad", "small").await;
    let person = leyla.person();
    let learner = trainer.get(&format!("/en/teach/small/learners/{person}")).await;
    learner.says("2 lessons are new or have changed since this person passed");

    // Reading them takes the marks away, one by one.
    let lesson = leyla.get("/en/courses/small/cold").await;
    lesson.says("This lesson is new or has changed");
    leyla.get("/en/courses/small").await.says("1 lesson is new or has changed since you passed");
    leyla.get("/en/courses/small/heat").await.says("This lesson is new or has changed");
    leyla.get("/en/courses/small/heat").await.does_not_say("This lesson is new or has changed");
    leyla.get("/en/courses/small").await.does_not_say("since you passed");
    // A new fact about a completed course leaves it complete.
    take(&leyla, &["The door"]).await;
    assert_eq!(app.number(percent).await, 100);
    let fresh = joined(&app, "aysel").await;
    take(&fresh, &["The roof"]).await;
    fresh.get("/en/courses/small").await.does_not_say("You have completed this course");
}

#[actix_web::test]
async fn a_plan_names_the_people_behind_each_change() {
    let app = App::start().await;
    publish(&app, &course(&[HEAT, COLD])).await.unwrap();
    let conn = &mut *app.conn().await;
    let unchanged = planning::plan(conn, alone(&course(&[HEAT, COLD]))).await.unwrap();
    assert!(unchanged.to_string().contains("nothing would change"), "{unchanged}");
    for (name, answers) in [
        ("leyla", ["The roof", "The cellar"]),
        ("murad", ["The roof", "The kitchen"]),
        ("aysel", ["The door", "The cellar"]),
    ] {
        take(&joined(&app, name).await, &answers).await;
    }
    let sitting = joined(&app, "orkhan").await;
    sitting.post("/en/courses/small/quizzes/check/attempts", &[]).await.is(200);
    let mended =
        HEAT.replace("[x] The roof", "[ ] The roof").replace("[ ] The door", "[x] The door");
    let other = COLD
        .replace("is colder? {#cold}", "is the coldest? {#coldest}")
        .replace("The cellar", "A cellar");
    let mut files = with_lesson(course(&[&mended, &other]), "cold");
    let text = String::from_utf8(files["1-begin/1-heat.en.md"].clone()).unwrap();
    files.insert(
        "1-begin/1-heat.en.md".to_owned(),
        text.replace("pass=50%", "pass=80%").into_bytes(),
    );
    let plan = planning::plan(conn, alone(&files)).await.unwrap();
    insta::assert_snapshot!(plan.to_string(), @r"
    small: would replace version 1. 4 people take the course, 3 have completed it and keep that.

    Lessons
      changed  heat  “Heat”: 3 people have completed it, 4 opened it; those who passed the course will see it as changed
      new      cold  “More about cold”: 3 people who passed the course will see it as new

    Questions
      heat in check: v1 → v2, the key changed; 3 attempts on v1, a regrade would raise 1 and lower 2
      coldest in check: new
      cold in check: v1 is retired; 3 attempts stay as they are

    Right now
      1 person is in the middle of “The test” (check). They keep the paper they have.

    Stricter (for 1 person who has not completed the course)
      pass mark of check: 50 % → 80 %
      lesson cold “More about cold” is required now

    To decide
      question coldest is 86 % like cold, which is gone. If it is the same, write {#coldest was=cold}
    ");
    assert!(plan.diagnostics.to_string().contains("warning[Q081]"), "{}", plan.diagnostics);
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!(json["questions"][0]["regrade"]["lowered"], 2, "{json}");
    assert_eq!(app.number("select count(*) as value from course_versions v join courses c on c.id = v.course_id where slug = 'small'").await, 1);

    // The one in the middle keeps the paper and the key of the start.
    publish(&app, &files).await.unwrap();
    let versions = "select count(distinct version_id) as value from attempts";
    assert_eq!(app.number(versions).await, 1);
    let page = sitting.post("/en/courses/small/quizzes/check/attempts", &[]).await;
    page.says("The cellar");
}

/// A folder without facts beside it.
fn alone(files: &Files) -> Folder<'_> {
    static NONE: Facts = Facts::new();
    Folder { files, facts: &NONE }
}

fn write(place: &Path, files: &Files) {
    for (path, bytes) in files {
        let file = place.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

async fn look(app: &App, place: &Path) -> Copy {
    let (facts, _) = read_facts(&folder::facts_beside(place).unwrap());
    let files = folder::read(place).unwrap();
    Copy::look(&mut *app.conn().await, place, files, facts).await.unwrap()
}

async fn import(app: &App, place: &Path) -> Stand {
    let copy = look(app, place).await;
    let outcome = copy.publish(&mut *app.conn().await, app.site.clock.now()).await.unwrap();
    base::write(place, &copy.published(&outcome)).unwrap();
    copy.stand
}

async fn export(app: &App, place: &Path) -> Export {
    let there = if place.exists() { folder::read(place).unwrap() } else { BTreeMap::new() };
    let export = Export::prepare(&mut *app.conn().await, "small", &there, place).await.unwrap();
    export.expect("the course is published")
}

#[actix_web::test]
async fn a_course_comes_back_byte_for_byte() {
    let app = App::start().await;
    let mut files = course(&[HEAT]);
    files.insert("media/odd.pdf".to_owned(), (0..=255).collect());
    files.insert(
        "README.md".to_owned(),
        b"\xef\xbb\xbfwith a mark\r\nand other line ends \r\n\n\n".to_vec(),
    );
    let folders = tempfile::tempdir().unwrap();
    let (here, there) = (folders.path().join("here"), folders.path().join("there"));
    write(&here, &files);
    assert_eq!(import(&app, &here).await, Stand::New);
    export(&app, &there).await.write(&there).unwrap();
    assert_eq!(folder::read(&there).unwrap(), files);
    assert_eq!(look(&app, &there).await.stand, Stand::Same);
    assert_eq!(base::read(&there), base::read(&here));
}

#[actix_web::test]
async fn a_fact_that_is_shown_is_part_of_the_version() {
    let app = App::start().await;
    let folders = tempfile::tempdir().unwrap();
    let (here, facts) = (folders.path().join("here"), folders.path().join("facts.yml"));
    let told = |value: &str| {
        format!(
            "rate:\n  value: {{ en: {value} }}\n  source: {{ title: The rates, url: \"https://example.org\" }}\n  as_of: 2026-01-10\n  next_check: 2030-01-10\n"
        )
    };
    let mut files = course(&[HEAT]);
    files.insert(
        "1-begin/2-rate.en.md".to_owned(),
        b"---\ntitle: Rates\nminutes: 5\n---\n\nIt costs `{rate}`.\n".to_vec(),
    );
    write(&here, &files);
    std::fs::write(&facts, told("12 %")).unwrap();
    assert_eq!(import(&app, &here).await, Stand::New);
    assert_eq!(look(&app, &here).await.stand, Stand::Same);
    std::fs::write(&facts, told("14 %")).unwrap();
    let copy = look(&app, &here).await;
    assert_eq!(copy.stand, Stand::FolderChanged);
    let differences = copy.differences(&mut *app.conn().await).await.unwrap();
    assert_eq!(differences, "../facts.yml (the fact `rate`)\n");
    let conn = &mut *app.conn().await;
    let folder = Folder { files: &copy.files, facts: &copy.facts };
    assert!(!planning::plan(conn, folder).await.unwrap().nothing_new);
    assert_eq!(import(&app, &here).await, Stand::FolderChanged);
    assert!(export(&app, &here).await.tells_facts);
}

#[actix_web::test]
async fn nobodys_work_is_replaced_unseen() {
    let app = App::start().await;
    let folders = tempfile::tempdir().unwrap();
    let (here, there) = (folders.path().join("here"), folders.path().join("there"));
    write(&here, &course(&[HEAT]));
    import(&app, &here).await;
    export(&app, &there).await.write(&there).unwrap();
    // One side changes and is imported; the other side changes too.
    write(&here, &course(&[&HEAT.replace("more heat", "most heat")]));
    assert_eq!(import(&app, &here).await, Stand::FolderChanged);
    assert_eq!(look(&app, &there).await.stand, Stand::StoreChanged);
    write(&there, &with_lesson(course(&[&HEAT.replace("Which part", "What part")]), "cold"));
    let copy = look(&app, &there).await;
    assert_eq!(copy.stand, Stand::BothChanged);
    let told = copy.differences(&mut *app.conn().await).await.unwrap();
    assert!(told.contains("1-begin/1-heat.en.md (changed on both sides)"), "{told}");
    assert!(told.contains("-### Which part of a house loses most heat? {#heat}\n+### What part of a house loses more heat? {#heat}"), "{told}");
    assert!(told.contains("1-begin/2-cold.en.md (changed in the folder)"), "{told}");
    // What is shown can be taken, but not over changed files without saying so.
    let export = export(&app, &there).await;
    assert_eq!(export.lost().collect::<Vec<_>>(), ["1-begin/1-heat.en.md"]);
    // The folder can win; what was looked at must still be shown then.
    write(&here, &course(&[&HEAT.replace("more heat", "the most heat")]));
    import(&app, &here).await;
    let late = copy.publish(&mut *app.conn().await, app.site.clock.now()).await;
    assert!(matches!(late, Err(Failed::Refused(PublishRefusal::Overtaken))), "{late:?}");
    // A folder that says nothing is not trusted either.
    std::fs::remove_file(there.join(base::FILE)).unwrap();
    assert_eq!(look(&app, &there).await.stand, Stand::Unknown);
}

#[test]
fn folders_that_are_no_courses_are_refused_with_reasons() {
    let folders = tempfile::tempdir().unwrap();
    let refusal = |prepare: &dyn Fn(&Path)| {
        let place = tempfile::tempdir_in(folders.path()).unwrap();
        write(place.path(), &course(&[HEAT]));
        prepare(place.path());
        folder::read(place.path()).unwrap_err().to_string()
    };
    let link = refusal(&|place| {
        std::os::unix::fs::symlink("/etc/hostname", place.join("1-begin/x.md")).unwrap();
    });
    assert!(link.contains("1-begin/x.md is a link"), "{link}");
    let deep =
        refusal(&|place| std::fs::create_dir_all(place.join("a/b/c/d/e/f/g/h/i/j")).unwrap());
    assert!(deep.contains("folders deep"), "{deep}");
    let huge = refusal(&|place| {
        let file = std::fs::File::create(place.join("huge.bin")).unwrap();
        file.set_len(51 * 1024 * 1024).unwrap();
    });
    assert!(huge.contains("huge.bin is larger than 50 MB"), "{huge}");
}

#[actix_web::test]
async fn an_author_sees_each_save_and_what_the_compiler_says() {
    let app = App::start().await;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &course(&[HEAT]));
    let mut watching = bilik::cli::Watching::new(app.site.clone(), app.library.clone());
    app.browser().get("/watch/small").await.is(404);
    watching.look(folder.path()).await;
    watching.look(folder.path()).await;
    let page = app.browser().get("/en/courses/small/heat").await;
    page.says("Being written").says("The compiler has nothing to say").says("Heat moves.");
    assert_eq!(app.browser().get("/watch/small").await.source(), "1", "nothing was saved since");
    let broken = HEAT.replace("[x] The roof", "[ ] The <b>roof</b>");
    write(folder.path(), &course(&[&broken]));
    watching.look(folder.path()).await;
    let page = app.browser().get("/en/courses/small/heat").await;
    page.says("The text saved last has errors").says("error[Q010]").says("Heat moves.");
    assert!(!page.has("[data-watched] b b, [data-watched] pre b"), "what authors write is escaped");
    app.browser().get("/en/courses/small").await.says("error[Q010]");
    let lesson = String::from_utf8(course(&[HEAT])["1-begin/1-heat.en.md"].clone()).unwrap();
    let lesson = lesson.replace("Heat moves.", "Heat moves to where it is cold.");
    write(folder.path(), &Files::from([("1-begin/1-heat.en.md".to_owned(), lesson.into_bytes())]));
    watching.look(folder.path()).await;
    let page = app.browser().get("/en/courses/small/heat").await;
    page.says("Heat moves to where it is cold.").says("The compiler has nothing to say");
    app.browser().get("/watch/script.js").await.is(200);
}

#[actix_web::test]
async fn what_was_there_before_the_history_gets_one() {
    let app = App::start().await;
    let points = HEAT.replace("{#heat}", "{#heat points=2}");
    publish(&app, &course(&[HEAT, COLD])).await.unwrap();
    let leyla = joined(&app, "leyla").await;
    take(&leyla, &["The roof", "The cellar"]).await;
    publish(&app, &course(&[&points])).await.unwrap();
    let facts = "select string_agg(concat_ws(' ', lesson, done_at is not null, seen_version, completed_version), ';') \
         as value from lesson_progress join enrolments e on e.id = enrolment_id";
    let (known, done) = (history(&app).await, app.word(facts).await);
    assert_eq!(known, "cold v1 retired, heat v1 retired, heat v2");
    app.sql(include_str!("../../migrations/2026-11-24-000031_versions/down.sql")).await;
    app.sql(include_str!("../../migrations/2026-11-24-000031_versions/up.sql")).await;
    assert_eq!(history(&app).await, known);
    assert_eq!(app.word(facts).await, done);
}
