//! Planning, changing and closing rounds. Each is one transaction with its audit entry.

use std::collections::HashSet;

use chrono::TimeDelta;
use serde_json::json;

use super::store::{self, NewRound, RoundRow};
use super::told::{Round, RoundDetail, RoundPreview, Rounds, Stop};
use super::wish::{Chosen, MOST_STOPS, Plan, RoundPatch, RoundWish};
use crate::accounts::{self, Actor, Permission, Scope};
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::ids::{AccountId, RoundId};
use crate::inspections::ending::settled;
use crate::inspections::findings;
use crate::inspections::tour;
use crate::stations::Snapshot;
use crate::stations::life::desk::Desk;
use crate::stations::listing::{StaffFilter, service as listing};
use crate::stations::model::Station;

/// Rows are read in parts of this size.
const PART: i64 = 200;
/// The most rounds of a page.
pub(in crate::inspections) const MAX_PAGE: usize = 100;

/// Whether somebody may see a round: he inspects or plans there, or it is his.
fn sees(actor: &Actor, round: &RoundRow) -> bool {
    let is_own = round.inspector_id.is_some() && round.inspector_id == actor.account.map(|id| id.to_string());
    (is_own && actor.may_anywhere(Permission::InspectionDo))
        || may_scope(actor, Permission::InspectionDo, round)
        || may_scope(actor, Permission::InspectionPlan, round)
}

fn may_scope(actor: &Actor, permission: Permission, round: &RoundRow) -> bool {
    round.scope.parse().is_ok_and(|scope| actor.may_scope(permission, &scope))
}

fn told(desk: &Desk, row: RoundRow) -> Result<Round, Error> {
    let may_change = may_scope(&desk.actor, Permission::InspectionPlan, &row);
    row.told(desk.zone, may_change)
}

/// A page of the rounds that somebody may see, the newest first; `state` is `open`, `closed` or `all`.
pub(super) async fn list(
    desk: &Desk,
    state: &str,
    limit: usize,
    before: Option<RoundId>,
) -> Result<Rounds, Error> {
    let mut items: Vec<Round> = Vec::new();
    let mut before = before.map(|id| id.to_string()).unwrap_or_default();
    loop {
        let rows = store::list(&desk.db, &before, state, PART).await?;
        let is_last = rows.len() < usize::try_from(PART).unwrap_or_default();
        for row in rows {
            before.clone_from(&row.id);
            if !sees(&desk.actor, &row) {
                continue;
            }
            if items.len() == limit {
                return Ok(Rounds { next: items.last().map(|r| r.id), items });
            }
            items.push(told(desk, row)?);
        }
        if is_last {
            return Ok(Rounds { items, next: None });
        }
    }
}

/// One round, where somebody may see it.
async fn found(desk: &Desk, id: RoundId) -> Result<RoundRow, Error> {
    let row = store::find(&desk.db, &id.to_string()).await?;
    row.filter(|row| sees(&desk.actor, row)).ok_or(Error::NotFound("round"))
}

/// One round with its stations.
pub(super) async fn find(desk: &Desk, id: RoundId) -> Result<RoundDetail, Error> {
    let row = found(desk, id).await?;
    let stops = store::stops(&desk.db, &row.id).await?;
    let stops: Vec<Stop> = stops.into_iter().map(|s| s.told(desk.zone)).collect::<Result<_, _>>()?;
    let length_m = tour::length_m(stops.iter().filter_map(|s| spatial::Position::new(s.lon, s.lat).ok()));
    Ok(RoundDetail { round: told(desk, row)?, stops, length_m })
}

/// The stations that a round would have, in the order of the walk.
pub(super) async fn preview(
    desk: &Desk,
    snapshot: &Snapshot,
    scope: &Scope,
    chosen: &Chosen,
) -> Result<RoundPreview, Error> {
    let stations = walked(chosen_stations(desk, snapshot, scope, chosen).await?);
    let length_m = tour::length_m(stations.iter().map(|s| s.facts.way_in()));
    let stop = |(station, rank): (Station, i64)| Stop {
        rank,
        id: station.id,
        lon: station.facts.position.lon(),
        lat: station.facts.position.lat(),
        name: station.facts.name,
        code: station.facts.code,
        district: station.facts.district,
        address: station.facts.address,
        inspected: None,
    };
    Ok(RoundPreview { stops: stations.into_iter().zip(1..).map(stop).collect(), length_m })
}

