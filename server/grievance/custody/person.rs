//! What is kept of a person who left a number or a mail address: finding, telling and erasing it.

use serde_json::{Value, json};

use super::erasure::erase_in;
use super::store;
use crate::accounts::Actor;
use crate::app::App;
use crate::delivery::is_mail_address;
use crate::error::{Error, FieldError};
use crate::grievance::acting::ended;
use crate::grievance::model::State;
use crate::grievance::record::read;
use crate::grievance::sealed::Contact;
use crate::grievance::told::ToldTracked;
use crate::grievance::tracking::Asking;
use crate::grievance::wish::phone as read_phone;
use crate::language::Language;
use crate::secrets::{Secrets, hex};

/// A number without the code of China, so that it is found however it was given.
fn plain(phone: &str) -> &str {
    phone.strip_prefix("+86").unwrap_or(phone)
}

/// What the cases of a number are found by: a key derived for it alone, because a plain hash could be found by trying
/// every number.
pub(in super::super) fn contact_hash(secrets: &Secrets, contact: &Contact) -> Option<String> {
    contact.phone.as_deref().map(|phone| hash(secrets, phone))
}

fn hash(secrets: &Secrets, phone: &str) -> String {
    hex(&secrets.derive(&format!("grievance.phone {}", plain(phone))))
}

/// The same of a mail address, whose letters count the same in both cases.
pub(in super::super) fn mail_hash(secrets: &Secrets, contact: &Contact) -> Option<String> {
    contact.mail.as_deref().map(|mail| hash_of_mail(secrets, mail))
}

fn hash_of_mail(secrets: &Secrets, mail: &str) -> String {
    hex(&secrets.derive(&format!("grievance.mail {}", mail.to_lowercase())))
}

/// What the cases of a number or a mail address are found by.
fn found_by(secrets: &Secrets, given: &str) -> Result<String, Error> {
    let given = given.trim();
    let hash = if given.contains('@') {
        is_mail_address(given).then(|| hash_of_mail(secrets, given))
    } else {
        read_phone(given).map(|phone| hash(secrets, &phone))
    };
    hash.ok_or(Error::NotFound("contact"))
}

/// The fewest characters of a name that a reason is searched for.
const NAME_CHARS: usize = 2;

/// Refuses a reason, which the audit log keeps for good, that names who shall stay secret.
///
/// # Errors
/// [`Error::Refused`] with the field `reason`.
pub(in super::super) fn must_not_name(contact: &Contact, reason: &str) -> Result<(), Error> {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let digits: String = reason.chars().map(narrow).filter(char::is_ascii_digit).collect();
    let has_phone =
        contact.phone.as_deref().is_some_and(|phone| digits.contains(plain(phone).trim_start_matches('+')));
    let has_name = contact
        .name
        .as_deref()
        .is_some_and(|name| name.chars().count() >= NAME_CHARS && reason.contains(name));
    let has_mail =
        contact.mail.as_deref().is_some_and(|mail| reason.to_lowercase().contains(&mail.to_lowercase()));
    if !has_phone && !has_name && !has_mail {
        return Ok(());
    }
    let zh = "原因会留在审计日志里，不要写反映人的姓名、电话和邮箱。";
    let en = "the reason stays in the audit log; leave out the reporter's name, number and address";
    Err(Error::Refused(vec![FieldError::new("reason", "names_reporter", zh, en)]))
}

/// Everything that cases hold of whoever left a number or a mail address, his own words and contact included.
///
/// # Errors
/// [`Error::NotFound`] where it is neither.
pub async fn of_contact(
    app: &App,
    actor: &Actor,
    given: &str,
    language: Language,
) -> Result<Vec<Value>, Error> {
    let hash = found_by(&app.secrets, given)?;
    let mut told = Vec::new();
    for row in store::by_contact(&app.db, &hash).await? {
        let contact = match (row.key(&app.keys)?, row.contact.as_deref()) {
            (Some(key), Some(sealed)) => Some(key.open_contact(sealed)?),
            _ => None,
        };
        let unit = row.unit.clone();
        let tracked = Asking { app, actor, address: None }.tracked(row).await?;
        let case = ToldTracked::new(&tracked, language)?;
        told.push(json!({ "contact": contact, "unit": unit, "case": case }));
    }
    Ok(told)
}

/// Erases the cases of whoever left a number or a mail address: the numbers of those that were erased, and of those that are still open
/// and have to be closed first.
///
/// # Errors
/// [`Error::NotFound`] where it is neither.
pub async fn erase_contact(
    app: &App,
    actor: &Actor,
    given: &str,
) -> Result<(Vec<String>, Vec<String>), Error> {
    let hash = found_by(&app.secrets, given)?;
    let (mut erased, mut open) = (Vec::new(), Vec::new());
    for row in store::by_contact(&app.db, &hash).await? {
        if read::<State>(&row.state)?.is_open() {
            open.push(row.number);
            continue;
        }
        let mut tx = app.db.begin().await?;
        let done = erase_in(app, actor, &mut tx, &row, "person").await;
        erased.push(ended(tx, done).await?.number);
    }
    Ok((erased, open))
}
