//! The settings of the server. They stand on its command line, so that neither an old file nor a later
//! change inside the database can weaken what Bilik promises.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use super::folders::Folders;

pub(super) const SUPERUSER: &str = "bilik";
pub(super) const DATABASE: &str = "bilik";

/// Whether what was committed must survive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Safe,
    /// Faster, and only for tests, whose data nobody misses.
    Test,
}

const ALWAYS: [&str; 16] = [
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "max_connections=100",
    "shared_buffers=128MB",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=on",
    "log_filename=postgres-%Y%m%d-%H%M%S.log",
    "log_rotation_age=1d",
    "log_rotation_size=10MB",
    "log_checkpoints=off",
    // Details and statements can hold what people wrote; the log must not.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_statement=none",
];
const SAFE: [&str; 3] = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
const TEST: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// The arguments after the program's name.
pub(super) fn arguments(folders: &Folders, durability: Durability) -> Vec<OsString> {
    let chosen = match durability {
        Durability::Safe => SAFE,
        Durability::Test => TEST,
    };
    let mut arguments = vec![OsString::from("-D"), folders.cluster().into_os_string()];
    let plain = ALWAYS.iter().chain(&chosen).map(OsString::from);
    for setting in plain.chain([log_folder(folders), socket_folder(&folders.socket)]) {
        arguments.push(OsString::from("-c"));
        arguments.push(setting);
    }
    arguments
}

fn log_folder(folders: &Folders) -> OsString {
    let mut setting = OsString::from("log_directory=");
    setting.push(folders.logs());
    setting
}

/// Postgres reads a list here, so the one name is quoted: it may hold commas and spaces.
fn socket_folder(folder: &Path) -> OsString {
    let mut setting = b"unix_socket_directories=\"".to_vec();
    for byte in folder.as_os_str().as_encoded_bytes() {
        if *byte == b'"' {
            setting.push(b'"');
        }
        setting.push(*byte);
    }
    setting.push(b'"');
    OsString::from_vec(setting)
}
