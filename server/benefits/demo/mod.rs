//! Invented members, merchants, stores, clerks and offers for a demonstration. Each says of itself that it is invented,
//! and no number is one that anybody has.

mod store;

use chrono::{DateTime, TimeDelta, Utc};

use super::members::store as members;
use super::merchants::store as merchants;
use super::model::{CardKind, Category, MemberState, MerchantState, Shown};
use super::offers::{raise, store as offers};
use super::person::{Phone, close, end_of, name_hash};
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::{CardId, ClerkId, MemberId, MerchantId, OfferId, StoreId};
use crate::secrets::Secrets;
use crate::time::Zone;

/// A merchant with its offer and its store.
struct Invented {
    name: &'static str,
    category: Category,
    title: &'static str,
    rule: &'static str,
    hours: &'static str,
    lon: f64,
    lat: f64,
}

const MERCHANTS: [Invented; 4] = [
    Invented {
        name: "演示包子铺（虚构）",
        category: Category::Food,
        title: "早餐九折（虚构）",
        rule: "出示会员卡，早餐九折。演示数据，并非真实优惠。",
        hours: "05:30-14:00",
        lon: 119.598,
        lat: 39.937,
    },
    Invented {
        name: "演示理发店（虚构）",
        category: Category::Other,
        title: "理发 15 元（虚构）",
        rule: "出示会员卡，单剪 15 元。演示数据，并非真实优惠。",
        hours: "09:00-20:00",
        lon: 119.605,
        lat: 39.931,
    },
    Invented {
        name: "演示劳保用品店（虚构）",
        category: Category::Clothing,
        title: "防寒手套八折（虚构）",
        rule: "出示会员卡，手套八折。演示数据，并非真实优惠。",
        hours: "08:30-18:00",
        lon: 119.585,
        lat: 39.942,
    },
    Invented {
        name: "演示电动车行（虚构）",
        category: Category::Travel,
        title: "免费检车（虚构）",
        rule: "出示会员卡，免费检查刹车和轮胎。演示数据，并非真实优惠。",
        hours: "24/7",
        lon: 119.612,
        lat: 39.925,
    },
];
/// Members: name and trade.
const MEMBERS: [(&str, &str); 3] = [
    ("演示会员甲（虚构）", "courier"),
    ("演示会员乙（虚构）", "food_rider"),
    ("演示会员丙（虚构）", "sanitation"),
];
const UNION: &str = "演示工会（虚构）";
const DISTRICT: &str = "130302";
/// The first digits of numbers: none that begins so is given to a phone in China.
const PHONE: &str = "1000000";

/// What was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Members.
    pub members: usize,
    /// Merchants, each with a store, a clerk and an offer.
    pub merchants: usize,
}

/// Loads the demonstration in place of an earlier one.
pub async fn load(db: &Db, secrets: &Secrets, zone: Zone, now: DateTime<Utc>) -> Result<Loaded, Error> {
    let mut tx = db.begin().await?;
    raise(&mut tx).await?;
    store::remove(&mut tx).await?;
    for (n, (name, trade)) in (1..).zip(MEMBERS) {
        add_member(&mut tx, secrets, (n, name, trade), now).await?;
    }
    for (n, merchant) in (1..).zip(&MERCHANTS) {
        add_merchant(&mut tx, secrets, (n, merchant), (zone, now)).await?;
    }
    tx.commit().await?;
    Ok(Loaded { members: MEMBERS.len(), merchants: MERCHANTS.len() })
}

/// Takes the demonstration away. What somebody has used since stays, and takes part no more.
pub async fn remove(db: &Db) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    raise(&mut tx).await?;
    store::remove(&mut tx).await?;
    Ok(tx.commit().await?)
}

fn phone(secrets: &Secrets, n: u32) -> Result<Phone, Error> {
    let invented = || Error::Internal("a number of the demonstration".to_owned());
    Phone::read(secrets, &format!("{PHONE}{n:04}")).ok_or_else(invented)
}

