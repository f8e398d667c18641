//! What a phone that signed in is told of whose it is.

use serde::Serialize;
use utoipa::ToSchema;

use super::{others, store};
use crate::accounts::Actor;
use crate::app::App;
use crate::benefits::person::open;
use crate::error::Error;
use crate::ids::{Adcode, ClerkId, MemberId, MerchantId, StoreId};
use crate::stations::model::Trade;

/// Whose phone it is: a member's, a clerk's, or both.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PhoneSession)]
pub(super) struct Told {
    /// The member.
    member: Option<MemberTold>,
    /// The clerk.
    clerk: Option<ClerkTold>,
    /// How many other phones are signed in with the same number.
    others: i64,
}

/// A member as he sees himself.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PhoneMember)]
struct MemberTold {
    /// His identity.
    #[schema(value_type = String, format = Uuid)]
    id: MemberId,
    /// His name.
    name: Option<String>,
    /// The union's own number of him.
    number: Option<String>,
    /// The last digits of his member card.
    card_end: Option<String>,
    /// His union.
    union_name: String,
    /// His union's district.
    #[schema(value_type = String)]
    district: Adcode,
    /// His trade.
    #[schema(value_type = Option<String>)]
    trade: Option<Trade>,
}

/// A clerk with what he redeems for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PhoneClerk)]
struct ClerkTold {
    /// His identity.
    #[schema(value_type = String, format = Uuid)]
    id: ClerkId,
    /// His name.
    name: String,
    /// His merchant.
    merchant: MerchantTold,
    /// His store.
    store: StoreTold,
    /// Whether he sees the merchant's statements and every store.
    is_lead: bool,
}

/// A merchant by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PhoneMerchant)]
struct MerchantTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: MerchantId,
    /// Its name.
    name: String,
}

/// A store by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PhoneStore)]
struct StoreTold {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    id: StoreId,
    /// Its name.
    name: String,
}

fn broken(what: &str) -> Error {
    Error::Internal(format!("a row of a phone's holder: {what}"))
}

/// What a phone is told by the session of its secret.
pub(super) async fn of(app: &App, actor: &Actor, secret: &str) -> Result<Told, Error> {
    let member = match actor.member {
        Some(id) => Some(of_member(app, id).await?),
        None => None,
    };
    let clerk = match actor.clerk {
        Some(id) => Some(of_clerk(app, id).await?),
        None => None,
    };
    Ok(Told { member, clerk, others: others(app, secret).await? })
}

async fn of_member(app: &App, id: MemberId) -> Result<MemberTold, Error> {
    let row = store::member(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("member"))?;
    let name = row.name.as_deref().map(|sealed| open(&app.secrets, sealed, &row.id)).transpose()?;
    Ok(MemberTold {
        id,
        name,
        number: row.number,
        card_end: row.card_end,
        union_name: row.union_name,
        district: row.district.parse().map_err(|_| broken("district"))?,
        trade: row.trade.and_then(|code| code.parse().ok()),
    })
}

async fn of_clerk(app: &App, id: ClerkId) -> Result<ClerkTold, Error> {
    let row = store::clerk(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("clerk"))?;
    let merchant = row.merchant_id.parse().map_err(|_| broken("merchant"))?;
    let store = row.store_id.parse().map_err(|_| broken("store"))?;
    Ok(ClerkTold {
        id,
        name: open(&app.secrets, &row.name, &row.id)?,
        merchant: MerchantTold { id: merchant, name: row.merchant_name },
        store: StoreTold { id: store, name: row.store_name },
        is_lead: row.is_lead,
    })
}
