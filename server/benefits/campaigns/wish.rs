//! The terms of a campaign as staff write them, and whether they can be.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::model::Campaign;
use super::store::PlaceRow;
use crate::benefits::eligibility::{MOST_ENTRIES, Rules};
use crate::benefits::fen::{Fen, MOST_FEN};
use crate::benefits::model::{Category, Mode};
use crate::error::{Error, FieldError};
use crate::ids::{Adcode, MerchantId, StoreId};
use crate::time::Zone;

/// The most characters of a name, of the rule in words, of a project and of a reason.
pub(super) const NAME_CHARS: usize = 60;
const RULE_CHARS: usize = 500;
const PROJECT_CHARS: usize = 40;
const REASON_CHARS: usize = 200;
/// The most vouchers of a campaign.
const MOST_STOCK: i64 = 10_000_000;
/// The most vouchers of one member.
const MOST_EACH: i64 = 1_000;
/// The most days for which a voucher is valid.
const MOST_DAYS: i64 = 1_100;
/// The most places that are named.
const MOST_PLACES: usize = 500;
/// The most tickets of somebody who never won.
const MOST_WEIGHT: i64 = 10;

/// The terms of a campaign.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignWish)]
pub(super) struct Wish {
    /// Its name.
    #[schema(min_length = 1, max_length = 60)]
    pub(super) name: String,
    /// What a member may expect, in words.
    #[schema(min_length = 1, max_length = 500)]
    pub(super) rule: String,
    /// What it belongs to, such as 511.
    #[schema(max_length = 40)]
    pub(super) project: Option<String>,
    /// What it is for.
    #[schema(value_type = String)]
    pub(super) category: Category,
    /// Whose it is; none: the whole city's.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// `first_come` or `draw`.
    #[schema(value_type = String)]
    pub(super) mode: Mode,
    /// From when on vouchers are given out.
    pub(super) opens_at: DateTime<FixedOffset>,
    /// From when on none are.
    pub(super) closes_at: DateTime<FixedOffset>,
    /// When its vouchers expire; either this or `valid_days`.
    pub(super) valid_until: Option<DateTime<FixedOffset>>,
    /// How many days after it was issued a voucher expires.
    #[schema(minimum = 1, maximum = 1100)]
    pub(super) valid_days: Option<i64>,
    /// What a voucher is worth.
    #[schema(value_type = i64, minimum = 1)]
    pub(super) face_fen: Fen,
    /// What of it the union pays; the merchant bears the rest.
    #[schema(value_type = i64, minimum = 0)]
    pub(super) union_fen: Fen,
    /// The least bill that a voucher may be used for.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    pub(super) min_spend_fen: Fen,
    /// Whether a voucher may be used in parts.
    #[serde(default)]
    pub(super) is_partial: bool,
    /// How many vouchers one member may have in all.
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) limit_total: i64,
    /// How many on one day.
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) limit_day: Option<i64>,
    /// How many in one month.
    #[schema(minimum = 1, maximum = 1000)]
    pub(super) limit_month: Option<i64>,
    /// What is asked of a member.
    #[serde(default)]
    pub(super) eligibility: Rules,
    /// In a draw, the tickets of somebody who never won; others have one.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 10)]
    pub(super) weight_never_won: i64,
    /// How many vouchers there are.
    #[schema(minimum = 1)]
    pub(super) stock: i64,
    /// What the union spends at most.
    #[schema(value_type = i64, minimum = 0)]
    pub(super) budget_fen: Fen,
    /// Where its vouchers are redeemed; empty: everywhere.
    #[serde(default)]
    pub(super) places: Vec<PlaceWish>,
}

/// A place of redemption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignPlaceWish)]
pub(super) struct PlaceWish {
    /// The merchant.
    #[schema(value_type = String, format = Uuid)]
    pub(super) merchant_id: MerchantId,
    /// One of its stores; none: all of them.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) store_id: Option<StoreId>,
}

/// A change of a draft: a merge patch (RFC 7396) of the fields of `CampaignWish`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = CampaignPatch, value_type = Object)]
pub(super) struct Patch(pub(super) Map<String, Value>);

