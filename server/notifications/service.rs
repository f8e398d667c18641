//! Telling people, and what they read and mark.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::model::{Kind, Notice, link};
use super::settings;
use super::store::{self, NotificationRow};
use super::told::Told;
use super::words::words;
use crate::accounts::{self, Permission};
use crate::app::App;
use crate::db::Tx;
use crate::delivery::{self, Channel, Letter, Parcel};
use crate::error::Error;
use crate::ids::{AccountId, Adcode, NotificationId};
use crate::jobs::{self, Job, Taken};
use crate::language::Language;

/// What messages of the inbox come from.
pub const SOURCE: &str = "notification";
/// The kind of the job that tells everybody who has a permission.
pub const KIND: &str = "tell";
/// How long a notice is kept.
const KEPT: TimeDelta = TimeDelta::days(365);

/// Tells somebody, in the transaction of the cause: a row of his inbox, and a message by each channel that he
/// chose for the group of the kind.
pub async fn tell(tx: &mut Tx, to: AccountId, notice: &Notice) -> Result<NotificationId, Error> {
    let row = row_of(notice);
    write(tx, to, row, notice.at).await
}

fn row_of(notice: &Notice) -> NotificationRow {
    NotificationRow {
        id: String::new(),
        account_id: String::new(),
        kind: notice.kind.to_string(),
        object_type: notice.object.kind.to_owned(),
        object_id: notice.object.id.clone(),
        number: notice.number.clone(),
        due: notice.due.map(|day| day.to_string()),
        at_ms: notice.at.timestamp_millis(),
        read_ms: None,
    }
}

async fn write(
    tx: &mut Tx,
    to: AccountId,
    row: NotificationRow,
    at: DateTime<Utc>,
) -> Result<NotificationId, Error> {
    let id = NotificationId::new(at);
    let row = NotificationRow { id: id.to_string(), account_id: to.to_string(), ..row };
    store::add(tx, &row).await?;
    let group = row.kind.parse().map(Kind::group).map_err(|_| Error::Internal(row.kind.clone()))?;
    let setting = store::setting_in(tx, &row.account_id).await?;
    let chosen = setting.as_ref().map(settings::channels).transpose()?.unwrap_or_default();
    for channel in chosen.get(&group).into_iter().flatten() {
        delivery::enqueue(tx, SOURCE, &row.id, *channel, at).await?;
    }
    Ok(id)
}

/// What a job that tells many carries: a notice in the words of its row.
#[derive(Debug, Serialize, Deserialize)]
struct Call {
    permission: Permission,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    except: Option<AccountId>,
    district: Option<Adcode>,
    kind: Kind,
    number: Option<String>,
    due: Option<String>,
    at_ms: i64,
}

/// Tells everybody who has a permission in a district, or, without one, in the whole city. They are looked up by
/// a job, so that the request that is the cause takes no longer where there are many.
pub async fn tell_those(
    tx: &mut Tx,
    permission: Permission,
    district: Option<Adcode>,
    notice: &Notice,
) -> Result<(), Error> {
    tell_others(tx, permission, district, None, notice).await
}

/// The same but for one person: whoever is the cause.
pub async fn tell_others(
    tx: &mut Tx,
    permission: Permission,
    district: Option<Adcode>,
    except: Option<AccountId>,
    notice: &Notice,
) -> Result<(), Error> {
    let row = row_of(notice);
    let (number, due, at_ms) = (row.number, row.due, row.at_ms);
    let call = Call { permission, except, district, kind: notice.kind, number, due, at_ms };
    let key = NotificationId::new(notice.at).to_string();
    let object = notice.object.clone();
    let job = Job { kind: KIND, key, object, run_at: notice.at, payload: json!(call) };
    jobs::enqueue(tx, &job).await.map(drop)
}

/// The job of [`tell_those`].
pub async fn tell_each(app: &App, tx: &mut Tx, job: &Taken) -> Result<(), Error> {
    let broken = |e: serde_json::Error| Error::Internal(format!("job {}: {e}", job.id));
    let call: Call = serde_json::from_value(job.payload.clone()).map_err(broken)?;
    let at = DateTime::from_timestamp_millis(call.at_ms).unwrap_or_default();
    let row = NotificationRow {
        id: String::new(),
        account_id: String::new(),
        kind: call.kind.to_string(),
        object_type: job.object_type.clone(),
        object_id: job.object_id.clone(),
        number: call.number,
        due: call.due,
        at_ms: call.at_ms,
        read_ms: None,
    };
    let holders = accounts::service::holders_in(&app.db, call.permission, call.district).await?;
    for account in holders.into_iter().filter(|account| Some(*account) != call.except) {
        write(tx, account, row.clone(), at).await?;
    }
    Ok(())
}

