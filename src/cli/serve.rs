//! Serving pages until told to stop, and stopping without losing a request.

use std::path::PathBuf;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, Error, HttpServer};
use tokio::signal::unix::{SignalKind, signal};

use super::say::{Ending, line};
use super::start::Started;
use super::watch::watch;
use crate::catalogue::Library;
use crate::progress_log::Openings;
use crate::web::{self, Site};
use crate::{accounts, app, quizzes};

/// While draining, requests that are already on their way still come in.
const DRAIN: Duration = Duration::from_millis(1500);

/// A publication is seen by all nodes within this time.
const NOTICE: Duration = Duration::from_secs(2);

/// The whole application around its routes.
pub fn application(
    site: Site,
    library: Library,
    openings: Openings,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(Data::new(site))
        .app_data(Data::new(library))
        .app_data(Data::new(openings))
        .wrap(Compress::default())
        .wrap(from_fn(web::guard))
        .wrap(from_fn(web::draw_faults))
        .wrap(from_fn(web::observe))
        .configure(app::routes)
}

/// Serves until SIGTERM or SIGINT; prints these lines after the address.
pub async fn serve(
    started: Started,
    lines: &[String],
    watched: Option<PathBuf>,
) -> Result<(), Ending> {
    let (site, library) = (started.site.clone(), started.library.clone());
    let watcher = tokio::spawn(notice(site.clone(), library.clone()));
    let author = watched.map(|folder| {
        line(format!("Watching {}: what is saved there is published at once.", folder.display()));
        tokio::spawn(watch(site.clone(), library.clone(), folder))
    });
    let sweeper = tokio::spawn(quizzes::sweeper::sweep(site.pool.clone(), library.clone()));
    let forgetting =
        tokio::spawn(accounts::forgetting::forget(site.pool.clone(), site.clock.clone()));
    let served = listen(&site, &library, lines).await;
    author.iter().for_each(tokio::task::JoinHandle::abort);
    watcher.abort();
    sweeper.abort();
    forgetting.abort();
    started.stop().await;
    served
}

async fn listen(site: &Site, library: &Library, lines: &[String]) -> Result<(), Ending> {
    let (address, workers) = (site.config.listen, site.config.workers);
    let (shared, books, openings) = (site.clone(), library.clone(), Openings::default());
    let server = HttpServer::new(move || {
        application(shared.clone(), books.clone(), openings.clone())
    })
    .workers(workers)
    .disable_signals()
    .shutdown_timeout(20)
    .bind(address)
    .map_err(|why| {
        Ending::Environment(format!(
            "{address} cannot be listened on: {why}. Choose another address with BILIK_LISTEN."
        ))
    })?
    .run();
    greet(site).await;
    lines.iter().for_each(line);
    let handle = server.handle();
    let drained = site.clone();
    let stopper = tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping: finishing open requests");
        drained.drain();
        tokio::time::sleep(DRAIN).await;
        handle.stop(true).await;
    });
    let ended = server.await.map_err(Ending::environment);
    stopper.abort();
    ended
}

/// Notices what other nodes and the command line publish.
async fn notice(site: Site, library: Library) {
    let mut tick = tokio::time::interval(NOTICE);
    loop {
        tick.tick().await;
        let Ok(mut conn) = site.pool.get().await else { continue };
        if let Err(error) = library.refresh(&mut conn).await {
            tracing::warn!(%error, "the course list could not be read again");
        }
    }
}

/// The address, and on a new installation the way to its first administrator.
async fn greet(site: &Site) {
    line(format!("Bilik listens on {}", site.config.url));
    let Ok(mut conn) = site.pool.get().await else { return };
    let link = accounts::actions::first_admin_link(
        &mut conn,
        &site.config.url,
        site.config.default_language(),
        site.clock.now(),
    )
    .await;
    if let Ok(Some(link)) = link {
        line(format!(
            "There is no administrator yet. This link makes one, once, within 7 days:\n{link}"
        ));
    }
}

async fn stop_signal() {
    let (Ok(mut term), Ok(mut int)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
