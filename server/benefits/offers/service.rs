//! Writing offers. Each change is one transaction with its audit entry, and the public sees it by its revision.

use serde_json::json;

use super::store::{self, OfferRow, Query};
use super::told::OfferTold;
use super::wish::{OfferWish, RULE_CHARS, STORES, TITLE_CHARS};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::merchants::{district_of, reached, store as merchants};
use crate::benefits::model::{Category, Shown};
use crate::benefits::wrong::Wrong;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{Adcode, MerchantId, OfferId};

/// A page of offers that staff may see, and the cursor of the next one.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: Query,
) -> Result<(Vec<OfferTold>, Option<OfferId>), Error> {
    let limit = usize::try_from(query.most).unwrap_or(usize::MAX);
    let query = Query { most: query.most.saturating_add(1), ..query };
    let rows = store::page(&app.db, &query, &actor.reach(Permission::BenefitSee)).await?;
    let has_more = rows.len() > limit;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(limit) {
        told.push(tell(app, row).await?);
    }
    let next = told.last().filter(|_| has_more).map(|offer| offer.id);
    Ok((told, next))
}

async fn tell(app: &App, row: OfferRow) -> Result<OfferTold, Error> {
    let merchant =
        merchants::merchant(&app.db, &row.merchant_id).await?.ok_or(Error::NotFound("merchant"))?;
    let places = store::places_of(&app.db, &row.id).await?;
    OfferTold::of(row, merchant.name, &places)
}

async fn now_of(app: &App, id: &str) -> Result<OfferTold, Error> {
    app.offers.look_again();
    tell(app, store::offer(&app.db, id).await?.ok_or(Error::NotFound("offer"))?).await
}

/// Adds an offer of a merchant.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong; [`Error::NotFound`] and [`Error::Forbidden`] by the merchant.
pub(super) async fn add(app: &App, actor: &Actor, wish: OfferWish) -> Result<OfferTold, Error> {
    let now = app.clock.now();
    let mut wrong = Wrong::default();
    if wish.merchant_id.is_none() {
        wrong.add("merchant_id", "missing", "要写是哪家商户的。", "say whose offer it is");
    }
    let Some(merchant) = wrong.or(wish.merchant_id)? else { return Err(Error::NotFound("merchant")) };
    let mut tx = app.db.begin().await?;
    let merchant = reached(&mut tx, actor, merchant).await?;
    let blank = OfferRow {
        id: OfferId::new(app.clock.now()).to_string(),
        version: 1,
        merchant_id: merchant.id.clone(),
        category: String::new(),
        title: String::new(),
        rule: String::new(),
        shown: String::new(),
        valid_from: String::new(),
        valid_until: String::new(),
        is_public: false,
        created_ms: now.timestamp_millis(),
    };
    let (row, stores) = laid(&mut tx, blank, wish).await?;
    store::raise(&mut tx).await?;
    store::add(&mut tx, &row).await?;
    store::settle(&mut tx, &row.id, &stores.unwrap_or_default()).await?;
    record(app, &mut tx, actor, &row, district_of(&merchant), "offer.add").await?;
    tx.commit().await?;
    now_of(app, &row.id).await
}

