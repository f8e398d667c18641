//! Members: listed, enrolled, changed, left, erased. Each change is one transaction with its audit entry, which names
//! nobody.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::identity;
use super::store::{self, Known, MemberRow, Query};
use super::told::MemberTold;
use super::wish::{MemberWish, NAME_CHARS, NUMBER_CHARS, UNION_CHARS};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::model::MemberState;
use crate::benefits::person::{Phone, close, end_of, name_hash, open};
use crate::benefits::sessions;
use crate::benefits::wrong::Wrong;
use crate::db::{DbError, Tx};
use crate::error::{Error, Words};
use crate::ids::{Adcode, MemberId};

/// The district that sees to a member.
pub(super) fn district_of(row: &MemberRow) -> Option<Adcode> {
    row.district.parse().ok()
}

/// A page of members that somebody may see, and the cursor of the next one.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: Query,
) -> Result<(Vec<MemberTold>, Option<MemberId>), Error> {
    let limit = usize::try_from(query.most).unwrap_or(usize::MAX);
    let query = Query { most: query.most.saturating_add(1), ..query };
    let mut rows = store::page(&app.db, &query, &actor.reach(Permission::MemberSee)).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let cards = store::cards(&app.db, &ids).await?;
    let told: Vec<_> = rows.iter().map(|row| MemberTold::of(app, row, &cards)).collect::<Result<_, _>>()?;
    let next = told.last().filter(|_| has_more).map(|member| member.id);
    Ok((told, next))
}

/// One member, with his number for whoever may write him.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or he is another district's.
pub(super) async fn find(app: &App, actor: &Actor, id: MemberId) -> Result<MemberTold, Error> {
    let row = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("member"))?;
    if !actor.may(Permission::MemberSee, district_of(&row)) {
        return Err(Error::NotFound("member"));
    }
    tell(app, actor, &row).await
}

async fn tell(app: &App, actor: &Actor, row: &MemberRow) -> Result<MemberTold, Error> {
    let cards = store::cards(&app.db, &[&row.id]).await?;
    let told = MemberTold::of(app, row, &cards)?;
    let sealed = row.phone.as_deref().filter(|_| actor.may(Permission::MemberManage, district_of(row)));
    let phone = sealed.map(|sealed| open(&app.secrets, sealed, &row.id)).transpose()?;
    Ok(MemberTold { phone, ..told })
}

/// A member that somebody may write.
pub(super) async fn reached(tx: &mut Tx, actor: &Actor, id: MemberId) -> Result<MemberRow, Error> {
    let row = store::find_in(tx, &id.to_string()).await?.ok_or(Error::NotFound("member"))?;
    if actor.may(Permission::MemberManage, district_of(&row)) {
        Ok(row)
    } else {
        Err(Error::NotFound("member"))
    }
}

/// A member of whom nothing is known yet.
pub(super) fn blank(now: DateTime<Utc>) -> MemberRow {
    MemberRow {
        id: MemberId::new(now).to_string(),
        version: 1,
        number: None,
        name: None,
        name_hash: None,
        phone: None,
        phone_hash: None,
        phone_end: None,
        id_hash: None,
        id_end: None,
        union_name: String::new(),
        trade: None,
        district: String::new(),
        state: MemberState::Active.to_string(),
        joined_on: None,
        created_ms: now.timestamp_millis(),
        left_ms: None,
        is_demonstration: false,
    }
}

/// Enrols a member.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Conflict`] where somebody is known by one of his
/// numbers.
pub(super) async fn add(app: &App, actor: &Actor, wish: &MemberWish) -> Result<MemberTold, Error> {
    let now = app.clock.now();
    let row = laid(app, blank(now), wish)?;
    actor.must(Permission::MemberManage, district_of(&row))?;
    let mut tx = app.db.begin().await?;
    refuse_known(&mut tx, &row).await?;
    store::add(&mut tx, std::slice::from_ref(&row)).await.map_err(taken)?;
    audit::record(&mut tx, actor, now, &entry("member.add", &row, Value::Null)).await?;
    tx.commit().await?;
    tell(app, actor, &row).await
}

