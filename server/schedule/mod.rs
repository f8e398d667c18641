//! What the service does by itself at set times, once for all its servers.
//!
//! Each piece of work has a name, and is due for a local day. Whichever server writes the row of that name and
//! day first does it; a server that dies over it leaves a row without an end, which another takes up after
//! [`GIVEN_UP`]. What was due while no server ran is done at the next start, for the last day only.

mod store;

use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::app::App;
use crate::error::Error;
use crate::{benefits, delivery, grievance, jobs, joins, notifications, ratings};

/// The local time from which a day's work is due: after midnight, when hardly anybody asks for anything.
pub const NIGHT: NaiveTime = NaiveTime::from_hms_opt(3, 10, 0).expect("a time of day");
/// The pieces of the night's work.
const CALENDAR: &str = "calendar";
const JOINS: &str = "joins";
const RATINGS: &str = "ratings";
const JOBS: &str = "jobs";
const DELIVERIES: &str = "deliveries";
const NOTIFICATIONS: &str = "notifications";
const GRIEVANCES: &str = "grievances";
const BENEFITS: &str = "benefits";
/// How often a server looks whether something is due.
const LOOK: Duration = Duration::from_mins(1);
/// Work that did not end in this time has ended with its server.
pub const GIVEN_UP: TimeDelta = TimeDelta::hours(1);
/// How long it is remembered what was done.
const REMEMBERED: TimeDelta = TimeDelta::days(40);

/// Does what is due, until the service stops. In a new database nothing is due before the next night.
pub async fn keep(app: App, mut stop: watch::Receiver<bool>) {
    if let Err(error) = settle(&app).await {
        tracing::error!(%error, "what the schedule has done cannot be read");
    }
    let mut reckoned = None;
    reckon(&app, &mut reckoned).await;
    while tokio::time::timeout(LOOK, stop.wait_for(|s| *s)).await.is_err() {
        reckon(&app, &mut reckoned).await;
        nightly(&app).await;
    }
}

/// Computes deadlines anew where the calendar or the shifts are others than at the last look.
async fn reckon(app: &App, last: &mut Option<String>) {
    match grievance::recompute::if_changed(app, last).await {
        Ok(0) => {}
        Ok(cases) => {
            tracing::info!(cases, "deadlines were computed anew by another calendar or other shifts");
        }
        Err(error) => tracing::error!(%error, "deadlines cannot be computed anew; it is tried again"),
    }
}

/// Notes the last night's work as done where no night has passed yet.
pub async fn settle(app: &App) -> Result<(), Error> {
    let (day, now_ms) =
        (due_day(app.config.zone().local(app.clock.now())), app.clock.now().timestamp_millis());
    let mut tx = app.db.begin().await?;
    if !store::is_empty(&mut tx).await? {
        return Ok(tx.rollback().await?);
    }
    for name in [CALENDAR, JOINS, RATINGS, JOBS, DELIVERIES, NOTIFICATIONS, GRIEVANCES, BENEFITS] {
        store::begin(&mut tx, name, &day.to_string(), now_ms, now_ms).await?;
        store::end(&mut tx, name, &day.to_string(), now_ms).await?;
    }
    Ok(tx.commit().await?)
}

/// The last day whose work is due at an instant.
pub fn due_day(local: chrono::NaiveDateTime) -> NaiveDate {
    if local.time() >= NIGHT { local.date() } else { local.date() - TimeDelta::days(1) }
}

/// Does each piece of the night's work that is due and that nobody has done. A failure of one piece is logged
/// and keeps no other from being done; it is tried again after [`GIVEN_UP`].
pub async fn nightly(app: &App) {
    let day = due_day(app.config.zone().local(app.clock.now()));
    let warn = async || {
        warn_of_calendar(app);
        Ok(())
    };
    once(app, CALENDAR, day, warn).await;
    once(app, JOINS, day, async || joins::service::forget_old(app).await).await;
    once(app, RATINGS, day, async || ratings::service::compute_all(app).await.map(drop)).await;
    once(app, JOBS, day, async || jobs::forget_old(app).await).await;
    once(app, DELIVERIES, day, async || delivery::forget_old(app).await).await;
    once(app, NOTIFICATIONS, day, async || notifications::forget_old(app).await).await;
    let old_cases = async || {
        grievance::archive::old(app).await?;
        grievance::custody::forget_old(app).await
    };
    once(app, GRIEVANCES, day, old_cases).await;
    once(app, BENEFITS, day, async || benefits::forget_old(app).await).await;
}

/// Tells the operator of a year whose notice somebody should load; deadlines in it are provisional.
pub fn warn_of_calendar(app: &App) {
    if let Some(year) = app.awaited_calendar() {
        tracing::warn!(
            year,
            "the calendar of the year is not loaded; load it with: yizhan calendar import FILE"
        );
    }
}

async fn once(app: &App, name: &'static str, day: NaiveDate, work: impl AsyncFnOnce() -> Result<(), Error>) {
    let done = async {
        if !begin(app, name, day, app.clock.now()).await? {
            return Ok(());
        }
        work().await?;
        end(app, name, day, app.clock.now()).await
    };
    let done: Result<(), Error> = done.await;
    if let Err(error) = done {
        tracing::error!(name, %day, %error, "the night's work failed and is tried again");
    }
}

/// Takes a piece of work; false where it is done, or another server is at it.
pub async fn begin(app: &App, name: &str, day: NaiveDate, now: DateTime<Utc>) -> Result<bool, Error> {
    let mut tx = app.db.begin().await?;
    let given_up_ms = (now - GIVEN_UP).timestamp_millis();
    let taken = store::begin(&mut tx, name, &day.to_string(), now.timestamp_millis(), given_up_ms).await?;
    store::forget(&mut tx, (now - REMEMBERED).timestamp_millis()).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Notes that a piece of work is done.
pub async fn end(app: &App, name: &str, day: NaiveDate, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    store::end(&mut tx, name, &day.to_string(), now.timestamp_millis()).await?;
    Ok(tx.commit().await?)
}
