//! Joining, signing in and out, profile, sessions, as people meet them.

use bilik::accounts::actions::{self, Standing};
use bilik::accounts::forgetting::forget_once;
use bilik::domain::locale::Locale;
use chrono::Duration;
use futures_util::future::join_all;

use crate::harness::{App, Browser, PASSWORD, Page};

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Page {
    let page = browser.get("/en/sign-in").await;
    page.form("/sign-in").fill("E-mail", email).fill("Password", password).submit().await
}

#[actix_web::test]
async fn somebody_joins_and_is_signed_in() {
    let app = App::start().await;
    let browser = app.browser();
    let page = browser.get("/az/").await.follow("Qeydiyyat").await;
    let form =
        page.form("/sign-up").fill("Ad", "Leyla Əliyeva").fill("E-poçt", " Leyla@Example.az ");
    let page = form.fill("Şifrə", PASSWORD).submit().await;
    assert_eq!(page.path, "/az/me");
    let profile = browser.get("/az/me/profile").await;
    assert_eq!(profile.attribute("input[name=name]", "value"), "Leyla Əliyeva");
    assert_eq!(
        app.word("select email_key || ' ' || language as value from people").await,
        "leyla@example.az az"
    );
    let stored = app.word("select password_hash as value from people").await;
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
}

#[actix_web::test]
async fn a_bad_form_comes_back_with_its_words_and_the_first_mistake_in_focus() {
    let app = App::start().await;
    let page = app.browser().get("/en/sign-up").await;
    let form = page
        .form("/sign-up")
        .fill("Name", "Leyla")
        .fill("E-mail", "leyla@")
        .fill("Password", "short");
    let page = form.submit().await;
    page.is(422).says("Correct what is marked below");
    assert_eq!(page.attribute("input[name=name]", "value"), "Leyla");
    assert_eq!(page.attribute("input[name=email]", "value"), "leyla@");
    assert_eq!(
        page.attribute("input[name=password]", "value"),
        "",
        "a password is never sent back"
    );
    assert_eq!(page.attribute("[autofocus]", "name"), "email");
    assert_eq!(page.attributes("[aria-invalid=true]", "name"), ["email", "password"]);
    let described = page.attribute("input[name=email]", "aria-describedby");
    assert!(described.split(' ').all(|id| page.has(&format!("[id={id}]"))), "{described}");
    assert_eq!(app.number("select count(*) as value from people").await, 0);
}

#[actix_web::test]
async fn an_address_is_taken_once_however_it_is_written() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let page = app.browser().get("/en/sign-up").await;
    let form = page.form("/sign-up").fill("Name", "Other").fill("E-mail", "LEYLA@example.AZ");
    let page = form.fill("Password", PASSWORD).submit().await;
    page.is(422).says("There is an account with this address");
}

#[actix_web::test]
async fn what_a_form_does_not_ask_for_is_not_taken() {
    let app = App::start().await;
    let page = app.browser().get("/en/sign-up").await;
    let form = page.form("/sign-up").fill("Name", "Leyla").fill("E-mail", "leyla@example.az");
    form.fill("Password", PASSWORD).set("admin", "true").set("role", "admin").submit().await;
    assert_eq!(
        app.number("select count(*) filter (where admin) + 10 * count(*) as value from people")
            .await,
        10
    );
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let known = sign_in(&app.browser(), "leyla@example.az", "something else").await;
    let unknown = sign_in(&app.browser(), "nobody@example.az", "something else").await;
    known.is(422).says("E-mail or password is not right");
    unknown.is(422);
    assert_eq!(known.text(), unknown.text());
    assert!(
        known.header("set-cookie").is_empty()
            || !known.header("set-cookie").starts_with("session=")
    );
}

#[actix_web::test]
async fn guessing_is_slowed_down_and_opens_again() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let browser = app.browser();
    for _ in 0..10 {
        sign_in(&browser, "leyla@example.az", "something else").await.is(422);
    }
    sign_in(&browser, "leyla@example.az", PASSWORD).await.is(429).says("Wait 15 minutes");
    sign_in(&app.browser(), "Leyla@example.az", PASSWORD).await.is(429);
    app.site.clock.advance(Duration::minutes(16));
    assert_eq!(sign_in(&browser, "leyla@example.az", PASSWORD).await.path, "/en/me");
}

