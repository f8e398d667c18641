//! Layers of demand for whoever counts with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spatial::Position;

use super::model::{Demand, DemandPoint, Layer, Profiles, WEEK_HOURS};
use super::stand_in;
use super::store::{self, LayerRow, PartRow, PointRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::Adcode;
use crate::language::Language;
use crate::planning::layers::store::VersionRow;
use crate::planning::layers::unknown;
use crate::stations::model::Trade;

/// The layer that questions mean that name none.
pub const DEFAULT: &str = "default";

/// A layer by its code; without one the layer `default`, else the first that was imported, else what stands in for one.
///
/// # Errors
/// [`Error::Malformed`] for `demand` where no layer has the code, with those that there are.
pub async fn layer(app: &App, code: Option<&str>) -> Result<Arc<Demand>, Error> {
    if code == Some(stand_in::CODE) {
        return Ok(stand_in_of(app));
    }
    let versions = store::versions(&app.db).await?;
    let by_code = |code: &str| versions.iter().find(|row| row.code == code);
    let chosen = match code {
        Some(code) => Some(by_code(code).ok_or_else(|| unknown("demand", &codes(&versions)))?),
        None => by_code(DEFAULT).or(versions.first()),
    };
    let Some(VersionRow { code, version }) = chosen else { return Ok(stand_in_of(app)) };
    let kept = &app.planning.demand.layers;
    let find = || kept.find(&(code.clone(), *version));
    if let Some(found) = find() {
        return Ok(found);
    }
    let _reading = kept.reading.lock().await;
    if let Some(found) = find() {
        return Ok(found);
    }
    let demand = read(app, code).await?.ok_or_else(|| unknown("demand", &codes(&versions)))?;
    let key = (code.clone(), demand.layer.version);
    Ok(kept.keep(key, demand, |(other, _)| other == code))
}

fn codes(versions: &[VersionRow]) -> Vec<String> {
    versions.iter().map(|row| row.code.clone()).chain([stand_in::CODE.to_owned()]).collect()
}

/// What stands in for a layer, made once for a city.
pub(super) fn stand_in_of(app: &App) -> Arc<Demand> {
    let kept = &app.planning.demand.stand_in;
    let snapshot = app.registry.snapshot();
    let city = &snapshot.ground().city;
    if let Some(known) = kept.load_full().filter(|known| Arc::ptr_eq(&known.0, city)) {
        return Arc::clone(&known.1);
    }
    let demand = Arc::new(stand_in::make(city));
    kept.store(Some(Arc::new((Arc::clone(city), Arc::clone(&demand)))));
    demand
}

/// A layer as it stands in the database at one moment.
async fn read(app: &App, code: &str) -> Result<Option<Demand>, Error> {
    let mut tx = app.db.begin_reading().await?;
    let Some(row) = store::layer(&mut tx, code).await? else {
        tx.rollback().await?;
        return Ok(None);
    };
    let points = read_points(&mut tx, code).await?;
    tx.rollback().await?;
    let profiles = profiles(&row)?;
    let layer = layer_of(row, &profiles, sums(&points));
    Ok(Some(Demand { layer, points, profiles }))
}

async fn read_points(tx: &mut Tx, code: &str) -> Result<Vec<DemandPoint>, Error> {
    let mut points = Vec::new();
    loop {
        let from = i64::try_from(points.len()).unwrap_or(i64::MAX);
        let rows = store::points(tx, code, from).await?;
        if rows.is_empty() {
            return Ok(points);
        }
        for row in rows {
            points.push(point(&row).ok_or_else(|| broken(code, "a point"))?);
        }
    }
}

fn point(row: &PointRow) -> Option<DemandPoint> {
    Some(DemandPoint {
        position: Position::new(row.lon, row.lat).ok()?,
        people: row.people,
        trade: row.trade.as_deref().map(str::parse).transpose().ok()?,
        district: row.district.as_deref().map(str::parse).transpose().ok()?,
    })
}

fn broken(code: &str, what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("demand layer {code}: {what}"))
}

