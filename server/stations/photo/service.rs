//! Adding, listing and removing photos. Each change is one transaction with one revision.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::picture::Picture;
use super::refused::Refused;
use super::store::{self, PhotoRow};
use super::{Photo, Size};
use crate::accounts::Actor;
use crate::audit::{self, Entry, Object};
use crate::db::Db;
use crate::error::Error;
use crate::ids::PhotoId;
use crate::stations::store::{note_change, raise_revision};

/// The most photos of a station.
pub const MOST_PHOTOS: usize = 8;
/// The most characters of a caption.
pub const MOST_CAPTION: usize = 200;

/// A photo as its station's list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The photo.
    pub photo: Photo,
    /// When it was added.
    pub added: DateTime<Utc>,
}

/// What became of a photo that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(PhotoId),
    /// The station has the same picture already.
    Already(PhotoId),
    /// It was not taken.
    Refused(Refused),
}

/// Adds a photo to the station with an id or an official number, behind those it has.
pub async fn add(
    db: &Db,
    station: &str,
    picture: &Picture,
    caption: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Added, Error> {
    let caption = caption.map(str::trim).filter(|c| !c.is_empty());
    if caption.is_some_and(|c| c.chars().count() > MOST_CAPTION || c.contains(char::is_control)) {
        return Ok(Added::Refused(Refused::Caption));
    }
    let Some(station_id) = store::station(db, station).await? else {
        return Ok(Added::Refused(Refused::NoStation(station.to_owned())));
    };
    let id = PhotoId::new(now);
    let row = PhotoRow {
        id: id.to_string(),
        station_id,
        rank: 0,
        caption: caption.map(str::to_owned),
        width: picture.width.into(),
        height: picture.height.into(),
        added_ms: now.timestamp_millis(),
        hash: picture.hash(),
    };
    Ok(write(db, row, picture, now).await?.unwrap_or(Added::New(id)))
}

/// Writes a photo, or says why not. The revision is raised first, so that no other writer comes between.
async fn write(
    db: &Db,
    row: PhotoRow,
    picture: &Picture,
    now: DateTime<Utc>,
) -> Result<Option<Added>, Error> {
    let mut tx = db.begin().await?;
    let revision = raise_revision(&mut tx).await?;
    let others = store::of_in(&mut tx, &row.station_id).await?;
    let same = others.iter().find(|o| o.hash == row.hash);
    if same.is_some() || others.len() >= MOST_PHOTOS {
        tx.rollback().await?;
        let already = same.map(|o| id_of(o).map(Added::Already)).transpose()?;
        return Ok(Some(already.unwrap_or(Added::Refused(Refused::TooManyPhotos))));
    }
    let row = PhotoRow { rank: others.last().map_or(0, |last| last.rank + 1), ..row };
    store::add(&mut tx, &row, &picture.large, &picture.small).await?;
    note_change(&mut tx, revision, &row.station_id).await?;
    audit::record(&mut tx, &Actor::command(), now, &entry("photo.add", &row.id, &row.station_id)).await?;
    tx.commit().await?;
    Ok(None)
}

/// The photos of the station with an id or an official number; `None` where there is no such station.
pub async fn list(db: &Db, station: &str) -> Result<Option<Vec<Listed>>, Error> {
    let Some(station) = store::station(db, station).await? else { return Ok(None) };
    let listed = |row: PhotoRow| {
        let added = DateTime::from_timestamp_millis(row.added_ms).unwrap_or_default();
        Ok(Listed { added, photo: photo(row)? })
    };
    store::of(db, &station).await?.into_iter().map(listed).collect::<Result<_, _>>().map(Some)
}

/// Removes a photo; false where there is none.
pub async fn remove(db: &Db, id: PhotoId, now: DateTime<Utc>) -> Result<bool, Error> {
    let mut tx = db.begin().await?;
    let revision = raise_revision(&mut tx).await?;
    let Some(station) = store::remove(&mut tx, &id.to_string()).await? else {
        tx.rollback().await?;
        return Ok(false);
    };
    note_change(&mut tx, revision, &station).await?;
    audit::record(&mut tx, &Actor::command(), now, &entry("photo.remove", &id.to_string(), &station)).await?;
    tx.commit().await?;
    Ok(true)
}

fn entry(action: &'static str, photo: &str, station: &str) -> Entry {
    let detail = json!({ "station": station });
    Entry { action, object: Object::new("photo", photo), district: None, detail }
}

/// One of a photo's pictures, as JPEG.
pub async fn picture(db: &Db, id: PhotoId, size: Size) -> Result<Option<Vec<u8>>, Error> {
    Ok(store::picture(db, &id.to_string(), size).await?)
}

/// The photos of every station, by its id, each station's in their order.
pub async fn by_station(db: &Db) -> Result<HashMap<String, Vec<Photo>>, Error> {
    let mut found: HashMap<String, Vec<Photo>> = HashMap::new();
    for row in store::all(db).await? {
        found.entry(row.station_id.clone()).or_default().push(photo(row)?);
    }
    Ok(found)
}

/// One station's photos in their order.
pub async fn of_station(db: &Db, station: &str) -> Result<Vec<Photo>, Error> {
    store::of(db, station).await?.into_iter().map(photo).collect()
}

fn photo(row: PhotoRow) -> Result<Photo, Error> {
    let id = id_of(&row)?;
    let pixels = |n: i64| u32::try_from(n).map_err(|_| Error::Internal(format!("photo {id}: {n} pixels")));
    Ok(Photo { id, width: pixels(row.width)?, height: pixels(row.height)?, caption: row.caption })
}

fn id_of(row: &PhotoRow) -> Result<PhotoId, Error> {
    row.id.parse().map_err(|e| Error::Internal(format!("photo {}: {e}", row.id)))
}
