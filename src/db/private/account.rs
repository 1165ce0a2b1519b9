//! The user the server runs as. Postgres refuses to run as root, so root lends the work to another user.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Stdio;

use nix::unistd::{Gid, Uid, User, chown};
use tokio::process::Command;

use super::start_error::StartError;

#[derive(Clone, Debug)]
pub(super) enum Account {
    Ourselves,
    Other { uid: Uid, gid: Gid },
}

impl Account {
    /// An existing database keeps its owner; a new one made by root goes to `postgres` or `nobody`.
    pub(super) fn choose(cluster: &Path) -> Result<Account, StartError> {
        let owner =
            std::fs::metadata(cluster).ok().map(|metadata| (metadata.uid(), metadata.gid()));
        let own = Uid::effective();
        match owner {
            Some((uid, _)) if !own.is_root() && uid != own.as_raw() => {
                Err(StartError::ForeignOwner { folder: cluster.to_path_buf(), owner: uid })
            }
            _ if !own.is_root() => Ok(Account::Ourselves),
            Some((uid, gid)) if uid != 0 => {
                Ok(Account::Other { uid: Uid::from_raw(uid), gid: Gid::from_raw(gid) })
            }
            _ => unprivileged(),
        }
    }

    /// A program of Postgres run by this user, knowing nothing of our environment and its secrets.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
        if let Account::Other { uid, gid } = self {
            command.uid(uid.as_raw()).gid(gid.as_raw());
        }
        command
    }

    pub(super) fn owns(&self, path: &Path) -> bool {
        let uid = match self {
            Account::Ourselves => Uid::effective(),
            Account::Other { uid, .. } => *uid,
        };
        std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.uid() == uid.as_raw())
    }

    pub(super) fn give(&self, folder: &Path) -> io::Result<()> {
        match self {
            Account::Ourselves => Ok(()),
            Account::Other { uid, gid } => {
                chown(folder, Some(*uid), Some(*gid)).map_err(io::Error::from)
            }
        }
    }

    /// Whether this user may pass through every folder above, asked of the system itself.
    pub(super) async fn reaches(&self, folder: &Path) -> bool {
        match self {
            Account::Ourselves => true,
            Account::Other { .. } => self
                .command(Path::new("true"))
                .current_dir(folder)
                .status()
                .await
                .is_ok_and(|status| status.success()),
        }
    }

    pub(super) fn name(&self) -> String {
        let uid = match self {
            Account::Ourselves => Uid::effective(),
            Account::Other { uid, .. } => *uid,
        };
        User::from_uid(uid).ok().flatten().map_or_else(|| uid.to_string(), |user| user.name)
    }
}

fn unprivileged() -> Result<Account, StartError> {
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .map(|user| Account::Other { uid: user.uid, gid: user.gid })
        .ok_or(StartError::NoAccount)
}