#[actix_web::test]
async fn signing_in_leads_back_to_where_one_was_going_and_never_elsewhere() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    for (to, arrived) in [
        ("/en/me/sessions", "/en/me/sessions"),
        ("https://evil.test/", "/en/me"),
        ("//evil.test/", "/en/me"),
        ("/\\evil.test/", "/en/me"),
    ] {
        let page = app.browser().get(&format!("/en/sign-in?to={to}")).await;
        let form =
            page.form("/sign-in").fill("E-mail", "leyla@example.az").fill("Password", PASSWORD);
        assert_eq!(form.submit().await.path, arrived, "{to}");
    }
    let asked = app.browser().get("/en/me/sessions").await;
    assert_eq!(asked.path, "/en/sign-in?to=%2Fen%2Fme%2Fsessions");
}

#[actix_web::test]
async fn every_signing_in_makes_a_new_session() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let browser = app.browser();
    browser.set_cookie("session", &"ab".repeat(32));
    sign_in(&browser, "leyla@example.az", PASSWORD).await;
    let first = browser.cookie("session");
    assert_ne!(first, "ab".repeat(32), "a session that somebody planted is not taken over");
    browser.get("/en/me/profile").await.form("/sign-out").submit().await;
    assert!(browser.cookie("session").is_empty());
    let replayed = app.browser();
    replayed.set_cookie("session", &first);
    assert!(
        replayed.get("/en/me/profile").await.path.starts_with("/en/sign-in"),
        "it ended on the server too"
    );
    sign_in(&browser, "leyla@example.az", PASSWORD).await;
    assert_ne!(browser.cookie("session"), first);
    let plain = format!(
        "select count(*) as value from sessions where encode(token_hash, 'hex') = '{}'",
        browser.cookie("session")
    );
    assert_eq!(app.number(&plain).await, 0, "only a hash is stored");
}

#[actix_web::test]
async fn sessions_are_listed_and_can_be_ended() {
    let app = App::start().await;
    let here = app.learner("leyla").await;
    let (phone, office) =
        (app.browser_of(here.person()).await, app.browser_of(here.person()).await);
    let page = here.get("/en/me/sessions").await;
    assert_eq!(page.texts("main li").len(), 3);
    assert_eq!(page.texts("main li .tag"), ["This device"]);
    page.form("/end").submit().await.says("That device is signed out");
    here.get("/en/me/sessions").await.form("/others/end").submit().await.says("All other devices");
    for browser in [phone, office] {
        assert!(browser.get("/en/me/profile").await.path.starts_with("/en/sign-in"));
    }
    here.get("/en/me/profile").await.is(200);
}

#[actix_web::test]
async fn a_session_ends_by_itself_after_thirty_days() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    app.site.clock.advance(Duration::days(29));
    assert_eq!(learner.get("/en/me/profile").await.path, "/en/me/profile");
    app.site.clock.advance(Duration::days(2));
    assert!(learner.get("/en/me/profile").await.path.starts_with("/en/sign-in"));
}

#[actix_web::test]
async fn a_new_password_needs_the_old_one_and_ends_all_other_sessions() {
    let app = App::start().await;
    let here = app.learner("leyla").await;
    let phone = app.browser_of(here.person()).await;
    let page = here.get("/en/me/profile").await;
    let form = page.form("/me/password").fill("Present password", "not this one");
    let page = form.fill("New password", "dağ dəniz düz çöl").submit().await;
    page.is(422).says("The present password is not right");
    let form = page.form("/me/password").fill("Present password", PASSWORD);
    form.fill("New password", "dağ dəniz düz çöl").submit().await.says("Your password is changed");
    here.get("/en/me/profile").await.is(200);
    assert!(phone.get("/en/me/profile").await.path.starts_with("/en/sign-in"));
    sign_in(&app.browser(), "leyla@example.az", PASSWORD).await.is(422);
    assert_eq!(
        sign_in(&app.browser(), "leyla@example.az", "dağ dəniz düz çöl").await.path,
        "/en/me"
    );
}

