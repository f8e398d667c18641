//! What a campaign says of its vouchers.

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::store::TermsRow;
use crate::benefits::eligibility::Rules;
use crate::benefits::model::{CampaignState, Mode};
use crate::error::Error;
use crate::ids::CampaignId;
use crate::time::Zone;

/// Under what terms vouchers are given out and used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its rule in words.
    pub rule: String,
    /// Where it stands.
    pub state: CampaignState,
    /// Who gets a voucher.
    pub mode: Mode,
    /// From when on vouchers are given out, and until before when.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// When vouchers expire: at an instant, or some days after they were issued.
    pub validity: Validity,
    /// What a voucher is worth, in fen.
    pub face_fen: i64,
    /// What of it the union pays, in fen.
    pub union_fen: i64,
    /// The least bill, in fen; 0 asks for none.
    pub min_spend_fen: i64,
    /// Whether a voucher can be used in parts.
    pub is_partial: bool,
    /// The most vouchers of a member: in all, on a day, in a month.
    pub limits: Limits,
    /// Who may claim.
    pub eligibility: Rules,
}

/// Until when a voucher is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Until before an instant.
    Until(DateTime<Utc>),
    /// Until the end of the n-th day after the day of its issue.
    Days(i64),
}

/// The most vouchers of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In all.
    pub total: i64,
    /// On a local day.
    pub day: Option<i64>,
    /// In a local month.
    pub month: Option<i64>,
}

impl Terms {
    /// A row of `campaign`.
    pub(super) fn read(row: TermsRow) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("campaign {}: {what} cannot be read", row.id));
        let instant = |ms| DateTime::from_timestamp_millis(ms).ok_or_else(|| broken("an instant"));
        let validity = match (row.valid_until_ms, row.valid_days) {
            (Some(ms), _) => Validity::Until(instant(ms)?),
            (None, days) => Validity::Days(days.ok_or_else(|| broken("the validity"))?),
        };
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("the id"))?,
            state: row.state.parse().map_err(|_| broken("the state"))?,
            mode: row.mode.parse().map_err(|_| broken("the mode"))?,
            window: (instant(row.opens_ms)?, instant(row.closes_ms)?),
            validity,
            eligibility: serde_json::from_str(&row.eligibility).map_err(|_| broken("the eligibility"))?,
            limits: Limits { total: row.limit_total, day: row.limit_day, month: row.limit_month },
            name: row.name,
            rule: row.rule,
            face_fen: row.face_fen,
            union_fen: row.union_fen,
            min_spend_fen: row.min_spend_fen,
            is_partial: row.is_partial,
        })
    }

    /// When a voucher expires that is issued at an instant.
    pub fn expires(&self, issued: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        match self.validity {
            Validity::Until(instant) => instant,
            Validity::Days(days) => {
                let next = zone.local(issued).date() + TimeDelta::days(days + 1);
                zone.instant(next.and_time(chrono::NaiveTime::MIN)).to_utc()
            }
        }
    }
}

impl Limits {
    /// The periods of an instant that are counted, each by its name in `claim_slot`, with the most of it.
    pub fn periods(&self, now: DateTime<Utc>, zone: Zone) -> Vec<(String, i64)> {
        let today = zone.local(now).date();
        let day = self.day.map(|most| (today.to_string(), most));
        let month = self.month.map(|most| (format!("{}-{:02}", today.year(), today.month()), most));
        [Some(("total".to_owned(), self.total)), day, month].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHANGHAI: Zone = Zone(chrono_tz::Asia::Shanghai);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_end_at_midnight_of_the_city() {
        let terms = Terms {
            id: CampaignId::new(at("2026-11-23T00:00:00Z")),
            name: String::new(),
            rule: String::new(),
            state: CampaignState::Running,
            mode: Mode::FirstCome,
            window: (at("2026-11-23T00:00:00Z"), at("2026-12-23T00:00:00Z")),
            validity: Validity::Days(7),
            face_fen: 2_000,
            union_fen: 1_500,
            min_spend_fen: 0,
            is_partial: false,
            limits: Limits { total: 1, day: None, month: None },
            eligibility: Rules::default(),
        };
        for (issued, expires) in [
            ("2026-11-23T08:00:00+08:00", "2026-12-01T00:00:00+08:00"),
            ("2026-11-23T23:59:59+08:00", "2026-12-01T00:00:00+08:00"),
            ("2026-11-24T00:00:00+08:00", "2026-12-02T00:00:00+08:00"),
        ] {
            assert_eq!(terms.expires(at(issued), SHANGHAI), at(expires), "{issued}");
        }
    }

    #[test]
    fn periods_are_those_of_the_city() {
        let limits = Limits { total: 5, day: Some(1), month: Some(3) };
        let periods = limits.periods(at("2026-11-30T16:30:00Z"), SHANGHAI);
        let told: Vec<_> = periods.iter().map(|(name, most)| (name.as_str(), *most)).collect();
        assert_eq!(told, [("total", 5), ("2026-12-01", 1), ("2026-12", 3)]);
    }
}