/// Changes a member.
///
/// # Errors
/// As [`add`], and [`Error::Stale`] where it is no longer the version that the change is meant for.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: MemberId,
    version: i64,
    wish: &MemberWish,
) -> Result<MemberTold, Error> {
    let mut tx = app.db.begin().await?;
    let before = reached(&mut tx, actor, id).await?;
    let row = laid(app, before, wish)?;
    actor.must(Permission::MemberManage, district_of(&row))?;
    refuse_known(&mut tx, &row).await?;
    write(app, tx, actor, row, version, "member.change").await
}

/// Ends a membership; his phone is signed out at once.
///
/// # Errors
/// [`Error::Conflict`] where it has ended, [`Error::Stale`] as in [`change`].
pub(super) async fn leave(app: &App, actor: &Actor, id: MemberId, version: i64) -> Result<MemberTold, Error> {
    let mut tx = app.db.begin().await?;
    let row = reached(&mut tx, actor, id).await?;
    if row.state != MemberState::Active.as_str() {
        let detail = Words::new("会籍已经终止。", "The membership has ended already.");
        return Err(Error::Conflict { code: "wrong_state", detail });
    }
    let left_ms = Some(app.clock.now().timestamp_millis());
    let row = MemberRow { state: MemberState::Left.to_string(), left_ms, ..row };
    write(app, tx, actor, row, version, "member.leave").await
}

async fn write(
    app: &App,
    mut tx: Tx,
    actor: &Actor,
    row: MemberRow,
    version: i64,
    action: &'static str,
) -> Result<MemberTold, Error> {
    if !store::change(&mut tx, &row, version).await.map_err(taken)? {
        let version = store::find_in(&mut tx, &row.id).await?.map_or(0, |row| row.version);
        return Err(Error::Stale { version });
    }
    let detail = json!({ "state": row.state });
    audit::record(&mut tx, actor, app.clock.now(), &entry(action, &row, detail)).await?;
    tx.commit().await?;
    tell(app, actor, &MemberRow { version: version + 1, ..row }).await
}

/// Takes away what names a member, for good; his vouchers go on counting.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may do so in a district only.
pub(super) async fn erase(app: &App, actor: &Actor, id: MemberId) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    let row = reached(&mut tx, actor, id).await?;
    if !actor.may(Permission::PersonErase, None) {
        actor.must_in_city(Permission::MemberManage)?;
    }
    erase_row(app, tx, actor, &row).await
}

async fn erase_row(app: &App, mut tx: Tx, actor: &Actor, row: &MemberRow) -> Result<(), Error> {
    let now = app.clock.now();
    if let Some(phone_hash) = &row.phone_hash {
        sessions::forget(&mut tx, phone_hash).await?;
    }
    store::erase(&mut tx, &row.id, now.timestamp_millis()).await?;
    audit::record(&mut tx, actor, now, &entry("member.erase", row, Value::Null)).await?;
    Ok(tx.commit().await?)
}

/// The member with a number, for whoever asks what is kept of him.
pub async fn of_phone(app: &App, actor: &Actor, phone: &str) -> Result<Option<MemberTold>, Error> {
    let phone = Phone::read(&app.secrets, phone).ok_or(Error::NotFound("phone"))?;
    let row = store::by_phone(&app.db, &phone.hash).await?;
    match row.filter(|row| actor.may(Permission::MemberSee, district_of(row))) {
        Some(row) => tell(app, actor, &row).await.map(Some),
        None => Ok(None),
    }
}

/// Erases the member with a number, and says whether there was one.
pub async fn erase_phone(app: &App, actor: &Actor, phone: &str) -> Result<bool, Error> {
    match of_phone(app, actor, phone).await? {
        Some(member) => erase(app, actor, member.id).await.map(|()| true),
        None => Ok(false),
    }
}

