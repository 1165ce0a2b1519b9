//! Reads the command line and calls the command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::people::{self, People};
use super::say::{Ending, line};
use super::serve::serve;
use super::start::{self, Started};
use crate::config::{Config, Origin};

/// The training platform for agencies: courses in Markdown, parallel languages, evidence of learning.
#[derive(Debug, Parser)]
#[command(name = "bilik", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the platform.
    Serve,
    /// Bring the database schema up to date and stop.
    Migrate,
    /// Show every setting, where it comes from, secrets masked.
    Config,
    /// Add people, give roles, set passwords.
    #[command(subcommand)]
    People(People),
}

/// Runs the program; the exit status is 0 done, 1 refused, 2 wrong usage, 3 the environment is at fault.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help that cannot be printed has nobody to read it.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match start_runtime(args.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => {
            tracing::debug!(?ending, "command ended");
            eprintln_once(ending.text());
            ending.code()
        }
    }
}

#[expect(clippy::print_stderr, reason = "the one sentence that says why a command failed")]
fn eprintln_once(text: &str) {
    eprintln!("bilik: {text}");
}

fn start_runtime(command: Command) -> Result<(), Ending> {
    let config = Config::from_environment().map_err(|bad| Ending::Usage(bad.to_string()))?;
    start::log(&config.log);
    let runtime = tokio::runtime::Runtime::new().map_err(Ending::environment)?;
    runtime.block_on(call(config, command))
}

async fn call(config: Config, command: Command) -> Result<(), Ending> {
    match command {
        Command::Serve => serve(Started::new(config).await?).await,
        Command::Migrate => with_database(config, async |_| Ok(())).await,
        Command::Config => {
            show(&config);
            Ok(())
        }
        Command::People(command) => with_database(config, async |started| people::run(started, command).await).await,
    }
}

/// Runs a command with the database and stops the private Postgres after it.
async fn with_database(config: Config, work: impl AsyncFnOnce(&Started) -> Result<(), Ending>) -> Result<(), Ending> {
    let started = Started::new(config).await?;
    let ended = work(&started).await;
    started.stop().await;
    ended
}

fn show(config: &Config) {
    for setting in config.shown() {
        let origin = match setting.origin {
            Origin::Environment => "set",
            Origin::Default => "default",
        };
        line(format!("{:<22} {:<8} {}", setting.name, origin, setting.value));
    }
}
