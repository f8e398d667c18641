//! Putting messages on their way and sending them.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::model::{Channel, Letter, Message, Outcome, Parcel};
use super::store::{self, DeliveryRow};
use super::{file, http, mail};
use crate::app::App;
use crate::audit::Object;
use crate::config::{Delivery, HttpAdapter};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::DeliveryId;
use crate::jobs::{self, Job, Taken};

/// The kind of the job that sends a message.
pub const KIND: &str = "deliver";
/// How long a message that has ended is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(40);

/// Puts a message on its way: at `at` the feature `source` is asked for the letter of its object. Nothing is
/// sent before that, and nothing at all where the transaction is not committed.
pub async fn enqueue(
    tx: &mut Tx,
    source: &'static str,
    object_id: &str,
    channel: Channel,
    at: DateTime<Utc>,
) -> Result<DeliveryId, Error> {
    let id = DeliveryId::new(at);
    let row = DeliveryRow {
        id: id.to_string(),
        source: source.to_owned(),
        object_id: object_id.to_owned(),
        channel: channel.to_string(),
    };
    store::add(tx, &row, at.timestamp_millis()).await?;
    let job = Job {
        kind: KIND,
        key: row.id,
        object: Object::new("delivery", id),
        run_at: at,
        payload: Value::Null,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(id)
}

/// The message that a job is about; nothing where it was sent or dropped already.
pub async fn open(app: &App, job: &Taken) -> Result<Option<Parcel>, Error> {
    store::unsent(&app.db, &job.object_id).await?.map(read).transpose()
}

fn read(row: DeliveryRow) -> Result<Parcel, Error> {
    let broken = |what: &str| Error::Internal(format!("delivery {}: {what}", row.id));
    Ok(Parcel {
        id: row.id.parse().map_err(|_| broken("its id"))?,
        channel: row.channel.parse().map_err(|_| broken("its channel"))?,
        source: row.source,
        object_id: row.object_id,
    })
}

/// Whether a channel leads anywhere with these settings.
pub fn is_available(settings: &Delivery, channel: Channel) -> bool {
    let direct = match channel {
        Channel::Mail => !settings.mail.host.is_empty(),
        Channel::Sms | Channel::Wechat => settings.http.iter().any(|a| a.channel == channel),
    };
    direct || !settings.file.as_os_str().is_empty()
}

/// Sends a letter on its way; no letter is nothing to send. With several adapters for a channel each try takes
/// the next one.
///
/// # Errors
/// Where it was not taken and may be taken later.
pub async fn send(app: &App, parcel: &Parcel, letter: Option<Letter>, tries: i64) -> Result<Outcome, Error> {
    let (settings, channel) = (&app.config.delivery, parcel.channel);
    let Some(letter) = letter.filter(|_| is_available(settings, channel)) else {
        return Ok(Outcome::Dropped);
    };
    let message = Message::new(parcel.id, channel, letter)?;
    let adapters: Vec<&HttpAdapter> = settings.http.iter().filter(|a| a.channel == channel).collect();
    let turn = usize::try_from(tries.max(1) - 1).unwrap_or(0) % adapters.len().max(1);
    match (channel, adapters.get(turn)) {
        (Channel::Mail, _) if !settings.mail.host.is_empty() => {
            let base = &app.config.server.public_url;
            mail::send(&settings.mail, settings.timeout(), base, &message, app.clock.now()).await
        }
        (Channel::Sms | Channel::Wechat, Some(adapter)) => http::send(settings, adapter, &message).await,
        _ => file::write(settings.file.clone(), &message, app.clock.now()).await,
    }
}

/// Notes what became of a message; false where that was noted before.
pub async fn end(tx: &mut Tx, parcel: &Parcel, outcome: Outcome, now: DateTime<Utc>) -> Result<bool, Error> {
    Ok(store::end(tx, &parcel.id.to_string(), outcome.state(), now.timestamp_millis()).await?)
}

/// Notes that a message was given up after its last try, and says which it was.
pub async fn given_up(app: &App, tx: &mut Tx, job: &Taken) -> Result<Option<Parcel>, Error> {
    let Some(parcel) = open(app, job).await? else { return Ok(None) };
    end(tx, &parcel, Outcome::Refused, app.clock.now()).await?;
    Ok(Some(parcel))
}

/// Forgets what ended more than 40 days ago.
pub async fn forget_old(app: &App) -> Result<(), Error> {
    let before_ms = (app.clock.now() - REMEMBERED).timestamp_millis();
    let mut tx = app.db.begin().await?;
    store::forget(&mut tx, before_ms).await?;
    Ok(tx.commit().await?)
}
