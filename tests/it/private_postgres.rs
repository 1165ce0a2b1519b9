//! The private Postgres: it keeps what it was given through every kind of end, and its refusals say why.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use bilik::db::private::{Durability, PrivatePostgres, StartError, Stopped};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// Open to the database user, whom a careful root's own temporary folder would shut out.
fn data_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// For ends in good order; a server that is killed must be a safe one to keep everything.
async fn start(data: &Path) -> PrivatePostgres {
    PrivatePostgres::start(data, Durability::Test).await.unwrap()
}

async fn start_safe(data: &Path) -> PrivatePostgres {
    PrivatePostgres::start(data, Durability::Safe).await.unwrap()
}

async fn refusal(data: &Path) -> StartError {
    PrivatePostgres::start(data, Durability::Test).await.map(|_| ()).unwrap_err()
}

async fn connect(postgres: &PrivatePostgres) -> Client {
    try_connect(postgres).await.unwrap()
}

async fn try_connect(postgres: &PrivatePostgres) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(&postgres.url(), NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn write_note(postgres: &PrivatePostgres) {
    connect(postgres)
        .await
        .batch_execute("create table notes as select 'kept' as text")
        .await
        .unwrap();
}

async fn read_note(postgres: &PrivatePostgres) -> String {
    connect(postgres).await.query_one("select text from notes", &[]).await.unwrap().get(0)
}

async fn setting(client: &Client, name: &str) -> String {
    client.query_one("select current_setting($1)", &[&name]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_second_start_finds_what_the_first_one_kept() {
    let data = data_folder();
    let first = start(data.path()).await;
    write_note(&first).await;
    assert_eq!(first.stop().await, Stopped::Cleanly);
    let second = start(data.path()).await;
    assert_eq!(read_note(&second).await, "kept");
    assert_eq!(second.stop().await, Stopped::Cleanly);
}

#[tokio::test]
async fn what_is_committed_is_on_the_disk_and_nothing_listens_on_the_network() {
    let data = data_folder();
    let postgres = start_safe(data.path()).await;
    let client = connect(&postgres).await;
    for (name, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("unix_socket_permissions", "0700"),
    ] {
        assert_eq!(setting(&client, name).await, value, "{name}");
    }
    let folder = PathBuf::from(setting(&client, "unix_socket_directories").await.trim_matches('"'));
    assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    postgres.stop().await;
}

#[tokio::test]
async fn a_server_that_dies_is_started_again_with_its_data() {
    let data = data_folder();
    let postgres = start_safe(data.path()).await;
    write_note(&postgres).await;
    let pid = postgres.pid().unwrap();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    let revival = async {
        while postgres.pid().is_none_or(|now| now == pid) || try_connect(&postgres).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), revival).await.unwrap();
    assert_eq!(read_note(&postgres).await, "kept");
    assert_eq!(postgres.stop().await, Stopped::Cleanly);
}

const OTHER_PROGRAM: &str = "BILIK_TEST_OTHER_PROGRAM";

/// Not a test by itself: the next two run it as a program of its own, which they can kill.
#[tokio::test]
async fn other_program() {
    let Some(data) = std::env::var_os(OTHER_PROGRAM) else { return };
    let postgres = start_safe(Path::new(&data)).await;
    write_note(&postgres).await;
    println!("\nready {}", postgres.pid().unwrap());
    std::future::pending::<()>().await;
}

struct OtherProgram {
    process: std::process::Child,
    server: i32,
}

fn run_other_program(data: &Path) -> OtherProgram {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "private_postgres::other_program", "--nocapture"])
        .env(OTHER_PROGRAM, data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let server = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("ready ")?.parse().ok())
        .unwrap();
    OtherProgram { process, server }
}

fn kill_program(mut program: OtherProgram) {
    program.process.kill().unwrap();
    program.process.wait().unwrap();
}

#[tokio::test]
async fn a_killed_program_leaves_a_server_that_the_next_one_replaces() {
    let data = data_folder();
    let program = run_other_program(data.path());
    let orphan = program.server;
    kill_program(program);
    assert!(kill(Pid::from_raw(orphan), None).is_ok(), "the server outlives its program");
    let postgres = start(data.path()).await;
    assert_ne!(postgres.pid(), Some(orphan));
    assert_eq!(read_note(&postgres).await, "kept");
    assert_eq!(postgres.stop().await, Stopped::Cleanly);
}

