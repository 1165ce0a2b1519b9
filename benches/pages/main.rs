//! `make bench`: how fast the program is, each figure beside the least that could be done, measured in the same run.
//! Both serve in processes of their own, with as many threads and connections, on one Postgres that keeps what it
//! confirms. Options after `--`: `--rounds N`, `--seconds N` and `--only NAME`.

mod options;
mod courses;
mod ground;
mod minimum;
mod child;
mod client;
mod rounds;
mod answers;
mod cases;
mod machine;
mod report;

use std::process::ExitCode;

use options::Options;
use report::{Report, say};

/// What goes wrong here ends the run, and its text says why.
type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let options = Options::read(std::env::args().skip(1));
    let ended = match &options.minimum {
        Some(place) => actix_web::rt::System::new().block_on(minimum::serve(place)),
        None => tokio::runtime::Runtime::new()
            .map_err(Into::into)
            .and_then(|runtime| runtime.block_on(measure(&options))),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&format!("the measurement ended early: {why}"));
            ExitCode::FAILURE
        }
    }
}

/// The whole run: prepare, start both, measure, report, clear away.
async fn measure(options: &Options) -> Fallible<()> {
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(machine::scratch())?;
    let mut report = Report::default();
    let ground = ground::Ground::prepare(folder.path()).await?;
    let measured = measure_on(&ground, options, &mut report).await;
    let data = ground.stop().await;
    measured?;
    if options.wants("start") {
        machine::cold_start(&data, options.rounds, &mut report).await?;
    }
    machine::binary(&mut report)?;
    report.show();
    report.keep()
}

async fn measure_on(
    ground: &ground::Ground,
    options: &Options,
    report: &mut Report,
) -> Fallible<()> {
    if options.wants("start") {
        machine::warm_start(ground, options.rounds, report).await?;
    }
    let bilik = child::Child::bilik(ground).await?;
    let minimum = child::Child::minimum(ground).await?;
    machine::idle_memory(&bilik, report).await?;
    let places = cases::Places::new(ground, bilik.address, minimum.address, options).await?;
    for n_connections in [16, 64] {
        for case in cases::ALL.into_iter().filter(|case| options.wants(case.name())) {
            places.compare(case, n_connections, options, report).await?;
        }
    }
    machine::loaded_memory(&bilik, report)
}
