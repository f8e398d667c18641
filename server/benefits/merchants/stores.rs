//! Writing the stores of a merchant.

use serde_json::json;
use spatial::Position;

use super::service::{district_of, known_district, reached};
use super::store::{self, MerchantRow, StoreRow};
use super::told::StoreTold;
use super::wish::{ADDRESS_CHARS, NAME_CHARS, PHONE_CHARS, StoreWish};
use crate::accounts::Actor;
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::offers::raise;
use crate::benefits::wrong::Wrong;
use crate::db::{DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{MerchantId, StoreId};
use crate::language::Language;
use crate::stations::hours::{GRAMMAR_CHARS, Hours};

/// Opens a store.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Conflict`] where the merchant has one of that name.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    merchant: MerchantId,
    wish: StoreWish,
) -> Result<StoreTold, Error> {
    let mut tx = app.db.begin().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    let blank = StoreRow {
        id: StoreId::new(app.clock.now()).to_string(),
        version: 1,
        merchant_id: merchant.id.clone(),
        name: String::new(),
        district: merchant.district.clone(),
        address: String::new(),
        lon: f64::NAN,
        lat: f64::NAN,
        hours: None,
        phone: None,
        is_active: true,
    };
    let row = laid(app, blank, wish)?;
    raise(&mut tx).await?;
    store::add_store(&mut tx, &row).await.map_err(taken)?;
    record(app, &mut tx, actor, &merchant, &row, "store.add").await?;
    tx.commit().await?;
    app.offers.look_again();
    StoreTold::of(row)
}

/// Changes a store.
///
/// # Errors
/// As [`add`], and [`Error::Stale`] where it is no longer the version that the change is meant for.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (merchant, id): (MerchantId, StoreId),
    version: i64,
    wish: StoreWish,
) -> Result<StoreTold, Error> {
    let mut tx = app.db.begin().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    let found = store::store_in(&mut tx, &id.to_string(), &merchant.id).await?;
    let row = laid(app, found.ok_or(Error::NotFound("store"))?, wish)?;
    raise(&mut tx).await?;
    if !store::change_store(&mut tx, &row, version).await.map_err(taken)? {
        let now = store::store_in(&mut tx, &row.id, &merchant.id).await?;
        return Err(Error::Stale { version: now.map_or(0, |row| row.version) });
    }
    record(app, &mut tx, actor, &merchant, &row, "store.change").await?;
    tx.commit().await?;
    app.offers.look_again();
    StoreTold::of(StoreRow { version: version + 1, ..row })
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    merchant: &MerchantRow,
    row: &StoreRow,
    action: &'static str,
) -> Result<(), Error> {
    let (object, detail) = (Object::new("store", &row.id), json!({ "merchant": merchant.id }));
    let entry = Entry { action, object, district: district_of(merchant), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}

/// The wish laid over a store.
fn laid(app: &App, row: StoreRow, wish: StoreWish) -> Result<StoreRow, Error> {
    let mut wrong = Wrong::default();
    let name = wrong.text("name", wish.name.as_deref().unwrap_or(&row.name), NAME_CHARS);
    let address = wrong.text("address", wish.address.as_deref().unwrap_or(&row.address), ADDRESS_CHARS);
    let district = wish.district.map_or(row.district.clone(), |code| code.to_string());
    known_district(app, &mut wrong, &district);
    let (lon, lat) = (wish.lon.unwrap_or(row.lon), wish.lat.unwrap_or(row.lat));
    if Position::new(lon, lat).is_err() {
        let zh = "要写 WGS-84 经纬度，如 lon 119.6、lat 39.93。";
        let en = "give WGS-84 degrees such as lon 119.6 and lat 39.93";
        wrong.add(if (-90.0..=90.0).contains(&lat) { "lon" } else { "lat" }, "out_of_range", zh, en);
    }
    let hours = match wish.hours {
        Some(hours) => wrong.optional("hours", hours.as_deref(), GRAMMAR_CHARS),
        None => row.hours.clone(),
    };
    if let Some(Err(error)) =
        hours.as_deref().map(|text| Hours::parse(text, &app.registry.snapshot().city().calendar))
    {
        wrong.add("hours", "unreadable", error.message(Language::ZhCn), error.message(Language::En));
    }
    let phone = match wish.phone {
        Some(phone) => wrong.optional("phone", phone.as_deref(), PHONE_CHARS),
        None => row.phone.clone(),
    };
    let is_active = wish.is_active.unwrap_or(row.is_active);
    wrong.or(StoreRow { name, district, address, lon, lat, hours, phone, is_active, ..row })
}

fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => {
            let zh = "这家商户已有同名的门店。";
            let detail = Words::new(zh, "Another store of the merchant has this name.");
            Error::Conflict { code: "name_taken", detail }
        }
        other => other.into(),
    }
}