#[actix_web::test]
async fn somebody_who_is_disabled_is_out_at_once() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    learner.get("/en/me/profile").await.is(200);
    app.sql("update people set disabled_at = now()").await;
    assert!(learner.get("/en/me/profile").await.path.starts_with("/en/sign-in"));
    let page = sign_in(&app.browser(), "leyla@example.az", PASSWORD).await;
    page.is(422).says("E-mail or password is not right");
}

#[actix_web::test]
async fn a_right_that_is_taken_away_is_gone_with_the_next_request() {
    let app = App::start().await;
    let admin = app.admin("aygun").await;
    assert!(admin.get("/en/courses").await.has("a[href='/en/admin']"));
    app.sql("update people set admin = false").await;
    assert!(!admin.get("/en/courses").await.has("a[href='/en/admin']"));
}

#[actix_web::test]
async fn optional_details_are_kept_with_consent_and_go_with_it() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    let page = learner.get("/en/me/profile").await;
    let refused = page
        .form("/me/profile")
        .fill("Region", "Baku")
        .fill("Year of birth", "1990")
        .submit()
        .await;
    refused.is(422).says("Tick this to keep your optional details");
    assert_eq!(
        refused.attribute("option[value=baku][selected]", "value"),
        "baku",
        "the choice is kept"
    );
    let consented =
        refused.form("/me/profile").choose("My optional details may be used in statistics");
    consented.submit().await.says("Your profile is saved");
    let kept = "select region || ' ' || birth_year as value from people";
    assert_eq!(app.word(kept).await, "baku 1990");
    let page = learner.get("/en/me/profile").await;
    let form = page.form("/me/profile").untick("My optional details may be used in statistics");
    form.fill("Region", "").fill("Year of birth", "").submit().await.says("Your profile is saved");
    assert_eq!(app.number("select count(*) as value from people where profile_consent_at is null and region is null").await, 1);
}

#[actix_web::test]
async fn the_language_of_the_profile_is_the_language_of_the_next_page() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    let page = learner.get("/en/me/profile").await;
    let saved = page.form("/me/profile").fill("Language", "Русский").submit().await;
    assert_eq!(
        (saved.path.as_str(), saved.attribute("html", "lang").as_str()),
        ("/ru/me/profile", "ru")
    );
    assert_eq!(learner.get_only("/").await.header("location"), "/ru/");
}

#[actix_web::test]
async fn what_was_typed_when_a_session_ended_is_sent_after_signing_in() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    let form = learner.get("/en/me/profile").await;
    app.sql("delete from sessions").await;
    let page = form.form("/me/profile").fill("Name", "Leyla <b>Əliyeva</b>").submit().await;
    page.is(401);
    let page = page.form("/sign-in/keeping").submit().await;
    let form =
        page.form("/sign-in").fill("E-mail", "leyla@example.az").fill("Password", "mistyped once");
    let page = form.submit().await;
    page.is(422);
    let form = page.form("/sign-in").fill("E-mail", "leyla@example.az").fill("Password", PASSWORD);
    let page = form.submit().await;
    page.says("What you typed before is kept");
    page.form("/me/profile").submit().await.says("Your profile is saved");
    assert_eq!(app.word("select name as value from people").await, "Leyla <b>Əliyeva</b>");
    assert!(!learner.get("/en/me/profile").await.has("main b b, header b b"));
}

#[actix_web::test]
async fn the_first_administrator_is_made_by_a_link_that_works_once() {
    let app = App::start().await;
    let now = app.site.clock.now();
    let link = actions::first_admin_link(&mut *app.conn().await, "", Locale::En, now)
        .await
        .unwrap()
        .unwrap();
    let page = app.browser().get(&link).await;
    let form = |page: &Page, email: &str| {
        page.form("/first-admin").fill("Name", "Aygün").fill("E-mail", email).fields().to_vec()
    };
    let short =
        page.form("/first-admin").fill("Name", "Aygün").fill("Password", "short").submit().await;
    short.is(422);
    assert!(!form(&short, "a@example.az").is_empty(), "the form is there to be sent again");
    let second = app.browser().get(&link).await;
    let made = page.form("/first-admin").fill("Name", "Aygün").fill("E-mail", "aygun@example.az");
    assert_eq!(made.fill("Password", PASSWORD).submit().await.path, "/en/me");
    assert_eq!(app.number("select count(*) as value from people where admin").await, 1);
    let again =
        second.form("/first-admin").fill("Name", "Other").fill("E-mail", "other@example.az");
    again.fill("Password", PASSWORD).submit().await.is(404);
    app.browser().get(&link).await.is(404);
    let none =
        actions::first_admin_link(&mut *app.conn().await, "", Locale::En, now).await.unwrap();
    assert_eq!(none, None);
}

