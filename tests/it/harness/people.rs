//! People who are signed in without the time that signing up takes.

use bilik::accounts::actions::{Joining, Standing, add_person};
use bilik::accounts::passwords;
use bilik::accounts::sessions::{self, WEB_SESSION};
use bilik::catalogue::trainers;
use bilik::clock;
use bilik::domain::locale::Locale;
use bilik::enrolment::{self, Enrolment};
use bilik::web::sign::hex;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::app::App;
use super::browser::Browser;

/// The password of everybody here.
pub const PASSWORD: &str = "bir iki üç dörd";
/// Its hash, made once, because each hash takes a noticeable time.
static HASH: OnceCell<String> = OnceCell::const_new();

impl App {
    /// A signed-in learner, with the address `name@example.az`.
    pub async fn learner(&self, name: &str) -> Browser {
        let person = self.person(name, Standing::Ordinary).await;
        self.browser_of(person).await
    }

    /// A signed-in administrator.
    pub async fn admin(&self, name: &str) -> Browser {
        let person = self.person(name, Standing::Administrator).await;
        self.browser_of(person).await
    }

    /// A signed-in trainer of one course.
    pub async fn trainer(&self, name: &str, course: &str) -> Browser {
        let person = self.person(name, Standing::Ordinary).await;
        let course = self.library.cards().by_slug(course).expect("the course is published").id;
        trainers::add(&mut *self.conn().await, course, person, self.site.clock.now())
            .await
            .unwrap();
        self.browser_of(person).await
    }

    /// Another browser in which this person is signed in.
    pub async fn browser_of(&self, person: Uuid) -> Browser {
        let (token, now) = (clock::random::<32>(), self.site.clock.now());
        let conn = &mut *self.conn().await;
        sessions::insert(conn, person, "web", &token, "Test", now, now + WEB_SESSION)
            .await
            .unwrap();
        let browser = self.browser();
        browser.set_cookie("session", &hex(&token));
        browser.is_person(person);
        browser
    }

    /// Puts a person on a course.
    pub async fn enrol(&self, person: Uuid, course: &str) -> Enrolment {
        let course = self.library.cards().by_slug(course).expect("the course is published").id;
        let (conn, now) = (&mut *self.conn().await, self.site.clock.now());
        enrolment::enrol(conn, person, course, Locale::En, now).await.unwrap().0
    }

    /// A person who is not signed in.
    pub async fn person(&self, name: &str, standing: Standing) -> Uuid {
        let joining = Joining {
            name: name.to_owned(),
            email: format!("{name}@example.az"),
            password: PASSWORD.to_owned(),
            language: Locale::En,
        };
        let (conn, now) = (&mut *self.conn().await, self.site.clock.now());
        let hash =
            HASH.get_or_init(async || passwords::hash(PASSWORD.to_owned()).await.unwrap()).await;
        let added = add_person(conn, &joining, hash, "Asia/Baku", now, standing).await.unwrap();
        added.unwrap_or_else(|| panic!("{name} is there already"))
    }
}
