//! What stands on a statement.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::benefits::settlements::told::{Merchant, ToldAdjustment, ToldLine, ToldStatement};
use crate::language::Language;

/// The statement of any days of a merchant: what was redeemed and not taken back, settled or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OpenStatement)]
pub(super) struct Sheet {
    /// Whose.
    pub(super) merchant: Merchant,
    /// The number of the settlement, where it is one.
    #[serde(skip)]
    pub(super) number: Option<String>,
    /// The first day; none: everything that no earlier settlement holds.
    pub(super) from: Option<NaiveDate>,
    /// The last day.
    pub(super) until: String,
    /// How many redemptions.
    pub(super) redemptions: usize,
    /// What they come to, in fen.
    pub(super) amount_fen: i64,
    /// What of it the union pays, in fen.
    pub(super) union_fen: i64,
    /// What was put right, in fen.
    pub(super) adjusted_fen: i64,
    /// What the union pays in all, in fen.
    pub(super) due_fen: i64,
    /// When it was made.
    pub(super) made_at: DateTime<FixedOffset>,
    /// The redemptions, the first first.
    pub(super) lines: Vec<ToldLine>,
    /// What was put right, the first first.
    pub(super) adjustments: Vec<ToldAdjustment>,
}

impl Sheet {
    /// Some days of a merchant, summed.
    pub(super) fn open(
        merchant: Merchant,
        (from, until): (NaiveDate, NaiveDate),
        made_at: DateTime<FixedOffset>,
        lines: Vec<ToldLine>,
        adjustments: Vec<ToldAdjustment>,
    ) -> Self {
        let (amount_fen, union_fen) =
            lines.iter().fold((0, 0), |(a, u), line| (a + line.amount_fen, u + line.union_fen));
        let adjusted_fen = adjustments.iter().map(|a| a.amount_fen).sum();
        Self {
            merchant,
            number: None,
            from: Some(from),
            until: until.to_string(),
            redemptions: lines.len(),
            amount_fen,
            union_fen,
            adjusted_fen,
            due_fen: union_fen + adjusted_fen,
            made_at,
            lines,
            adjustments,
        }
    }

    /// Which days it is about, in words.
    pub(super) fn days(&self, language: Language) -> String {
        let until = &self.until;
        match self.from {
            Some(from) => language.of(format!("{from} 至 {until}"), format!("{from} to {until}")),
            None => language.of(format!("截至 {until}"), format!("up to {until}")),
        }
    }

    /// The words above it.
    pub(super) fn title(&self, language: Language) -> &'static str {
        match self.number {
            Some(_) => language.of("商户结算单", "Settlement"),
            None => language.of("商户对账单（未结算）", "Statement (not settled)"),
        }
    }

    /// Its lines in words and amounts, the adjustments after the redemptions.
    pub(super) fn rows(&self, language: Language) -> Vec<Row> {
        let redeemed = self.lines.iter().map(|line| Row {
            at: line.at,
            store: line.store.clone(),
            what: line.campaign.clone(),
            amount_fen: Some(line.amount_fen),
            union_fen: line.union_fen,
        });
        let adjusted = self.adjustments.iter().map(|a| Row {
            at: a.at,
            store: language.of("调整", "adjustment").to_owned(),
            what: a.reason.clone(),
            amount_fen: None,
            union_fen: a.amount_fen,
        });
        redeemed.chain(adjusted).collect()
    }
}

/// One line: a redemption, or something that was put right.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// When.
    pub(super) at: DateTime<FixedOffset>,
    /// Where, or that it is an adjustment.
    pub(super) store: String,
    /// The campaign, or the reason.
    pub(super) what: String,
    /// What was redeemed, in fen.
    pub(super) amount_fen: Option<i64>,
    /// What the union pays, in fen.
    pub(super) union_fen: i64,
}

impl From<ToldStatement> for Sheet {
    fn from(told: ToldStatement) -> Self {
        let s = told.settlement;
        Self {
            merchant: s.merchant,
            number: Some(s.number),
            from: None,
            until: s.until_day,
            redemptions: told.lines.len(),
            amount_fen: s.amount_fen,
            union_fen: s.union_fen,
            adjusted_fen: s.adjusted_fen,
            due_fen: s.due_fen,
            made_at: s.made_at,
            lines: told.lines,
            adjustments: told.adjustments,
        }
    }
}

/// An amount in yuan with two decimals, such as `-12.05`.
pub(super) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn an_amount_keeps_its_fen_and_its_sign() {
        for (fen, told) in [(0, "0.00"), (5, "0.05"), (1_205, "12.05"), (-1_205, "-12.05"), (-5, "-0.05")] {
            assert_eq!(yuan(fen), told);
        }
    }
}
