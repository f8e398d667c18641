//! What the service does by itself at set times, once for all its servers.
//!
//! Each piece of work has a name, and is due for a local day. Whichever server writes the row of that name and
//! day first does it; a server that dies over it leaves a row without an end, which another takes up after
//! [`GIVEN_UP`]. What was due while no server ran is done at the next start, for the last day only.

mod store;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::app::App;
use crate::error::Error;

/// The local time from which a day's work is due: after midnight, when hardly anybody asks for anything.
pub const NIGHT: NaiveTime = NaiveTime::from_hms_opt(3, 10, 0).expect("a time of day");
/// Work that did not end in this time has ended with its server.
pub const GIVEN_UP: TimeDelta = TimeDelta::hours(1);
/// How long it is remembered what was done.
const REMEMBERED: TimeDelta = TimeDelta::days(40);

/// The last day whose work is due at an instant.
pub fn due_day(local: chrono::NaiveDateTime) -> NaiveDate {
    if local.time() >= NIGHT { local.date() } else { local.date() - TimeDelta::days(1) }
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