#[tokio::test]
async fn a_killed_program_and_a_killed_server_lose_nothing() {
    let data = data_folder();
    let program = run_other_program(data.path());
    let server = Pid::from_raw(program.server);
    kill_program(program);
    kill(server, Signal::SIGKILL).unwrap();
    let postgres = start(data.path()).await;
    assert_eq!(read_note(&postgres).await, "kept");
    postgres.stop().await;
}

#[tokio::test]
async fn a_second_program_is_refused_and_told_which_is_the_first() {
    let data = data_folder();
    let postgres = start(data.path()).await;
    let error = refusal(data.path()).await;
    let own = format!("Another Bilik (process {}) is already using", std::process::id());
    assert!(error.to_string().starts_with(&own), "{error}");
    postgres.stop().await;
}

#[tokio::test]
async fn a_noted_number_that_belongs_to_a_stranger_does_not_matter() {
    let data = data_folder();
    let postgres = start(data.path()).await;
    write_note(&postgres).await;
    postgres.stop().await;
    let cluster = data.path().join("postgres/cluster");
    let note = format!("{}\n{}\n1\n5432\n\n\n", std::process::id(), cluster.display());
    fs::write(cluster.join("postmaster.pid"), note).unwrap();
    let postgres = start(data.path()).await;
    assert_eq!(read_note(&postgres).await, "kept");
    postgres.stop().await;
}

#[tokio::test]
async fn an_interrupted_first_start_is_begun_again() {
    let data = data_folder();
    let draft = data.path().join("postgres/cluster.new");
    fs::create_dir_all(&draft).unwrap();
    fs::write(draft.join("PG_VERSION"), "15\n").unwrap();
    let postgres = start(data.path()).await;
    write_note(&postgres).await;
    assert_eq!(read_note(&postgres).await, "kept");
    postgres.stop().await;
}

#[tokio::test]
async fn a_deep_folder_with_odd_characters_will_do() {
    let data = data_folder();
    for name in [r#"two words, 100% "quoted" & more"#, &"deep/".repeat(30)] {
        let postgres = start(&data.path().join(name)).await;
        write_note(&postgres).await;
        assert_eq!(postgres.stop().await, Stopped::Cleanly);
        let postgres = start(&data.path().join(name)).await;
        assert_eq!(read_note(&postgres).await, "kept");
        postgres.stop().await;
    }
}

#[tokio::test]
async fn a_folder_closed_to_the_database_user_gets_its_database_elsewhere() {
    if !Uid::effective().is_root() {
        return;
    }
    let data = data_folder();
    fs::set_permissions(data.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let postgres = start(data.path()).await;
    write_note(&postgres).await;
    postgres.stop().await;
    let postgres = start(data.path()).await;
    assert_eq!(read_note(&postgres).await, "kept");
    postgres.stop().await;
    let elsewhere = fs::read_link(data.path().join("postgres")).unwrap();
    assert!(elsewhere.starts_with("/var/lib/bilik"));
    fs::remove_dir_all(elsewhere).unwrap();
}

#[tokio::test]
async fn a_database_of_another_version_is_left_alone() {
    let data = data_folder();
    let cluster = data.path().join("postgres/cluster");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("PG_VERSION"), "9.6\n").unwrap();
    let error = refusal(data.path()).await.to_string();
    assert!(error.contains("was made by Postgres 9.6, but only Postgres"), "{error}");
    assert!(error.contains("apt-get install postgresql-9.6"), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let data = data_folder();
    let file = data.path().join("file");
    fs::write(&file, "").unwrap();
    let error = refusal(&file.join("data")).await.to_string();
    assert!(
        error.starts_with(&format!("The data folder {}/data cannot be written", file.display())),
        "{error}"
    );
}

#[tokio::test]
async fn missing_server_programs_are_said_with_the_way_to_get_them() {
    let data = data_folder();
    let nowhere = data.path().join("bin");
    let outcome = PrivatePostgres::start_with(Some(&nowhere), data.path(), Durability::Test).await;
    let error = outcome.map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with("No Postgres server is installed here"), "{error}");
    assert!(error.contains("apt-get install postgresql"), "{error}");
}
