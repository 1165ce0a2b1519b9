//! What trainers and administrators see, and that nobody else does.

use bilik::accounts::actions::Standing;

use crate::harness::{App, PASSWORD};

const COURSE: &str = "innovation-management";

/// People of one kind on the course, all of whom enrolled now.
async fn crowd(app: &App, prefix: &str, count: i64, region: &str, sex: &str) {
    app.sql(&format!(
        "insert into people (id, email, email_key, name, password_hash, language, time_zone, registered_at, region, sex) \
         select gen_random_uuid(), '{prefix}' || i || '@example.az', '{prefix}' || i || '@example.az', '{prefix} ' || i, \
           '', 'az', 'Asia/Baku', now(), '{region}', '{sex}' from generate_series(1, {count}) i"
    ))
    .await;
    app.sql(&format!(
        "insert into enrolments (id, person_id, course_id, language, enrolled_at, started_at) \
         select gen_random_uuid(), p.id, c.id, 'az', now(), now() from people p, courses c \
         where p.name like '{prefix} %' and c.slug = '{COURSE}'"
    ))
    .await;
}

fn lines(file: &str) -> Vec<String> {
    file.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[actix_web::test]
async fn small_groups_are_hidden_on_the_page_and_in_the_file_alike() {
    let app = App::start().await;
    crowd(&app, "Aa", 30, "baku", "female").await;
    crowd(&app, "Bb", 14, "karabakh", "male").await;
    crowd(&app, "Cc", 4, "nakhchivan", "male").await;
    let admin = app.admin("boss").await;
    let page = admin.get("/en/admin/completion?by=region").await;
    let rows = page.texts("tbody tr");
    assert!(rows.iter().any(|row| row.starts_with("Baku303000")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Karabakhhiddenhidden")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Nakhchivanhiddenhidden")), "{rows:?}");
    let file = admin.get("/en/admin/completion.csv?by=region").await.source();
    assert_eq!(
        lines(&file),
        [
            "Region,Enrolled,Started,Half-way,Completed",
            "Baku,30,30,0,0",
            "Karabakh,hidden,hidden,hidden,hidden",
            "Nakhchivan,hidden,hidden,hidden,hidden",
            "All,48,48,0,0",
        ]
    );
    let in_azerbaijani = admin.get("/az/admin/completion.csv?by=sex").await.source();
    assert_eq!(lines(&in_azerbaijani).last().unwrap(), "Hamısı;48;48;0;0");
}

#[actix_web::test]
async fn filters_that_mean_nothing_are_no_pages() {
    let app = App::start().await;
    let admin = app.admin("boss").await;
    for query in ["by=nothing", "course=none", "from=2026-13", "to=x"] {
        admin.get(&format!("/en/admin/completion?{query}")).await.is(404);
    }
    admin.get(&format!("/en/admin/completion?course={COURSE}&by=month&from=&to=")).await.is(200);
}

#[actix_web::test]
async fn trainers_find_their_learners_and_no_others() {
    let app = App::start().await;
    let learner = app.person("Şəhla", Standing::Ordinary).await;
    app.enrol(learner, COURSE).await;
    let trainer = app.trainer("nigar", COURSE).await;
    let list = trainer.get("/en/teach").await.follow("Innovation management").await;
    list.says("Şəhla");
    trainer.get(&format!("/en/teach/{COURSE}?q=sehla")).await.says("Şəhla");
    trainer.get(&format!("/en/teach/{COURSE}?q=zzz")).await.says("Nobody fits this search");
    let person = list.follow("Şəhla").await;
    person.says("No attempts yet.");
    let file = trainer.get(&format!("/en/teach/{COURSE}/learners.csv")).await.source();
    assert!(file.contains("Şəhla,"), "{file}");
    let stranger = app.learner("stranger").await;
    stranger.get(&format!("/en/teach/{COURSE}")).await.is(404);
    trainer.get("/en/teach/sound").await.is(404);
    trainer.get(&format!("/en/teach/{COURSE}/questions")).await.says("Too few to judge");
}

