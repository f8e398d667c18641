//! Looking for what is unusual. What was told once is not told again: the key of an alarm says which window it is of.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::store::{self, Found, NewAlarm};
use crate::app::App;
use crate::benefits::model::AlarmKind;
use crate::error::Error;
use crate::ids::AlarmId;
use crate::time::Zone;

/// Over how many nights a merchant's share is taken.
const NIGHTS: i64 = 30;
/// How far back a far redemption or a miss is looked for.
const BACK: TimeDelta = TimeDelta::days(1);

/// Looks once, and writes what is new.
pub(in super::super) async fn look(app: &App) -> Result<(), Error> {
    let (now, rules, zone) = (app.clock.now(), &app.config.benefits, app.config.zone());
    let now_ms = now.timestamp_millis();
    let minutes_ms = rules.velocity_minutes * 60_000;
    let since_ms = (now - BACK).timestamp_millis();
    let month = zone.local(now).format("%Y-%m").to_string();
    let night = rules.night().map(|hours| nights(now, zone, hours)).unwrap_or_default();
    let found = [
        (
            AlarmKind::Velocity,
            rules.velocity_redemptions,
            (now_ms / minutes_ms).to_string(),
            store::fast(&app.db, now_ms - minutes_ms, rules.velocity_redemptions).await?,
        ),
        (
            AlarmKind::Distance,
            rules.distance_m,
            String::new(),
            store::far(&app.db, since_ms, rules.distance_m).await?,
        ),
        (AlarmKind::Misses, rules.misses, String::new(), store::missing(&app.db, rules.misses).await?),
        (
            AlarmKind::Night,
            rules.night_share_percent,
            month,
            store::late(&app.db, &night, rules.night_share_percent, rules.night_least).await?,
        ),
    ];
    let alarms: Vec<NewAlarm> = found
        .into_iter()
        .flat_map(|(kind, bound, window, rows)| {
            rows.into_iter().map(move |row| (kind, bound, window.clone(), row))
        })
        .map(|(kind, bound, window, row)| alarm(kind, bound, &window, row, now))
        .collect();
    write(app, &alarms).await
}

fn alarm(kind: AlarmKind, bound: i64, window: &str, found: Found, now: DateTime<Utc>) -> NewAlarm {
    let key = format!("{kind}:{}:{window}", found.object);
    NewAlarm { id: AlarmId::new(now).to_string(), kind, key, bound, found, at_ms: now.timestamp_millis() }
}

/// Writes what was not told before. Most looks find nothing new and write nothing.
async fn write(app: &App, alarms: &[NewAlarm]) -> Result<(), Error> {
    let mut new = Vec::new();
    for alarm in alarms {
        if !store::is_known(&app.db, &alarm.key).await? {
            new.push(alarm);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    for alarm in &new {
        store::add(&mut tx, alarm).await?;
    }
    tx.commit().await?;
    tracing::warn!(alarms = new.len(), "something unusual was found in redemptions");
    Ok(())
}

/// The last nights before an instant, each from its first instant to the first one after it, in milliseconds.
fn nights(now: DateTime<Utc>, zone: Zone, (from, until): (NaiveTime, NaiveTime)) -> Vec<(i64, i64)> {
    let today = zone.local(now).date();
    let night = |day: NaiveDate| {
        let ends = if until > from { day } else { day + TimeDelta::days(1) };
        let ms = |day: NaiveDate, time| zone.instant(day.and_time(time)).timestamp_millis();
        (ms(day, from), ms(ends, until))
    };
    (0..NIGHTS).map(|back| night(today - TimeDelta::days(back + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_goes_past_midnight_where_its_hours_do() {
        let zone = Zone(chrono_tz::Asia::Shanghai);
        let now = "2026-11-24T02:00:00Z".parse().unwrap();
        let time = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap();
        let told = |hours| {
            let (from, until) = nights(now, zone, hours)[0];
            (zone.from_ms(from).to_rfc3339(), zone.from_ms(until).to_rfc3339())
        };
        let past = ("2026-11-23T23:00:00+08:00".to_owned(), "2026-11-24T05:00:00+08:00".to_owned());
        assert_eq!(told((time(23), time(5))), past);
        let within = ("2026-11-23T01:00:00+08:00".to_owned(), "2026-11-23T05:00:00+08:00".to_owned());
        assert_eq!(told((time(1), time(5))), within);
    }
}
