//! Publishing and finding courses.

use std::collections::BTreeMap;
use std::path::Path;

use bilik::catalogue::folder;
use bilik::catalogue::publish::{self, Change, Outcome, PublishRefusal};
use bilik::domain::course::{compile_with, read_facts};
use bilik::outcome::Failed;

use crate::harness::{App, courses_folder};

type Files = BTreeMap<String, Vec<u8>>;

fn fixture(name: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/courses").join(name);
    folder::read(&folder).unwrap()
}

fn changed(mut files: Files, path: &str, from: &str, to: &str) -> Files {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} holds {from}");
    files.insert(path.to_owned(), text.replace(from, to).into_bytes());
    files
}

async fn publish(app: &App, files: &Files) -> Result<Outcome, Failed<PublishRefusal>> {
    let conn = &mut *app.conn().await;
    let outcome = publish::publish(conn, files, app.site.clock.now()).await;
    app.library.refresh(conn).await.unwrap();
    outcome
}

#[actix_web::test]
async fn the_same_text_is_the_same_version_and_an_old_text_comes_back() {
    let app = App::start().await;
    let first = fixture("sound");
    let second = changed(first.clone(), "course.yml", "A sound course", "A better course");
    assert_eq!(publish(&app, &first).await.unwrap().change, Change::None);
    assert_eq!(publish(&app, &second).await.unwrap().change, Change::New(2));
    assert_eq!(
        app.library.cards().by_slug("sound").unwrap().title_in(bilik::domain::locale::Locale::En),
        "A better course"
    );
    assert_eq!(publish(&app, &second).await.unwrap().change, Change::None);
    assert_eq!(publish(&app, &first).await.unwrap().change, Change::Back(1));
    app.browser().get("/en/courses").await.says("A sound course").does_not_say("A better course");
}

#[actix_web::test]
async fn a_course_with_errors_changes_nothing() {
    let app = App::start().await;
    let broken =
        changed(fixture("sound"), "1-begin/1-heat.en.md", "- [x] Tooling", "- [ ] Tooling");
    let Err(Failed::Refused(PublishRefusal::Errors(diagnostics))) = publish(&app, &broken).await
    else {
        panic!("a question without a right answer is published")
    };
    assert!(diagnostics.to_string().contains("1-begin/1-heat.en.md:"), "{diagnostics}");
    assert_eq!(app.number("select count(*) as value from course_versions").await, 2);
    app.browser().get("/en/courses").await.says("A sound course");
}

#[actix_web::test]
async fn two_courses_do_not_share_an_address() {
    let app = App::start().await;
    let other = changed(fixture("sound"), "course.yml", "3f0e1f1c", "4f0e1f1c");
    let Err(Failed::Refused(PublishRefusal::SlugTaken(slug))) = publish(&app, &other).await else {
        panic!("another course took the address")
    };
    assert_eq!(slug, "sound");
}

#[actix_web::test]
async fn two_publications_at_once_give_one_version() {
    let app = App::start().await;
    let files = changed(fixture("sound"), "course.yml", "A sound course", "A better course");
    let all: Vec<_> = (0..8).map(|_| publish(&app, &files)).collect();
    let outcomes = futures_util::future::join_all(all).await;
    let new = outcomes.iter().filter(|outcome| outcome.as_ref().unwrap().change == Change::New(2));
    assert_eq!(new.count(), 1);
    assert_eq!(app.number("select count(*) as value from course_versions").await, 3);
}

#[actix_web::test]
async fn what_another_node_publishes_is_noticed() {
    let (app, files) = (App::start().await, fixture("sound"));
    let cards = app.library.cards();
    let conn = &mut *app.conn().await;
    let files = changed(files, "course.yml", "A sound course", "A better course");
    publish::publish(conn, &files, app.site.clock.now()).await.unwrap();
    app.library.refresh(conn).await.unwrap();
    assert_ne!(app.library.cards().revision, cards.revision);
    app.browser().get("/en/courses").await.says("A better course");
}

#[actix_web::test]
async fn pictures_are_served_and_the_source_of_lessons_is_not() {
    let app = App::start().await;
    let files =
        app.word("select string_agg(hash || ' ' || path, E'\n') as value from version_files").await;
    for line in files.lines() {
        let (hash, path) = line.split_once(' ').unwrap();
        let name = path.rsplit('/').next().unwrap();
        let page = app.browser().get(&format!("/media/{hash}/{name}")).await;
        let expected = if path.starts_with("media/") { 200 } else { 404 };
        assert_eq!(page.status, expected, "{path}: it would give the answers of quizzes away");
        if expected == 200 {
            assert!(page.header("content-security-policy").contains("sandbox"), "{path}");
            app.browser().get(&format!("/media/{hash}/{name}.html")).await;
        }
    }
    app.browser().get(&format!("/media/{}/x.svg", "0".repeat(64))).await.is(404);
    app.browser().get("/media/..%2f..%2fetc/passwd").await.is(404);
}

