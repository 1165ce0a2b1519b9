//! What an earlier run left behind when it was killed: a server without a parent, or only its files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::folders::{Folders, SOCKET_NAME, remove_if_there};
use super::start_error::StartError;

/// Above the largest number that Linux gives a process.
const NO_PROCESS: &str = "4194305";
/// The gentlest way of stopping first. After a harder one Postgres recovers from its log.
const STEPS: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(20)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

pub(super) async fn clear(folders: &Folders) -> Result<(), StartError> {
    let Some(pid) = noted_process(&folders.cluster()) else { return Ok(()) };
    if is_server_of(pid, &folders.cluster()) {
        tracing::warn!(
            pid = pid.as_raw(),
            "a database server of an earlier run is still there; stopping it"
        );
        stop_orphan(pid, folders).await?;
    }
    forget(folders).map_err(|cause| StartError::from_io(&folders.home, cause))
}

fn process_file(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

fn noted_process(cluster: &Path) -> Option<Pid> {
    let text = fs::read_to_string(process_file(cluster)).ok()?;
    text.lines().next()?.trim().parse().ok().filter(|pid| *pid > 1).map(Pid::from_raw)
}

/// A number can belong to another process by now. A server stands in its cluster's folder; where we may not
/// see that, its command line names the folder.
fn is_server_of(pid: Pid, cluster: &Path) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    if fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() != "postgres") {
        return false;
    }
    match fs::read_link(process.join("cwd")) {
        Ok(folder) => folder == cluster,
        Err(_) => names_folder(&process, cluster),
    }
}

fn names_folder(process: &Path, cluster: &Path) -> bool {
    let command_line = fs::read(process.join("cmdline")).unwrap_or_default();
    command_line.split(|byte| *byte == 0).any(|argument| argument == cluster.as_os_str().as_bytes())
}

async fn stop_orphan(pid: Pid, folders: &Folders) -> Result<(), StartError> {
    for (signal, patience) in STEPS {
        match kill(pid, signal) {
            Ok(()) | Err(Errno::ESRCH) => {}
            Err(code) => return Err(StartError::from_io(&folders.home, code.into())),
        }
        if is_gone_within(pid, &folders.cluster(), patience).await {
            return Ok(());
        }
    }
    let lines = format!("The database server with process number {pid} does not end.");
    Err(StartError::from_lines("Stopping an earlier database server", lines, &folders.start_log()))
}

async fn is_gone_within(pid: Pid, cluster: &Path, patience: Duration) -> bool {
    let waiting = async {
        while is_server_of(pid, cluster) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(patience, waiting).await.is_ok()
}

/// Postgres refuses to start while the noted number belongs to any process, even to a dead one that nobody
/// has collected, or to a stranger who got the number later. Only the number is replaced: the rest of the
/// file tells Postgres whether a child of the old server still uses the shared memory.
fn forget(folders: &Folders) -> io::Result<()> {
    remove_if_there(&folders.socket.join(format!("{SOCKET_NAME}.lock")))?;
    let path = process_file(&folders.cluster());
    let Ok(text) = fs::read_to_string(&path) else { return Ok(()) };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    let draft = folders.cluster().join("postmaster.pid.new");
    remove_if_there(&draft)?;
    File::create_new(&draft)?.write_all(format!("{NO_PROCESS}\n{rest}").as_bytes())?;
    folders.account.give(&draft)?;
    fs::rename(draft, path)
}