/// The profiles as a row keeps them: JSON with 168 numbers by trade, `""` for all others.
pub(super) fn profiles(row: &LayerRow) -> Result<Profiles, Error> {
    let kept: BTreeMap<String, Vec<f64>> =
        serde_json::from_str(&row.profiles).map_err(|e| broken(&row.code, e))?;
    let mut profiles = Profiles::default();
    for (name, shares) in kept {
        let shares = <[f64; WEEK_HOURS]>::try_from(shares).map_err(|_| broken(&row.code, "a profile"))?;
        if name.is_empty() {
            profiles.of_others = Some(shares);
        } else {
            let trade: Trade = name.parse().map_err(|e| broken(&row.code, e))?;
            profiles.of_trade.insert(trade.as_str(), shares);
        }
    }
    Ok(profiles)
}

/// How many points and people there are, and of which trades.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) points: usize,
    pub(super) people: f64,
    pub(super) trades: BTreeSet<Trade>,
}

fn sums<'a>(points: impl IntoIterator<Item = &'a DemandPoint>) -> Sums {
    let mut sums = Sums::default();
    for point in points {
        sums.points += 1;
        sums.people += point.people;
        sums.trades.extend(point.trade);
    }
    sums
}

/// The same of parts.
pub(super) fn sums_of<'a>(parts: impl IntoIterator<Item = &'a PartRow>) -> Sums {
    let mut sums = Sums::default();
    for part in parts {
        sums.points += usize::try_from(part.points).unwrap_or_default();
        sums.people += part.people;
        sums.trades.extend(part.trade.parse::<Trade>().ok());
    }
    sums
}

/// What points come to in each district for each trade.
pub(super) fn parts_of(layer: &str, points: &[DemandPoint]) -> Vec<PartRow> {
    let mut parts: BTreeMap<(Option<Adcode>, Option<Trade>), (i64, f64)> = BTreeMap::new();
    for point in points {
        let part = parts.entry((point.district, point.trade)).or_default();
        part.0 += 1;
        part.1 += point.people;
    }
    let row =
        |((district, trade), (points, people)): ((Option<Adcode>, Option<Trade>), (i64, f64))| PartRow {
            layer: layer.to_owned(),
            district: district.map(|code| code.to_string()).unwrap_or_default(),
            trade: trade.map_or("", Trade::as_str).to_owned(),
            points,
            people,
        };
    parts.into_iter().map(row).collect()
}

/// Every layer that was imported, the first one first, or what stands in for one: with the people whom somebody may
/// see.
pub(crate) async fn list(app: &App, actor: &Actor, language: Language) -> Result<Vec<Layer>, Error> {
    let mut tx = app.db.begin_reading().await?;
    let rows = store::layers(&mut tx).await?;
    let parts = store::parts(&mut tx).await?;
    tx.rollback().await?;
    if rows.is_empty() {
        return Ok(vec![told(&stand_in_of(app), actor, language)]);
    }
    let may_see = |part: &&PartRow| actor.may(Permission::CoverageSee, part.district.parse().ok());
    let mut layers = Vec::with_capacity(rows.len());
    for row in rows {
        let own = parts.iter().filter(|part| part.layer == row.code).filter(may_see);
        let (sums, profiles) = (sums_of(own), profiles(&row)?);
        layers.push(layer_of(row, &profiles, sums));
    }
    Ok(layers)
}

/// What is told of a layer.
pub(super) fn layer_of(row: LayerRow, profiles: &Profiles, sums: Sums) -> Layer {
    Layer {
        code: row.code,
        name: row.name,
        source: row.source,
        licence: row.licence,
        as_of: row.as_of,
        note: row.note,
        stand_in: false,
        version: row.version,
        points: sums.points,
        people: sums.people,
        trades: sums.trades.into_iter().collect(),
        by_hour: !profiles.is_empty(),
    }
}

/// What somebody is told of a layer: whoever has some districts only is told of the people there.
pub fn told(demand: &Demand, actor: &Actor, language: Language) -> Layer {
    let layer = demand.layer.told(language);
    if actor.may(Permission::CoverageSee, None) {
        return layer;
    }
    let mut reached = BTreeMap::new();
    let sums = sums(demand.points.iter().filter(|point| {
        let may = || actor.may(Permission::CoverageSee, point.district);
        *reached.entry(point.district).or_insert_with(may)
    }));
    Layer { points: sums.points, people: sums.people, trades: sums.trades.into_iter().collect(), ..layer }
}
