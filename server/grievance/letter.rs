//! The letter to a reporter who left a number or a mail address: that there is news, and never of what.

use super::model::Identity;
use super::notices::Taken;
use super::sealed::Contact;
use super::store;
use super::workflow::Action;
use crate::app::App;
use crate::config::Delivery;
use crate::db::Tx;
use crate::delivery::{self, Channel, Letter, Parcel};
use crate::error::Error;

/// What messages to reporters come from.
pub const SOURCE: &str = "grievance";
/// What gateways know such a message by.
const KIND: &str = "grievance_news";

/// Puts letters on their way after a step that its reporter waits for: to the number and to the mail address that he
/// left, where there is a way to send them.
pub(super) async fn enqueue(taken: &Taken<'_>, tx: &mut Tx) -> Result<(), Error> {
    let is_news = matches!(
        taken.deed.action,
        Action::Ask | Action::Answer | Action::Follow | Action::Close | Action::GrantExtension
    );
    if !is_news || taken.case.identity == Identity::Anonymous {
        return Ok(());
    }
    let Some(sealed) = taken.row.contact.as_deref() else { return Ok(()) };
    for way in ways(&taken.app.config.delivery, &taken.key.open_contact(sealed)?) {
        delivery::enqueue(tx, SOURCE, &taken.row.id, way, taken.at).await?;
    }
    Ok(())
}

/// The ways that lead to a reporter: one to his number, and mail.
fn ways(settings: &Delivery, contact: &Contact) -> impl Iterator<Item = Channel> {
    let is_open = |way: &Channel| delivery::is_available(settings, *way);
    let phone =
        contact.phone.as_ref().and_then(|_| [Channel::Sms, Channel::Wechat].into_iter().find(is_open));
    let mail = contact.mail.as_ref().map(|_| Channel::Mail).filter(is_open);
    phone.into_iter().chain(mail)
}

/// The letter, when it is sent: number or address is opened for it just now. There is none where the case was erased.
///
/// # Errors
/// Those of the database and of the key ring.
pub async fn letter(app: &App, parcel: &Parcel) -> Result<Option<Letter>, Error> {
    let Some(row) = store::find(&app.db, &parcel.object_id).await? else { return Ok(None) };
    let (Some(key), Some(sealed)) = (row.key(&app.keys)?, row.contact.as_deref()) else { return Ok(None) };
    let contact = key.open_contact(sealed)?;
    let to = if parcel.channel == Channel::Mail { contact.mail } else { contact.phone };
    let Some(to) = to else { return Ok(None) };
    Ok(Some(Letter {
        to,
        kind: KIND.to_owned(),
        words: format!("诉求 {} 有新进展，请凭回执查看", row.number),
        number: Some(row.number),
        link: Some("/grievance/track".to_owned()),
    }))
}
