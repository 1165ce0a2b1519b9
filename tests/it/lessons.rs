//! Reading a course: its page, its lessons, one's own courses, help.

use bilik::domain::diagnostic::codes;
use diesel_async::SimpleAsyncConnection;

use crate::harness::{App, Browser, Page};

const COURSE: &str = "/az/courses/innovation-management";

/// The value of a question to the database about the person's only enrolment.
async fn number(app: &App, of: &str) -> i64 {
    app.number(&format!("select ({of})::bigint as value")).await
}

async fn enrolled(app: &App, name: &str) -> Browser {
    let browser = app.learner(name).await;
    let first = browser.get(COURSE).await.form(&format!("{COURSE}/enrol")).submit().await;
    assert_eq!(first.path, format!("{COURSE}/idea-invention-innovation"));
    browser
}

#[actix_web::test]
async fn a_visitor_reads_and_nothing_is_written() {
    let app = App::start().await;
    let visitor = app.browser();
    let page = visitor.get(COURSE).await;
    page.says("Kursa yazılmaq üçün daxil ol").does_not_say("Ölçmə, mədəniyyət, təkmilləşdirmə");
    let lesson = visitor.get(&format!("{COURSE}/why-manage")).await;
    lesson.says("Kursa yazılmadan oxuyursunuz").says("Modul 1, dərs 3");
    assert_eq!(lesson.header("x-offline"), "keep");
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 0);
    assert_eq!(visitor.get("/az/me").await.path, "/az/sign-in?to=%2Faz%2Fme");
}

#[actix_web::test]
async fn visitors_see_the_lessons_of_the_module_that_they_read_and_learners_all() {
    let app = App::start().await;
    let (first, second) = (format!("{COURSE}/why-manage"), format!("{COURSE}/iso-56000-family"));
    let links = |page: &Page| page.attributes(".outline a", "href");
    let seen = links(&app.browser().get(&first).await);
    assert!(seen.contains(&format!("{COURSE}/types-and-degrees")), "{seen:?}");
    assert!(seen.contains(&second), "each module has a way in: {seen:?}");
    assert!(!seen.contains(&format!("{COURSE}/system-as-a-cycle")), "{seen:?}");
    let all = app.library.cards().by_slug("innovation-management").unwrap().n_lessons;
    assert_eq!(links(&enrolled(&app, "leyla").await.get(&first).await).len(), all);
}

#[actix_web::test]
async fn a_lesson_is_noted_once_however_often_it_is_opened() {
    let app = App::start().await;
    let browser = enrolled(&app, "leyla").await;
    for _ in 0..3 {
        browser.get(&format!("{COURSE}/why-manage")).await.is(200);
    }
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 2);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'viewed'").await, 2);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'started'").await, 1);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'enrolled'").await, 1);
    browser.get("/az/me").await.says("Burada qalmısınız").says("Niyə idarə etmək lazımdır?");
    browser.get("/ru/courses/innovation-management/why-manage").await.is(200);
    assert_eq!(app.word("select language as value from enrolments").await, "ru");
}

#[actix_web::test]
async fn lessons_opened_at_the_same_time_are_all_noted() {
    let app = App::start().await;
    let mut people = Vec::new();
    for name in ["leyla", "rauf", "aysel"] {
        let person = app.learner(name).await;
        app.enrol(person.person(), "innovation-management").await;
        people.push(person);
    }
    let lessons = [format!("{COURSE}/why-manage"), format!("{COURSE}/idea-invention-innovation")];
    let pages =
        people.iter().flat_map(|person| lessons.iter().map(|lesson| person.get_only(lesson)));
    for page in futures_util::future::join_all(pages).await {
        page.is(200);
    }
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 6);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'viewed'").await, 6);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'started'").await, 3);
}

#[actix_web::test]
async fn an_enrolment_that_is_being_written_holds_up_nobody_elses_lesson() {
    let app = App::start().await;
    let (slow, quick) = (app.learner("leyla").await, app.learner("rauf").await);
    for person in [&slow, &quick] {
        app.enrol(person.person(), "innovation-management").await;
    }
    let address = format!("{COURSE}/why-manage");
    let mut writer = app.conn().await;
    let lock =
        format!("begin; select from enrolments where person_id = '{}' for update", slow.person());
    writer.batch_execute(&lock).await.unwrap();
    let others = async {
        quick.get_only(&address).await.is(200);
        assert_eq!(number(&app, "select count(*) from lesson_progress").await, 1);
        writer.batch_execute("commit").await.unwrap();
    };
    let (page, ()) = futures_util::future::join(slow.get_only(&address), others).await;
    page.is(200);
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 2);
}

#[actix_web::test]
async fn opening_one_lesson_in_many_tabs_starts_the_course_once() {
    let app = App::start().await;
    let person = app.learner("leyla").await;
    app.enrol(person.person(), "innovation-management").await;
    let address = format!("{COURSE}/why-manage");
    futures_util::future::join_all((0..12).map(|_| person.get_only(&address))).await;
    assert_eq!(number(&app, "select count(*) from journal where verb = 'started'").await, 1);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'viewed'").await, 1);
}

