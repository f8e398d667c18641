//! `/api/v1/stations/{id}/promise` and `/api/v1/stations/{id}/occupancy`

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{LATELY_DAYS, LEAST_DAYS, Promise};
use super::{Level, level, openapi, promise};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::cache::{Question, standing};
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::StationId;
use crate::stations::life::desk::Desk;

/// The most days of a question.
pub(super) const MOST_DAYS: i64 = 366;

/// Both routes.
pub fn routes() -> Documented {
    let see = Policy::Needs(Permission::StationSee);
    Documented::default()
        .get("/api/v1/stations/{id}/promise", see, kept, openapi::promise())
        .get("/api/v1/stations/{id}/occupancy", Policy::Public, occupancy, openapi::occupancy())
        .schema::<PromiseKept>()
        .schema::<Occupancy>()
}

/// How a station kept its posted hours.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PromiseKept {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Hours found open, and by nobody shut.
    open: i64,
    /// Hours that anybody looked at within the posted ones.
    of: i64,
    /// Days with such an hour.
    days: i64,
    /// `open` ÷ `of`; null under `least_days`.
    #[schema(required)]
    rate: Option<f64>,
    least_days: i64,
    /// What the rate is, in the reader's language.
    definition: String,
}

/// How full a station is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Occupancy {
    /// quiet, some or busy; null where it cannot be told.
    #[schema(required, value_type = Option<String>)]
    level: Option<Level>,
    /// As of when, to the minute.
    as_of: DateTime<FixedOffset>,
}

/// `GET /api/v1/stations/{id}/promise`
async fn kept(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    let station: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let (zone, now) = (app.config.zone(), app.clock.now());
    let (from, to) = days(params, zone.local(now).date())?;
    Desk::of(&app, actor).await?.find(station).await?;
    let instant = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN)).with_timezone(&Utc);
    let found = promise(&app.db, zone, station, instant(from), instant(to + Days::new(1))).await?;
    Ok(private(PromiseKept {
        from,
        to,
        open: found.open,
        of: found.of,
        days: found.days,
        rate: found.rate(),
        least_days: LEAST_DAYS,
        definition: Promise::definition().of(question.language).to_owned(),
    }))
}

/// The first and the last day that are asked for.
fn days(mut p: Params, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Error> {
    let (zh, en) = ("要写日期，如 2026-11-24。", "must be a day such as 2026-11-24");
    let to: NaiveDate = p.value("to", zh, en).unwrap_or(today);
    let from = p.value("from", zh, en);
    p.finish()?;
    let from = from.unwrap_or_else(|| to.checked_sub_days(Days::new(LATELY_DAYS - 1)).unwrap_or(to));
    let wrong = |zh: String, en: String| Err(FieldError::new("from", "out_of_range", zh, en).into());
    match (to - from).num_days() {
        0..MOST_DAYS => Ok((from, to)),
        _ => wrong(
            format!("from 不能晚于 to，最多 {MOST_DAYS} 天。"),
            format!("must not be after `to`, and at most {MOST_DAYS} days"),
        ),
    }
}

/// `GET /api/v1/stations/{id}/occupancy`
async fn occupancy(
    State(app): State<App>,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let id = id.parse().map_err(|_| Error::NotFound("station"))?;
    let entry = snapshot.station(id).ok_or(Error::NotFound("station"))?;
    let now = app.clock.now();
    let minute = now.timestamp() / 60 * 60_000;
    let told = Occupancy {
        level: level(&app.db, &snapshot, entry, now).await?,
        as_of: snapshot.zone().from_ms(minute),
    };
    let version = standing(&format!("{:?} {minute}", told.level));
    Ok(question.answer(version, || Json(told)))
}
