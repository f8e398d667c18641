//! The closed vocabularies of benefits, and their words for people.

use crate::code::codes;
use crate::error::Words;

codes! {
    /// Whether somebody is a member now.
    MemberState { Active = "active", Left = "left" }
}

codes! {
    /// A card that somebody else issues.
    CardKind { Member = "member", Bank = "bank", Fuel = "fuel" }
}

codes! {
    /// Whether a merchant takes part.
    MerchantState { Active = "active", Suspended = "suspended", Ended = "ended" }
}

codes! {
    /// What an offer or campaign is for: 衣 食 住 行, and everything else.
    Category { Clothing = "clothing", Food = "food", Housing = "housing", Travel = "travel", Other = "other" }
}

codes! {
    /// What a member shows to get an offer.
    Shown { MemberCard = "member_card", Voucher = "voucher", Nothing = "nothing" }
}

codes! {
    /// Where a campaign stands. A frozen one gives out and redeems nothing until it is resumed.
    CampaignState { Draft = "draft", Running = "running", Frozen = "frozen", Ended = "ended" }
}

codes! {
    /// Where a campaign stands at an instant. One whose window is over has ended for whoever wants a voucher.
    Phase { Draft = "draft", Upcoming = "upcoming", Running = "running", Frozen = "frozen", Ended = "ended" }
}

codes! {
    /// By what figures are told apart.
    By { Campaign = "campaign", District = "district", Month = "month", Merchant = "merchant", Category = "category" }
}

codes! {
    /// Who gets a voucher: whoever comes first, or by lot.
    Mode { FirstCome = "first_come", Draw = "draw" }
}

codes! {
    /// Where a voucher stands.
    VoucherState { Issued = "issued", Redeemed = "redeemed", Expired = "expired", Void = "void" }
}

codes! {
    /// An account of the ledger.
    ///
    /// `appropriation` is where the union's budgets come from and `fund` what of them is not given out yet;
    /// `merchant_share` is what merchants add. `live` is in vouchers that can be used. What was redeemed is `due` to
    /// a merchant by the union until it is `settled`, or `borne` by him. `expired` and `void` are what nobody used.
    Account {
        Appropriation = "appropriation", Fund = "fund", MerchantShare = "merchant_share", Live = "live", Due = "due",
        Borne = "borne", Expired = "expired", Void = "void", Settled = "settled",
    }
}

codes! {
    /// What a posting is for.
    PostingKind {
        Fund = "fund", Issue = "issue", Redeem = "redeem", Reverse = "reverse", Expire = "expire", Void = "void",
        Adjust = "adjust", Settle = "settle",
    }
}

codes! {
    /// What looks like fraud.
    AlarmKind { Velocity = "velocity", Distance = "distance", Misses = "misses", Night = "night" }
}

codes! {
    /// What a goal counts.
    Measure {
        Cards = "cards", Merchants = "merchants", Offers = "offers", Campaigns = "campaigns",
        PersonTimes = "person_times", IssuedFen = "issued_fen", SavedFen = "saved_fen",
    }
}

impl Category {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Clothing => Words::new("衣", "Clothing"),
            Self::Food => Words::new("食", "Food"),
            Self::Housing => Words::new("住", "Housing"),
            Self::Travel => Words::new("行", "Travel"),
            Self::Other => Words::new("其他", "Other"),
        }
    }
}
