//! `bilik demo`: serves a platform that looks lived in, made on the first start and kept after it.

use std::path::PathBuf;

use super::courses::Form;
use super::import::{self, Import, Run};
use super::say::{Ending, line, progress, progress_done};
use super::serve::serve;
use super::start::Started;
use crate::catalogue::copies::Wins;
use crate::config::Config;
use crate::demo::{self, Making, Standing, Wish};

/// Publishes the courses, makes the people if there are none, and serves.
pub async fn run(
    config: Config,
    n_people: u32,
    seed: String,
    watched: Option<PathBuf>,
) -> Result<(), Ending> {
    let started = Started::new(config).await?;
    let wish = Wish { n_people: usize::try_from(n_people).unwrap_or(0), seed };
    match prepare(&started, &wish).await {
        Ok(()) => serve(started, &sign_ins(), watched).await,
        Err(ending) => {
            started.stop().await;
            Err(ending)
        }
    }
}

async fn prepare(started: &Started, wish: &Wish) -> Result<(), Ending> {
    let now = started.site.clock.now();
    let first = match demo::standing(&started.url).await.map_err(Ending::environment)? {
        Standing::Others => return Err(foreign()),
        Standing::Empty => demo::make::publication(now),
        Standing::Demo => now,
    };
    publish(started, first).await?;
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    started.library.refresh(&mut conn).await.map_err(Ending::environment)?;
    let making = Making { url: &started.url, zone: started.site.config.time_zone, now };
    let mut tell = |step: demo::Step| progress(step.what, step.done);
    let made = demo::make(&mut conn, &started.library, making, wish, &mut tell).await;
    progress_done();
    match made.map_err(Ending::environment)? {
        Standing::Others => Err(foreign()),
        Standing::Empty | Standing::Demo => Ok(()),
    }
}

/// A course with errors is shown as such and left out; the others are there.
async fn publish(started: &Started, at: chrono::DateTime<chrono::Utc>) -> Result<(), Ending> {
    // The folder that the program is shipped with is the newest there is.
    let how = Import {
        form: Form::Brief,
        ink: started.site.config.ink,
        wins: Wins::Folder,
        run: Run::Earnest,
        at,
    };
    match import::import(started, &started.site.config.courses, how).await {
        Err(Ending::Refused(why) | Ending::Usage(why)) => {
            line(why);
            Ok(())
        }
        other => other,
    }
}

fn foreign() -> Ending {
    Ending::Refused(
        "This database has people whom the demo did not make, so its sign-ins, which everybody knows, are not added. \
         Start `bilik serve`, or the demo with another BILIK_DATA or BILIK_DATABASE_URL."
            .to_owned(),
    )
}

fn sign_ins() -> Vec<String> {
    let told =
        demo::sign_ins().map(|known| format!("{} {} {}", known.role, known.email, known.password));
    told.into()
}
