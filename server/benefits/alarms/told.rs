//! What staff are told of an alarm.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::AlarmRow;
use crate::benefits::model::AlarmKind;
use crate::error::{Error, Words};
use crate::language::Language;
use crate::time::Zone;

/// Something with a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlarmNamed)]
struct Named {
    id: String,
    name: String,
}

/// An alarm.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitAlarm)]
pub(super) struct Told {
    /// Its identity.
    id: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    /// `velocity`, `distance`, `misses` or `night`.
    #[schema(value_type = String)]
    kind: AlarmKind,
    /// What is unusual, in words.
    words: String,
    /// The campaign, where it is about one.
    campaign: Option<Named>,
    merchant: Option<Named>,
    store: Option<Named>,
    /// The clerk, named by the end of his number.
    clerk: Option<Named>,
    /// What was found.
    found: i64,
    /// What would have been usual at most.
    bound: i64,
    /// When it was found.
    at: DateTime<FixedOffset>,
    /// When somebody looked.
    seen_at: Option<DateTime<FixedOffset>>,
}

/// A page of alarms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BenefitAlarms)]
pub(super) struct Page {
    /// The alarms, the newest first.
    pub(super) items: Vec<Told>,
    /// The cursor of the next page, where there is one.
    pub(super) next: Option<String>,
}

impl Told {
    /// Tells a row.
    pub(super) fn of(row: AlarmRow, zone: Zone, language: Language) -> Result<Self, Error> {
        let kind = row.kind.parse().map_err(|_| Error::Internal(format!("alarm {}: kind", row.id)))?;
        let named = |id: Option<String>, name: Option<String>| Some(Named { id: id?, name: name? });
        Ok(Self {
            words: words(kind, row.found, row.bound).of(language).to_owned(),
            id: row.id,
            version: row.version,
            kind,
            campaign: named(row.campaign_id, row.campaign_name),
            merchant: named(row.merchant_id, row.merchant_name),
            store: named(row.store_id, row.store_name),
            clerk: named(row.clerk_id, row.phone_end.map(|end| format!("…{end}"))),
            found: row.found,
            bound: row.bound,
            at: zone.from_ms(row.at_ms),
            seen_at: row.seen_ms.map(|ms| zone.from_ms(ms)),
        })
    }
}

fn words(kind: AlarmKind, found: i64, bound: i64) -> Words {
    match kind {
        AlarmKind::Velocity => Words::new(
            format!("几分钟内核销 {found} 次（通常不到 {bound} 次）。"),
            format!("{found} redemptions within minutes; fewer than {bound} are usual."),
        ),
        AlarmKind::Distance => Words::new(
            format!("核销时手机离门店约 {found} 米（上限 {bound} 米）。"),
            format!("The clerk's phone was about {found} m from the store; {bound} m are usual at most."),
        ),
        AlarmKind::Misses => Words::new(
            format!("连续 {found} 次输入不存在的券码。"),
            format!("{found} codes in a row that were none."),
        ),
        AlarmKind::Night => Words::new(
            format!("近三十天深夜核销占 {found}%（上限 {bound}%）。"),
            format!("{found} % of thirty days' redemptions were late at night; {bound} % are usual at most."),
        ),
    }
}
