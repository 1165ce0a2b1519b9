//! The private Postgres as the rest of Bilik sees it: started, kept alive, stopped.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Child;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::binaries;
use super::cluster;
use super::folders::Folders;
use super::leftovers;
use super::lock::{self, Lock};
use super::server::{self, Plan, Stopped};
use super::settings::{DATABASE, Durability, SUPERUSER};
use super::start_error::StartError;

/// The longest pause between two attempts to revive a server that died.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A running server. It is stopped when this value is dropped, but only `stop` waits for the end.
#[derive(Debug)]
pub struct PrivatePostgres {
    url: String,
    pid: ServerPid,
    keeper: Option<JoinHandle<Stopped>>,
    quit: Option<oneshot::Sender<()>>,
    _lock: Lock,
}

impl PrivatePostgres {
    /// With the newest server installed, or the one that made the database.
    pub async fn start(data: &Path, durability: Durability) -> Result<PrivatePostgres, StartError> {
        PrivatePostgres::start_with(None, data, durability).await
    }

    /// With the server programs of one folder, when it is given.
    pub async fn start_with(
        programs: Option<&Path>,
        data: &Path,
        durability: Durability,
    ) -> Result<PrivatePostgres, StartError> {
        let folders = Folders::prepare(data).await?;
        let lock = lock::take(&folders.home)?;
        let binaries = binaries::choose(programs, &folders).await?;
        leftovers::clear(&folders).await?;
        cluster::make_if_missing(&folders, &binaries, durability).await?;
        let plan = Plan { folders, binaries, durability };
        let child = server::start(&plan).await?;
        Ok(keep(plan, child, lock))
    }

    /// The address of the server that another Bilik runs on this data folder, for commands beside it.
    pub async fn url_of_running(data: &Path) -> Result<String, StartError> {
        Ok(url(&Folders::prepare(data).await?.socket))
    }

    /// For `tokio-postgres` and `psql` alike.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The process number of the server, while there is one.
    pub fn pid(&self) -> Option<i32> {
        self.pid.get().map(Pid::as_raw)
    }

    /// Ends open connections, lets the server write everything down and waits for its end.
    pub async fn stop(mut self) -> Stopped {
        drop(self.quit.take());
        match self.keeper.take() {
            Some(keeper) => keeper.await.unwrap_or(Stopped::Forced),
            None => Stopped::Forced,
        }
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        let was_told = self.quit.take().is_none();
        if let (false, Some(pid)) = (was_told, self.pid.get()) {
            // Without a runtime the keeper cannot do it; a failure means that the server is gone already.
            let _ = kill(pid, Signal::SIGINT);
        }
    }
}

/// The number of the running server's process; 0 while there is none.
#[derive(Clone, Debug, Default)]
struct ServerPid(Arc<AtomicI32>);

impl ServerPid {
    fn get(&self) -> Option<Pid> {
        Some(self.0.load(Ordering::Acquire)).filter(|pid| *pid > 0).map(Pid::from_raw)
    }

    fn set(&self, pid: Option<Pid>) {
        self.0.store(pid.map_or(0, Pid::as_raw), Ordering::Release);
    }
}

fn keep(plan: Plan, child: Child, lock: Lock) -> PrivatePostgres {
    let url = url(&plan.folders.socket);
    let pid = ServerPid::default();
    pid.set(server::pid(&child));
    let (quit, quitting) = oneshot::channel();
    let keeper = tokio::spawn(watch(plan, child, pid.clone(), quitting));
    PrivatePostgres { url, pid, keeper: Some(keeper), quit: Some(quit), _lock: lock }
}

/// Revives the server whenever it ends by itself. Ends when the other end of `quitting` is dropped.
async fn watch(
    plan: Plan,
    mut child: Child,
    pid: ServerPid,
    mut quitting: oneshot::Receiver<()>,
) -> Stopped {
    loop {
        tokio::select! {
            biased;
            _ = &mut quitting => {
                let stopped = server::stop(&mut child).await;
                pid.set(None);
                plan.folders.remove_short_socket();
                return stopped;
            }
            _ = child.wait() => pid.set(None),
        }
        tracing::error!("the private Postgres ended by itself; starting it again");
        let Some(revived) = revive(&plan, &mut quitting).await else { return Stopped::Forced };
        child = revived;
        pid.set(server::pid(&child));
    }
}

async fn revive(plan: &Plan, quitting: &mut oneshot::Receiver<()>) -> Option<Child> {
    let mut pause = Duration::from_millis(100);
    loop {
        tokio::select! {
            biased;
            _ = &mut *quitting => return None,
            () = sleep(pause) => {}
        }
        match restart(plan).await {
            Ok(child) => return Some(child),
            Err(cause) => {
                tracing::error!(%cause, "the private Postgres could not be started again")
            }
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn restart(plan: &Plan) -> Result<Child, StartError> {
    leftovers::clear(&plan.folders).await?;
    server::start(plan).await
}

fn url(socket: &Path) -> String {
    let host: String =
        socket.as_os_str().as_bytes().iter().map(|byte| percent_encoded(*byte)).collect();
    format!("postgres://{SUPERUSER}@/{DATABASE}?host={host}")
}

fn percent_encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}
