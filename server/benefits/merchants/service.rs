//! Writing merchants. Each change is one transaction with its audit entry, and the public sees it by its revision.

use serde_json::{Value, json};

use super::store::{self, MerchantRow, Query};
use super::told::MerchantTold;
use super::wish::{ADDRESS_CHARS, MerchantWish, NAME_CHARS};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::model::MerchantState;
use crate::benefits::offers::raise;
use crate::benefits::wrong::Wrong;
use crate::db::{DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{Adcode, MerchantId};

/// The district that sees to a merchant.
pub(in crate::benefits) fn district_of(row: &MerchantRow) -> Option<Adcode> {
    row.district.parse().ok()
}

/// A merchant that somebody may write.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is another district's; [`Error::Forbidden`] where he may only see.
pub(in crate::benefits) async fn reached(
    tx: &mut Tx,
    actor: &Actor,
    id: MerchantId,
) -> Result<MerchantRow, Error> {
    let row = store::merchant_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("merchant"))?;
    actor.must(Permission::BenefitManage, district_of(&row)).map_err(|error| match error {
        Error::NotFound(_) => Error::NotFound("merchant"),
        other => other,
    })?;
    Ok(row)
}

/// A page of merchants that somebody may see, and the cursor of the next one.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: Query,
) -> Result<(Vec<MerchantTold>, Option<MerchantId>), Error> {
    let limit = usize::try_from(query.most).unwrap_or(usize::MAX);
    let query = Query { most: query.most.saturating_add(1), ..query };
    let rows = store::page(&app.db, &query, &actor.reach(Permission::BenefitSee)).await?;
    let has_more = rows.len() > limit;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(limit) {
        told.push(tell(app, row).await?);
    }
    let next = told.last().filter(|_| has_more).map(|merchant| merchant.id);
    Ok((told, next))
}

async fn tell(app: &App, row: MerchantRow) -> Result<MerchantTold, Error> {
    let (clerks, stores) =
        (store::count_clerks(&app.db, &row.id).await?, store::stores(&app.db, &row.id).await?);
    MerchantTold::of(row, clerks, stores)
}

async fn now_of(app: &App, id: &str) -> Result<MerchantTold, Error> {
    app.offers.look_again();
    tell(app, store::merchant(&app.db, id).await?.ok_or(Error::NotFound("merchant"))?).await
}

/// Takes a merchant up.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Conflict`] where another one has its name.
pub(super) async fn add(app: &App, actor: &Actor, wish: MerchantWish) -> Result<MerchantTold, Error> {
    let now = app.clock.now();
    let id = MerchantId::new(now);
    let today = app.config.zone().local(now).date();
    let blank = MerchantRow {
        id: id.to_string(),
        version: 1,
        name: String::new(),
        district: String::new(),
        contact: None,
        state: MerchantState::Active.to_string(),
        joined_on: today.to_string(),
        created_ms: now.timestamp_millis(),
        is_demonstration: false,
    };
    let row = laid(app, blank, wish)?;
    actor.must(Permission::BenefitManage, district_of(&row))?;
    let mut tx = app.db.begin().await?;
    raise(&mut tx).await?;
    store::add_merchant(&mut tx, &row).await.map_err(taken)?;
    audit::record(&mut tx, actor, now, &entry("merchant.add", &row, Value::Null)).await?;
    tx.commit().await?;
    now_of(app, &row.id).await
}

/// The wish laid over a merchant.
fn laid(app: &App, row: MerchantRow, wish: MerchantWish) -> Result<MerchantRow, Error> {
    let mut wrong = Wrong::default();
    let name = wrong.text("name", wish.name.as_deref().unwrap_or(&row.name), NAME_CHARS);
    let district = wish.district.map_or(row.district.clone(), |code| code.to_string());
    known_district(app, &mut wrong, &district);
    let contact = match wish.contact {
        Some(contact) => wrong.optional("contact", contact.as_deref(), ADDRESS_CHARS),
        None => row.contact.clone(),
    };
    let joined_on = wish.joined_on.map_or(row.joined_on.clone(), |day| day.to_string());
    wrong.or(MerchantRow { name, district, contact, joined_on, ..row })
}