/// Plans a round.
pub(super) async fn plan(desk: &Desk, snapshot: &Snapshot, wish: &RoundWish) -> Result<RoundId, Error> {
    let plan = wish.plan()?;
    let ids = ids(&walked(chosen_stations(desk, snapshot, &wish.scope, &wish.chosen()?).await?));
    check_inspector(desk, plan.inspector, &wish.scope).await?;
    let id = RoundId::new(desk.now);
    let mut tx = desk.db.begin().await?;
    let done = async {
        store::add(&mut tx, &row(&id.to_string(), wish.scope.as_str(), &plan, desk)).await?;
        store::put_stops(&mut tx, &id.to_string(), &ids).await?;
        record(&mut tx, desk, "round.plan", id, &wish.scope, Some(ids.len())).await
    }
    .await;
    settled(tx, done).await?;
    Ok(id)
}

/// Changes a round that goes on.
pub(super) async fn change(
    desk: &Desk,
    snapshot: &Snapshot,
    id: RoundId,
    version: i64,
    wish: &RoundPatch,
) -> Result<(), Error> {
    let old = changeable(desk, found(desk, id).await?, version)?;
    let (scope, plan) = (scope_of(&old)?, wish.laid_over(old.plan()?)?);
    let chosen = wish.stations.clone().map(Chosen::Stations);
    let ids = match &chosen {
        Some(chosen) => Some(ids(&walked(chosen_stations(desk, snapshot, &scope, chosen).await?))),
        None => None,
    };
    check_inspector(desk, plan.inspector, &scope).await?;
    let mut tx = desk.db.begin().await?;
    let done = async {
        current(&mut tx, desk, id, version).await?;
        store::change(&mut tx, &row(&old.id, &old.scope, &plan, desk)).await?;
        if let Some(ids) = &ids {
            store::put_stops(&mut tx, &old.id, ids).await?;
        }
        record(&mut tx, desk, "round.change", id, &scope, ids.as_ref().map(Vec::len)).await
    }
    .await;
    settled(tx, done).await
}

/// Closes a round: nobody walks it any more.
pub(super) async fn close(desk: &Desk, id: RoundId, version: i64) -> Result<(), Error> {
    let scope = scope_of(&changeable(desk, found(desk, id).await?, version)?)?;
    let mut tx = desk.db.begin().await?;
    let done = async {
        let row = current(&mut tx, desk, id, version).await?;
        store::close(&mut tx, &row.id, desk.now.timestamp_millis()).await?;
        record(&mut tx, desk, "round.close", id, &scope, None).await
    }
    .await;
    settled(tx, done).await
}

/// The round as a transaction sees it, unchanged since it was read.
async fn current(tx: &mut Tx, desk: &Desk, id: RoundId, version: i64) -> Result<RoundRow, Error> {
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("round"))?;
    changeable(desk, row, version)
}

/// Refuses a change by who may not, of another version, and of what is over.
fn changeable(desk: &Desk, row: RoundRow, version: i64) -> Result<RoundRow, Error> {
    if !may_scope(&desk.actor, Permission::InspectionPlan, &row) {
        return Err(Error::Forbidden);
    }
    if row.version != version {
        return Err(Error::Stale { version: row.version });
    }
    if row.closed_ms.is_some() {
        let detail = Words::new("这一轮已经结束了。", "The round is closed.");
        return Err(Error::Conflict { code: "over", detail });
    }
    Ok(row)
}

fn scope_of(row: &RoundRow) -> Result<Scope, Error> {
    row.scope.parse().map_err(|_| Error::Internal(format!("round {} cannot be read", row.id)))
}

fn row<'a>(id: &'a str, scope: &'a str, plan: &'a Plan, desk: &Desk) -> NewRound<'a> {
    NewRound {
        id,
        scope,
        name: &plan.name,
        first_day: plan.first_day.to_string(),
        last_day: plan.last_day.to_string(),
        inspector_id: plan.inspector.map(|id| id.to_string()),
        note: plan.note.as_deref(),
        account_id: desk.actor.account.map(|id| id.to_string()),
        created_ms: desk.now.timestamp_millis(),
    }
}

/// A round's name is anybody's words, so it stays out of the log.
async fn record(
    tx: &mut Tx,
    desk: &Desk,
    action: &'static str,
    id: RoundId,
    scope: &Scope,
    stations: Option<usize>,
) -> Result<(), Error> {
    let district = scope.as_str().parse().ok();
    let detail = json!({ "scope": scope, "stations": stations });
    let entry = Entry { action, object: Object::new("round", id), district, detail };
    audit::record(tx, &desk.actor, desk.now, &entry).await
}

fn ids(stations: &[Station]) -> Vec<String> {
    stations.iter().map(|s| s.id.to_string()).collect()
}

