//! What the service does for benefits by itself: vouchers expire, draws are drawn, what looks like fraud is told.
//!
//! Expiry takes value away by the clock, so it halts where the clock cannot be trusted: where the wall clock and the
//! monotonic one have parted since the start, or this machine and the database by more than [`MOST_PARTED`].

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::time::timeout;

use super::{alarms, draw, vouchers};
use crate::app::App;
use crate::error::Error;
use crate::time::{Clock, steady};

/// How often it is looked for vouchers whose time is over.
const LOOK: Duration = Duration::from_secs(5);
/// After how many such looks it is looked for what is unusual: each minute.
const LOOKS_AN_ALARM: u32 = 12;
/// By how much two clocks may part.
pub const MOST_PARTED: TimeDelta = TimeDelta::minutes(5);
/// Says since when expiry stands still: 1 while it does.
const HALTED: &str = "yizhan_expiry_halted";

/// Where both clocks stood at the start.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    wall: DateTime<Utc>,
    steady: Instant,
}

/// Which clocks have parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parted {
    /// The wall clock was set while the service ran.
    Wall,
    /// This machine's clock and the database's.
    Database,
}

impl Start {
    /// Both clocks now.
    pub fn new(wall: DateTime<Utc>, steady: Instant) -> Self {
        Self { wall, steady }
    }

    /// Whether a clock cannot be trusted any more; `database` is what the database takes for now, where it has a
    /// clock of its own.
    pub fn parted(
        self,
        wall: DateTime<Utc>,
        steady: Instant,
        database: Option<DateTime<Utc>>,
    ) -> Option<Parted> {
        let passed = TimeDelta::from_std(steady.saturating_duration_since(self.steady)).unwrap_or_default();
        let is_far = |by: TimeDelta| by.abs() > MOST_PARTED;
        if is_far(wall - self.wall - passed) {
            return Some(Parted::Wall);
        }
        database.filter(|database| is_far(wall - *database)).map(|_| Parted::Database)
    }
}

/// Does what is due, until the service stops.
pub async fn keep(app: App, mut stop: watch::Receiver<bool>) {
    let start = Start::new(app.clock.now(), steady());
    let mut halted = None;
    let mut looks = 0_u32;
    while timeout(LOOK, stop.wait_for(|s| *s)).await.is_err() {
        if let Err(error) = look(&app, start, &mut halted).await {
            tracing::error!(%error, "vouchers cannot be looked after; it is tried again");
        }
        looks = looks.wrapping_add(1);
        if looks.is_multiple_of(LOOKS_AN_ALARM)
            && let Err(error) = unusual(&app).await
        {
            tracing::error!(%error, "alarms cannot be looked for; it is tried again");
        }
    }
}

async fn look(app: &App, start: Start, halted: &mut Option<Parted>) -> Result<(), Error> {
    // A clock that stands still, for tests and demonstrations, parts from nothing.
    let stands = matches!(app.clock, Clock::Fixed(_));
    let parted = if stands { None } else { start.parted(app.clock.now(), steady(), app.db.clock().await?) };
    if parted != *halted {
        tell(parted);
        *halted = parted;
    }
    if parted.is_none() {
        let expired = vouchers::expire_due(app).await?;
        if expired > 0 {
            tracing::info!(expired, "vouchers expired");
        }
    }
    draw::due(app).await?;
    Ok(())
}

/// Looks for what is unusual in redemptions, and tells each thing once.
///
/// # Errors
/// Where the database fails.
pub async fn unusual(app: &App) -> Result<(), Error> {
    alarms::look(app).await
}

fn tell(parted: Option<Parted>) {
    metrics::gauge!(HALTED).set(f64::from(u8::from(parted.is_some())));
    match parted {
        Some(Parted::Wall) => tracing::error!(
            "expiry of vouchers halts: this machine's clock was set by more than 5 minutes while the service ran; \
             check it and restart the service"
        ),
        Some(Parted::Database) => tracing::error!(
            "expiry of vouchers halts: the clocks of this machine and of the database differ by more than 5 minutes; \
             set them right"
        ),
        None => tracing::info!("expiry of vouchers goes on"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expiry_halts_where_clocks_part() {
        let (wall, begun) = (DateTime::UNIX_EPOCH, steady());
        let start = Start::new(wall, begun);
        let hour = (wall + TimeDelta::hours(1), begun + Duration::from_hours(1));
        for (ahead, database, parted) in [
            (TimeDelta::zero(), None, None),
            (TimeDelta::minutes(5), Some(TimeDelta::zero()), None),
            (TimeDelta::minutes(6), None, Some(Parted::Wall)),
            (TimeDelta::minutes(-6), None, Some(Parted::Wall)),
            (TimeDelta::zero(), Some(TimeDelta::minutes(5)), None),
            (TimeDelta::zero(), Some(TimeDelta::minutes(6)), Some(Parted::Database)),
            (TimeDelta::zero(), Some(TimeDelta::minutes(-6)), Some(Parted::Database)),
        ] {
            let now = hour.0 + ahead;
            assert_eq!(
                start.parted(now, hour.1, database.map(|by| now + by)),
                parted,
                "{ahead} {database:?}"
            );
        }
    }
}
