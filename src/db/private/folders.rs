//! Where the parts of the private Postgres lie: `postgres/` in the data folder with the cluster, the socket,
//! the logs and the lock. Two places may have to lie elsewhere, and a link then says where: the whole folder
//! when root's data folder is closed to the database user, and the socket when its path would be too long.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;
use nix::unistd::{Uid, mkdtemp};

use super::account::Account;
use super::start_error::StartError;

/// The file name that Postgres gives its socket on the default port.
pub(super) const SOCKET_NAME: &str = ".s.PGSQL.5432";
/// A Unix socket's path has room for 107 bytes.
const LONGEST_SOCKET_PATH: usize = 107;
/// Where root's databases lie when the data folder is closed to the database user.
const SYSTEM_FOLDER: &str = "/var/lib/bilik";
/// Postgres cannot even start to recover without room for some segments of its log.
const LEAST_FREE_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Clone, Debug)]
pub(super) struct Folders {
    pub(super) home: PathBuf,
    pub(super) account: Account,
    /// The folder of the socket, short enough for the system.
    pub(super) socket: PathBuf,
}

impl Folders {
    pub(super) async fn prepare(data: &Path) -> Result<Folders, StartError> {
        let data = made(data)?;
        let link = data.join("postgres");
        let home = existing_home(&link)?;
        let account = Account::choose(&cluster_in(home.as_deref().unwrap_or(&link)))?;
        let home = match home {
            Some(home) => home,
            None if account.reaches(&data).await => made(&link)?,
            None => home_elsewhere(&link)?,
        };
        if !account.reaches(&home).await {
            return Err(StartError::Unreachable { folder: home, user: account.name() });
        }
        refuse_full_disk(&home)?;
        let socket =
            socket_folder(&home, &account).map_err(|cause| StartError::from_io(&home, cause))?;
        let folders = Folders { home, account, socket };
        folders.private(&folders.logs())?;
        Ok(folders)
    }

    pub(super) fn cluster(&self) -> PathBuf {
        cluster_in(&self.home)
    }

    /// Where a new cluster grows until it is whole.
    pub(super) fn draft(&self) -> PathBuf {
        self.home.join("cluster.new")
    }

    pub(super) fn logs(&self) -> PathBuf {
        self.home.join("log")
    }

    /// What the programs of Postgres say before the server's own log begins.
    pub(super) fn start_log(&self) -> PathBuf {
        self.home.join("start.log")
    }

    /// A short folder for the socket lies outside the data folder and would stay behind for ever.
    pub(super) fn remove_short_socket(&self) {
        if self.socket != self.home.join("socket") && fs::remove_dir(&self.socket).is_err() {
            tracing::debug!(folder = %self.socket.display(), "the socket's folder stays for the next start");
        }
    }

    /// Makes a folder that only the database user may enter.
    pub(super) fn private(&self, folder: &Path) -> Result<(), StartError> {
        make_private(folder, &self.account).map_err(|cause| StartError::from_io(folder, cause))
    }
}

fn cluster_in(home: &Path) -> PathBuf {
    home.join("cluster")
}

fn made(folder: &Path) -> Result<PathBuf, StartError> {
    fs::create_dir_all(folder)
        .and_then(|()| folder.canonicalize())
        .map_err(|cause| StartError::from_io(folder, cause))
}

fn existing_home(link: &Path) -> Result<Option<PathBuf>, StartError> {
    match link.symlink_metadata() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(StartError::from_io(link, cause)),
        Ok(_) => link.canonicalize().map(Some).map_err(|cause| StartError::from_io(link, cause)),
    }
}

fn home_elsewhere(link: &Path) -> Result<PathBuf, StartError> {
    let system = made(Path::new(SYSTEM_FOLDER))?;
    let home = mkdtemp(&system.join("database-XXXXXX"))
        .map_err(|code| StartError::from_io(&system, code.into()))?;
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755))
        .and_then(|()| symlink(&home, link))
        .map_err(|cause| StartError::from_io(link, cause))?;
    tracing::info!(folder = %home.display(), "the data folder is closed to the database user; the database lies elsewhere");
    Ok(home)
}

fn refuse_full_disk(home: &Path) -> Result<(), StartError> {
    let Ok(disk) = statvfs(home) else { return Ok(()) };
    let free = disk.blocks_available().saturating_mul(disk.fragment_size());
    if free < LEAST_FREE_BYTES {
        return Err(StartError::DiskFull { folder: home.to_path_buf() });
    }
    Ok(())
}

fn make_private(folder: &Path, account: &Account) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => return Err(cause),
        _ => {}
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    account.give(folder)
}

fn socket_folder(home: &Path, account: &Account) -> io::Result<PathBuf> {
    let folder = home.join("socket");
    if folder.join(SOCKET_NAME).as_os_str().as_bytes().len() <= LONGEST_SOCKET_PATH {
        make_private(&folder, account)?;
        return Ok(folder);
    }
    match fs::read_link(&folder) {
        Ok(short) if is_safe(&short, account) => Ok(short),
        _ => short_socket_folder(&folder, account),
    }
}

/// A folder in /tmp could be prepared by somebody else, so only one that is ours and closed is trusted.
fn is_safe(folder: &Path, account: &Account) -> bool {
    let is_closed = fs::symlink_metadata(folder)
        .is_ok_and(|metadata| metadata.is_dir() && metadata.permissions().mode() & 0o077 == 0);
    is_closed && account.owns(folder)
}

fn short_socket_folder(link: &Path, account: &Account) -> io::Result<PathBuf> {
    let parent =
        if Uid::effective().is_root() && Path::new("/run").is_dir() { "/run" } else { "/tmp" };
    let folder = mkdtemp(&Path::new(parent).join("bilik-XXXXXX"))?;
    account.give(&folder)?;
    remove_if_there(link)?;
    symlink(&folder, link)?;
    Ok(folder)
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}
