//! What holds for every page: headers, languages of refusals, assets, probes, and a database that goes and comes.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use actix_web::test::TestRequest;
use bilik::db::private::{Durability, PrivatePostgres, Stopped};

use crate::harness::{App, migrate};

const LANGUAGES: [&str; 3] = ["az", "en", "ru"];

#[actix_web::test]
async fn every_answer_carries_the_headers_that_keep_pages_safe() {
    let app = App::start().await;
    for path in ["/en/", "/en/courses", "/en/nowhere", "/healthz", "/en/me/profile"] {
        let page = app.browser().get_only(path).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert!(
            page.header("strict-transport-security").is_empty(),
            "{path}: the address is not https"
        );
    }
}

#[actix_web::test]
async fn parts_of_pages_may_do_nothing_by_themselves_and_the_page_without_a_connection_what_pages_may()
 {
    let app = App::start().await;
    for (asset, may) in [("app.css", false), ("app.js", false), ("offline.en.html", true)] {
        let page = app.browser().get_only(bilik::web::assets::href(asset)).await;
        let policy = page.is(200).header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{asset}: {policy}");
        assert_eq!(policy.contains("style-src 'self'"), may, "{asset}: {policy}");
    }
}

#[actix_web::test]
async fn pages_hold_nothing_that_the_policy_forbids() {
    let app = App::start().await;
    for path in ["/az/", "/en/courses", "/ru/sign-up", "/en/nowhere"] {
        let page = app.browser().get(path).await;
        assert!(!page.has("[style], style, script:not([src]), [onclick], [onload]"), "{path}");
        let foreign = page.attributes("[src], link[rel=stylesheet]", "src");
        assert!(foreign.iter().all(|address| address.starts_with('/')), "{path}: {foreign:?}");
    }
}

#[actix_web::test]
async fn what_is_not_there_is_said_in_the_language_of_the_address() {
    let app = App::start().await;
    let mut headings = Vec::new();
    for language in LANGUAGES {
        let page = app.browser().get(&format!("/{language}/nowhere")).await;
        page.is(404);
        assert_eq!(page.attribute("html", "lang"), language);
        assert!(page.has("form[role=search]"), "the page offers a search");
        headings.push(page.heading());
    }
    headings.dedup();
    assert_eq!(headings.len(), 3, "{headings:?}");
    let unknown =
        app.browser().with_header("accept-language", "ru;q=0.5, en;q=0.9").get("/de/courses").await;
    assert_eq!((unknown.status, unknown.attribute("html", "lang")), (404, "en".to_owned()));
}

#[actix_web::test]
async fn a_page_of_a_refusal_can_be_read_by_a_browser_that_takes_compressed_pages() {
    let app = App::start().await;
    let page = app.browser().with_header("accept-encoding", "gzip, br").get("/en/nowhere").await;
    assert_eq!((page.status, page.header("content-encoding").as_str()), (404, ""));
    assert!(!page.heading().is_empty());
}

#[actix_web::test]
async fn a_wrong_method_and_a_malformed_id_are_pages_that_are_not_there() {
    let app = App::start().await;
    let learner = app.learner("leyla").await;
    learner.post("/en/courses", &[]).await.is(404);
    learner.post("/en/me/sessions/not-an-id/end", &[]).await.is(404);
}

#[actix_web::test]
async fn the_first_page_is_in_the_language_of_the_visitor() {
    let app = App::start().await;
    for (wanted, path) in [("ru-RU,ru;q=0.9", "/ru/"), ("de,en;q=0.8", "/en/"), ("fr", "/az/")] {
        let page = app.browser().with_header("accept-language", wanted).get("/").await;
        assert_eq!(page.path, path, "{wanted}");
    }
}

#[actix_web::test]
async fn the_appearance_is_kept_and_never_leads_elsewhere() {
    let app = App::start().await;
    let browser = app.browser();
    let page = browser.post("/en/theme", &[("theme", "dark"), ("to", "/en/courses")]).await;
    assert_eq!(
        (page.path.as_str(), page.attribute("html", "data-theme").as_str()),
        ("/en/courses", "dark")
    );
    let back = browser.post_only("/en/theme", &[("theme", "light"), ("to", "//evil.test/")]).await;
    assert_eq!(back.header("location"), "/");
}

