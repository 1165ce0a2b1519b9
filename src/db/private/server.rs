//! The server process: its start, its log and its end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Child;
use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::{Client, NoTls};

use super::binaries::Binaries;
use super::folders::{Folders, remove_if_there};
use super::settings::{self, DATABASE, Durability, SUPERUSER};
use super::start_error::StartError;

/// Recovery after a crash replays at most about a gigabyte of log.
const START_PATIENCE: Duration = Duration::from_secs(180);
const STEP_OF_WAITING: Duration = Duration::from_millis(20);
const STEPS_OF_STOPPING: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(20)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];
const KEPT_LOGS: usize = 9;
const SHOWN_LINES: usize = 12;

/// How the server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Cleanly,
    /// It had to be cut short; the next start recovers from its log.
    Forced,
}

/// All that is needed to start the server, and to start it again.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) folders: Folders,
    pub(super) binaries: Binaries,
    pub(super) durability: Durability,
}

/// Returns when the database answers.
pub(super) async fn start(plan: &Plan) -> Result<Child, StartError> {
    let deadline = Instant::now() + START_PATIENCE;
    loop {
        let mut child = launch(plan)?;
        if let Some(client) = wait_until_ready(&mut child, &plan.folders, deadline).await {
            return with_database(child, &client, plan).await;
        }
        stop(&mut child).await;
        let lines = last_lines(&plan.folders);
        // Children of a killed server need a moment to notice that they are alone.
        if !lines.contains("shared memory block") || Instant::now() >= deadline {
            return Err(failed(plan, &lines));
        }
        sleep(Duration::from_millis(200)).await;
    }
}

pub(super) async fn stop(child: &mut Child) -> Stopped {
    for (signal, patience) in STEPS_OF_STOPPING {
        let Some(pid) = pid(child) else { break };
        if kill(pid, signal).is_ok() && timeout(patience, child.wait()).await.is_ok() {
            return if signal == Signal::SIGINT { Stopped::Cleanly } else { Stopped::Forced };
        }
    }
    Stopped::Forced
}

/// None once the end of the process has been seen, for then the number may be another's.
pub(super) fn pid(child: &Child) -> Option<Pid> {
    child.id().and_then(|id| i32::try_from(id).ok()).map(Pid::from_raw)
}

fn launch(plan: &Plan) -> Result<Child, StartError> {
    let folders = &plan.folders;
    let fails = |cause| StartError::from_io(&folders.home, cause);
    remove_old_logs(&folders.logs()).map_err(fails)?;
    remove_if_there(&note_of_log(folders)).map_err(fails)?;
    let start_log = File::create(folders.start_log()).map_err(fails)?;
    let mut command = folders.account.command(&plan.binaries.program("postgres"));
    command.args(settings::arguments(folders, plan.durability)).current_dir(&folders.home);
    command.stdout(start_log.try_clone().map_err(fails)?).stderr(start_log);
    // A group of its own: Ctrl-C in the terminal is for Bilik, which then stops the server in good order.
    command.process_group(0).stdin(Stdio::null()).spawn().map_err(fails)
}

async fn wait_until_ready(
    child: &mut Child,
    folders: &Folders,
    deadline: Instant,
) -> Option<Client> {
    while Instant::now() < deadline && matches!(child.try_wait(), Ok(None)) {
        match connect(&folders.socket).await {
            Ok(client) => return Some(client),
            Err(_) => sleep(STEP_OF_WAITING).await,
        }
    }
    None
}

async fn connect(socket: &Path) -> Result<Client, tokio_postgres::Error> {
    let mut config = tokio_postgres::Config::new();
    config
        .host_path(socket)
        .user(SUPERUSER)
        .dbname("postgres")
        .connect_timeout(Duration::from_secs(5));
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn with_database(
    mut child: Child,
    client: &Client,
    plan: &Plan,
) -> Result<Child, StartError> {
    match make_database(client).await {
        Ok(()) => Ok(child),
        Err(cause) => {
            stop(&mut child).await;
            Err(failed(plan, &cause.to_string()))
        }
    }
}

async fn make_database(client: &Client) -> Result<(), tokio_postgres::Error> {
    let found =
        client.query_opt("select 1 from pg_database where datname = $1", &[&DATABASE]).await?;
    match found {
        Some(_) => Ok(()),
        None => client.batch_execute(&format!("create database {DATABASE}")).await,
    }
}

fn failed(plan: &Plan, lines: &str) -> StartError {
    let folders = &plan.folders;
    let log = current_log(folders).unwrap_or_else(|| folders.start_log());
    StartError::from_lines("Starting the private Postgres", lines.to_owned(), &log)
}

/// Of this start only: each start begins new files.
fn last_lines(folders: &Folders) -> String {
    let started = fs::read_to_string(folders.start_log()).unwrap_or_default();
    let logged =
        current_log(folders).and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let lines: Vec<&str> =
        started.lines().chain(logged.lines()).filter(|line| !is_about_log(line)).collect();
    let skipped = lines.len().saturating_sub(SHOWN_LINES);
    lines.into_iter().skip(skipped).collect::<Vec<_>>().join("\n")
}

fn is_about_log(line: &str) -> bool {
    line.contains("redirecting log output") || line.contains("Future log output")
}

/// Here the server writes down where it logs to, as `stderr /folder/file`.
fn note_of_log(folders: &Folders) -> PathBuf {
    folders.cluster().join("current_logfiles")
}

fn current_log(folders: &Folders) -> Option<PathBuf> {
    let text = fs::read_to_string(note_of_log(folders)).ok()?;
    text.lines().find_map(|line| line.strip_prefix("stderr ")).map(PathBuf::from)
}

/// By name, which is by time.
fn sorted_logs(logs: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(logs)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    Ok(files)
}

fn remove_old_logs(logs: &Path) -> io::Result<()> {
    let files = sorted_logs(logs)?;
    let surplus = files.len().saturating_sub(KEPT_LOGS);
    files.iter().take(surplus).try_for_each(fs::remove_file)
}
