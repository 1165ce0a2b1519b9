//! One Postgres for the whole run and one template in it, migrated once and with courses published. Every test
//! gets a copy of the template. `BILIK_TEST_DATABASE_URL` names another server to use.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{OnceLock, mpsc};

use bilik::catalogue::{folder, publish};
use bilik::db::private::{Durability, PrivatePostgres};
use bilik::domain::course::read_facts;
use bilik::{clock, db};
use diesel_async::SimpleAsyncConnection;
use tokio::runtime::{Builder, Handle};

/// Stops the server and removes its folder when the standard input ends, which happens when this program ends
/// in whatever way.
const CARETAKER: &str = r#"
read -r _
kill -INT "$1" 2>/dev/null
for _ in $(seq 100); do kill -0 "$1" 2>/dev/null || break; sleep 0.05; done
rm -rf "$2"
"#;

/// A database of one test, dropped when the test ends.
pub struct Database {
    pub url: String,
    name: String,
}

impl Database {
    /// A copy of the template: all tables, the shipped courses, nobody signed up.
    pub async fn copy() -> Database {
        let cluster = cluster();
        let strategy = if cluster.copies_files { "strategy file_copy" } else { "" };
        cluster.make(&format!("template {} {strategy}", cluster.template)).await
    }

    /// Without any table.
    pub async fn empty() -> Database {
        cluster().make("template template0").await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (cluster().url.clone(), self.name.clone());
        // The last ones may outlive the run; on a private server they go with it.
        cluster().runtime.spawn(async move {
            run(&server, &format!("drop database {name} with (force)")).await
        });
    }
}

/// The folder of the courses that the program is shipped with.
pub fn courses_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("courses")
}

struct Cluster {
    url: String,
    template: String,
    copies_files: bool,
    runtime: Handle,
    _caretaker: Option<Child>,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(start)
}

impl Cluster {
    async fn make(&self, how: &str) -> Database {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("bilik_test_{}_{number}", std::process::id());
        run(&self.url, &format!("create database {name} {how}")).await;
        Database { url: with_database(&self.url, &name), name }
    }
}

/// The server lives on a thread of its own, because each test has a runtime that ends with it.
fn start() -> Cluster {
    let (started, ready) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let handle = runtime.handle().clone();
        runtime.block_on(async move {
            let (url, _server, caretaker) = server().await;
            let template = template(&url).await;
            let copies_files = newer_than_14(&url).await;
            let cluster =
                Cluster { url, template, copies_files, runtime: handle, _caretaker: caretaker };
            started.send(cluster).unwrap();
            std::future::pending::<()>().await;
        });
    });
    ready.recv().expect("the database of the tests starts; its own message stands above")
}

async fn server() -> (String, Option<PrivatePostgres>, Option<Child>) {
    if let Ok(url) = std::env::var("BILIK_TEST_DATABASE_URL") {
        return (url, None, None);
    }
    let folder = tempfile::Builder::new().prefix("bilik-test-").tempdir().unwrap().keep();
    // Open to the database user, whom root's own temporary folder would shut out.
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let server = PrivatePostgres::start(&folder, Durability::Test).await.unwrap();
    let caretaker = caretaker(server.pid().unwrap(), &folder);
    (server.url(), Some(server), Some(caretaker))
}

fn caretaker(server: i32, folder: &Path) -> Child {
    Command::new("sh")
        .args(["-c", CARETAKER, "caretaker", &server.to_string()])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap()
}

async fn template(server: &str) -> String {
    let name = format!("bilik_template_{}", std::process::id());
    run(server, &format!("create database {name}")).await;
    let url = with_database(server, &name);
    migrate(&url).await;
    let mut conn = db::connect(&url).await.unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/courses/sound");
    for course in [folder::courses_in(&courses_folder()).unwrap(), vec![fixture]].concat() {
        let files = folder::read(&course).unwrap();
        let (facts, _) = read_facts(&folder::facts_beside(&course).unwrap());
        publish::publish_with(&mut conn, &files, &facts, clock::now()).await.unwrap();
    }
    name
}

/// Brings a database up to date; the names of the steps. Migrations need a runtime of several threads, which
/// tests do not have.
pub async fn migrate(url: &str) -> Vec<String> {
    let url = url.to_owned();
    let own_runtime = move || {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(db::migrate(&url)).unwrap()
    };
    tokio::task::spawn_blocking(own_runtime).await.unwrap()
}

async fn newer_than_14(server: &str) -> bool {
    let mut conn = db::connect(server).await.unwrap();
    let strategies =
        "do $$ begin assert current_setting('server_version_num')::int >= 150000; end $$";
    conn.batch_execute(strategies).await.is_ok()
}

async fn run(url: &str, statement: &str) {
    let mut conn = db::connect(url).await.unwrap();
    conn.batch_execute(statement).await.unwrap();
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (scheme, rest) = url.split_once("://").expect("an address has a scheme");
    let (place, query) = rest
        .split_once('?')
        .map_or((rest, String::new()), |(place, query)| (place, format!("?{query}")));
    let host = place.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}/{name}{query}")
}
