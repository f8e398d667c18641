//! Notices and regimes as staff are told of them.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::listing::{ListedNotice, ListedRegime};
use super::model::Kind;
use super::region::{Region, Shape, is_within};
use super::wide::scopes;
use crate::accounts::Scope;
use crate::error::Error;
use crate::ids::{AccountId, Adcode, NoticeId, RegimeId, StationId};
use crate::stations::model::FacilityCode;
use crate::stations::record::effect_of;
use crate::stations::snapshot::{Entry, Snapshot};
use crate::stations::state::Effect;

/// A page of notices.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffNotices)]
pub(super) struct Notices {
    /// The newest first.
    pub(super) items: Vec<Told>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<NoticeId>,
}

/// A page of regimes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffRegimes)]
pub(super) struct Regimes {
    /// The newest first.
    pub(super) items: Vec<ToldRegime>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<RegimeId>,
}

/// A notice with its author and what it is for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffNotice)]
pub(super) struct Told {
    pub(super) id: NoticeId,
    /// The version, for `If-Match`.
    pub(super) version: i64,
    /// The station that it is for; null where it is for an area.
    #[schema(required)]
    pub(super) station: Option<Named>,
    /// The area that it is for, WGS-84.
    #[schema(required)]
    pub(super) area: Option<Shape>,
    /// How many public stations it is for.
    pub(super) stations: usize,
    /// The facility that it is for; null where it is for whole stations.
    #[schema(required)]
    pub(super) facility: Option<FacilityCode>,
    pub(super) effect: Effect,
    pub(super) from: DateTime<FixedOffset>,
    /// Null: until it is withdrawn.
    #[schema(required)]
    pub(super) to: Option<DateTime<FixedOffset>>,
    /// Why, as workers read it.
    pub(super) reason: String,
    /// Who announced it; null: the operator.
    #[schema(required)]
    pub(super) by: Option<By>,
    pub(super) created: DateTime<FixedOffset>,
    #[schema(required)]
    pub(super) withdrawn: Option<DateTime<FixedOffset>>,
    /// Whether it counts now.
    pub(super) current: bool,
}

/// A regime of extended hours with its author.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffRegime)]
pub(super) struct ToldRegime {
    pub(super) id: RegimeId,
    /// The version, for `If-Match`.
    pub(super) version: i64,
    pub(super) kind: Kind,
    /// Codes of districts, or their first digits.
    #[schema(value_type = Vec<String>)]
    pub(super) districts: Vec<Scope>,
    /// The hours that are added, in the grammar.
    pub(super) hours: String,
    /// Only the stations that have this facility.
    #[schema(required)]
    pub(super) facility: Option<FacilityCode>,
    pub(super) from: DateTime<FixedOffset>,
    /// Null: until it is ended.
    #[schema(required)]
    pub(super) to: Option<DateTime<FixedOffset>>,
    /// Why, as workers read it.
    pub(super) reason: String,
    /// Who began it; null: the operator.
    #[schema(required)]
    pub(super) by: Option<By>,
    pub(super) created: DateTime<FixedOffset>,
    #[schema(required)]
    pub(super) ended: Option<DateTime<FixedOffset>>,
    /// Whether it counts now.
    pub(super) current: bool,
    /// How many public stations it is for.
    pub(super) stations: usize,
}

/// A station by its names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NamedStation)]
pub(super) struct Named {
    pub(super) id: StationId,
    pub(super) name: String,
    /// The official number.
    #[schema(required)]
    pub(super) code: Option<String>,
}

/// A person by his name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NamedAccount)]
pub(super) struct By {
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: AccountId,
    pub(super) name: String,
}

/// The stations of an area.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StationsOfArea)]
pub(super) struct Preview {
    /// How many public stations there are.
    pub(super) stations: usize,
    /// The names of the first of them.
    pub(super) names: Vec<String>,
}

/// What is wrong with a row that says so.
pub(super) fn broken(what: &'static str, id: &str) -> Error {
    Error::Internal(format!("{what} {id} cannot be read"))
}

impl ListedNotice {
    /// The station that it is for, with its district.
    pub(super) fn station(&self) -> Option<(StationId, Option<Adcode>)> {
        let district = self.station_district.as_deref().and_then(|d| d.parse().ok());
        Some((self.station_id.as_deref()?.parse().ok()?, district))
    }