/// The wish laid over a member.
fn laid(app: &App, row: MemberRow, wish: &MemberWish) -> Result<MemberRow, Error> {
    let (mut wrong, secrets) = (Wrong::default(), &app.secrets);
    let mut row = row;
    match &wish.name {
        Some(name) => {
            let name = wrong.text("name", name, NAME_CHARS);
            row.name = Some(close(secrets, &name, &row.id)?);
            row.name_hash = Some(name_hash(secrets, &name));
        }
        None if row.name.is_none() => drop(wrong.text("name", "", NAME_CHARS)),
        None => {}
    }
    if let Some(number) = &wish.number {
        row.number = wrong.optional("number", number.as_deref(), NUMBER_CHARS);
    }
    if let Some(typed) = &wish.phone {
        let phone = typed.as_deref().map(|typed| Phone::read(secrets, typed));
        if matches!(phone, Some(None)) {
            let zh = "请写能收短信的手机号，如 13800138000。";
            wrong.add("phone", "not_a_number", zh, "give a number such as 13800138000");
        }
        call(app, &mut row, phone.flatten().as_ref())?;
    }
    if let Some(typed) = &wish.id_number {
        let number = typed.as_deref().map(identity::read);
        if matches!(number, Some(None)) {
            let (zh, en) = ("身份证号不对，请核对 18 位。", "this is no identity number of 18 characters");
            wrong.add("id_number", "not_a_number", zh, en);
        }
        identify(app, &mut row, number.flatten().as_deref());
    }
    row.union_name =
        wrong.text("union_name", wish.union_name.as_deref().unwrap_or(&row.union_name), UNION_CHARS);
    row.trade = wish.trade.map_or(row.trade, |trade| trade.map(|t| t.to_string()));
    row.joined_on = wish.joined_on.map_or(row.joined_on, |day| day.map(|day| day.to_string()));
    row.district = wish.district.map_or(row.district, |code| code.to_string());
    let known = row.district.parse().ok().filter(|code| knows(app, *code));
    if known.is_none() {
        let (zh, en) = ("要写本市的六位区划代码。", "must be six digits of a district here");
        wrong.add("district", "unknown_district", zh, en);
    }
    wrong.or(row)
}

/// Whether the city has a district.
pub(super) fn knows(app: &App, district: Adcode) -> bool {
    app.registry.snapshot().city().district(district).is_some()
}

/// Gives a member his phone number, or takes it away.
pub(super) fn call(app: &App, row: &mut MemberRow, phone: Option<&Phone>) -> Result<(), Error> {
    row.phone = phone.map(|phone| close(&app.secrets, &phone.digits, &row.id)).transpose()?;
    row.phone_hash = phone.map(|phone| phone.hash.clone());
    row.phone_end = phone.map(Phone::end);
    Ok(())
}

/// Gives a member his identity number, or takes it away.
pub(super) fn identify(app: &App, row: &mut MemberRow, number: Option<&str>) {
    row.id_hash = number.map(|number| app.secrets.keyed("identity", number));
    row.id_end = number.map(end_of);
}

/// Refuses a member of whom another one has a number.
async fn refuse_known(tx: &mut Tx, row: &MemberRow) -> Result<(), Error> {
    let keys = [
        (Known::Number, row.number.as_deref(), "会员号", "the member number"),
        (Known::Identity, row.id_hash.as_deref(), "身份证号", "the identity number"),
        (Known::Phone, row.phone_hash.as_deref(), "手机号", "the phone number"),
    ];
    for (by, value, zh, en) in keys {
        let found = store::known(tx, by, &value.into_iter().collect::<Vec<_>>()).await?;
        if found.iter().any(|other| other.id != row.id) {
            let zh = format!("已有会员用这个{zh}。");
            let detail = Words::new(zh, format!("Another member has {en}."));
            return Err(Error::Conflict { code: "member_exists", detail });
        }
    }
    Ok(())
}

/// What another transaction wrote meanwhile.
pub(super) fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => {
            let zh = "已有会员用其中一个号码。";
            let detail = Words::new(zh, "Another member has one of the numbers.");
            Error::Conflict { code: "member_exists", detail }
        }
        other => other.into(),
    }
}

pub(super) fn entry(action: &'static str, row: &MemberRow, detail: Value) -> Entry {
    Entry { action, object: Object::new("member", &row.id), district: district_of(row), detail }
}
