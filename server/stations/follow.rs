//! Following the database: a task that keeps the snapshot at its revision.

use std::sync::Arc;

use chrono::Datelike;
use tokio::sync::watch;
use tokio::time::timeout;

use super::registry::{POLL, Registry};
use super::snapshot::Snapshot;

/// Catches up once a second until `stop` says so.
///
/// A failure is logged when it begins and when it ends; the last snapshot goes on answering meanwhile.
pub async fn follow(registry: Arc<Registry>, mut stop: watch::Receiver<bool>) {
    let mut failing = false;
    let mut reminded = None;
    while timeout(POLL, stop.wait_for(|s| *s)).await.is_err() {
        let outcome = registry.catch_up().await;
        match &outcome {
            Ok(()) if failing => tracing::info!("the registry follows the database again"),
            Err(error) if !failing => tracing::error!(%error, "the registry cannot follow the database"),
            _ => {}
        }
        failing = outcome.is_err();
        let snapshot = registry.snapshot();
        measure(&snapshot);
        if reminded.replace(snapshot.day()) != Some(snapshot.day()) {
            remind(&snapshot);
        }
    }
}

/// Once a day from November on: the State Council publishes the next year's days off late in the year.
fn remind(snapshot: &Snapshot) {
    let next = snapshot.day().year() + 1;
    if snapshot.day().month() >= 11 && !snapshot.city().calendar.is_published(next) {
        tracing::warn!(year = next, "the days off of the year are not loaded: `yizhan calendar import FILE`");
    }
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floats, and the numbers stay below 2^52")]
fn measure(snapshot: &Snapshot) {
    metrics::gauge!("yizhan_registry_stations").set(snapshot.len() as f64);
    metrics::gauge!("yizhan_registry_revision").set(snapshot.revision() as f64);
}