#[actix_web::test]
async fn counters_are_for_those_who_run_the_program() {
    let app = App::start().await;
    let asked = async |app: &App, peer: &str, header: (&'static str, &str)| {
        let request = TestRequest::get().uri("/metrics").peer_addr(peer.parse().unwrap());
        app.answer(request.insert_header(header)).await.status
    };
    let nothing = ("accept", "*/*");
    assert_eq!(asked(&app, "127.0.0.1:5000", nothing).await, 200);
    assert_eq!(asked(&app, "[::1]:5000", nothing).await, 200);
    assert_eq!(asked(&app, "192.0.2.1:5000", nothing).await, 404);
    assert_eq!(asked(&app, "127.0.0.1:5000", ("x-forwarded-for", "192.0.2.1")).await, 404);
    assert_eq!(asked(&app, "192.0.2.1:5000", ("authorization", "Bearer ")).await, 404);
    let with_token = App::with(&[("BILIK_METRICS_TOKEN", "of the collector")]).await;
    let right = ("authorization", "Bearer of the collector");
    assert_eq!(asked(&with_token, "192.0.2.1:5000", right).await, 200);
    assert_eq!(asked(&with_token, "127.0.0.1:5000", nothing).await, 404);
    assert_eq!(asked(&with_token, "127.0.0.1:5000", ("authorization", "Bearer other")).await, 404);
}

#[actix_web::test]
async fn assets_are_kept_for_ever_and_travel_compressed() {
    let app = App::start().await;
    let browser = app.browser();
    let style = browser.get("/en/").await.attribute("link[rel=stylesheet]", "href");
    let browser = browser.with_header("accept-encoding", "gzip, br");
    let asset = browser.get(&style).await;
    assert_eq!(asset.header("content-encoding"), "br");
    assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(asset.header("content-type"), "text/css; charset=utf-8");
    browser.get("/assets/..%2fCargo.toml").await.is(404);
    browser.get("/assets/missing.css").await.is(404);
}

#[actix_web::test]
async fn private_pages_are_not_kept_by_others() {
    let app = App::start().await;
    let visitor = app.browser().get("/en/courses").await;
    assert_eq!(visitor.header("cache-control"), "public, max-age=60");
    for path in ["/en/me/profile", "/en/me/sessions", "/en/courses"] {
        let page = app.learner(&path.replace('/', "-")).await.get(path).await;
        assert_eq!(page.header("cache-control"), "private, no-cache", "{path}");
        assert!(page.header("vary").to_lowercase().contains("cookie"), "{path}");
    }
}

#[actix_web::test]
async fn operators_see_that_it_runs_and_counts() {
    let app = App::start().await;
    let browser = app.browser();
    assert_eq!(browser.get("/healthz").await.source(), "ok\n");
    assert_eq!(browser.get("/readyz").await.source(), "ready\n");
    browser.get("/en/courses").await;
    let metrics = browser.get("/metrics").await.source();
    assert!(
        metrics.contains(
            r#"bilik_requests_total{method="GET",route="/{lang}/courses",status="200"} 1"#
        ),
        "{metrics}"
    );
    assert!(metrics.ends_with("# EOF\n"));
    app.site.drain();
    browser.get("/readyz").await.is(503);
    browser.get("/healthz").await.is(200);
}

#[actix_web::test]
async fn a_form_larger_than_any_of_ours_is_refused() {
    let app = App::start().await;
    let large = "a".repeat(2 * 1024 * 1024);
    app.learner("leyla").await.post("/en/me/profile", &[("name", &large)]).await.is(413);
}

#[actix_web::test]
async fn a_database_that_goes_is_said_and_one_that_comes_back_is_used() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let server = PrivatePostgres::start(folder.path(), Durability::Test).await.unwrap();
    migrate(&server.url()).await;
    let app = App::on(&server.url()).await;
    let learner = app.learner("leyla").await;
    let form = learner.get("/az/me/profile").await;
    assert_eq!(server.stop().await, Stopped::Cleanly);

    for language in LANGUAGES {
        let page = learner.get(&format!("/{language}/me/profile")).await;
        assert_eq!((page.status, page.attribute("html", "lang")), (503, language.to_owned()));
        assert_eq!(page.header("retry-after"), "5");
        page.does_not_say("Connection");
    }
    let kept = form.form("/az/me/profile").fill("Ad", "Leyla Əliyeva").submit().await;
    kept.is(503);
    assert_eq!(kept.attribute("input[name=name]", "value"), "Leyla Əliyeva");
    app.browser().get("/az/courses").await.is(200);
    app.browser().get("/readyz").await.is(503);
    let program = TestRequest::get().insert_header(("accept", "application/json"));
    let problem = learner.ask(program, "/en/me/profile").await;
    assert_eq!(problem.headers.get("content-type").unwrap(), "application/problem+json");

    let server = PrivatePostgres::start(folder.path(), Durability::Test).await.unwrap();
    learner.get("/az/me/profile").await.is(200);
    kept.form("/az/me/profile").submit().await.is(200);
    assert_eq!(app.word("select name as value from people").await, "Leyla Əliyeva");
    drop(app);
    server.stop().await;
}
