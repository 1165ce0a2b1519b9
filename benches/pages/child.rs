//! The two servers as child processes.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Command;

use crate::Fallible;
use crate::client::Wire;
use crate::ground::Ground;

/// A server that is not there after this long will not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. It ends with this value.
pub struct Child {
    process: tokio::process::Child,
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub took: Duration,
}

impl Child {
    /// Bilik on the prepared database.
    pub async fn bilik(ground: &Ground) -> Fallible<Child> {
        let address = free_address()?;
        let mut command = bilik(&ground.data, address)?;
        command.env("BILIK_DATABASE_URL", &ground.url);
        Child::start(command, address, "/healthz").await
    }

    /// Bilik with the private Postgres of a data folder.
    pub async fn bilik_alone(data: &Path) -> Fallible<Child> {
        let address = free_address()?;
        Child::start(bilik(data, address)?, address, "/healthz").await
    }

    /// The minimum on the same database.
    pub async fn minimum(ground: &Ground) -> Fallible<Child> {
        let address = free_address()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--minimum", &address.to_string(), "--on", &ground.url]);
        Child::start(command, address, "/static/10").await
    }

    async fn start(mut command: Command, address: SocketAddr, path: &str) -> Fallible<Child> {
        let begin = Instant::now();
        let process =
            command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes();
        while begin.elapsed() < PATIENCE {
            if let Ok(mut wire) = Wire::open(address).await {
                wire.ask(&request).await?;
                return Ok(Child { process, address, took: begin.elapsed() });
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(format!("nothing answers at {address}").into())
    }

    /// The process number.
    pub fn pid(&self) -> Option<u32> {
        self.process.id()
    }

    /// Asks it to end as an operator would, and waits for that.
    pub async fn end(mut self) -> Fallible<()> {
        if let Some(pid) = self.pid() {
            kill(Pid::from_raw(i32::try_from(pid)?), Signal::SIGTERM)?;
        }
        self.process.wait().await?;
        Ok(())
    }
}

fn bilik(data: &Path, address: SocketAddr) -> Fallible<Command> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilik"));
    command.arg("serve").env("BILIK_DATA", data).env("BILIK_LISTEN", address.to_string());
    command.env_remove("BILIK_DATABASE_URL").env_remove("BILIK_URL").env("BILIK_LOG", "warn");
    command.stderr(File::create(data.join("bench.log"))?);
    Ok(command)
}

fn free_address() -> Fallible<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
