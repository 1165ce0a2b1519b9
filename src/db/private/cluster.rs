//! Makes the database cluster. It grows beside its place and is moved there when whole, so that a first
//! start that was interrupted leaves nothing that looks like a database.

use std::fs;
use std::io;
use std::path::Path;

use super::binaries::Binaries;
use super::folders::Folders;
use super::settings::{Durability, SUPERUSER};
use super::start_error::StartError;

pub(super) async fn make_if_missing(
    folders: &Folders,
    binaries: &Binaries,
    durability: Durability,
) -> Result<(), StartError> {
    if folders.cluster().join("PG_VERSION").exists() {
        return Ok(());
    }
    remove_draft(&folders.draft()).map_err(|cause| StartError::from_io(&folders.home, cause))?;
    folders.private(&folders.draft())?;
    initialise(folders, binaries, durability).await?;
    fs::rename(folders.draft(), folders.cluster())
        .map_err(|cause| StartError::from_io(&folders.home, cause))
}

fn remove_draft(draft: &Path) -> io::Result<()> {
    match fs::remove_dir_all(draft) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// C.UTF-8 knows the letters of every language and sorts by code point, so no later version of the system's
/// libraries can silently change the order that indexes were built in. Trust is safe because the socket's
/// folder is closed to every other user.
async fn initialise(
    folders: &Folders,
    binaries: &Binaries,
    durability: Durability,
) -> Result<(), StartError> {
    let mut command = folders.account.command(&binaries.program("initdb"));
    command.current_dir(&folders.home).kill_on_drop(true);
    command.arg("-D").arg(folders.draft()).args([
        "-U",
        SUPERUSER,
        "--auth=trust",
        "--data-checksums",
    ]);
    command.args(["--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C", "--no-instructions"]);
    if durability == Durability::Test {
        command.arg("--no-sync");
    }
    let output =
        command.output().await.map_err(|cause| StartError::from_io(&folders.home, cause))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    fs::write(folders.start_log(), &said)
        .map_err(|cause| StartError::from_io(&folders.home, cause))?;
    let lines = String::from_utf8_lossy(&said).trim().to_owned();
    Err(StartError::from_lines("Making the database", lines, &folders.start_log()))
}
