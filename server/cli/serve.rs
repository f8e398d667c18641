//! `yizhan serve`: the running service, from start to a graceful stop.

use std::time::Duration;

use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::user::absolute;
use super::{Failure, Outcome, tls};
use crate::accounts::invitations::begin_set_up;
use crate::app::App;
use crate::audit::sign::Notary;
use crate::audit::{Signer, Witness};
use crate::benefits;
use crate::config::{Config, Limits};
use crate::db::Db;
use crate::http::serve::Listener;
use crate::http::{admin_router, redirect_router, router, serve};
use crate::stations::follow::follow;
use crate::{jobs, log, schedule};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where workers and staff reach the service [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) listen: Option<String>,
    /// Where the operator's tools reach health, readiness and metrics [default: 127.0.0.1:9090]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) admin_listen: Option<String>,
}

/// Connections that the operator's tools may hold.
const ADMIN_CONNECTIONS: usize = 64;
/// How often the metrics drop what is no longer needed.
const UPKEEP: Duration = Duration::from_secs(5);

pub(super) async fn run(config: Config) -> Result<Outcome, Failure> {
    log::tell_panics();
    let metrics = PrometheusBuilder::new().install_recorder().map_err(|e| Failure::Fault(e.to_string()))?;
    let certificate = tls::certificate(&config.server)?;
    let (public, admin) = (listen(config.server.listen)?, listen(config.server.admin_listen)?);
    let plain = config.server.redirect_listen.map(listen).transpose()?;
    let limits = config.limits;
    let app = App::open(config, metrics).await?;
    let (stop, stopping) = watch::channel(false);
    let following = tokio::spawn(follow(app.registry.clone(), stopping.clone()));
    let notary = notary(&app);
    let signing = tokio::spawn(notary.clone().keep_signing(stopping.clone()));
    let upkeep = tokio::spawn(keep_up(app.clone(), stopping.clone()));
    let scheduled = tokio::spawn(schedule::keep(app.clone(), stopping.clone()));
    let working = tokio::spawn(jobs::keep(app.clone(), stopping.clone()));
    let expiring = tokio::spawn(benefits::keeper::keep(app.clone(), stopping.clone()));
    let admin_limits = Limits { connections: ADMIN_CONNECTIONS, ..limits };
    let operator =
        tokio::spawn(serve::serve(admin, admin_limits, admin_router(app.clone()), stopping.clone()));
    let renewing = tokio::spawn(tls::keep_renewed(certificate.clone(), stopping.clone()));
    let scheme = if certificate.is_some() { "https" } else { "http" };
    if let Some(plain) = &plain {
        tracing::info!(address = %plain.local_addr()?, "redirecting to https");
    }
    announce(&app, &public, scheme)?;
    schedule::warn_of_calendar(&app);
    let introducing = tokio::spawn(prepare_maps(app.clone()));
    invite_to_set_up(&app).await?;
    let acceptor =
        certificate.map(|c| c.acceptor()).transpose().map_err(|e| Failure::Fault(e.to_string()))?;
    let public = acceptor.into_iter().fold(Listener::from(public), Listener::with_tls);
    let redirecting = plain.map(|plain| {
        tokio::spawn(serve::serve(plain, limits, redirect_router(app.clone()), stopping.clone()))
    });
    let serving = tokio::spawn(serve::serve(public, limits, router(app.clone()), stopping));
    told_to_stop().await?;
    tracing::info!("stopping");
    let _ = stop.send(true);
    app.boards.end();
    let mut cut = serving.await.unwrap_or_default() + operator.await.unwrap_or_default();
    if let Some(redirecting) = redirecting {
        cut += redirecting.await.unwrap_or_default();
    }
    introducing.abort();
    let _ = tokio::join!(following, signing, upkeep, scheduled, working, expiring, renewing);
    notary.sign_and_tell(false).await;
    app.db.close().await;
    tracing::info!(cut, "stopped");
    Ok(Outcome::Done)
}

fn listen(address: std::net::SocketAddr) -> Result<TcpListener, Failure> {
    serve::bind(address).map_err(|e| Failure::Fault(format!("cannot listen on {address}: {e}")))
}

fn announce(app: &App, public: &TcpListener, scheme: &str) -> Result<(), Failure> {
    let address = public.local_addr()?;
    let snapshot = app.registry.snapshot();
    let (stations, revision, database) = (snapshot.len(), snapshot.revision(), app.db.engine());
    for warning in warnings(&app.config) {
        tracing::warn!("{warning}");
    }
    tracing::info!(%address, stations, revision, database, "serving on {scheme}://{address}");
    Ok(())
}

/// What works and is not safe, each with its remedy.
pub(super) fn warnings(config: &Config) -> Vec<String> {
    config.server.warning().into_iter().chain(Db::warning(&config.database_url())).collect()
}

/// What signs the end of the audit chain.
fn notary(app: &App) -> Notary {
    let witness = Witness::of(&app.config.storage.data);
    Notary::new(app.db.clone(), Signer::new(&app.secrets), witness, app.clock)
}

/// As long as there is no account, each start prints a link, good once, by which the first one is made.
async fn invite_to_set_up(app: &App) -> Result<(), Failure> {
    if let Some(invitation) = begin_set_up(app).await? {
        let link = absolute(app, &invitation.link);
        tracing::warn!("nobody can sign in yet; set the service up within a day at {link}");
    }
    Ok(())
}

/// Prepares what draws map pictures, beside the requests that come in.
async fn prepare_maps(app: App) {
    let middle = app.registry.snapshot().summary().middle;
    if let Some(middle) = middle {
        app.maps.prepare(middle).await;
    }
}

async fn keep_up(app: App, mut stop: watch::Receiver<bool>) {
    while tokio::time::timeout(UPKEEP, stop.wait_for(|s| *s)).await.is_err() {
        app.metrics.run_upkeep();
    }
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_stop() -> Result<(), Failure> {
    let (mut term, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
