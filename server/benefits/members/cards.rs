//! Cards of members: issued by others, registered here.

use serde_json::json;

use super::service::{entry, reached};
use super::store::{self, CardRow};
use super::told::CardTold;
use super::wish::{CardWish, NUMBER_CHARS, UNION_CHARS};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit;
use crate::benefits::person::end_of;
use crate::benefits::wrong::Wrong;
use crate::error::{Error, Words};
use crate::ids::{CardId, MemberId};

/// The letters and digits of a card's number, in capitals.
pub(in crate::benefits) fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Registers a card.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Conflict`] where the card is somebody's already.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    member: MemberId,
    wish: &CardWish,
) -> Result<CardTold, Error> {
    let (mut wrong, now) = (Wrong::default(), app.clock.now());
    let issuer = wrong.text("issuer", &wish.issuer, UNION_CHARS);
    let number = plain(&wrong.text("number", &wish.number, NUMBER_CHARS));
    let number = wrong.text("number", &number, NUMBER_CHARS);
    let number = wrong.or(number)?;
    let mut tx = app.db.begin().await?;
    let owner = reached(&mut tx, actor, member).await?;
    let row = CardRow {
        id: CardId::new(now).to_string(),
        member_id: owner.id.clone(),
        kind: wish.kind.to_string(),
        issuer,
        number_hash: app.secrets.keyed("card", &number),
        number_end: end_of(&number),
        issued_on: wish.issued_on.map(|day| day.to_string()),
        registered_ms: now.timestamp_millis(),
    };
    if !store::add_card(&mut tx, &row).await? {
        let detail = Words::new("这张卡已经登记过。", "The card is registered already.");
        return Err(Error::Conflict { code: "card_exists", detail });
    }
    let detail = json!({ "card": row.id, "kind": row.kind });
    audit::record(&mut tx, actor, now, &entry("member.card_add", &owner, detail)).await?;
    tx.commit().await?;
    CardTold::of(app, &row)
}

/// Ends a card.
///
/// # Errors
/// [`Error::NotFound`] where the member has no such card.
pub(super) async fn end(app: &App, actor: &Actor, member: MemberId, card: CardId) -> Result<(), Error> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let owner = reached(&mut tx, actor, member).await?;
    if !store::end_card(&mut tx, &card.to_string(), &owner.id, now.timestamp_millis()).await? {
        return Err(Error::NotFound("card"));
    }
    let detail = json!({ "card": card });
    audit::record(&mut tx, actor, now, &entry("member.card_end", &owner, detail)).await?;
    Ok(tx.commit().await?)
}
