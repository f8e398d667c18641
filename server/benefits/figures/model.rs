//! What figures are made of.

use crate::error::Words;

/// Sums of a period, or of a part of it. Amounts are fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sums {
    /// Vouchers issued.
    pub(super) issued: i64,
    /// Their face value.
    pub(super) issued_fen: i64,
    /// What of them can still be used now.
    pub(super) live_fen: i64,
    /// Redemptions that hold.
    pub(super) redeemed: i64,
    /// What they come to.
    pub(super) redeemed_fen: i64,
    /// What of it the union pays.
    pub(super) union_fen: i64,
    /// What of that was settled.
    pub(super) settled_fen: i64,
    /// The bills, where they were said.
    pub(super) purchase_fen: i64,
    /// Members who redeemed.
    pub(super) persons: i64,
    /// Merchants where they did.
    pub(super) merchants: i64,
    /// What expired.
    pub(super) expired_fen: i64,
    /// What was made void.
    pub(super) void_fen: i64,
    /// What others report.
    pub(super) reported: Reported,
}

/// What others report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reported {
    /// Persons.
    pub(super) persons: i64,
    /// How often.
    pub(super) person_times: i64,
    /// What was given out.
    pub(super) issued_fen: i64,
    /// What was saved.
    pub(super) saved_fen: i64,
}

impl Sums {
    /// What members saved: what was redeemed, and what others report.
    pub(super) fn saved_fen(&self) -> i64 {
        self.redeemed_fen + self.reported.saved_fen
    }
}

/// Per cent with one decimal, half up; none of nothing.
pub(in super::super) fn percent(numerator: i64, denominator: i64) -> Option<f64> {
    if denominator <= 0 {
        return None;
    }
    let (numerator, denominator) = (i128::from(numerator), i128::from(denominator));
    let tenths = (numerator * 2_000 + denominator).div_euclid(denominator * 2);
    i32::try_from(tenths).ok().map(|tenths| f64::from(tenths) / 10.0)
}

/// What the figures of the members' side are.
pub(super) fn of_members() -> Words {
    Words::new(
        "节省 = 核销金额（撤销的不算）+ 外部报来的节省金额。人数 = 有过核销的会员，每人只算一次；\
         人次 = 核销次数。外部报来的人数、人次另列，不与本平台去重。",
        "Saved is what was redeemed (reversed redemptions left out) and what others report as saved. Persons are \
         members who redeemed, each counted once; person-times are redemptions. What others report stands apart, \
         because it cannot be told whether those are the same persons.",
    )
}

/// What the figures of the merchants' side are.
pub(super) fn of_merchants() -> Words {
    Words::new(
        "核销金额中由商户承担的为让利，其余由工会结算。消费金额只含录入了账单的核销。",
        "Of what was redeemed, merchants bear their own part and the union owes the rest. Purchases are the bills of \
         those redemptions where the bill was written down.",
    )
}

/// What the figures of the bank's side are.
pub(super) fn of_bank() -> Words {
    Words::new(
        "应付 = 期间核销中工会承担的部分；已结 = 其中已进入结算单的；未结 = 其余。结算后的调整不在内，见结算单。",
        "Due is the union's part of the period's redemptions; settled is what of it stands in a settlement, open the \
         rest. Adjustments after a settlement are not in it; see the settlements.",
    )
}

/// What the whole is.
pub(super) fn of_all() -> Words {
    Words::new(
        "发放、核销、过期、作废都按发生的时间归入期间；核销率 = 期间核销金额 ÷ 期间发放面值；\
         有效 = 期间发放的券现在还能用的面值。区县按会员所在区县；按商户分时只有核销。",
        "Issued, redeemed, expired and void count when they happened. The rate is what was redeemed in the period of \
         the face value issued in it. Live is what of the vouchers issued in the period can be used now. A district \
         is the member's; by merchant there are redemptions only.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_the_union_report() {
        // 110 and 95 units of 10,000 yuan, and 30 that others report.
        let unit = 1_000_000;
        let reported = Reported { saved_fen: 30 * unit, ..Reported::default() };
        let sums = Sums { issued_fen: 110 * unit, redeemed_fen: 95 * unit, reported, ..Sums::default() };
        assert_eq!(percent(sums.redeemed_fen, sums.issued_fen), Some(86.4));
        assert_eq!(sums.saved_fen(), 125 * unit);
    }

    #[test]
    fn a_share_is_rounded_half_up() {
        for (n, d, told) in
            [(1, 3, Some(33.3)), (2, 3, Some(66.7)), (1, 800, Some(0.1)), (0, 5, Some(0.0)), (1, 0, None)]
        {
            assert_eq!(percent(n, d), told, "{n}/{d}");
        }
        assert_eq!(percent(1, 2_000), Some(0.1), "a twentieth of a per cent goes up");
    }
}
