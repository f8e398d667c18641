//! What people ask of rounds, read and checked.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::accounts::Scope;
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, StationId};
use crate::stations::life::patch::remark;
use crate::stations::listing::StaffFilter;
use crate::stations::model::{FacilityCode, Host, Status};

/// The most stations of a round.
pub(super) const MOST_STOPS: usize = 200;
/// The most characters of a name, and of a note.
pub(super) const NAME_CHARS: usize = 60;
pub(super) const NOTE_CHARS: usize = 500;
/// The longest round, in days.
const MOST_DAYS: i64 = 366;
/// The most days that a filter looks back.
const MOST_BACK: i64 = 3_660;

/// Which stations: those named, or those that a filter finds. Order does not matter.
#[derive(Debug, Clone)]
pub(super) enum Chosen {
    /// These.
    Stations(Vec<StationId>),
    /// The public ones of the scope that are all of this.
    Filter(Filter),
}

impl Chosen {
    /// One of the two that a body may give.
    fn of(stations: Option<&Vec<StationId>>, filter: Option<&Filter>) -> Result<Self, Error> {
        match (stations, filter) {
            (Some(stations), None) => Ok(Self::Stations(stations.clone())),
            (None, Some(filter)) => Ok(Self::Filter(filter.clone())),
            _ => {
                let (zh, en) = ("写 stations 或 filter 中的一个。", "give either stations or filter");
                Err(Error::Refused(vec![FieldError::new("stations", "one_of", zh, en)]))
            }
        }
    }
}

/// Which public stations of a scope.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RoundFilter)]
pub(super) struct Filter {
    /// One of these kinds of place.
    hosts: Vec<Host>,
    /// All of these facilities.
    facilities: Vec<FacilityCode>,
    /// Not confirmed for so many days.
    #[schema(minimum = 1, maximum = 3660)]
    unconfirmed_days: Option<i64>,
    /// Not inspected for so many days.
    #[schema(minimum = 1, maximum = 3660)]
    pub(super) uninspected_days: Option<i64>,
    /// With findings that are to be put right or looked at again.
    pub(super) has_findings: bool,
}

/// A round that somebody plans.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoundWish)]
pub(super) struct RoundWish {
    /// What it is called.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Beginning of the district codes in which its stations lie.
    #[schema(value_type = String)]
    pub(super) scope: Scope,
    /// The first and the last day, both inclusive.
    first_day: NaiveDate,
    last_day: NaiveDate,
    /// Who walks it; he must be allowed to inspect there.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) inspector: Option<AccountId>,
    #[schema(max_length = 500)]
    note: Option<String>,
    /// These stations,
    #[schema(min_items = 1, max_items = 200)]
    stations: Option<Vec<StationId>>,
    /// or the public ones of the scope that are like this.
    filter: Option<Filter>,
}

/// Which stations a round would have, before it is planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoundPreviewWish)]
pub(super) struct PreviewWish {
    /// Beginning of the district codes in which its stations lie.
    #[schema(value_type = String)]
    pub(super) scope: Scope,
    /// These stations,
    #[schema(min_items = 1, max_items = 200)]
    stations: Option<Vec<StationId>>,
    /// or the public ones of the scope that are like this.
    filter: Option<Filter>,
}

/// What shall be other; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoundPatch)]
pub(super) struct RoundPatch {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// Null: nobody yet.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) inspector: Said<AccountId>,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Said<String>,
    /// These stations in the place of those that there are.
    #[schema(min_items = 1, max_items = 200)]
    pub(super) stations: Option<Vec<StationId>>,
}

/// A field of a patch: left out, null, or given.
#[derive(Debug, Clone, Default)]
pub(super) enum Said<T> {
    /// Left out.
    #[default]
    Nothing,
    /// Null.
    Null,
    /// Given.
    This(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Said<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(|given| given.map_or(Self::Null, Self::This))
    }
}

impl<T: Clone> Said<T> {
    /// What there is after it.
    fn over(&self, old: Option<T>) -> Option<T> {
        match self {
            Self::Nothing => old,
            Self::Null => None,
            Self::This(new) => Some(new.clone()),
        }
    }
}

/// What a round says of itself, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) first_day: NaiveDate,
    pub(super) last_day: NaiveDate,
    pub(super) inspector: Option<AccountId>,
    pub(super) note: Option<String>,
}

impl PreviewWish {
    /// Which stations.
    pub(super) fn chosen(&self) -> Result<Chosen, Error> {
        Chosen::of(self.stations.as_ref(), self.filter.as_ref())
    }
}

impl RoundWish {
    /// Which stations.
    pub(super) fn chosen(&self) -> Result<Chosen, Error> {
        Chosen::of(self.stations.as_ref(), self.filter.as_ref())
    }

    /// What it says of itself.
    pub(super) fn plan(&self) -> Result<Plan, Error> {
        let (name, note) = (self.name.clone(), self.note.clone());
        Plan { name, first_day: self.first_day, last_day: self.last_day, inspector: self.inspector, note }
            .checked()
    }
}

impl RoundPatch {
    /// A round's plan with what shall be other.
    pub(super) fn laid_over(&self, old: Plan) -> Result<Plan, Error> {
        let plan = Plan {
            name: self.name.clone().unwrap_or(old.name),
            first_day: self.first_day.unwrap_or(old.first_day),
            last_day: self.last_day.unwrap_or(old.last_day),
            inspector: self.inspector.over(old.inspector),
            note: self.note.over(old.note),
        };
        plan.checked()
    }
}

impl Plan {
    fn checked(self) -> Result<Self, Error> {
        let name = remark("name", Some(&self.name), NAME_CHARS)?;
        let refused =
            |field, code, zh: &str, en: &str| Err(Error::Refused(vec![FieldError::new(field, code, zh, en)]));
        let Some(name) = name else { return refused("name", "missing", "请写名称。", "give it a name") };
        if name.contains(char::is_control) {
            return refused(
                "name",
                "control_character",
                "只能写一行。",
                "one line without control characters",
            );
        }
        if self.last_day < self.first_day {
            return refused(
                "last_day",
                "before_first_day",
                "不能早于开始那天。",
                "must not be before first_day",
            );
        }
        if self.last_day - self.first_day > TimeDelta::days(MOST_DAYS) {
            return refused("last_day", "too_far", "最长一年。", "at most a year after first_day");
        }
        let note = remark("note", self.note.as_deref(), NOTE_CHARS)?;
        Ok(Self { name, note, ..self })
    }
}

impl Filter {
    /// The registry's filter for the public stations of a scope.
    pub(super) fn of_registry(&self, scope: &Scope, now: DateTime<Utc>) -> Result<StaffFilter, Error> {
        for (field, days) in [
            ("filter.unconfirmed_days", self.unconfirmed_days),
            ("filter.uninspected_days", self.uninspected_days),
        ] {
            if days.is_some_and(|days| !(1..=MOST_BACK).contains(&days)) {
                let (zh, en) = (format!("要在 1 到 {MOST_BACK} 之间。"), format!("must be 1 to {MOST_BACK}"));
                return Err(Error::Refused(vec![FieldError::new(field, "out_of_range", zh, en)]));
            }
        }
        Ok(StaffFilter {
            statuses: vec![Status::Open, Status::Suspended],
            district: Some(scope.as_str().to_owned()).filter(|s| !s.is_empty()),
            hosts: self.hosts.clone(),
            facilities: self.facilities.clone(),
            confirmed_before: self.unconfirmed_days.map(|days| now - TimeDelta::days(days)),
            ..StaffFilter::default()
        })
    }
}
