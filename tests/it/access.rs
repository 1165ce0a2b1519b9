//! Who may do what: one row per route, one column per person. A route without a row fails the build (`tidy`).
//! Rows are called with an empty form, so a change that is allowed answers 303, or 422 where it needs words.

use bilik::accounts::actions::Standing;
use bilik::catalogue::trainers;
use uuid::Uuid;

use crate::harness::{App, Browser};
use crate::marking;

/// Method, route, and the answers to: a visitor, the learner whose things these are, another learner, the
/// course's trainer, another course's trainer, an administrator.
type Row = (&'static str, &'static str, [u16; 6]);

/// The same for everybody.
const OPEN: [u16; 6] = [200; 6];
/// For everybody who is signed in.
const SIGNED_IN: [u16; 6] = [303, 200, 200, 200, 200, 200];

/// For the learner alone; others learn nothing of it.
const OWN: [u16; 6] = [303, 200, 404, 404, 404, 404];

/// For those who teach this course, and administrators. Others do not learn that the page is there.
const TEACHING: [u16; 6] = [303, 404, 404, 200, 404, 200];
/// For administrators.
const ADMINISTRATION: [u16; 6] = [303, 403, 403, 403, 403, 200];

const ROWS: &[Row] = &[
    ("GET", "/", [303; 6]),
    ("GET", "/healthz", OPEN),
    ("GET", "/readyz", OPEN),
    ("GET", "/metrics", OPEN),
    ("GET", "/favicon.ico", [308; 6]),
    ("GET", "/robots.txt", OPEN),
    ("GET", "/sitemap.xml", OPEN),
    ("GET", "/sw.js", OPEN),
    ("GET", "/assets/{name}", OPEN),
    ("GET", "/covers/{slug}.svg", OPEN),
    ("GET", "/media/{hash}/{file}", OPEN),
    ("GET", "/watch/script.js", [404; 6]),
    ("GET", "/watch/{course}", [404; 6]),
    ("GET", "/{lang}/", [200, 303, 303, 303, 303, 303]),
    ("GET", "/{lang}/courses", OPEN),
    ("GET", "/{lang}/offline", OPEN),
    ("POST", "/{lang}/theme", [303; 6]),
    ("GET", "/{lang}/sign-up", [200, 303, 303, 303, 303, 303]),
    ("POST", "/{lang}/sign-up", [422; 6]),
    ("GET", "/{lang}/sign-in", [200, 303, 303, 303, 303, 303]),
    ("POST", "/{lang}/sign-in", [422; 6]),
    ("POST", "/{lang}/sign-in/keeping", OPEN),
    ("GET", "/{lang}/first-admin", [404; 6]),
    ("POST", "/{lang}/first-admin", [422; 6]),
    ("GET", "/{lang}/me/profile", SIGNED_IN),
    ("POST", "/{lang}/me/profile", [401, 422, 422, 422, 422, 422]),
    ("GET", "/{lang}/me/sessions", SIGNED_IN),
    ("GET", "/covers/art/{name}.svg", OPEN),
    ("POST", "/{lang}/courses/{course}/quizzes/{quiz}/attempts", [401, 303, 403, 403, 403, 403]),
    (
        "POST",
        "/{lang}/courses/{course}/{lesson}/practice/{quiz}/{slot}",
        [401, 303, 403, 403, 403, 403],
    ),
    ("GET", "/{lang}/attempts/{id}", OWN),
    ("GET", "/{lang}/attempts/{id}/compare", [303, 303, 404, 404, 404, 404]),
    ("GET", "/{lang}/attempts/{id}/finish", OWN),
    ("GET", "/{lang}/attempts/{id}/review", OWN),
    // The question is none that takes files, so there is no such page for its owner either.
    ("GET", "/{lang}/attempts/{id}/files/{slot}", [303, 404, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}/files/{slot}", [303, 404, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}/files/{slot}/take-back", [401, 404, 404, 404, 404, 404]),
    ("GET", "/{lang}/attempts/{id}/file/{file}", [303, 404, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}", [401, 303, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}/finish", [401, 303, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}/responses/{slot}", [401, 303, 404, 404, 404, 404]),
    ("POST", "/{lang}/attempts/{id}/responses/{slot}/check", [401, 303, 404, 404, 404, 404]),
    ("GET", "/{lang}/teach/{course}/quizzes/{quiz}/terms", TEACHING),
    ("POST", "/{lang}/teach/{course}/quizzes/{quiz}/terms", [401, 404, 404, 422, 404, 422]),
    ("GET", "/{lang}/courses/{course}", OPEN),
    ("GET", "/{lang}/courses/{course}/{lesson}", OPEN),
    ("POST", "/{lang}/courses/{course}/{lesson}/complete", [401, 303, 403, 403, 403, 403]),
    ("GET", "/{lang}/me", SIGNED_IN),
    ("GET", "/{lang}/help", OPEN),
    ("GET", "/{lang}/help/accessibility", OPEN),
    ("GET", "/{lang}/help/privacy", OPEN),
    ("GET", "/{lang}/help/codes", OPEN),
    ("GET", "/{lang}/help/codes/{code}", OPEN),
    ("GET", "/{lang}/reset", [404; 6]),
    ("POST", "/{lang}/reset", [422; 6]),
    ("GET", "/{lang}/teach", [303, 403, 403, 200, 200, 200]),
    ("GET", "/{lang}/teach/{course}", TEACHING),
    ("GET", "/{lang}/teach/{course}/learners.csv", TEACHING),
    ("GET", "/{lang}/teach/{course}/learners/{person}", TEACHING),
    ("GET", "/{lang}/teach/{course}/questions", TEACHING),
    ("GET", "/{lang}/teach/{course}/regrade", TEACHING),
    ("GET", "/{lang}/teach/{course}/regrade/trial", [303, 404, 404, 422, 404, 422]),
    ("POST", "/{lang}/teach/{course}/regrade", [401, 404, 404, 422, 404, 422]),
    ("POST", "/{lang}/teach/{course}/regrade/{batch}/back", [401, 404, 404, 422, 404, 422]),
    ("GET", "/{lang}/teach/{course}/translations", TEACHING),
    ("GET", "/{lang}/teach/{course}/translations/{lesson}", TEACHING),
    ("GET", "/{lang}/marking", [303, 403, 403, 200, 200, 200]),
    ("GET", "/{lang}/teach/{course}/marking", TEACHING),
    ("GET", "/{lang}/teach/{course}/marking/next", [303, 404, 404, 303, 404, 303]),
    ("GET", "/{lang}/teach/{course}/marking/{attempt}/{slot}", TEACHING),
    ("POST", "/{lang}/teach/{course}/marking/{attempt}/{slot}", [401, 404, 404, 422, 404, 422]),
    ("POST", "/{lang}/teach/{course}/marking/hand-back", [401, 404, 404, 303, 404, 303]),
    ("GET", "/{lang}/admin", ADMINISTRATION),
    ("GET", "/{lang}/admin/completion", ADMINISTRATION),
    ("GET", "/{lang}/admin/completion.csv", ADMINISTRATION),
    ("GET", "/{lang}/admin/people", ADMINISTRATION),
    ("GET", "/{lang}/admin/people/{person}", ADMINISTRATION),
    ("POST", "/{lang}/admin/people/{person}/access", [401, 403, 403, 403, 403, 303]),
    ("POST", "/{lang}/admin/people/{person}/admin", [401, 403, 403, 403, 403, 303]),
    ("POST", "/{lang}/admin/people/{person}/reset", [401, 403, 403, 403, 403, 200]),
    ("POST", "/{lang}/admin/people/{person}/trainer", [401, 403, 403, 403, 403, 422]),
    ("POST", "/{lang}/courses/{course}/enrol", [401, 303, 303, 303, 303, 303]),
];

/// Rows for changes that end sessions; each is called with a session of its own.
const ENDINGS: &[Row] = &[
    ("POST", "/{lang}/me/password", [401, 422, 422, 422, 422, 422]),
    ("POST", "/{lang}/me/sessions/{id}/end", [401, 303, 404, 404, 404, 404]),
    ("POST", "/{lang}/me/sessions/others/end", [401, 303, 303, 303, 303, 303]),
    ("POST", "/{lang}/sign-out", [401, 303, 303, 303, 303, 303]),
];

/// Forms that change nothing but a cookie of the sender, and so need no token.
const WITHOUT_TOKEN: [&str; 2] = ["/{lang}/theme", "/{lang}/sign-in/keeping"];

/// Starts the test of the first module.
const START: &str = "/en/courses/innovation-management/quizzes/module-1-test/attempts";

const PEOPLE: [&str; 6] =
    ["visitor", "learner", "other learner", "trainer", "other trainer", "administrator"];

/// Somebody of each kind, and the things that the routes name.
struct World {
    app: App,
    people: [Option<Uuid>; 6],
    media: String,
    asset: String,
    somebody: Uuid,
    /// An attempt that waits for marking, in a course of the same trainer.
    waiting: String,
}

async fn world() -> World {
    let app = App::start().await;
    let people = [
        None,
        Some(app.learner("learner").await.person()),
        Some(app.learner("other").await.person()),
        Some(app.trainer("trainer", "innovation-management").await.person()),
        Some(app.trainer("other-trainer", "sound").await.person()),
        Some(app.admin("admin").await.person()),
    ];
    let somebody = app.person("somebody", Standing::Ordinary).await;
    app.enrol(people[1].unwrap(), "innovation-management").await;
    let picture =
        "select hash || '/figure.svg' as value from version_files where path like '%.svg' limit 1";
    let media = app.word(picture).await;
    let home = app.browser().get("/en/").await;
    let asset =
        home.attribute("link[rel=stylesheet]", "href").trim_start_matches("/assets/").to_owned();
    let waiting = marking::waiting(&app).await;
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    let pitches = app.library.cards().by_slug("pitches").unwrap().id;
    trainers::add(conn, pitches, people[3].unwrap(), now).await.unwrap();
    World { app, people, media, asset, somebody, waiting }
}

impl World {
    /// A browser of this person, with a new session.
    async fn browser(&self, column: usize) -> Browser {
        match self.people[column] {
            Some(person) => self.app.browser_of(person).await,
            None => self.app.browser(),
        }
    }

    /// The learner's newest session but this one.
    async fn session(&self) -> String {
        let learner = self.people[1].unwrap();
        self.app.browser_of(learner).await;
        let newest = format!(
            "select id::text as value from sessions where person_id = '{learner}' order by id desc limit 1"
        );
        self.app.word(&newest).await
    }

    /// An attempt of the learner that nobody has touched, or a finished one.
    async fn attempt(&self, finished: bool) -> String {
        self.app
            .sql("delete from attempts a using courses c where c.id = a.course_id and c.slug = 'innovation-management'")
            .await;
        let learner = self.browser(1).await;
        let started = learner.post(START, &[]).await;
        let attempt = started.path.rsplit('/').next().unwrap().to_owned();
        if finished {
            learner.post(&format!("/en/attempts/{attempt}/finish"), &[]).await;
        }
        attempt
    }

    async fn address(&self, route: &str) -> String {
        let path = route
            .replace("{course}/marking/{attempt}", &format!("pitches/marking/{}", self.waiting))
            .replace("/art/{name}", "/art/window-1")
            .replace(
                "{lesson}/practice/{quiz}",
                "idea-invention-innovation/practice/check-idea-invention-innovation",
            )
            .replace("{quiz}", "module-1-test")
            .replace("{slot}", "0")
            .replace("{lang}", "en")
            .replace("{name}", &self.asset)
            .replace("{hash}/{file}", &self.media)
            .replace("{slug}.svg", "sound.svg?theme=energy")
            .replace("learners/{person}", &format!("learners/{}", self.people[1].unwrap()))
            .replace("{person}", &self.somebody.to_string())
            .replace("{batch}", &self.somebody.to_string())
            .replace("codes/{code}", "codes/Q010")
            .replace("/compare", "/compare?slot=0")
            .replace("/file/{file}", &format!("/file/{}", self.somebody))
            .replace("{course}", "innovation-management")
            .replace("{lesson}", "idea-invention-innovation");
        let id = match path.split("/{id}").next() {
            Some("/en/me/sessions") => self.session().await,
            Some("/en/attempts") => self.attempt(path.ends_with("/review")).await,
            _ => String::new(),
        };
        path.replace("{id}", &id)
    }
}

async fn check(world: &World, (method, route, expected): Row) -> Vec<String> {
    let mut wrong = Vec::new();
    for (column, who) in PEOPLE.iter().enumerate() {
        let (browser, address) = (world.browser(column).await, world.address(route).await);
        let page = match method {
            "GET" => browser.get_only(&address).await,
            _ => browser.post_only(&address, &[]).await,
        };
        if page.status != expected[column] {
            wrong.push(format!(
                "{method} {route}: {who} got {} instead of {}",
                page.status, expected[column]
            ));
        }
    }
    wrong
}

#[actix_web::test]
async fn everybody_may_do_what_the_table_says_and_no_more() {
    let world = world().await;
    let mut wrong = Vec::new();
    for row in ROWS.iter().chain(ENDINGS) {
        wrong.extend(check(&world, *row).await);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[actix_web::test]
async fn a_change_needs_a_page_of_ours_and_its_token() {
    use actix_web::test::TestRequest;
    let world = world().await;
    let posts = ROWS.iter().chain(ENDINGS).filter(|(method, ..)| *method != "GET").copied();
    for (_, route, _) in posts {
        let (browser, address) = (world.browser(5).await, world.address(route).await);
        let token = browser.token().await;
        let signed = || TestRequest::post().set_form([("csrf", token.as_str())]);
        for request in [
            signed(),
            signed().insert_header(("origin", "http://evil.test")),
            signed().insert_header(("sec-fetch-site", "cross-site")),
        ] {
            assert_eq!(browser.ask(request, &address).await.status, 403, "{route} from elsewhere");
        }
        if !WITHOUT_TOKEN.contains(&route) {
            assert_eq!(browser.post_bare(&address, &[]).await.status, 403, "{route} without token");
            let foreign = [("csrf".to_owned(), world.browser(1).await.token().await)];
            assert_eq!(
                browser.post_bare(&address, &foreign).await.status,
                403,
                "{route} with another's token"
            );
        }
    }
}