#[actix_web::test]
async fn opening_a_later_lesson_in_many_tabs_notes_it_once() {
    let app = App::start().await;
    let browser = enrolled(&app, "leyla").await;
    let address = format!("{COURSE}/why-manage");
    futures_util::future::join_all((0..12).map(|_| browser.get_only(&address))).await;
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 2);
    assert_eq!(number(&app, "select count(*) from journal where verb = 'viewed'").await, 2);
}

#[actix_web::test]
async fn whose_session_has_ended_reads_as_a_stranger_and_nothing_is_written() {
    let app = App::start().await;
    let browser = enrolled(&app, "leyla").await;
    app.sql("update sessions set expires_at = now()").await;
    let lesson = browser.get(&format!("{COURSE}/why-manage")).await;
    lesson.is(200).says("Kursa yazılmadan oxuyursunuz");
    assert!(!lesson.has(".lesson-bar progress"));
    assert_eq!(number(&app, "select count(*) from lesson_progress").await, 1);
}

#[actix_web::test]
async fn completing_goes_on_and_counts_once() {
    let app = App::start().await;
    let browser = enrolled(&app, "leyla").await;
    let lesson = format!("{COURSE}/idea-invention-innovation");
    let page = browser.get(&lesson).await;
    page.says("Düyməni basanda dərs tamamlanır");
    let next = page.form(&format!("{lesson}/complete")).submit().await;
    assert_eq!(next.path, format!("{COURSE}/types-and-degrees"));
    let all = app.library.cards().by_slug("innovation-management").unwrap().n_lessons;
    browser.get(COURSE).await.says(&format!("Tamamlanıb: 1 / {all} dərs"));
    browser.post(&format!("{lesson}/complete"), &[]).await.is(200);
    let completed = "select count(*) from journal where verb = 'completed-lesson'";
    assert_eq!(number(&app, completed).await, 1);
    browser.get(&lesson).await.says("Bu dərsi tamamlamısınız");
    let page = browser.get(COURSE).await;
    page.says(&format!("Qalıb: {} / {all} dərs", all - 1));
    page.says("hələ başlanmayıb, keçid balı 70%");
}

#[actix_web::test]
async fn who_does_not_take_the_course_cannot_complete_it() {
    let app = App::start().await;
    let page = app.learner("leyla").await.post(&format!("{COURSE}/why-manage/complete"), &[]).await;
    page.is(403).says("Kursun səhifəsində yazılın");
    assert!(page.has(&format!("a[href='{COURSE}']")));
}

#[actix_web::test]
async fn an_unknown_course_or_lesson_is_a_page_with_a_way_on() {
    let app = App::start().await;
    let lesson = app.browser().get(&format!("{COURSE}/vanished")).await;
    lesson.is(404).says("Kursda bu ünvanla dərs yoxdur");
    assert!(lesson.has(&format!("a[href='{COURSE}']")));
    let course = app.browser().get("/en/courses/vanished").await;
    course.is(404);
    assert!(course.has("form[role=search]"));
    app.browser().get(&format!("{COURSE}/capstone-brief")).await.is(404);
}

#[actix_web::test]
async fn a_lesson_without_translation_is_shown_in_the_language_of_the_course() {
    let app = App::start().await;
    let page = app.browser().get("/ru/courses/sound").await;
    page.is(200);
    let lessons = page.attributes(".syllabus a", "href");
    let lesson = app.browser().get(&lessons[0]).await;
    lesson.is(200).says("Этого урока ещё нет на русском");
    assert_eq!(lesson.attribute("h1", "lang"), "en");
    assert_eq!(lesson.attribute(".prose", "lang"), "en");
}

#[actix_web::test]
async fn a_new_person_has_no_courses_and_sees_where_to_find_them() {
    let app = App::start().await;
    let page = app.learner("leyla").await.get("/en/me").await;
    page.says("You have no courses yet");
    assert!(page.has("a[href='/en/courses']"));
}

#[actix_web::test]
async fn help_speaks_three_languages() {
    let app = App::start().await;
    for (page, title) in [
        ("/az/help", "Kömək"),
        ("/en/help/accessibility", "Accessibility statement"),
        ("/ru/help/privacy", "Конфиденциальность"),
    ] {
        assert_eq!(app.browser().get(page).await.heading(), title);
    }
}

#[actix_web::test]
async fn every_code_of_the_compiler_has_a_page() {
    let app = App::start().await;
    let browser = app.browser();
    let page = browser.get("/en/help/codes/Q010").await;
    assert_eq!(page.heading(), "No option is ticked");
    assert_eq!(page.texts("mark"), ["- [ ] Tooling {#tool}"]);
    browser.get("/az/help/codes/q010").await.is(200).says("Heç bir variant işarələnməyib");
    browser.get("/en/help/codes/Q999").await.is(404);
    let list = browser.get("/ru/help/codes?q=c02").await;
    list.is(200).says("Ссылка никуда не ведёт");
    assert!(!list.has("a[href='/ru/help/codes/Q010']"));
    let all = browser.get("/az/help/codes").await;
    assert_eq!(all.attributes(".text li a", "href").len(), codes::all().len());
}
