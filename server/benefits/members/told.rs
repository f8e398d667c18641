//! What staff are told of members.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{CardRow, MemberRow};
use crate::app::App;
use crate::benefits::model::{CardKind, MemberState};
use crate::benefits::person::open;
use crate::error::Error;
use crate::ids::{Adcode, CardId, MemberId};
use crate::stations::model::Trade;

/// A member of the union.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberTold {
    /// His identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: MemberId,
    /// The version that a change is meant for.
    pub version: i64,
    /// The union's own number of him.
    pub number: Option<String>,
    /// His name; none once he was erased.
    pub name: Option<String>,
    /// His number, where one member is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub phone: Option<String>,
    /// The last digits of his number.
    pub phone_end: Option<String>,
    /// The last characters of his identity number.
    pub id_end: Option<String>,
    /// His union.
    pub union_name: String,
    /// His trade.
    #[schema(value_type = Option<String>)]
    pub trade: Option<Trade>,
    /// His union's district.
    #[schema(value_type = String)]
    pub district: Adcode,
    /// Whether he is a member now.
    #[schema(value_type = String)]
    pub state: MemberState,
    /// Since when he is a member.
    #[schema(value_type = Option<String>, format = Date)]
    pub joined_on: Option<NaiveDate>,
    /// His cards.
    pub cards: Vec<CardTold>,
}

/// A card of a member.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = MemberCard)]
pub struct CardTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: CardId,
    /// What it is.
    #[schema(value_type = String)]
    pub kind: CardKind,
    /// Who issued it.
    pub issuer: String,
    /// The last characters of its number.
    pub number_end: String,
    /// When it was issued.
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<NaiveDate>,
    /// When it was registered here.
    pub registered: DateTime<FixedOffset>,
}

/// A page of members.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Members)]
pub(super) struct Members {
    /// The members, by their ids.
    pub(super) items: Vec<MemberTold>,
    /// The cursor of the next page, where there is one.
    #[schema(value_type = Option<String>)]
    pub(super) next: Option<MemberId>,
}

impl MemberTold {
    pub(super) fn of(app: &App, row: &MemberRow, cards: &[CardRow]) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("member {}: {what}", row.id));
        let own = cards.iter().filter(|card| card.member_id == row.id);
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("id"))?,
            version: row.version,
            number: row.number.clone(),
            name: row.name.as_deref().map(|sealed| open(&app.secrets, sealed, &row.id)).transpose()?,
            phone: None,
            phone_end: row.phone_end.clone(),
            id_end: row.id_end.clone(),
            union_name: row.union_name.clone(),
            trade: row.trade.as_deref().and_then(|code| code.parse().ok()),
            district: row.district.parse().map_err(|_| broken("district"))?,
            state: row.state.parse().map_err(|_| broken("state"))?,
            joined_on: row.joined_on.as_deref().and_then(|day| day.parse().ok()),
            cards: own.map(|card| CardTold::of(app, card)).collect::<Result<_, _>>()?,
        })
    }
}

impl CardTold {
    pub(super) fn of(app: &App, row: &CardRow) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("card {}: {what}", row.id));
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("id"))?,
            kind: row.kind.parse().map_err(|_| broken("kind"))?,
            issuer: row.issuer.clone(),
            number_end: row.number_end.clone(),
            issued_on: row.issued_on.as_deref().and_then(|day| day.parse().ok()),
            registered: app.config.zone().from_ms(row.registered_ms),
        })
    }
}
