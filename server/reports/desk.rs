//! What staff see of reports: the queue, one of them with all that belongs to it, and how many wait.

use chrono::{DateTime, NaiveDate, Utc};

use super::answering::may;
use super::model::ReportState;
use super::service::{self, Unions};
use super::store::{self, CountsRow, Cursor, EventRow, ReportRow, Wanted, Within};
use crate::accounts::{Actor, Permission, service as accounts};
use crate::app::App;
use crate::calendar::Deadline;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{AccountId, PictureId, ReportId};
use crate::stations::Snapshot;
use crate::time::Zone;

/// What waits for an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Open ones.
    pub count: i64,
    /// Open ones whose last day is over.
    pub overdue: i64,
}

/// What waits for an answer within what somebody may see.
pub async fn queue(db: &Db, actor: &Actor, zone: Zone, now: DateTime<Utc>) -> Result<Queue, Error> {
    if !actor.may_anywhere(Permission::ReportSee) {
        return Ok(Queue::default());
    }
    let reach = actor.reach(Permission::ReportSee);
    let today = today(zone, now).to_string();
    let counts = store::counts(db, &Within { reach: &reach, today: &today }, &Wanted::default()).await?;
    Ok(Queue { count: counts.open, overdue: counts.overdue })
}

/// The day at an instant.
pub(super) fn today(zone: Zone, now: DateTime<Utc>) -> NaiveDate {
    zone.local(now).date()
}

/// A page of reports.
pub(super) struct Page {
    pub(super) rows: Vec<ReportRow>,
    pub(super) next: Option<Cursor>,
    pub(super) counts: CountsRow,
    pub(super) unions: Unions,
}

/// A page of what somebody may see.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page, Error> {
    let reach = actor.reach(Permission::ReportSee);
    let today = today(app.config.zone(), app.clock.now()).to_string();
    let within = Within { reach: &reach, today: &today };
    let mut rows = store::page(&app.db, &within, wanted, after, limit).await?;
    let counts = store::counts(&app.db, &within, wanted).await?;
    let next = (rows.len() > limit).then(|| rows.truncate(limit));
    let next = next.and(rows.last()).map(|row| (row.due.clone(), row.id.clone()));
    Ok(Page { rows, next, counts, unions: Unions::load(app).await? })
}

/// One report with all that belongs to it.
pub(super) struct Found {
    pub(super) report: ReportRow,
    pub(super) events: Vec<EventRow>,
    /// The other open ones of the same station, kind and facility.
    pub(super) group: Vec<ReportRow>,
    pub(super) deadline: Deadline,
    pub(super) unions: Unions,
    /// How often the station was found locked of late.
    pub(super) locked: i64,
    /// Who could answer it, where whoever asks may.
    pub(super) hands: Vec<(AccountId, String)>,
    /// Whether whoever asks may answer it.
    pub(super) may_answer: bool,
}

/// One report, where somebody may see it.
pub(super) async fn find(
    app: &App,
    actor: &Actor,
    snapshot: &Snapshot,
    id: ReportId,
) -> Result<Found, Error> {
    let report = seen(app, actor, id).await?;
    let (station, district, now) = (report.station()?, report.adcode(), app.clock.now());
    let may_answer = actor.may_station(Permission::ReportAnswer, station, district);
    let mut group = store::group(&app.db, &report).await?;
    group.retain(|other| other.id != report.id);
    let hands = if may_answer && report.state == ReportState::Open.as_str() {
        accounts::holders(&app.db, Permission::ReportAnswer, station, district).await?
    } else {
        Vec::new()
    };
    Ok(Found {
        events: store::events(&app.db, &report.id).await?,
        group,
        deadline: service::deadline(&report, &snapshot.city().calendar, snapshot.zone())?,
        unions: Unions::load(app).await?,
        locked: service::confirmed_locked(&app.db, station, service::marks_since(now)).await?,
        hands,
        may_answer,
        report,
    })
}

/// The photo of a report, where somebody may see it.
pub(super) async fn photo(app: &App, actor: &Actor, id: ReportId) -> Result<PictureId, Error> {
    let report = seen(app, actor, id).await?;
    let photo = report.picture_id.as_deref().and_then(|id| id.parse().ok());
    photo.ok_or(Error::NotFound("photo"))
}

async fn seen(app: &App, actor: &Actor, id: ReportId) -> Result<ReportRow, Error> {
    let report = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("report"))?;
    may(actor, Permission::ReportSee, &report)?;
    Ok(report)
}