/// Stations in the order in which they are walked. The walk begins at the westernmost, so that the same stations
/// give the same walk.
fn walked(mut stations: Vec<Station>) -> Vec<Station> {
    let west = |s: &Station| (s.facts.way_in().lon(), s.facts.way_in().lat());
    stations.sort_by(|a, b| {
        let (a, b) = ((west(a), a.id), (west(b), b.id));
        a.0.0.total_cmp(&b.0.0).then(a.0.1.total_cmp(&b.0.1)).then(a.1.cmp(&b.1))
    });
    let places: Vec<_> = stations.iter().map(|s| s.facts.way_in()).collect();
    let mut walk: Vec<Option<Station>> = stations.into_iter().map(Some).collect();
    tour::order(&places).into_iter().filter_map(|i| walk.get_mut(i)?.take()).collect()
}

/// The public stations that are asked for, at least one and at most [`MOST_STOPS`].
async fn chosen_stations(
    desk: &Desk,
    snapshot: &Snapshot,
    scope: &Scope,
    chosen: &Chosen,
) -> Result<Vec<Station>, Error> {
    if !desk.actor.may_scope(Permission::InspectionPlan, scope) {
        return Err(Error::Forbidden);
    }
    let (filter, named) = match chosen {
        Chosen::Stations(ids) => (StaffFilter::default(), Some(ids.iter().copied().collect::<HashSet<_>>())),
        Chosen::Filter(filter) => (filter.of_registry(scope, desk.now)?, None),
    };
    let permission = Permission::InspectionPlan;
    let mut found = listing::all(&desk.db, &desk.actor, permission, &filter, snapshot, desk.now).await?;
    found.retain(|s| s.is_public() && scope.covers(s.facts.district));
    if let Some(named) = &named {
        found.retain(|s| named.contains(&s.id));
        if found.len() < named.len() {
            return Err(stations(
                "unknown_station",
                "有驿站不在范围内或没有开放。",
                "some are not public stations of the scope",
            ));
        }
    }
    if let Chosen::Filter(filter) = chosen {
        if let Some(days) = filter.uninspected_days {
            let seen = findings::service::inspected_since(&desk.db, desk.now - TimeDelta::days(days)).await?;
            found.retain(|s| !seen.contains(&s.id));
        }
        if filter.has_findings {
            let open = findings::service::by_station(&desk.db, findings::service::today(desk.zone, desk.now))
                .await?;
            found.retain(|s| open.get(&s.id).is_some_and(|f| f.open + f.fixed > 0));
        }
    }
    match found.len() {
        0 => Err(stations("none", "没有符合的驿站，请放宽条件。", "no station is like that; ask for less")),
        n if n > MOST_STOPS => {
            let zh = format!("选出了 {n} 处，一轮最多 {MOST_STOPS} 处，请收窄范围。");
            let en = format!("{n} stations are too many for a round, which has at most {MOST_STOPS}");
            Err(stations("too_many", &zh, &en))
        }
        _ => Ok(found),
    }
}

fn stations(code: &'static str, zh: &str, en: &str) -> Error {
    Error::Refused(vec![FieldError::new("stations", code, zh, en)])
}

/// Refuses an inspector who may not inspect in the whole scope.
async fn check_inspector(desk: &Desk, inspector: Option<AccountId>, scope: &Scope) -> Result<(), Error> {
    let Some(id) = inspector else { return Ok(()) };
    let may = match accounts::service::actor(&desk.db, id).await {
        Ok(actor) => actor.may_scope(Permission::InspectionDo, scope),
        Err(Error::NotFound(_)) => false,
        Err(other) => return Err(other),
    };
    if may {
        return Ok(());
    }
    let (zh, en) = ("这个人不能在这个范围巡查。", "this account may not inspect in the scope");
    Err(Error::Refused(vec![FieldError::new("inspector", "not_allowed", zh, en)]))
}

/// The stations of a round as the registry has them, in the order of the walk.
pub(super) async fn stations_of(
    desk: &Desk,
    snapshot: &Snapshot,
    round: &RoundDetail,
) -> Result<Vec<Station>, Error> {
    let scope = Some(round.round.scope.clone()).filter(|s| !s.is_empty());
    let filter = StaffFilter { district: scope, ..StaffFilter::default() };
    let see = Permission::StationSee;
    let all = listing::all(&desk.db, &desk.actor, see, &filter, snapshot, desk.now).await?;
    let of = |stop: &Stop| all.iter().find(|s: &&Station| s.id == stop.id).cloned();
    Ok(round.stops.iter().filter_map(of).collect())
}