#[actix_web::test]
async fn a_taken_address_does_not_use_up_the_link_of_the_first_administrator() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let now = app.site.clock.now();
    let link = actions::first_admin_link(&mut *app.conn().await, "", Locale::En, now).await;
    let page = app.browser().get(&link.unwrap().unwrap()).await;
    let form = page.form("/first-admin").fill("Name", "Leyla").fill("Password", PASSWORD);
    let page = form.fill("E-mail", "leyla@example.az").submit().await;
    page.is(422).says("There is an account with this address");
    let form = page.form("/first-admin").fill("E-mail", "boss@example.az");
    assert_eq!(form.fill("Password", PASSWORD).submit().await.path, "/en/me");
    assert_eq!(app.word("select email as value from people where admin").await, "boss@example.az");
}

#[actix_web::test]
async fn many_guesses_at_once_are_no_more_than_one_after_the_other() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let browser = app.browser();
    browser.get("/en/sign-in").await;
    let fields = [("email", "leyla@example.az"), ("password", "something else")];
    let guesses = (0..30).map(|_| browser.post_only("/en/sign-in", &fields));
    let statuses: Vec<u16> = join_all(guesses).await.iter().map(|page| page.status).collect();
    let count = |status| statuses.iter().filter(|found| **found == status).count();
    assert_eq!((count(422), count(429)), (10, 20), "{statuses:?}");
}

#[actix_web::test]
async fn a_good_password_counts_as_no_failure() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    for _ in 0..12 {
        assert_eq!(sign_in(&app.browser(), "leyla@example.az", PASSWORD).await.path, "/en/me");
    }
    let left = "select count(*) as value from sign_in_failures where failures > 0";
    assert_eq!(app.number(left).await, 0);
}

#[actix_web::test]
async fn whoever_finds_an_open_device_cannot_guess_at_the_password_for_ever() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    let wrong = [("old-password", "something else"), ("password", "dağ dəniz düz çöl")];
    for _ in 0..10 {
        learner.post("/en/me/password", &wrong).await.is(422).says("The present password");
    }
    let right = [("old-password", PASSWORD), ("password", "dağ dəniz düz çöl")];
    learner.post("/en/me/password", &right).await.is(422).says("Wait 15 minutes");
    app.site.clock.advance(Duration::minutes(16));
    learner.post("/en/me/password", &right).await.says("Your password is changed");
}

#[actix_web::test]
async fn a_form_that_could_not_be_saved_can_be_sent_again_as_it_was() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    let form = learner.get("/en/me/profile").await;
    app.sql(
        "create function away() returns trigger language plpgsql as \
           $$ begin raise exception 'the database system is shutting down'; end $$; \
         create trigger away before update on people for each row execute function away()",
    )
    .await;
    let kept = form.form("/me/profile").fill("Name", "Leyla Əliyeva").submit().await;
    kept.is(503);
    app.sql("drop trigger away on people").await;
    kept.form("/me/profile").submit().await.says("Your profile is saved");
    assert_eq!(app.word("select name as value from people").await, "Leyla Əliyeva");
}

#[actix_web::test]
async fn what_is_over_is_forgotten_and_nothing_else() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    sign_in(&app.browser(), "leyla@example.az", "something else").await.is(422);
    let now = app.site.clock.now();
    actions::first_admin_link(&mut *app.conn().await, "", Locale::En, now).await.unwrap();
    let rows = "select (select count(*) from sessions) + (select count(*) from sign_in_failures) \
        + (select count(*) from one_time_links) as value";
    let before = app.number(rows).await;
    forget_once(&mut *app.conn().await, now).await.unwrap();
    assert_eq!(app.number(rows).await, before);
    learner.get("/en/me/profile").await.is(200);
    forget_once(&mut *app.conn().await, now + Duration::days(31)).await.unwrap();
    assert_eq!(app.number(rows).await, 0);
}
