//! Reads the command line and calls the command.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::check::{self, Check};
use super::courses::Form;
use super::demo;
use super::fmt::{self, Fmt};
use super::import::{self, Force, Import, Run};
use super::people::{self, People};
use super::plan;
use super::regrade::{self, Regrade};
use super::say::{Ending, line};
use super::serve::serve;
use super::start::{self, Started};
use crate::catalogue::copies::Wins;
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
    Serve {
        /// For authors: publish the courses in this folder whenever they are saved, and show on their pages what
        /// the compiler says.
        #[arg(long, value_name = "FOLDER")]
        watch: Option<PathBuf>,
    },
    /// Serve a living platform: courses, made-up people and a year of their learning, sign-ins to try.
    Demo {
        /// How many people to make up, when there are none yet.
        #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(0..=200_000))]
        people: u32,
        /// The same seed makes up the same people.
        #[arg(long, default_value = "bilik")]
        seed: String,
        /// For authors: publish the courses in this folder whenever they are saved, and show on their pages what
        /// the compiler says.
        #[arg(long, value_name = "FOLDER")]
        watch: Option<PathBuf>,
    },
    /// Check the courses in a folder; the exit status is 1 if there are errors.
    Check(Check),
    /// Bring course files to the canonical form, with ids where they are missing.
    Fmt(Fmt),
    /// Publish the courses in a folder, unless that would replace work that the folder does not know.
    Import {
        folder: PathBuf,
        /// Print the problems as JSON.
        #[arg(long)]
        json: bool,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Where both sides changed: the folder wins and is published.
        #[arg(long, conflicts_with = "theirs")]
        ours: bool,
        /// Where both sides changed: what is shown wins and is written into the folder.
        #[arg(long)]
        theirs: bool,
    },
    /// Say what publishing the courses in a folder would do to people; changes nothing.
    Plan {
        folder: PathBuf,
        /// Print the plan as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Decide about answers that were judged by an earlier key; without decisions, list the questions that wait for one.
    Regrade(Regrade),
    /// Write a course back as a folder, byte for byte as it was imported.
    Export {
        /// The address of the course.
        course: String,
        folder: PathBuf,
        /// Replace files that were changed in the folder.
        #[arg(long)]
        force: bool,
    },
    /// Ask the running program whether it is well; for container health checks.
    Health,
    /// Bring the database schema up to date and stop.
    Migrate,
    /// Print the description of the JSON API.
    Openapi,
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
        Command::Serve { watch } => serve(Started::new(config).await?, &[], watch).await,
        Command::Demo { people, seed, watch } => demo::run(config, people, seed, watch).await,
        Command::Check(check) => check::check(&check, config.ink),
        Command::Fmt(command) => fmt::run(&command),
        Command::Import { folder, json, dry_run, ours, theirs } => {
            let wins = match (ours, theirs) {
                (true, _) => Wins::Folder,
                (false, true) => Wins::Shown,
                (false, false) => Wins::Nobody,
            };
            let run = if dry_run { Run::Dry } else { Run::Earnest };
            with_database(config, async |started| {
                let (at, ink) = (started.site.clock.now(), started.site.config.ink);
                let how = Import { form: form(json), ink, wins, run, at };
                import::import(started, &folder, how).await
            })
            .await
        }
        Command::Plan { folder, json } => {
            with_database(config, async |started| plan::plan(started, &folder, form(json)).await)
                .await
        }
        Command::Regrade(asked) => {
            with_database(config, async |started| regrade::run(started, &asked).await).await
        }
        Command::Export { course, folder, force } => {
            let force = if force { Force::Yes } else { Force::No };
            with_database(config, async |started| {
                import::export(started, &course, &folder, force).await
            })
            .await
        }
        Command::Health => health(&config),
        Command::Migrate => with_database(config, async |_| Ok(())).await,
        Command::Openapi => {
            let document = crate::api::openapi::document();
            line(document.to_pretty_json().map_err(Ending::environment)?);
            Ok(())
        }
        Command::Config => {
            show(&config);
            Ok(())
        }
        Command::People(command) => {
            with_database(config, async |started| people::run(started, command).await).await
        }
    }
}

/// Runs a command with the database and stops the private Postgres after it.
async fn with_database(
    config: Config,
    work: impl AsyncFnOnce(&Started) -> Result<(), Ending>,
) -> Result<(), Ending> {
    let started = Started::beside(config).await?;
    let ended = work(&started).await;
    started.stop().await;
    ended
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Human }
}

/// Asks `/healthz` of the program that listens here.
fn health(config: &Config) -> Result<(), Ending> {
    use std::io::{Read, Write};
    let ask = || -> std::io::Result<String> {
        let wait = std::time::Duration::from_secs(2);
        let mut stream = std::net::TcpStream::connect_timeout(&reachable(config.listen), wait)?;
        stream.set_read_timeout(Some(wait))?;
        stream.write_all(b"GET /healthz HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(Ending::environment)?;
    if answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.0 200") {
        Ok(())
    } else {
        Err(Ending::Refused("the program is not well".to_owned()))
    }
}

/// Where to knock at a program that listens here: an address that stands for all of them is none to go to.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
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
