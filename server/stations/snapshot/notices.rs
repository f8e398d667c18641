//! The notices of a station: made ready when it is loaded, and told when they are near.

use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};
use uuid::Uuid;

use super::entry::Entry;
use super::moment::Moment;
use crate::language::Language;
use crate::stations::hours::Openings;
use crate::stations::model::{FacilityCode, Station};
use crate::stations::notices::model::{Kind, Origin};
use crate::stations::state::{Effect, Notice};

/// A notice or regime as the store gives it to a station that it is for.
#[derive(Debug, Clone)]
pub struct Announced {
    /// Its id, for the order of those that begin together.
    pub id: Uuid,
    /// The facility that it is for; `None`: the whole station.
    pub facility: Option<FacilityCode>,
    /// The hours in which it opens, in the grammar; `None`: throughout.
    pub hours: Option<Arc<str>>,
    /// The notice, its hours not yet resolved.
    pub notice: Notice,
}

/// The notices for all of a station, and those for each of the facilities that it has, earliest first.
pub(super) fn resolved(
    mut announced: Vec<Announced>,
    station: &Station,
    openings: &mut Openings,
) -> (Vec<Notice>, Vec<(FacilityCode, Vec<Notice>)>) {
    announced.sort_by_key(|a| (a.notice.from, a.id));
    let (mut own, mut of_facilities) = (Vec::new(), Vec::<(FacilityCode, Vec<Notice>)>::new());
    for Announced { facility, hours, mut notice, .. } in announced {
        if let Some(hours) = hours {
            notice.during = openings.of(&hours);
            // Hours that nobody can read open nothing.
            if notice.during.is_none() {
                continue;
            }
        }
        let Some(code) = facility else {
            own.push(notice);
            continue;
        };
        if station.facts.facilities.iter().any(|f| f.code == code) {
            match of_facilities.iter_mut().find(|(known, _)| *known == code) {
                Some((_, notices)) => notices.push(notice),
                None => of_facilities.push((code, vec![notice])),
            }
        }
    }
    (own, of_facilities)
}

/// A notice with its times in the city's zone.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = Notice)]
pub struct NoticeAt<'a> {
    /// When it begins.
    pub from: DateTime<FixedOffset>,
    /// When it ends; null until it is withdrawn.
    #[schema(required)]
    pub to: Option<DateTime<FixedOffset>>,
    /// What it does.
    pub effect: Effect,
    /// The facility that it is for; absent: the whole station.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub facility: Option<FacilityCode>,
    /// Whether it was announced for every station of an area.
    pub area: bool,
    /// The regime of extended hours that it is, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub regime: Option<Kind>,
    /// The hours that a regime adds, for people, in the language of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hours_text: Option<&'a str>,
    /// Why, in the words shown to workers.
    pub reason: &'a str,
}

/// How long before it begins a notice is announced, in days.
const ANNOUNCED_DAYS: u64 = 14;

impl Entry {
    /// The notices in force at any instant of a time, and those that begin up to 14 days after it, earliest first.
    pub fn notices_announced(
        &self,
        moment: &Moment,
        until: &Moment,
        language: Language,
    ) -> Vec<NoticeAt<'_>> {
        let latest = until.local.checked_add_days(Days::new(ANNOUNCED_DAYS)).unwrap_or(until.local);
        let is_near = |n: &Notice| n.from <= latest && n.to.is_none_or(|to| to > moment.local);
        let mut near: Vec<_> = self.all_notices().filter(|(_, n)| is_near(n)).collect();
        near.sort_by_key(|(_, n)| n.from);
        near.into_iter().map(|(facility, n)| told(facility, n, moment, language)).collect()
    }
}

fn told<'a>(
    facility: Option<FacilityCode>,
    notice: &'a Notice,
    moment: &Moment,
    language: Language,
) -> NoticeAt<'a> {
    NoticeAt {
        from: moment.stamp(notice.from),
        to: notice.to.map(|to| moment.stamp(to)),
        effect: notice.effect,
        facility,
        area: notice.origin == Origin::Area,
        regime: if let Origin::Regime(kind) = notice.origin { Some(kind) } else { None },
        hours_text: notice.during.as_ref().map(|o| o.words(language)),
        reason: &notice.reason,
    }
}