/// What is asked of an inbox.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Only what was not read.
    pub unread: bool,
    /// At most how many.
    pub limit: usize,
    /// Only those before this one.
    pub before: Option<NotificationId>,
}

/// Somebody's notices, the newest first, and the cursor of the next page.
pub async fn list(
    app: &App,
    account: AccountId,
    query: &Query,
    language: Language,
) -> Result<(Vec<Told>, Option<NotificationId>), Error> {
    let before = query.before.map(|id| id.to_string()).unwrap_or_default();
    let most = i64::try_from(query.limit).unwrap_or(i64::MAX).saturating_add(1);
    let (account, now_ms) = (account.to_string(), app.clock.now().timestamp_millis());
    let rows = store::page(&app.db, &account, now_ms, &before, query.unread, most).await?;
    let has_more = rows.len() > query.limit;
    let zone = app.config.zone();
    let told: Vec<_> = rows
        .into_iter()
        .take(query.limit)
        .map(|row| Told::of(zone, row, language))
        .collect::<Result<_, _>>()?;
    let next = told.last().filter(|_| has_more).map(|one| one.id);
    Ok((told, next))
}

/// How many notices somebody has not read.
pub async fn unread(app: &App, account: AccountId) -> Result<i64, Error> {
    Ok(store::unread(&app.db, &account.to_string(), app.clock.now().timestamp_millis()).await?)
}

/// Marks one notice as read.
///
/// # Errors
/// [`Error::NotFound`] where it is not that person's.
pub async fn read(app: &App, account: AccountId, id: NotificationId) -> Result<(), Error> {
    let now_ms = app.clock.now().timestamp_millis();
    let mut tx = app.db.begin().await?;
    if !store::read(&mut tx, &id.to_string(), &account.to_string(), now_ms).await? {
        tx.rollback().await?;
        return Err(Error::NotFound("notification"));
    }
    Ok(tx.commit().await?)
}

/// Marks everything up to a notice as read, and says how much is left.
pub async fn read_to(app: &App, account: AccountId, id: NotificationId) -> Result<i64, Error> {
    let now_ms = app.clock.now().timestamp_millis();
    let mut tx = app.db.begin().await?;
    store::read_to(&mut tx, &account.to_string(), &id.to_string(), now_ms).await?;
    tx.commit().await?;
    unread(app, account).await
}

/// The letter of a message of the inbox, when it is sent. There is none for what was read meanwhile, for an
/// address that was taken away, and for somebody who was erased or blocked.
pub async fn letter(app: &App, parcel: &Parcel) -> Result<Option<Letter>, Error> {
    let row = store::find(&app.db, &parcel.object_id).await?.filter(|row| row.read_ms.is_none());
    let Some(row) = row else { return Ok(None) };
    let Some(setting) = store::setting(&app.db, &row.account_id).await? else { return Ok(None) };
    let broken = |what: &str| Error::Internal(format!("notification {}: {what}", row.id));
    let account = row.account_id.parse().map_err(|_| broken("its account"))?;
    if !accounts::service::is_open(&app.db, account).await? {
        return Ok(None);
    }
    let address = settings::address(&app.secrets, &setting, account, parcel.channel)?;
    let Some((to, language)) = address else { return Ok(None) };
    let kind = row.kind.parse().map_err(|_| broken(&row.kind))?;
    let due = row.due.as_deref().map(str::parse).transpose().map_err(|_| broken("its day"))?;
    Ok(Some(Letter {
        to,
        words: words(kind, row.number.as_deref(), due, language),
        link: link(&row.object_type, &row.object_id),
        kind: row.kind,
        number: row.number,
    }))
}

/// Notes for the owner of an address whether the last message to it arrived.
pub async fn note(
    app: &App,
    tx: &mut Tx,
    parcel: &Parcel,
    failed: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let Some(row) = store::find(&app.db, &parcel.object_id).await? else { return Ok(()) };
    let is_mail = parcel.channel == Channel::Mail;
    Ok(store::note(tx, &row.account_id, is_mail, failed.map(|at| at.timestamp_millis())).await?)
}

/// Forgets what was told more than a year ago.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let before_ms = (app.clock.now() - KEPT).timestamp_millis();
    let mut tx = app.db.begin().await?;
    store::forget(&mut tx, before_ms).await?;
    Ok(tx.commit().await?)
}

/// Takes away a person's inbox and addresses.
pub async fn forget_person(tx: &mut Tx, account: AccountId) -> Result<(), Error> {
    Ok(store::forget_person(tx, &account.to_string()).await?)
}

/// Everything that is kept of a person here.
pub async fn of_person(app: &App, account: AccountId) -> Result<Value, Error> {
    let all = Query { limit: usize::MAX >> 1, ..Query::default() };
    let (items, _) = list(app, account, &all, Language::ZhCn).await?;
    Ok(json!({ "settings": settings::find(app, account).await?, "items": items }))
}
