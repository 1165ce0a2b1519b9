//! The whole program in process, on a database of its own.

use std::collections::BTreeMap;
use std::rc::Rc;

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{self, TestRequest};
use bilik::catalogue::Library;
use bilik::clock::Clock;
use bilik::config::Config;
use bilik::db::{Pool, Pooled};
use bilik::progress_log::Openings;
use bilik::web::Site;
use bilik::web::sign::Key;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::LocalBoxFuture;

use super::browser::Browser;
use super::cluster::Database;

/// The public address of the program under test.
pub const ADDRESS: &str = "http://bilik.test";

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

type Handler = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>;

/// A running program; clones are the same program.
#[derive(Clone)]
pub struct App {
    pub site: Site,
    pub library: Library,
    handler: Handler,
    _database: Option<Rc<Database>>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

impl App {
    /// With the shipped courses and the course `sound`; nobody has signed up.
    pub async fn start() -> App {
        App::with(&[]).await
    }

    /// The same with more settings.
    pub async fn with(settings: &[(&str, &str)]) -> App {
        let database = Database::copy().await;
        let app = App::configured(config(&database.url, settings)).await;
        App { _database: Some(Rc::new(database)), ..app }
    }

    /// On a database that has its tables.
    pub async fn on(url: &str) -> App {
        App::configured(config(url, &[])).await
    }

    async fn configured(config: Config) -> App {
        let key = Key::new(config.secret.as_deref().unwrap_or_default());
        let url = config.database_url.clone().unwrap_or_default();
        let pool = Pool::new(&url, config.pool).unwrap();
        let library = Library::open(&mut pool.get().await.unwrap()).await.unwrap();
        let site = Site::new(config, pool, Clock::default(), key);
        let handler = handler(&site, &library).await;
        App { site, library, handler, _database: None }
    }

    /// A browser that nobody has used yet.
    pub fn browser(&self) -> Browser {
        Browser::new(self.clone())
    }

    /// A connection of the program's pool.
    pub async fn conn(&self) -> Pooled {
        self.site.pool.get().await.unwrap()
    }

    /// Runs statements.
    pub async fn sql(&self, statements: &str) {
        self.conn().await.batch_execute(statements).await.unwrap();
    }

    /// The number that `select … as value` gives.
    pub async fn number(&self, query: &str) -> i64 {
        let row: Number = sql_query(query).get_result(&mut *self.conn().await).await.unwrap();
        row.value
    }

    /// The text that `select … as value` gives.
    pub async fn word(&self, query: &str) -> String {
        let row: Word = sql_query(query).get_result(&mut *self.conn().await).await.unwrap();
        row.value.unwrap_or_default()
    }

    /// Answers one request.
    pub async fn answer(&self, request: TestRequest) -> Answer {
        (self.handler)(request).await
    }
}

fn config(url: &str, more: &[(&str, &str)]) -> Config {
    let mut settings = BTreeMap::from([
        ("BILIK_URL", ADDRESS),
        ("BILIK_DATABASE_URL", url),
        ("BILIK_SECRET", "a secret for tests, as long as a secret must be"),
        ("BILIK_POOL", "10"),
    ]);
    settings.extend(more.iter().copied());
    Config::read(&|name| settings.get(name).map(|value| (*value).to_owned())).unwrap()
}

/// The program behind a type that can be written down.
async fn handler(site: &Site, library: &Library) -> Handler {
    let program = bilik::cli::application(site.clone(), library.clone(), Openings::default());
    let service = Rc::new(test::init_service(program).await);
    Rc::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let response = test::call_service(&*service, request.to_request()).await;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let body = to_bytes(response.into_body()).await.ok().unwrap_or_default().to_vec();
            Answer { status, headers, body }
        })
    })
}
