//! Taking pictures in, giving them to what they belong to, and removing what nobody named.

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;

use super::store;
use crate::code::codes;
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError};
use crate::ids::PictureId;
use crate::stations::photo::Size;
use crate::stations::photo::picture::Picture;
use crate::stations::photo::refused::Refused;

/// How long a picture waits for the request that names it.
pub const WAIT: TimeDelta = TimeDelta::hours(1);
/// The most pictures that wait at the same time.
pub const MOST_WAITING: i64 = 2_000;
/// A picture of 40 megapixels takes 240 MB while it is read, so they are read one after the other.
static READING: Semaphore = Semaphore::const_new(1);
/// The most uploads that wait to be read; each holds its file in memory.
const MOST_READING: usize = 16;
static QUEUE: Semaphore = Semaphore::const_new(MOST_READING);

codes! {
    /// What a picture belongs to.
    UsedFor { Report = "report", Finding = "finding" }
}

/// Reads a file, writes its pixels anew and keeps them until a request names them.
///
/// # Errors
/// [`Error::Refused`] with the field `file` where it is no picture, too large or damaged, and
/// [`Error::Unavailable`] where too many others are waiting.
pub async fn take(db: &Db, file: Vec<u8>, now: DateTime<Utc>) -> Result<PictureId, Error> {
    let picture = read(file).await?.map_err(|refused| refusal(&refused))?;
    let id = PictureId::new(now);
    let mut tx = db.begin().await?;
    store::sweep(&mut tx, (now - WAIT).timestamp_millis()).await?;
    if store::waiting(&mut tx).await? >= MOST_WAITING {
        tx.rollback().await?;
        return Err(busy("pictures wait to be named"));
    }
    store::add(&mut tx, &id.to_string(), now.timestamp_millis(), &picture).await?;
    tx.commit().await?;
    Ok(id)
}

/// A picture's pixels written anew, for whoever keeps it himself: a JPEG.
///
/// # Errors
/// As with [`take`].
pub async fn pixels(file: Vec<u8>) -> Result<Vec<u8>, Error> {
    Ok(read(file).await?.map_err(|refused| refusal(&refused))?.large)
}

async fn read(file: Vec<u8>) -> Result<Result<Picture, Refused>, Error> {
    let _place = QUEUE.try_acquire().map_err(|_| busy("pictures wait to be read"))?;
    let turn = READING.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    let reading = tokio::task::spawn_blocking(move || {
        // The turn ends with the work, also where whoever sent the file has gone.
        let _turn = turn;
        Picture::read(&file)
    });
    Ok(reading.await?)
}

fn busy(what: &str) -> Error {
    Error::Unavailable { retry_s: 5, reason: format!("too many {what}") }
}

fn refusal(refused: &Refused) -> Error {
    let words = refused.words();
    Error::Refused(vec![FieldError::new("file", "not_a_picture", words.zh, words.en)])
}

/// Gives a picture to the object that a request makes, in that request's transaction.
///
/// # Errors
/// [`Error::Refused`] with the field `photo` where there is no such picture, where it has waited for more than an
/// hour, or where another request has named it.
pub async fn claim(
    tx: &mut Tx,
    id: PictureId,
    used_for: UsedFor,
    object: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let since_ms = (now - WAIT).timestamp_millis();
    if store::claim(tx, &id.to_string(), used_for.as_str(), object, since_ms).await? {
        return Ok(());
    }
    let zh = "这张照片不在了：上传后要在一小时内提交，而且只能用一次。请重新上传。";
    let en = "this photo is not there: it must be named within an hour and only once; upload it again";
    Err(Error::Refused(vec![FieldError::new("photo", "no_such_upload", zh, en)]))
}

/// Removes a picture together with what it belonged to.
pub async fn discard(tx: &mut Tx, id: PictureId) -> Result<(), Error> {
    Ok(store::discard(tx, &id.to_string()).await?)
}

/// One size of a picture that belongs to something, as JPEG. Its owner decides who may see it.
pub async fn picture(db: &Db, id: PictureId, size: Size) -> Result<Option<Vec<u8>>, Error> {
    Ok(store::picture(db, &id.to_string(), size).await?)
}