    /// The region that it is for.
    pub(super) fn region(&self) -> Option<Region> {
        let shape: Shape = serde_json::from_str(self.area.as_deref()?).ok()?;
        Some(Region::new(shape.area(), scopes(self.reach.as_deref()?)?))
    }

    fn facility(&self) -> Option<FacilityCode> {
        self.facility.as_deref()?.parse().ok()
    }

    /// The notice as staff are told of it; `covered` are the stations of its area.
    pub(super) fn told(
        self,
        snapshot: &Snapshot,
        covered: &[&Entry],
        now: DateTime<Utc>,
    ) -> Result<Told, Error> {
        let wrong = || broken("notice", &self.id);
        let stamp = |ms: i64| snapshot.zone().from_ms(ms);
        let station = self.station().map(|(id, _)| Named {
            id,
            name: self.station_name.clone().unwrap_or_default(),
            code: self.station_code.clone(),
        });
        let public = station.as_ref().is_some_and(|s| snapshot.has(s.id));
        let area = self.area.as_deref().map(serde_json::from_str).transpose().map_err(|_| wrong())?;
        Ok(Told {
            id: self.id.parse().map_err(|_| wrong())?,
            version: self.version,
            stations: if area.is_some() { covered.len() } else { usize::from(public) },
            station,
            area,
            facility: self.facility(),
            effect: effect_of(&self.effect).ok_or_else(wrong)?,
            from: stamp(self.from_ms),
            to: self.to_ms.map(stamp),
            by: by(self.account_id.as_deref(), self.account_name),
            created: stamp(self.created_ms),
            withdrawn: self.withdrawn_ms.map(stamp),
            current: is_current(self.from_ms, [self.to_ms, self.withdrawn_ms], now),
            reason: self.reason,
        })
    }

    /// The public stations of its area; none where it is for one station.
    pub(super) fn covered<'a>(&self, snapshot: &'a Snapshot) -> Vec<&'a Entry> {
        self.region().map(|region| covered(snapshot, &region, self.facility())).unwrap_or_default()
    }
}

impl ListedRegime {
    /// Where it holds.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        scopes(&self.districts).unwrap_or_default()
    }

    /// The regime as staff are told of it.
    pub(super) fn told(self, snapshot: &Snapshot, now: DateTime<Utc>) -> Result<ToldRegime, Error> {
        let wrong = || broken("regime", &self.id);
        let stamp = |ms: i64| snapshot.zone().from_ms(ms);
        let (districts, facility) = (self.scopes(), self.facility.as_deref().and_then(|f| f.parse().ok()));
        let has = |e: &Entry| facility.is_none_or(|code| e.facility(code).is_some());
        let within = |e: &Entry| is_within(&districts, e.station.facts.district) && has(e);
        Ok(ToldRegime {
            id: self.id.parse().map_err(|_| wrong())?,
            version: self.version,
            kind: Kind::of(&self.kind).ok_or_else(wrong)?,
            stations: snapshot.entries().filter(|e| within(e)).count(),
            districts,
            facility,
            from: stamp(self.from_ms),
            to: self.to_ms.map(stamp),
            by: by(self.account_id.as_deref(), self.account_name),
            created: stamp(self.created_ms),
            ended: self.ended_ms.map(stamp),
            current: is_current(self.from_ms, [self.to_ms, self.ended_ms], now),
            hours: self.hours,
            reason: self.reason,
        })
    }
}

/// The public stations of a region that have a facility, if one is asked for, in the order of their ids.
pub(super) fn covered<'a>(
    snapshot: &'a Snapshot,
    region: &Region,
    facility: Option<FacilityCode>,
) -> Vec<&'a Entry> {
    let has = |e: &Entry| facility.is_none_or(|code| e.facility(code).is_some());
    let inside = |e: &&Entry| region.covers(e.position(), e.station.facts.district) && has(e);
    snapshot.entries().map(AsRef::as_ref).filter(inside).collect()
}

fn by(id: Option<&str>, name: Option<String>) -> Option<By> {
    Some(By { id: id?.parse().ok()?, name: name.unwrap_or_default() })
}

fn is_current(from_ms: i64, ends_ms: [Option<i64>; 2], now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    from_ms <= now_ms && ends_ms.into_iter().flatten().all(|end| now_ms < end)
}