#[actix_web::test]
async fn a_search_forgives_slips_and_other_letters() {
    let app = App::start().await;
    for (language, query) in [
        ("en", "inovation managment"),
        ("az", "innovasiyalarin idare"),
        ("az", "İNNOVASİYA"),
        ("ru", "иновациями"),
    ] {
        let page = app.browser().get(&format!("/{language}/courses")).await;
        let found = page.form("/courses").set("q", query).submit().await;
        let links = found.attributes("main a[href]", "href");
        assert!(
            links.contains(&format!("/{language}/courses/innovation-management")),
            "{query}: {links:?}"
        );
    }
    let page = app.browser().get("/en/courses?q=zzzzzzzz").await;
    assert!(!page.has("main article"), "nothing is found for letters without sense");
    app.browser().get("/en/courses?q=%27%22%3E%3Cscript%3E&theme=x&level=%00").await.is(200);
}

#[actix_web::test]
async fn a_course_shows_the_picture_that_its_author_chose_wherever_it_stands() {
    let app = App::start().await;
    let reader = app.learner("leyla").await;
    app.enrol(reader.person(), "sound").await;
    let level = "level: beginner";
    let own =
        changed(fixture("sound"), "course.yml", level, &format!("{level}\ncover: media/heat.svg"));
    let drawn = "/covers/sound.svg?theme=energy, 320 × 140";
    let hash = "select hash as value from version_files where path = 'media/heat.svg' limit 1";
    let chosen = format!("/media/{}/heat.svg, 520 × 300", app.word(hash).await);
    for (files, expected) in [(fixture("sound"), drawn), (own, chosen.as_str())] {
        publish(&app, &files).await.unwrap();
        for place in ["/en/courses?theme=energy", "/en/courses/sound", "/en/me"] {
            let page = reader.get(place).await;
            let [source, width, height, words] = ["src", "width", "height", "alt"]
                .map(|name| page.attribute("main .cover img, main .resume__art img", name));
            assert_eq!(format!("{source}, {width} × {height}"), expected, "{place}");
            assert_eq!(words, "", "{place}");
        }
    }
}

#[actix_web::test]
async fn the_catalogue_is_narrowed_by_theme_level_and_language() {
    let app = App::start().await;
    let shown = |page: &crate::harness::Page| page.attributes("article h3 a", "href");
    let page = app.browser().get("/en/courses?theme=energy").await;
    assert_eq!(shown(&page), ["/en/courses/sound"]);
    let page = app.browser().get("/en/courses?theme=innovation&level=beginner&language=ru").await;
    assert_eq!(shown(&page), ["/en/courses/innovation-management"]);
    let page = app.browser().get("/en/courses?level=advanced").await;
    assert!(shown(&page).is_empty());
}

#[actix_web::test]
async fn a_draft_is_not_shown() {
    let app = App::start().await;
    let draft =
        changed(fixture("sound"), "course.yml", "level: beginner", "level: beginner\ndraft: true");
    publish(&app, &draft).await.unwrap();
    app.browser().get("/en/courses").await.does_not_say("A sound course");
    app.browser().get("/en/courses?q=sound").await.does_not_say("A sound course");
}

#[test]
fn the_shipped_courses_have_no_problems() {
    for course in folder::courses_in(&courses_folder()).unwrap() {
        let files = folder::read(&course).unwrap();
        let (facts, _) = read_facts(&folder::facts_beside(&course).unwrap());
        let (_, diagnostics) = compile_with(&files, &facts, None);
        assert!(!diagnostics.has_errors(), "{diagnostics}");
    }
}

#[actix_web::test]
async fn a_part_of_a_file_can_be_asked_for_as_players_of_films_do() {
    let app = App::start().await;
    let address = "select '/media/' || hash || '/figure.svg' as value from version_files where path like 'media/%.svg' limit 1";
    let address = app.word(address).await;
    let whole = app.browser().get(&address).await;
    assert_eq!(whole.header("accept-ranges"), "bytes");
    let (text, length) = (whole.source(), whole.source().len());
    for (range, status, place, part) in [
        ("bytes=1-4", 206, format!("bytes 1-4/{length}"), text.get(1..5).unwrap()),
        (
            "bytes=-3",
            206,
            format!("bytes {}-{}/{length}", length - 3, length - 1),
            text.get(length - 3..).unwrap(),
        ),
        ("bytes=999999999-", 416, format!("bytes */{length}"), ""),
        ("bytes=0-1,3-4", 200, String::new(), text.as_str()),
        ("pages=1", 200, String::new(), text.as_str()),
    ] {
        let page = app.browser().with_header("range", range).get_only(&address).await;
        assert_eq!((page.status, page.header("content-range")), (status, place), "{range}");
        assert_eq!(page.source(), part, "{range}");
    }
}

#[actix_web::test]
async fn search_engines_are_shown_public_pages_in_every_language_and_no_drafts() {
    let app = App::start().await;
    let draft = changed(
        fixture("sound"),
        "course.yml",
        "theme: energy",
        "theme: energy
draft: true",
    );
    let map = app.browser().get("/sitemap.xml").await.source();
    for address in ["/az/", "/ru/courses", "/en/courses/sound", "/az/courses/innovation-management"]
    {
        assert!(map.contains(&format!("{address}</loc>")), "{address}");
    }
    publish(&app, &draft).await.unwrap();
    assert!(!app.browser().get("/sitemap.xml").await.source().contains("courses/sound"));
    let rules = app.browser().get("/robots.txt").await.source();
    assert!(rules.contains("Disallow: /*/teach") && rules.contains("\nSitemap: http"), "{rules}");
}
