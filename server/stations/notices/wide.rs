//! What is announced for many stations at once: areas and regimes, and to which stations they apply.

use std::sync::Arc;

use super::model::{Kind, Origin};
use super::region::{Region, Shape, is_within};
use super::store::{self, NoticeRow, RegimeRow};
use crate::accounts::Scope;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{Adcode, NoticeId, RegimeId};
use crate::stations::model::{FacilityCode, Station};
use crate::stations::record::effect_of;
use crate::stations::snapshot::Announced;
use crate::stations::state::{Effect, Notice};
use crate::time::Zone;

/// Every notice of an area and every regime that is not over.
#[derive(Debug, Default)]
pub(in crate::stations) struct Wide {
    areas: Vec<(Region, Announced)>,
    regimes: Vec<(Where, Announced)>,
}

/// To which stations a regime applies.
#[derive(Debug)]
struct Where {
    districts: Vec<Scope>,
    facility: Option<FacilityCode>,
}

impl Wide {
    /// Reads what is not over at `since_ms`.
    pub(in crate::stations) async fn load(db: &Db, zone: Zone, since_ms: i64) -> Result<Self, Error> {
        let (mut areas, mut regimes) = (Vec::new(), Vec::new());
        for row in store::of_areas(db, since_ms).await? {
            areas.extend(notice(&row, zone)?.map(|n| Ok::<_, Error>((region(&row)?, n))).transpose()?);
        }
        for row in store::regimes(db, since_ms).await? {
            regimes.extend(regime(&row, zone)?);
        }
        Ok(Self { areas, regimes })
    }

    /// What applies to a station as it stands.
    pub(in crate::stations) fn of<'a>(
        &'a self,
        station: &'a Station,
    ) -> impl Iterator<Item = Announced> + 'a {
        let facts = &station.facts;
        let areas = self.areas.iter().filter(|(region, _)| region.covers(facts.position, facts.district));
        let has = |code| facts.facilities.iter().any(|f| f.code == code);
        let regimes = self.regimes.iter().filter(move |(place, _)| place.takes_in(facts.district, has));
        areas.map(|(_, n)| n.clone()).chain(regimes.map(|(_, n)| n.clone()))
    }
}

impl Where {
    fn takes_in(&self, district: Option<Adcode>, has: impl Fn(FacilityCode) -> bool) -> bool {
        is_within(&self.districts, district) && self.facility.is_none_or(has)
    }
}

/// A notice of a row; `None` where it was withdrawn before it began.
pub(in crate::stations) fn notice(row: &NoticeRow, zone: Zone) -> Result<Option<Announced>, Error> {
    let wrong = |what: &str| Error::Internal(format!("notice {}: {what}", row.id));
    let id: NoticeId = row.id.parse().map_err(|_| wrong("no id"))?;
    let effect = effect_of(&row.effect).ok_or_else(|| wrong("unknown effect"))?;
    let facility =
        row.facility.as_deref().map(str::parse).transpose().map_err(|_| wrong("unknown facility"))?;
    let origin = if row.area.is_some() { Origin::Area } else { Origin::Station };
    let span = span(row.from_ms, row.to_ms, row.withdrawn_ms, zone);
    Ok(span.map(|(from, to)| {
        let notice = Notice { from, to, effect, during: None, reason: row.reason.as_str().into(), origin };
        Announced { id: id.0, facility, hours: None, notice }
    }))
}

fn regime(row: &RegimeRow, zone: Zone) -> Result<Option<(Where, Announced)>, Error> {
    let wrong = |what: &str| Error::Internal(format!("regime {}: {what}", row.id));
    let id: RegimeId = row.id.parse().map_err(|_| wrong("no id"))?;
    let origin = Origin::Regime(Kind::of(&row.kind).ok_or_else(|| wrong("unknown kind"))?);
    let facility =
        row.facility.as_deref().map(str::parse).transpose().map_err(|_| wrong("unknown facility"))?;
    let districts = scopes(&row.districts).ok_or_else(|| wrong("unreadable districts"))?;
    let span = span(row.from_ms, row.to_ms, row.ended_ms, zone);
    Ok(span.map(|(from, to)| {
        let (effect, reason) = (Effect::Open, Arc::from(row.reason.as_str()));
        let notice = Notice { from, to, effect, during: None, reason, origin };
        let hours = Some(Arc::from(row.hours.as_str()));
        (Where { districts, facility }, Announced { id: id.0, facility: None, hours, notice })
    }))
}

type Local = chrono::NaiveDateTime;

/// From when until when it counts: what is withdrawn is as if it ended then. `None` where that was before it began.
fn span(
    from_ms: i64,
    to_ms: Option<i64>,
    over_ms: Option<i64>,
    zone: Zone,
) -> Option<(Local, Option<Local>)> {
    let local = |ms: i64| zone.local(zone.from_ms(ms));
    let to_ms = to_ms.into_iter().chain(over_ms).min();
    to_ms.is_none_or(|to| to > from_ms).then(|| (local(from_ms), to_ms.map(local)))
}

/// The region of an area's row.
pub(super) fn region(row: &NoticeRow) -> Result<Region, Error> {
    let wrong = |what: String| Error::Internal(format!("notice {}: {what}", row.id));
    let shape: Shape =
        serde_json::from_str(row.area.as_deref().unwrap_or_default()).map_err(|e| wrong(e.to_string()))?;
    let reach = scopes(row.reach.as_deref().unwrap_or("[]"));
    Ok(Region::new(shape.area(), reach.ok_or_else(|| wrong("unreadable reach".to_owned()))?))
}

/// The districts that a row lists.
pub(super) fn scopes(json: &str) -> Option<Vec<Scope>> {
    serde_json::from_str(json).ok()
}
