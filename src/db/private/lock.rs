//! One Bilik at a time per data folder. The system drops the lock when the program ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::start_error::StartError;

/// Held as long as this value lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

pub(super) fn take(home: &Path) -> Result<Lock, StartError> {
    let path = home.join("lock");
    let fails = |cause| StartError::from_io(&path, cause);
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(fails)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(StartError::InUse { folder: home.to_path_buf(), pid: holder(&mut file) });
        }
        Err(TryLockError::Error(cause)) => return Err(fails(cause)),
    }
    note_holder(&mut file).map_err(fails)?;
    Ok(Lock { _file: file })
}

fn note_holder(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