#[actix_web::test]
async fn long_lists_go_on_where_they_stopped() {
    let app = App::start().await;
    crowd(&app, "Dd", 60, "baku", "male").await;
    let trainer = app.trainer("nigar", COURSE).await;
    let first = trainer.get(&format!("/en/teach/{COURSE}")).await;
    let second = first.follow("Next page").await;
    assert!(!second.path.contains("Dd"), "addresses stay in histories and logs: {}", second.path);
    let seen = [first.texts("tbody th a"), second.texts("tbody th a")].concat();
    assert_eq!((first.texts("tbody th a").len(), seen.len()), (50, 60));
    let different: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!(different.len(), 60);
}

#[actix_web::test]
async fn names_stand_in_the_order_of_the_alphabet() {
    let app = App::start().await;
    let ordered = [
        "Çimnaz",
        "Elçin",
        "Əli",
        "Fuad",
        "Xalid",
        "İlham",
        "Qasım",
        "Səma",
        "Şəhla",
        "Ülviyyə",
        "Zaur",
    ];
    for name in ordered.iter().rev() {
        let person = app.person(name, Standing::Ordinary).await;
        app.enrol(person, COURSE).await;
    }
    let trainer = app.trainer("aaa", COURSE).await;
    let page = trainer.get(&format!("/az/teach/{COURSE}")).await;
    assert_eq!(page.texts("tbody th a"), ordered);
    let admin = app.admin("aab").await;
    let page = admin.get("/az/admin/people").await;
    let names: Vec<String> = page.texts("tbody th a").into_iter().skip(2).collect();
    assert_eq!(names, ordered);
}

#[actix_web::test]
async fn the_last_administrator_stays_and_nobody_locks_themself_out() {
    let app = App::start().await;
    let admin = app.admin("boss").await;
    let own = format!("/en/admin/people/{}", admin.person());
    admin.post_only(&format!("{own}/admin"), &[("change", "take")]).await.is(409);
    admin.post_only(&format!("{own}/access"), &[("change", "close")]).await.is(409);
    let other = app.person("other", Standing::Ordinary).await;
    let page = admin.get(&format!("/en/admin/people/{other}")).await;
    let page = page.form("/admin").press("Make administrator").await;
    page.says("The change is saved.");
    admin.post_only(&format!("{own}/admin"), &[("change", "take")]).await.is(303);
    admin.get("/en/admin").await.is(403);
}

#[actix_web::test]
async fn a_disabled_person_is_out_at_once_and_comes_back() {
    let app = App::start().await;
    let (admin, learner) = (app.admin("boss").await, app.learner("leyla").await);
    let page = admin.get(&format!("/en/admin/people/{}", learner.person())).await;
    let page = page.form("/access").press("Disable account").await;
    assert_eq!(learner.get_only("/en/me/profile").await.status, 303);
    page.form("/access").press("Enable account").await.says("The change is saved.");
}

#[actix_web::test]
async fn a_link_sets_a_new_password_once() {
    let app = App::start().await;
    let admin = app.admin("boss").await;
    let person = app.person("leyla", Standing::Ordinary).await;
    let page = admin.get(&format!("/en/admin/people/{person}")).await;
    let link = page.form("/reset").submit().await.attribute("#link", "value");
    let path = link.split_once("/en/").map(|(_, path)| format!("/en/{path}")).unwrap();
    let visitor = app.browser();
    let form = visitor.get(&path).await;
    form.form("/reset").fill("New password", "x").submit().await.is(422);
    let form = visitor.get(&path).await;
    let done = form.form("/reset").fill("New password", "sarı yarpaq düşür").submit().await;
    done.says("Your new password is set.");
    visitor.get(&path).await.is(404);
    let refused = visitor.get("/en/sign-in").await;
    let refused = refused.form("/sign-in").fill("E-mail", "leyla@example.az");
    refused.fill("Password", PASSWORD).submit().await.is(422);
    let right = visitor.get("/en/sign-in").await;
    let right = right.form("/sign-in").fill("E-mail", "leyla@example.az");
    assert_ne!(right.fill("Password", "sarı yarpaq düşür").submit().await.status, 422);
}