/// The wish laid over an offer, and the stores that it names.
async fn laid(tx: &mut Tx, row: OfferRow, wish: OfferWish) -> Result<(OfferRow, Option<Vec<String>>), Error> {
    let mut wrong = Wrong::default();
    let title = wrong.text("title", wish.title.as_deref().unwrap_or(&row.title), TITLE_CHARS);
    let rule = wrong.text("rule", wish.rule.as_deref().unwrap_or(&row.rule), RULE_CHARS);
    let chosen = |given: Option<&'static str>, kept: &str| given.unwrap_or(kept).to_owned();
    let category = chosen(wish.category.map(Category::as_str), &row.category);
    let shown = chosen(wish.shown.map(Shown::as_str), &row.shown);
    let valid_from = wish.valid_from.map_or(row.valid_from.clone(), |day| day.to_string());
    let valid_until = wish.valid_until.map_or(row.valid_until.clone(), |day| day.to_string());
    let needed = [
        ("category", &category),
        ("shown", &shown),
        ("valid_from", &valid_from),
        ("valid_until", &valid_until),
    ];
    for (field, text) in needed {
        wrong.text(field, text, TITLE_CHARS);
    }
    if valid_until < valid_from {
        let (zh, en) = ("不能早于开始日期。", "must not be before the first day");
        wrong.add("valid_until", "too_early", zh, en);
    }
    let stores = wish.stores.map(|ids| ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    let named = stores.as_deref().unwrap_or_default();
    if named.len() > STORES {
        wrong.add("stores", "too_many", format!("最多 {STORES} 处。"), format!("at most {STORES}"));
    }
    for (i, id) in named.iter().take(STORES).enumerate() {
        if merchants::store_in(tx, id, &row.merchant_id).await?.is_none() {
            let (zh, en) = ("这家商户没有这处门店。", "the merchant has no such store");
            wrong.add(&format!("stores[{i}]"), "no_such_store", zh, en);
        }
    }
    let is_public = wish.is_public.unwrap_or(row.is_public);
    let row = OfferRow { category, title, rule, shown, valid_from, valid_until, is_public, ..row };
    let mut stores = wrong.or(stores)?;
    if let Some(named) = &mut stores {
        named.sort();
        named.dedup();
    }
    Ok((row, stores))
}

/// An offer that somebody may write, with its district.
async fn found(tx: &mut Tx, actor: &Actor, id: OfferId) -> Result<(OfferRow, Option<Adcode>), Error> {
    let row = store::offer_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("offer"))?;
    let merchant: MerchantId =
        row.merchant_id.parse().map_err(|_| Error::Internal(format!("offer {id}: its merchant")))?;
    let merchant = reached(tx, actor, merchant).await.map_err(|error| match error {
        Error::NotFound(_) => Error::NotFound("offer"),
        other => other,
    })?;
    Ok((row, district_of(&merchant)))
}

/// Changes an offer.
///
/// # Errors
/// As [`add`], and [`Error::Stale`] where it is no longer the version that the change is meant for.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: OfferId,
    version: i64,
    wish: OfferWish,
) -> Result<OfferTold, Error> {
    let mut tx = app.db.begin().await?;
    let (row, district) = found(&mut tx, actor, id).await?;
    if wish.merchant_id.is_some_and(|merchant| merchant.to_string() != row.merchant_id) {
        let mut wrong = Wrong::default();
        wrong.add("merchant_id", "fixed", "不能换商户，请另建一条。", "cannot be another; make a new offer");
        return wrong.or(()).and(Err(Error::NotFound("offer")));
    }
    let (row, stores) = laid(&mut tx, row, wish).await?;
    store::raise(&mut tx).await?;
    if !store::change(&mut tx, &row, version).await? {
        let version = store::offer_in(&mut tx, &row.id).await?.map_or(0, |row| row.version);
        return Err(Error::Stale { version });
    }
    if let Some(stores) = &stores {
        store::settle(&mut tx, &row.id, stores).await?;
    }
    record(app, &mut tx, actor, &row, district, "offer.change").await?;
    tx.commit().await?;
    now_of(app, &row.id).await
}

/// Takes an offer away.
///
/// # Errors
/// As [`change`].
pub(super) async fn remove(app: &App, actor: &Actor, id: OfferId, version: i64) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    let (row, district) = found(&mut tx, actor, id).await?;
    store::raise(&mut tx).await?;
    if !store::remove(&mut tx, &row.id, version).await? {
        return Err(Error::Stale { version: row.version });
    }
    record(app, &mut tx, actor, &row, district, "offer.remove").await?;
    tx.commit().await?;
    app.offers.look_again();
    Ok(())
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    row: &OfferRow,
    district: Option<Adcode>,
    action: &'static str,
) -> Result<(), Error> {
    let detail = json!({ "merchant": row.merchant_id, "category": row.category, "is_public": row.is_public });
    let entry = Entry { action, object: Object::new("offer", &row.id), district, detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
