//! Clerks of a merchant: enrolled by the number that they sign in with, moved, unlocked, ended.

use serde_json::json;

use super::service::{district_of, reached};
use super::store::{self, ClerkRow, MerchantRow};
use super::told::ClerkTold;
use super::wish::{ClerkWish, PERSON_CHARS};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::person::{Phone, close, open};
use crate::benefits::wrong::Wrong;
use crate::db::{DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{ClerkId, MerchantId};

/// The clerks of a merchant.
pub(super) async fn list(app: &App, actor: &Actor, merchant: MerchantId) -> Result<Vec<ClerkTold>, Error> {
    let mut tx = app.db.begin_reading().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    tx.rollback().await?;
    let rows = store::clerks(&app.db, &merchant.id).await?;
    rows.iter().map(|row| ClerkTold::of(app, row)).collect()
}

/// Enrols a clerk.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Conflict`] where the number is another clerk's.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    merchant: MerchantId,
    wish: &ClerkWish,
) -> Result<ClerkTold, Error> {
    let mut tx = app.db.begin().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    let blank = ClerkRow {
        id: ClerkId::new(app.clock.now()).to_string(),
        version: 1,
        merchant_id: merchant.id.clone(),
        store_id: String::new(),
        name: String::new(),
        phone: String::new(),
        phone_hash: String::new(),
        phone_end: String::new(),
        is_lead: false,
        is_active: true,
        misses: 0,
        locked_until_ms: None,
    };
    let row = laid(app, &mut tx, blank, wish).await?;
    store::add_clerk(&mut tx, &row).await.map_err(taken)?;
    record(app, &mut tx, actor, &merchant, &row, "clerk.add").await?;
    tx.commit().await?;
    ClerkTold::of(app, &row)
}

/// Changes a clerk.
///
/// # Errors
/// As [`add`], and [`Error::Stale`] where it is no longer the version that the change is meant for.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (merchant, id): (MerchantId, ClerkId),
    version: i64,
    wish: &ClerkWish,
) -> Result<ClerkTold, Error> {
    let mut tx = app.db.begin().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    let found = store::clerk_in(&mut tx, &id.to_string(), &merchant.id).await?;
    let unlock = wish.unlock.unwrap_or_default();
    let row = laid(app, &mut tx, found.ok_or(Error::NotFound("clerk"))?, wish).await?;
    if !store::change_clerk(&mut tx, &row, version).await.map_err(taken)? {
        let now = store::clerk_in(&mut tx, &row.id, &merchant.id).await?;
        return Err(Error::Stale { version: now.map_or(0, |row| row.version) });
    }
    if unlock {
        store::unlock_clerk(&mut tx, &row.id).await?;
    }
    let now = store::clerk_in(&mut tx, &row.id, &merchant.id).await?.ok_or(Error::NotFound("clerk"))?;
    record(app, &mut tx, actor, &merchant, &row, "clerk.change").await?;
    tx.commit().await?;
    ClerkTold::of(app, &now)
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    merchant: &MerchantRow,
    row: &ClerkRow,
    action: &'static str,
) -> Result<(), Error> {
    let object = Object::new("clerk", &row.id);
    let detail = json!({ "merchant": merchant.id, "store": row.store_id, "is_active": row.is_active });
    let entry = Entry { action, object, district: district_of(merchant), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}

/// The wish laid over a clerk. The number of one who redeems no more is free for another.
async fn laid(app: &App, tx: &mut Tx, row: ClerkRow, wish: &ClerkWish) -> Result<ClerkRow, Error> {
    let (mut wrong, secrets) = (Wrong::default(), &app.secrets);
    let name = match (&wish.name, row.name.is_empty()) {
        (Some(name), _) => close(secrets, &wrong.text("name", name, PERSON_CHARS), &row.id)?,
        (None, true) => wrong.text("name", "", PERSON_CHARS),
        (None, false) => row.name.clone(),
    };
    let digits = match (&wish.phone, row.phone.is_empty()) {
        (Some(phone), _) => phone.clone(),
        (None, true) => String::new(),
        (None, false) => open(secrets, &row.phone, &row.id)?,
    };
    let phone = Phone::read(secrets, &digits);
    if phone.is_none() {
        let zh = "请写能收短信的手机号，如 13800138000。";
        wrong.add("phone", "not_a_number", zh, "give a number such as 13800138000");
    }
    let store_id = wish.store_id.map_or(row.store_id.clone(), |id| id.to_string());
    if store::store_in(tx, &store_id, &row.merchant_id).await?.is_none() {
        let (zh, en) = ("这家商户没有这处门店。", "the merchant has no such store");
        wrong.add("store_id", "no_such_store", zh, en);
    }
    let is_active = wish.is_active.unwrap_or(row.is_active);
    let is_lead = wish.is_lead.unwrap_or(row.is_lead);
    let Some(phone) = wrong.or(phone)? else { return Err(Error::NotFound("clerk")) };
    let phone_hash = if is_active { phone.hash.clone() } else { format!("ended {}", row.id) };
    let (end, sealed) = (phone.end(), close(secrets, &phone.digits, &row.id)?);
    Ok(ClerkRow { name, phone: sealed, phone_hash, phone_end: end, store_id, is_active, is_lead, ..row })
}

fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => {
            let zh = "这个手机号已经是店员，请先在原门店停用。";
            let detail = Words::new(zh, "The number is another clerk's; end that one first.");
            Error::Conflict { code: "clerk_exists", detail }
        }
        other => other.into(),
    }
}