/// Notes a district that the city does not have.
pub(super) fn known_district(app: &App, wrong: &mut Wrong, district: &str) {
    let snapshot = app.registry.snapshot();
    let known = district.parse().ok().and_then(|code| snapshot.city().district(code).map(|_| ()));
    if district.is_empty() {
        wrong.add("district", "missing", "必须填写六位区划代码。", "is required, as six digits");
    } else if known.is_none() {
        let (zh, en) = ("没有这个区县。", "there is no such district here");
        wrong.add("district", "unknown_district", zh, en);
    }
}

/// Changes a merchant.
///
/// # Errors
/// As [`add`], and [`Error::Stale`] where it is no longer the version that the change is meant for.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: MerchantId,
    version: i64,
    wish: MerchantWish,
) -> Result<MerchantTold, Error> {
    let mut tx = app.db.begin().await?;
    let row = laid(app, reached(&mut tx, actor, id).await?, wish)?;
    actor.must(Permission::BenefitManage, district_of(&row))?;
    write(app, tx, actor, &row, version, "merchant.change").await
}

/// A step of a merchant's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It takes part no more for a while: what it offers is hidden, its clerks redeem nothing.
    Suspend,
    /// It takes part again.
    Resume,
    /// It takes part no more for good.
    End,
}

impl Step {
    /// From which states, to which, and how it is recorded.
    fn course(self) -> (&'static [MerchantState], MerchantState, &'static str) {
        use MerchantState::{Active, Ended, Suspended};
        match self {
            Self::Suspend => (&[Active], Suspended, "merchant.suspend"),
            Self::Resume => (&[Suspended], Active, "merchant.resume"),
            Self::End => (&[Active, Suspended], Ended, "merchant.end"),
        }
    }
}

/// Takes a step.
///
/// # Errors
/// [`Error::Conflict`] where the merchant is in another state, [`Error::Stale`] as in [`change`].
pub(super) async fn step(
    app: &App,
    actor: &Actor,
    id: MerchantId,
    version: i64,
    step: Step,
) -> Result<MerchantTold, Error> {
    let mut tx = app.db.begin().await?;
    let row = reached(&mut tx, actor, id).await?;
    let (from, to, action) = step.course();
    if row.version != version {
        return Err(Error::Stale { version: row.version });
    }
    if !from.iter().any(|state| state.as_str() == row.state) {
        let zh = "商户现在的状态不能这样操作。";
        let detail = Words::new(zh, "The merchant is in another state.");
        return Err(Error::Conflict { code: "wrong_state", detail });
    }
    let row = MerchantRow { state: to.to_string(), ..row };
    write(app, tx, actor, &row, version, action).await
}

async fn write(
    app: &App,
    mut tx: Tx,
    actor: &Actor,
    row: &MerchantRow,
    version: i64,
    action: &'static str,
) -> Result<MerchantTold, Error> {
    raise(&mut tx).await?;
    if !store::change_merchant(&mut tx, row, version).await.map_err(taken)? {
        let version = store::merchant_in(&mut tx, &row.id).await?.map_or(0, |row| row.version);
        return Err(Error::Stale { version });
    }
    let detail = json!({ "state": row.state });
    audit::record(&mut tx, actor, app.clock.now(), &entry(action, row, detail)).await?;
    tx.commit().await?;
    now_of(app, &row.id).await
}

fn entry(action: &'static str, row: &MerchantRow, detail: Value) -> Entry {
    Entry { action, object: Object::new("merchant", &row.id), district: district_of(row), detail }
}

fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => {
            let zh = "已有同名的商户。";
            let detail = Words::new(zh, "Another merchant has this name.");
            Error::Conflict { code: "name_taken", detail }
        }
        other => other.into(),
    }
}
