//! What the program asks of the machine: time to start, memory, size on disk.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Fallible;
use crate::child::Child;
use crate::ground::Ground;
use crate::report::{Limit, Report};
use crate::rounds::median;

const MEGABYTE: f64 = 1024.0 * 1024.0;
/// After this long without a request the program is idle.
const IDLE: Duration = Duration::from_secs(2);

/// A folder on the disk that the build is on: folders for temporary files are in memory on some machines.
pub fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// From start to the first answer, on a database that runs already.
pub async fn warm_start(ground: &Ground, n_times: usize, report: &mut Report) -> Fallible<()> {
    let mut times = Vec::new();
    for _ in 0..n_times {
        let child = Child::bilik(ground).await?;
        times.push(child.took.as_secs_f64() * 1000.0);
        child.end().await?;
    }
    report.limit("start, database running", median(times), Limit { most: 1000.0, unit: "ms" });
    Ok(())
}

/// From start to the first answer, the private Postgres started too.
pub async fn cold_start(data: &Path, n_times: usize, report: &mut Report) -> Fallible<()> {
    let mut times = Vec::new();
    for _ in 0..n_times {
        let child = Child::bilik_alone(data).await?;
        times.push(child.took.as_secs_f64() * 1000.0);
        child.end().await?;
    }
    report.limit(
        "start, with the private Postgres",
        median(times),
        Limit { most: 1000.0, unit: "ms" },
    );
    Ok(())
}

/// Memory before the first page.
pub async fn idle_memory(child: &Child, report: &mut Report) -> Fallible<()> {
    tokio::time::sleep(IDLE).await;
    report.limit("memory, idle", memory(child, "VmRSS:")?, Limit { most: 80.0, unit: "MB" });
    Ok(())
}

/// The most memory that was used at any time.
pub fn loaded_memory(child: &Child, report: &mut Report) -> Fallible<()> {
    report.limit(
        "memory, most at 64 connections",
        memory(child, "VmHWM:")?,
        Limit { most: 250.0, unit: "MB" },
    );
    Ok(())
}

/// A line of the kernel's account of a process, in megabytes.
fn memory(child: &Child, line: &str) -> Fallible<f64> {
    let pid = child.pid().ok_or("the program has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let found =
        status.lines().find_map(|found| found.strip_prefix(line)).ok_or("no account of memory")?;
    let kilobytes: f64 = found.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}

/// The size of the program.
pub fn binary(report: &mut Report) -> Fallible<()> {
    let bytes = u32::try_from(std::fs::metadata(env!("CARGO_BIN_EXE_bilik"))?.len())?;
    report.limit("program on disk", f64::from(bytes) / MEGABYTE, Limit { most: 40.0, unit: "MB" });
    Ok(())
}