async fn add_member(
    tx: &mut Tx,
    secrets: &Secrets,
    (n, name, trade): (u32, &str, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (id, phone, number) = (MemberId::new(now).to_string(), phone(secrets, n)?, format!("DEMO-{n}"));
    let row = members::MemberRow {
        version: 1,
        number: Some(number.clone()),
        name: Some(close(secrets, name, &id)?),
        name_hash: Some(name_hash(secrets, name)),
        phone: Some(close(secrets, &phone.digits, &id)?),
        phone_end: Some(phone.end()),
        phone_hash: Some(phone.hash),
        id_hash: None,
        id_end: None,
        union_name: UNION.to_owned(),
        trade: Some(trade.to_owned()),
        district: DISTRICT.to_owned(),
        state: MemberState::Active.to_string(),
        joined_on: Some("2026-01-01".to_owned()),
        created_ms: now.timestamp_millis(),
        left_ms: None,
        is_demonstration: true,
        id: id.clone(),
    };
    let card = members::CardRow {
        id: CardId::new(now).to_string(),
        member_id: id,
        kind: CardKind::Member.to_string(),
        issuer: UNION.to_owned(),
        number_hash: secrets.keyed("card", &number),
        number_end: end_of(&number),
        issued_on: None,
        registered_ms: now.timestamp_millis(),
    };
    members::add(tx, &[row]).await?;
    members::add_card(tx, &card).await?;
    Ok(())
}

async fn add_merchant(
    tx: &mut Tx,
    secrets: &Secrets,
    (n, invented): (u32, &Invented),
    (zone, now): (Zone, DateTime<Utc>),
) -> Result<(), Error> {
    let (id, store_id, clerk_id) = (MerchantId::new(now), StoreId::new(now), ClerkId::new(now).to_string());
    let (today, phone) = (zone.local(now).date(), phone(secrets, 100 + n)?);
    let merchant = merchants::MerchantRow {
        id: id.to_string(),
        version: 1,
        name: invented.name.to_owned(),
        district: DISTRICT.to_owned(),
        contact: None,
        state: MerchantState::Active.to_string(),
        joined_on: today.to_string(),
        created_ms: now.timestamp_millis(),
        is_demonstration: true,
    };
    let store = merchants::StoreRow {
        id: store_id.to_string(),
        version: 1,
        merchant_id: id.to_string(),
        name: "总店（虚构）".to_owned(),
        district: DISTRICT.to_owned(),
        address: "演示地址，并不存在".to_owned(),
        lon: invented.lon,
        lat: invented.lat,
        hours: Some(invented.hours.to_owned()),
        phone: None,
        is_active: true,
    };
    let clerk = merchants::ClerkRow {
        version: 1,
        merchant_id: id.to_string(),
        store_id: store_id.to_string(),
        name: close(secrets, "演示店员（虚构）", &clerk_id)?,
        phone: close(secrets, &phone.digits, &clerk_id)?,
        phone_end: phone.end(),
        phone_hash: phone.hash,
        is_lead: true,
        is_active: true,
        misses: 0,
        locked_until_ms: None,
        id: clerk_id,
    };
    let offer = offers::OfferRow {
        id: OfferId::new(now).to_string(),
        version: 1,
        merchant_id: id.to_string(),
        category: invented.category.to_string(),
        title: invented.title.to_owned(),
        rule: invented.rule.to_owned(),
        shown: Shown::MemberCard.to_string(),
        valid_from: today.to_string(),
        valid_until: (today + TimeDelta::days(365)).to_string(),
        is_public: true,
        created_ms: now.timestamp_millis(),
    };
    merchants::add_merchant(tx, &merchant).await?;
    merchants::add_store(tx, &store).await?;
    merchants::add_clerk(tx, &clerk).await?;
    Ok(offers::add(tx, &offer).await?)
}
