//! Which of the installed Postgres servers to use: the one that made the database, else the newest.

use std::fs;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::account::Account;
use super::folders::Folders;
use super::start_error::StartError;

/// Where Debian and Ubuntu put one folder per major version.
const PACKAGES: &str = "/usr/lib/postgresql";
const LEAST_VERSION: u32 = 14;

#[derive(Clone, Debug)]
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) version: u32,
}

impl Binaries {
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// `given` is a folder that an administrator named; then no other is looked at.
pub(super) async fn choose(
    given: Option<&Path>,
    folders: &Folders,
) -> Result<Binaries, StartError> {
    let looked = match given {
        Some(folder) => vec![folder.to_path_buf()],
        None => usual_folders().await,
    };
    let installed = installed(&looked, &folders.account).await;
    let Some(newest) = installed.last() else {
        return Err(StartError::NotInstalled { looked });
    };
    match cluster_version(&folders.cluster()) {
        Some(cluster) => matching(&cluster, &installed, folders),
        None if newest.version < LEAST_VERSION => Err(StartError::TooOld {
            binaries: newest.folder.clone(),
            found: newest.version,
            least: LEAST_VERSION,
        }),
        None => Ok(newest.clone()),
    }
}

fn matching(
    cluster: &str,
    installed: &[Binaries],
    folders: &Folders,
) -> Result<Binaries, StartError> {
    installed.iter().find(|binaries| binaries.version.to_string() == cluster).cloned().ok_or_else(
        || StartError::WrongVersion {
            folder: folders.cluster(),
            cluster: cluster.to_owned(),
            installed: installed.iter().map(|binaries| binaries.version).collect(),
        },
    )
}

fn cluster_version(cluster: &Path) -> Option<String> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok().map(|text| text.trim().to_owned())
}

async fn usual_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(PACKAGES)
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    folders.extend(configured_folder().await);
    if folders.is_empty() {
        folders.push(PathBuf::from(PACKAGES));
    }
    folders
}

async fn configured_folder() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().await.ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(folder.trim())).filter(|folder| folder.is_absolute())
}

/// Those that answer, oldest first.
async fn installed(folders: &[PathBuf], account: &Account) -> Vec<Binaries> {
    let mut found: Vec<Binaries> = Vec::new();
    for folder in folders {
        let Some(version) = version(folder, account).await else { continue };
        if found.iter().all(|binaries| binaries.version != version) {
            found.push(Binaries { folder: folder.clone(), version });
        }
    }
    found.sort_by_key(|binaries| binaries.version);
    found
}

async fn version(folder: &Path, account: &Account) -> Option<u32> {
    if !folder.join("initdb").is_file() {
        return None;
    }
    let output = account
        .command(&folder.join("postgres"))
        .arg("--version")
        .current_dir("/")
        .output()
        .await
        .ok()?;
    major(&String::from_utf8(output.stdout).ok()?)
}

/// From `postgres (PostgreSQL) 15.18 (Debian 15.18-1)` to 15.
fn major(line: &str) -> Option<u32> {
    let number = line.split_once("(PostgreSQL)")?.1.trim_start();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_is_read_from_what_the_server_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("something else"), None);
    }
}
