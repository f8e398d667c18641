//! Photos and PDF files of cases: read, sealed at once, given to a case, opened as downloads.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::model::MOST_ATTACHMENTS;
use super::sealed::CaseKey;
use super::store::{self, Waiting};
use crate::app::App;
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{AttachmentId, GrievanceId};
use crate::pictures;
use crate::seal::Seal;
use crate::secrets::{KEY_BYTES, random};

/// A file waits so long, at the least, for the request that names it; only the hour of its coming is kept.
const WAIT: TimeDelta = TimeDelta::hours(1);
/// The most files that wait at the same time.
const MOST_WAITING: i64 = 2_000;
/// What a PDF begins with.
const PDF: &[u8] = b"%PDF-";

/// A file of a case as it is opened.
pub struct Opened {
    /// `image/jpeg` or `application/pdf`.
    pub media_type: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads a file and keeps it sealed until a request names it. Of a picture only its pixels are kept.
///
/// # Errors
/// [`Error::Refused`] with the field `file` where it is neither picture nor PDF, and [`Error::Unavailable`] where too
/// many others are waiting.
pub async fn take(app: &App, file: Vec<u8>) -> Result<AttachmentId, Error> {
    let (media_type, bytes) = read(file).await?;
    let (id, hour) = (AttachmentId::random(), hour(app.clock.now()));
    let key: [u8; KEY_BYTES] = random()?;
    let wrapped = app.keys.wrap(&key, &id.to_string())?;
    let row = Waiting {
        id: id.to_string(),
        since_ms: hour.timestamp_millis(),
        ring_key: wrapped.ring_key,
        own_key: wrapped.sealed,
        content: Seal::of_key(&key).close_file(&bytes, &id.to_string())?,
    };
    let mut tx = app.db.begin().await?;
    store::sweep(&mut tx, (hour - WAIT).timestamp_millis()).await?;
    if store::waiting(&mut tx).await? >= MOST_WAITING {
        tx.rollback().await?;
        return Err(Error::Unavailable { retry_s: 5, reason: "too many files wait to be named".to_owned() });
    }
    store::add_attachment(&mut tx, &row, media_type, i64::try_from(bytes.len()).unwrap_or(i64::MAX)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The hour of an instant.
fn hour(now: DateTime<Utc>) -> DateTime<Utc> {
    now.with_minute(0).and_then(|t| t.with_second(0)).and_then(|t| t.with_nanosecond(0)).unwrap_or(now)
}

/// A PDF as it is, since it is only ever handed out as a download; anything else must be a picture.
async fn read(file: Vec<u8>) -> Result<(&'static str, Vec<u8>), Error> {
    if file.starts_with(PDF) {
        return Ok(("application/pdf", file));
    }
    Ok(("image/jpeg", pictures::pixels(file).await?))
}

/// Gives files to what a request writes, sealed with the case's own key.
///
/// # Errors
/// [`Error::Refused`] with the field `attachments` where one is not there, too old, or another's.
pub(super) async fn claim(
    app: &App,
    tx: &mut Tx,
    key: &CaseKey,
    (case, event): (GrievanceId, &str),
    ids: &[AttachmentId],
) -> Result<(), Error> {
    let since = hour(app.clock.now()) - WAIT;
    for id in ids.iter().take(MOST_ATTACHMENTS) {
        let text = id.to_string();
        let waiting = store::attachment(tx, &text, since.timestamp_millis()).await?.ok_or_else(gone)?;
        let own = app.keys.unwrap(&waiting.ring_key, &waiting.own_key, &text)?;
        let own = own
            .try_into()
            .map_err(|_| Error::Internal("the key of a file has no key's length".to_owned()))?;
        let bytes = Seal::of_key(&own).open_file(&waiting.content, &text)?;
        let sealed = key.close_file(&bytes, &text)?;
        if !store::claim(tx, &text, &case.to_string(), event, &sealed).await? {
            return Err(gone());
        }
    }
    Ok(())
}

fn gone() -> Error {
    let zh = "附件已过期，请重新上传。";
    let en = "there is no such file, it waited for more than an hour, or it was used before: send it again";
    Error::Refused(vec![FieldError::new("attachments", "no_such_file", zh, en)])
}

/// Opens a file of a case.
///
/// # Errors
/// [`Error::NotFound`] where the case has no such file.
pub(super) async fn open(app: &App, key: &CaseKey, case: &str, id: AttachmentId) -> Result<Opened, Error> {
    let text = id.to_string();
    let files = store::attachments(&app.db, case).await?;
    let file = files.into_iter().find(|file| file.id == text).ok_or(Error::NotFound("attachment"))?;
    let content = store::content(&app.db, &text, case).await?.ok_or(Error::NotFound("attachment"))?;
    Ok(Opened { media_type: file.media_type, bytes: key.open_file(&content, &text)? })
}