/// Why something is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignReason)]
pub(super) struct Reason {
    /// Why, at most 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// More of everything.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CampaignRaise)]
pub(super) struct Raise {
    /// How many vouchers there are from now on; not fewer than before.
    #[schema(minimum = 1)]
    pub(super) stock: i64,
    /// What the union spends at most from now on; not less than before.
    #[schema(value_type = i64, minimum = 0)]
    pub(super) budget_fen: Fen,
}

fn one() -> i64 {
    1
}

impl Wish {
    /// The terms of a campaign as they are.
    pub(super) fn of(campaign: &Campaign, places: &[PlaceRow], zone: Zone) -> Result<Self, Error> {
        let row = &campaign.row;
        let fen = |fen: i64| Fen::try_from(fen).map_err(|e| Error::Internal(e.to_string()));
        let place = |p: &PlaceRow| {
            let merchant_id = p.merchant_id.parse().ok()?;
            Some(PlaceWish { merchant_id, store_id: p.store_id.parse().ok() })
        };
        Ok(Self {
            name: row.name.clone(),
            rule: row.rule.clone(),
            project: row.project.clone(),
            category: campaign.category,
            district: campaign.district,
            mode: campaign.mode,
            opens_at: zone.from_ms(row.opens_ms),
            closes_at: zone.from_ms(row.closes_ms),
            valid_until: row.valid_until_ms.map(|ms| zone.from_ms(ms)),
            valid_days: row.valid_days,
            face_fen: fen(row.face_fen)?,
            union_fen: fen(row.union_fen)?,
            min_spend_fen: fen(row.min_spend_fen)?,
            is_partial: row.is_partial,
            limit_total: row.limit_total,
            limit_day: row.limit_day,
            limit_month: row.limit_month,
            eligibility: campaign.rules.clone(),
            weight_never_won: row.weight_never_won,
            stock: row.stock,
            budget_fen: fen(row.budget_fen)?,
            places: places.iter().filter_map(place).collect(),
        })
    }

    /// The same with some of it changed; `null` takes away.
    ///
    /// # Errors
    /// [`Error::Malformed`] where a field is unknown or unreadable.
    pub(super) fn patched(&self, patch: Patch) -> Result<Self, Error> {
        let broken = |e: serde_json::Error| Error::Internal(format!("terms that are no JSON: {e}"));
        let mut value = serde_json::to_value(self).map_err(broken)?;
        for (name, new) in patch.0 {
            match (&mut value, new) {
                (Value::Object(object), Value::Null) => drop(object.remove(&name)),
                (Value::Object(object), new) => drop(object.insert(name, new)),
                _ => {}
            }
        }
        crate::http::body::read(&serde_json::to_vec(&value).map_err(broken)?)
    }

    /// Checks the terms; texts come without the space around them.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that breaks a rule.
    pub(super) fn checked(mut self) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        self.name = text(&mut wrong, "name", &self.name, NAME_CHARS);
        self.rule = text(&mut wrong, "rule", &self.rule, RULE_CHARS);
        self.project = self.project.map(|p| text(&mut wrong, "project", &p, PROJECT_CHARS));
        self.check_times(&mut wrong);
        self.check_money(&mut wrong);
        self.check_limits(&mut wrong);
        let lists = [&self.eligibility.unions, &self.eligibility.trades, &self.eligibility.districts];
        let is_long = |list: &Vec<String>| {
            list.len() > MOST_ENTRIES
                || list.iter().any(|one| one.trim().is_empty() || one.chars().count() > 100)
        };
        if lists.into_iter().any(is_long) || self.eligibility.cards.len() > MOST_ENTRIES {
            let zh = format!("每一项最多 {MOST_ENTRIES} 个，每个 1 到 100 个字。");
            let en = format!("each list has at most {MOST_ENTRIES} entries of 1 to 100 characters");
            wrong.push(FieldError::new("eligibility", "too_long", zh, en));
        }
        if self.places.len() > MOST_PLACES {
            let (zh, en) = (format!("最多 {MOST_PLACES} 处。"), format!("at most {MOST_PLACES} places"));
            wrong.push(FieldError::new("places", "too_many", zh, en));
        }
        self.places.sort_by_key(|p| (p.merchant_id, p.store_id));
        self.places.dedup();
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }

