//! What staff say of members and cards. What is absent stays as it is.

#![expect(clippy::option_option, reason = "null takes something away, what is absent stays")]

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::benefits::model::CardKind;
use crate::benefits::wrong::present;
use crate::ids::Adcode;
use crate::stations::model::Trade;

/// The most characters of a person's name.
pub(super) const NAME_CHARS: usize = 40;
/// The most characters of a member's or a card's number.
pub(super) const NUMBER_CHARS: usize = 40;
/// The most characters of the name of a union or issuer.
pub(super) const UNION_CHARS: usize = 100;

/// A member; a new one needs name, union and district.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberWish {
    /// The union's own number of him.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(super) number: Option<Option<String>>,
    /// His name.
    #[schema(max_length = 40)]
    pub(super) name: Option<String>,
    /// The number that he signs in with.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(super) phone: Option<Option<String>>,
    /// His identity number, of which only a keyed hash and the last four characters are kept.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(super) id_number: Option<Option<String>>,
    /// His union.
    #[schema(max_length = 100)]
    pub(super) union_name: Option<String>,
    /// His trade.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub(super) trade: Option<Option<Trade>>,
    /// His union's district.
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Adcode>,
    /// Since when he is a member.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) joined_on: Option<Option<NaiveDate>>,
}

/// A card that somebody else issued.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CardWish {
    /// What it is.
    #[schema(value_type = String)]
    pub(super) kind: CardKind,
    /// Who issued it.
    #[schema(max_length = 100)]
    pub(super) issuer: String,
    /// Its number, of which only a keyed hash and the last four characters are kept.
    #[schema(max_length = 40)]
    pub(super) number: String,
    /// When it was issued.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) issued_on: Option<NaiveDate>,
}
