//! Why the private Postgres could not be started, in sentences that also say how to go on.
//! All of them mean that the environment is at fault, none that a person did something wrong.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "No Postgres server is installed here (looked in {}).\n\
         Install it with `apt-get install postgresql`, or set BILIK_DATABASE_URL to a server elsewhere.",
        list(.looked)
    )]
    NotInstalled { looked: Vec<PathBuf> },

    #[error(
        "Postgres {found} in {} is too old: Bilik needs {least} or newer.\n\
         Install a newer one, or set BILIK_DATABASE_URL to a server elsewhere.",
        .binaries.display()
    )]
    TooOld { binaries: PathBuf, found: u32, least: u32 },

    #[error(
        "The data folder {} cannot be written: {cause}.\n\
         Make it writable for the user who runs Bilik, or set BILIK_DATA to another folder.",
        .folder.display()
    )]
    NotWritable { folder: PathBuf, cause: io::Error },

    #[error(
        "The database in {} belongs to another user (number {owner}).\n\
         Run Bilik as that user or as root, or set BILIK_DATA to another folder.",
        .folder.display()
    )]
    ForeignOwner { folder: PathBuf, owner: u32 },

    #[error(
        "The database user {user} cannot reach {}: a folder above it is closed to other users.\n\
         Open it with `chmod o+x` on the folders above, or set BILIK_DATA to a folder such as /var/lib/bilik.",
        .folder.display()
    )]
    Unreachable { folder: PathBuf, user: String },

    #[error(
        "Postgres must not run as root, and neither `postgres` nor `nobody` exists on this machine.\n\
         Create one with `adduser --system postgres`, or run Bilik as an ordinary user."
    )]
    NoAccount,

    #[error(
        "Another Bilik{} is already using {}.\n\
         Stop it first, or set BILIK_DATA to another folder.",
        process(*.pid), .folder.display()
    )]
    InUse { folder: PathBuf, pid: Option<u32> },

    #[error(
        "The database in {} was made by Postgres {cluster}, but {} installed here.\n\
         Install that version with `apt-get install postgresql-{cluster}`. To move to another version, write a dump \
         with the old one and restore it into a new data folder.",
        .folder.display(), versions(.installed)
    )]
    WrongVersion { folder: PathBuf, cluster: String, installed: Vec<u32> },

    #[error(
        "The disk that holds {} is full.\n\
         Free some space (a new database needs about 100 MB) and start again; nothing that was saved is lost.",
        .folder.display()
    )]
    DiskFull { folder: PathBuf },

    #[error("{step} failed. Its last lines:\n{lines}\nThe full log is in {}.", .log.display())]
    Failed { step: &'static str, lines: String, log: PathBuf },
}

impl StartError {
    /// What an input or output error on a folder of ours means.
    pub(super) fn from_io(folder: &Path, cause: io::Error) -> StartError {
        let folder = folder.to_path_buf();
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                StartError::DiskFull { folder }
            }
            _ => StartError::NotWritable { folder, cause },
        }
    }

    /// What the last lines of a program of Postgres mean.
    pub(super) fn from_lines(step: &'static str, lines: String, log: &Path) -> StartError {
        let folder = log.parent().unwrap_or(log).to_path_buf();
        if lines.contains("No space left on device") || lines.contains("Disk quota exceeded") {
            return StartError::DiskFull { folder };
        }
        StartError::Failed { step, lines, log: log.to_path_buf() }
    }
}

fn list(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn process(pid: Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

fn versions(installed: &[u32]) -> String {
    let numbers: Vec<String> = installed.iter().map(u32::to_string).collect();
    match numbers.len() {
        1 => format!("only Postgres {} is", numbers.join("")),
        _ => format!("only Postgres {} are", numbers.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::StartError;

    #[test]
    fn a_full_disk_is_recognised_in_what_postgres_says() {
        let lines = "FATAL:  could not write lock file \"postmaster.pid\": No space left on device"
            .to_owned();
        let error =
            StartError::from_lines("Starting", lines, Path::new("/data/postgres/start.log"));
        assert!(
            error.to_string().starts_with("The disk that holds /data/postgres is full."),
            "{error}"
        );
    }

    #[test]
    fn anything_else_is_shown_as_postgres_said_it() {
        let error = StartError::from_lines(
            "Starting",
            "FATAL:  odd".to_owned(),
            Path::new("/data/start.log"),
        );
        assert_eq!(
            error.to_string(),
            "Starting failed. Its last lines:\nFATAL:  odd\nThe full log is in /data/start.log."
        );
    }

    #[test]
    fn a_wrong_version_names_both() {
        let error = StartError::WrongVersion {
            folder: "/data".into(),
            cluster: "15".to_owned(),
            installed: vec![16, 17],
        };
        assert!(
            error
                .to_string()
                .contains("by Postgres 15, but only Postgres 16 and 17 are installed here"),
            "{error}"
        );
    }
}