    fn check_times(&self, wrong: &mut Vec<FieldError>) {
        if self.closes_at <= self.opens_at {
            let en = "must be later than opens_at";
            wrong.push(FieldError::new("closes_at", "too_early", "要晚于开始时间。", en));
        }
        match (self.valid_until, self.valid_days) {
            (Some(until), None) if until <= self.closes_at => {
                let (zh, en) = ("要晚于活动结束时间。", "must be later than closes_at");
                wrong.push(FieldError::new("valid_until", "too_early", zh, en));
            }
            (Some(_), None) => {}
            (None, Some(days)) => within(wrong, "valid_days", days, MOST_DAYS),
            _ => {
                let (zh, en) =
                    ("有效期写截止时间或天数，只写一个。", "give either valid_until or valid_days");
                wrong.push(FieldError::new("valid_until", "one_of", zh, en));
            }
        }
    }

    fn check_money(&self, wrong: &mut Vec<FieldError>) {
        let (face, union) = (self.face_fen.get(), self.union_fen.get());
        within(wrong, "face_fen", face, MOST_FEN);
        within(wrong, "stock", self.stock, MOST_STOCK);
        if union > face {
            let (zh, en) = ("工会承担的不能超过面值。", "must not be more than face_fen");
            wrong.push(FieldError::new("union_fen", "too_large", zh, en));
        }
        // Whoever wins a draw gets his voucher; whoever comes first may find the budget used up.
        let least = if self.mode == Mode::Draw { union.saturating_mul(self.stock) } else { union };
        if self.budget_fen.get() < least {
            let zh = format!("预算至少要 {least} 分。");
            wrong.push(FieldError::new("budget_fen", "too_small", zh, format!("must be at least {least}")));
        }
    }

    fn check_limits(&self, wrong: &mut Vec<FieldError>) {
        within(wrong, "limit_total", self.limit_total, MOST_EACH);
        let parts = [("limit_day", self.limit_day), ("limit_month", self.limit_month)];
        for (field, limit) in parts.into_iter().filter_map(|(field, limit)| Some((field, limit?))) {
            within(wrong, field, limit, self.limit_total.clamp(1, MOST_EACH));
        }
        within(wrong, "weight_never_won", self.weight_never_won, MOST_WEIGHT);
    }
}

impl Raise {
    /// Checks the numbers against those before.
    ///
    /// # Errors
    /// [`Error::Refused`] where one is too large or less than before.
    pub(super) fn checked(self, row: &super::store::CampaignRow, mode: Mode) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        within(&mut wrong, "stock", self.stock, MOST_STOCK);
        for (field, new, old) in
            [("stock", self.stock, row.stock), ("budget_fen", self.budget_fen.get(), row.budget_fen)]
        {
            if new < old {
                let (zh, en) =
                    (format!("只能增加，现在是 {old}。"), format!("can only be raised; it is {old}"));
                wrong.push(FieldError::new(field, "too_small", zh, en));
            }
        }
        let least = row.union_fen.saturating_mul(self.stock);
        if mode == Mode::Draw && self.budget_fen.get() < least {
            let zh = format!("预算至少要 {least} 分。");
            wrong.push(FieldError::new("budget_fen", "too_small", zh, format!("must be at least {least}")));
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }
}

impl Reason {
    /// The reason without the space around it.
    ///
    /// # Errors
    /// [`Error::Refused`] where there is none, or it is too long.
    pub(super) fn checked(self) -> Result<String, Error> {
        let mut wrong = Vec::new();
        let reason = text(&mut wrong, "reason", &self.reason, REASON_CHARS);
        if wrong.is_empty() { Ok(reason) } else { Err(Error::Refused(wrong)) }
    }
}

fn within(wrong: &mut Vec<FieldError>, field: &'static str, number: i64, most: i64) {
    if !(1..=most).contains(&number) {
        let (zh, en) = (format!("要写 1 到 {most} 的整数。"), format!("must be 1 to {most}"));
        wrong.push(FieldError::new(field, "out_of_range", zh, en));
    }
}

/// A text of 1 to `most` characters without control characters and the space around it.
fn text(wrong: &mut Vec<FieldError>, field: &'static str, given: &str, most: usize) -> String {
    let kept: String = given.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let kept = kept.trim().to_owned();
    if !(1..=most).contains(&kept.chars().count()) {
        let (zh, en) = (format!("要写 1 到 {most} 个字。"), format!("must have 1 to {most} characters"));
        wrong.push(FieldError::new(field, "bad_length", zh, en));
    }
    kept
}
