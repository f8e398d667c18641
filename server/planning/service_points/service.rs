//! Layers of service points for whoever counts with them.

use std::collections::HashMap;
use std::sync::Arc;

use spatial::Position;

use super::Key;
use super::model::{ServiceLayer, ServicePoint, ServicePoints};
use super::store::{self, LayerRow, PointRow};
use crate::app::App;
use crate::calendar::Calendar;
use crate::city::City;
use crate::error::Error;
use crate::planning::layers::store::VersionRow;
use crate::planning::layers::unknown;
use crate::stations::hours::Hours;

/// Layers by their codes, each once, in the order in which they were imported; without a code all of them.
///
/// # Errors
/// [`Error::Malformed`] for `layer` where no layer has a code, with those that there are.
pub async fn layers(app: &App, codes: &[String]) -> Result<Vec<Arc<ServicePoints>>, Error> {
    let versions = store::versions(&app.db).await?;
    let is_known = |code: &String| versions.iter().any(|row| row.code == *code);
    if !codes.iter().all(is_known) {
        return Err(unknown("layer", &known(&versions)));
    }
    let chosen = versions.iter().filter(|row| codes.is_empty() || codes.contains(&row.code));
    let city = Arc::clone(&app.registry.snapshot().ground().city);
    let mut layers = Vec::new();
    for row in chosen {
        // One that somebody took away this instant is no longer there.
        layers.extend(layer(app, &city, row).await?);
    }
    Ok(layers)
}

/// Every layer, the one that was imported first before the others.
pub(crate) async fn list(app: &App) -> Result<Vec<ServiceLayer>, Error> {
    Ok(store::layers(&app.db).await?.into_iter().map(layer_of).collect())
}

fn known(versions: &[VersionRow]) -> Vec<String> {
    versions.iter().map(|row| row.code.clone()).collect()
}

async fn layer(app: &App, city: &Arc<City>, row: &VersionRow) -> Result<Option<Arc<ServicePoints>>, Error> {
    let kept = &app.planning.service_points.0;
    let key = |version| Key { code: row.code.clone(), version, city: Arc::clone(city) };
    if let Some(found) = kept.find(&key(row.version)) {
        return Ok(Some(found));
    }
    let _reading = kept.reading.lock().await;
    if let Some(found) = kept.find(&key(row.version)) {
        return Ok(Some(found));
    }
    let Some(read) = read(app, &city.calendar, &row.code).await? else { return Ok(None) };
    let version = read.layer.version;
    Ok(Some(kept.keep(key(version), read, |other| other.code == row.code)))
}

/// A layer as it stands in the database at one moment.
async fn read(app: &App, calendar: &Calendar, code: &str) -> Result<Option<ServicePoints>, Error> {
    let mut tx = app.db.begin_reading().await?;
    let row = store::layer(&mut tx, code).await?;
    let rows = store::points(&mut tx, code).await?;
    tx.rollback().await?;
    let Some(row) = row else { return Ok(None) };
    let mut hours = HoursRead { calendar, known: HashMap::new() };
    let points = rows.into_iter().map(|row| point(row, &mut hours));
    let points = points.collect::<Option<_>>().ok_or_else(|| broken(code, "a point"))?;
    Ok(Some(ServicePoints { layer: layer_of(row), points }))
}

fn broken(code: &str, what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("service layer {code}: {what}"))
}

/// Hours as they were read, each text once.
struct HoursRead<'a> {
    calendar: &'a Calendar,
    known: HashMap<String, Option<Arc<Hours>>>,
}

impl HoursRead<'_> {
    fn read(&mut self, grammar: &str) -> Option<Arc<Hours>> {
        if let Some(known) = self.known.get(grammar) {
            return known.clone();
        }
        let hours = Hours::parse(grammar, self.calendar).ok().map(Arc::new);
        self.known.insert(grammar.to_owned(), hours.clone());
        hours
    }
}

fn point(row: PointRow, hours: &mut HoursRead<'_>) -> Option<ServicePoint> {
    Some(ServicePoint {
        position: Position::new(row.lon, row.lat).ok()?,
        district: row.district.as_deref().map(str::parse).transpose().ok()?,
        hours: row.hours.as_deref().and_then(|grammar| hours.read(grammar)),
        name: row.name,
        address: row.address,
        phone: row.phone,
        hours_text: row.hours_text,
    })
}

/// What is told of a layer.
pub(super) fn layer_of(row: LayerRow) -> ServiceLayer {
    let count = |n: i64| usize::try_from(n).unwrap_or_default();
    ServiceLayer {
        points: count(row.points),
        with_hours: count(row.with_hours),
        code: row.code,
        name: row.name,
        source: row.source,
        licence: row.licence,
        as_of: row.as_of,
        version: row.version,
    }
}
