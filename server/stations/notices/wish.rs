//! What staff ask for, as the body of a request, and whether it can be.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::model::{Announcement, Extension, Kind, Subject};
use super::region::{Region, Shape};
use crate::accounts::Scope;
use crate::city::City;
use crate::error::{Error, FieldError};
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::hours::Hours;
use crate::stations::model::FacilityCode;
use crate::stations::state::Effect;

/// The most characters of a reason.
pub(super) const MAX_REASON: usize = 200;
/// How far ahead a notice may begin or end, in days.
pub(super) const MAX_AHEAD_DAYS: i64 = 731;
/// How long ago a notice may have begun, in days.
pub(super) const MAX_AGO_DAYS: i64 = 7;
/// The most districts that a regime names.
pub(super) const MAX_DISTRICTS: usize = 100;
/// The hours of a regime that names none.
const ALWAYS: &str = "24/7";

/// A notice for a station.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeWish {
    /// Whether it closes or opens.
    effect: Effect,
    /// Only this facility, which the station must have.
    facility: Option<FacilityCode>,
    /// When it begins; at most a week ago.
    from: DateTime<FixedOffset>,
    /// When it ends, within two years; left out, it holds until it is withdrawn.
    to: Option<DateTime<FixedOffset>>,
    /// Why, as workers read it.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// A notice for the stations of an area.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaNoticeWish {
    /// Which area, WGS-84, at most 2,000 points.
    area: Shape,
    /// Whether it closes or opens.
    effect: Effect,
    /// Only this facility, at the stations that have it.
    facility: Option<FacilityCode>,
    /// When it begins; at most a week ago.
    from: DateTime<FixedOffset>,
    /// When it ends, within two years; left out, it holds until it is withdrawn.
    to: Option<DateTime<FixedOffset>>,
    /// Why, as workers read it.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// An area that somebody is about to announce something for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaWish {
    /// Which area, WGS-84, at most 2,000 points.
    area: Shape,
    /// Only the stations that have this facility.
    pub(super) facility: Option<FacilityCode>,
}

/// Extended hours for the stations of districts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegimeWish {
    /// Against what.
    kind: Kind,
    /// Codes of districts, or their first digits: two for a province, four for a city.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 100)]
    districts: Vec<Scope>,
    /// The hours that are added to each station's own, in the grammar of opening hours; all day if left out.
    #[schema(max_length = 500)]
    hours: Option<String>,
    /// Only the stations that have this facility.
    facility: Option<FacilityCode>,
    /// When it begins; at most a week ago.
    from: DateTime<FixedOffset>,
    /// When it ends, within two years; left out, it holds until it is ended.
    to: Option<DateTime<FixedOffset>>,
    /// Why, as workers read it.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

impl NoticeWish {
    /// The notice for a station.
    pub(super) fn announcement(self, station: StationId, now: DateTime<Utc>) -> Result<Announcement, Error> {
        let Self { effect, facility, from, to, reason } = self;
        let reason = refused(span(from, to, now), &reason)?;
        Ok(Announcement { subject: Subject::Station(station), facility, effect, from, to, reason })
    }
}

impl AreaNoticeWish {
    /// The notice for the stations of its area that are within reach of its author.
    pub(super) fn announcement(self, reach: Vec<Scope>, now: DateTime<Utc>) -> Result<Announcement, Error> {
        let Self { area, effect, facility, from, to, reason } = self;
        let (drawn, mut errors) = (area.drawn(), span(from, to, now));
        errors.extend(drawn.as_ref().err().cloned());
        let reason = refused(errors, &reason)?;
        let area = drawn.map_err(|e| Error::Refused(vec![e]))?;
        let subject = Subject::Region(Region::new(area, reach));
        Ok(Announcement { subject, facility, effect, from, to, reason })
    }
}

