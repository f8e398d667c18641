//! The letter to a reporter who left a number: that there is news, and never of what.

use super::model::Identity;
use super::notices::Taken;
use super::store;
use super::workflow::Action;
use crate::app::App;
use crate::db::Tx;
use crate::delivery::{self, Channel, Letter, Parcel};
use crate::error::Error;

/// What messages to reporters come from.
pub const SOURCE: &str = "grievance";
/// What gateways know such a message by.
const KIND: &str = "grievance_news";

/// Puts a letter on its way after a step that its reporter waits for, where he left a number and there is a way
/// to send it.
pub(super) async fn enqueue(taken: &Taken<'_>, tx: &mut Tx) -> Result<(), Error> {
    let is_news = matches!(
        taken.deed.action,
        Action::Ask | Action::Answer | Action::Follow | Action::Close | Action::GrantExtension
    );
    if !is_news || taken.case.identity == Identity::Anonymous {
        return Ok(());
    }
    let settings = &taken.app.config.delivery;
    let ways = [Channel::Sms, Channel::Wechat];
    let Some(way) = ways.into_iter().find(|way| delivery::is_available(settings, *way)) else {
        return Ok(());
    };
    let contact = taken.row.contact.as_deref().map(|sealed| taken.key.open_contact(sealed)).transpose()?;
    if contact.and_then(|contact| contact.phone).is_none() {
        return Ok(());
    }
    delivery::enqueue(tx, SOURCE, &taken.row.id, way, taken.at).await.map(drop)
}

/// The letter, when it is sent: the number is opened for it just now. There is none where the case was erased.
///
/// # Errors
/// Those of the database and of the key ring.
pub async fn letter(app: &App, parcel: &Parcel) -> Result<Option<Letter>, Error> {
    let Some(row) = store::find(&app.db, &parcel.object_id).await? else { return Ok(None) };
    let (Some(key), Some(sealed)) = (row.key(&app.keys)?, row.contact.as_deref()) else { return Ok(None) };
    let Some(to) = key.open_contact(sealed)?.phone else { return Ok(None) };
    Ok(Some(Letter {
        to,
        kind: KIND.to_owned(),
        words: format!("诉求 {} 有新进展，请凭回执查看", row.number),
        number: Some(row.number),
        link: Some("/grievance/track".to_owned()),
    }))
}