impl AreaWish {
    /// The region of its area within reach of its author.
    pub(super) fn region(&self, reach: Vec<Scope>) -> Result<Region, Error> {
        Ok(Region::new(self.area.drawn().map_err(|e| Error::Refused(vec![e]))?, reach))
    }
}

impl RegimeWish {
    /// The regime, in a city whose districts are known.
    pub(super) fn extension(self, city: &City, now: DateTime<Utc>) -> Result<Extension, Error> {
        let Self { kind, districts, hours, facility, from, to, reason } = self;
        let hours = hours.unwrap_or_else(|| ALWAYS.to_owned());
        let mut errors = span(from, to, now);
        errors.extend(unknown_districts(&districts, city));
        if let Err(wrong) = Hours::parse(&hours, &city.calendar) {
            let said = |language| wrong.message(language);
            let (zh, en) = (said(Language::ZhCn), said(Language::En));
            errors.push(FieldError::new("hours", wrong.problem.code(), zh, en));
        }
        let reason = refused(errors, &reason)?;
        Ok(Extension { kind, districts, hours, facility, from, to, reason })
    }
}

fn unknown_districts(districts: &[Scope], city: &City) -> Option<FieldError> {
    if districts.is_empty() || districts.len() > MAX_DISTRICTS {
        let zh = format!("要写 1 到 {MAX_DISTRICTS} 个区县。");
        return Some(FieldError::new(
            "districts",
            "out_of_range",
            zh,
            format!("must be 1 to {MAX_DISTRICTS}"),
        ));
    }
    let is_known = |scope: &Scope| city.districts.iter().any(|d| scope.covers(Some(d.adcode)));
    let unknown = districts.iter().find(|scope| !is_known(scope))?;
    let zh = format!("没有代码以 {unknown} 开头的区县。");
    let en = format!("no district has a code that begins with {unknown}");
    Some(FieldError::new("districts", "unknown_district", zh, en))
}

/// What is wrong with the time of a notice.
fn span(
    from: DateTime<FixedOffset>,
    to: Option<DateTime<FixedOffset>>,
    now: DateTime<Utc>,
) -> Vec<FieldError> {
    let (latest, earliest) = (now + TimeDelta::days(MAX_AHEAD_DAYS), now - TimeDelta::days(MAX_AGO_DAYS));
    let far = |field: &'static str| {
        FieldError::new(field, "too_far", "最远两年以内。", "at most two years from now")
    };
    let mut errors = Vec::new();
    if from < earliest {
        errors.push(FieldError::new("from", "too_early", "最早七天以前。", "at most seven days ago"));
    }
    if from > latest {
        errors.push(far("from"));
    }
    match to {
        Some(to) if to <= from => {
            errors.push(FieldError::new(
                "to",
                "not_after_from",
                "要晚于开始时间。",
                "must be later than from",
            ));
        }
        Some(to) if to <= now => {
            errors.push(FieldError::new(
                "to",
                "over",
                "已经过去了，请写以后的时间。",
                "is past; give a time to come",
            ));
        }
        Some(to) if to > latest => errors.push(far("to")),
        _ => {}
    }
    errors
}

/// The reason without blanks around it, or everything that is wrong.
fn refused(mut errors: Vec<FieldError>, reason: &str) -> Result<String, Error> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        let zh = "请写原因，劳动者会看到。";
        errors.push(FieldError::new("reason", "missing", zh, "give a reason; workers read it"));
    } else if reason.chars().count() > MAX_REASON {
        let zh = format!("最多 {MAX_REASON} 个字。");
        errors.push(FieldError::new("reason", "too_long", zh, format!("at most {MAX_REASON} characters")));
    } else if reason.contains(char::is_control) {
        let zh = "只能写一行，不能有换行等控制字符。";
        errors.push(FieldError::new(
            "reason",
            "control_character",
            zh,
            "one line without control characters",
        ));
    }
    if errors.is_empty() { Ok(reason) } else { Err(Error::Refused(errors)) }
}
