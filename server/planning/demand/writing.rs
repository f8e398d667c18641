//! Writing layers of demand. Each change is one transaction with its audit entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::import::{self, Brought};
use super::model::{DemandPoint, Layer};
use super::service::{layer_of, parts_of, profiles, sums_of};
use super::store::{self, LayerRow, PartRow, PointRow, WRITTEN};
use super::told::{Besides, Imported, InDistrict, whole};
use super::wish::{Options, Patch, blank, kept};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::city::City;
use crate::db::Tx;
use crate::error::Error;
use crate::language::Language;
use crate::planning::layers::provenance::Texts;
use crate::planning::layers::room;
use crate::planning::layers::store::next_version;
use crate::stations::import::Sheet;

/// Brings a layer in, in place of the one of its code, or says what it would come to.
///
/// # Errors
/// [`Error::Refused`] with each field of the options and each row of the file that is wrong; nothing is changed then.
pub(crate) async fn bring(
    app: &App,
    actor: &Actor,
    sheet: Sheet,
    options: &Options,
    language: Language,
) -> Result<Imported, Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let city = Arc::clone(&app.registry.snapshot().ground().city);
    let checked = options.check(&city.vocabularies)?;
    let (wanted, ground) = (checked.wanted, Arc::clone(&city));
    let reading = tokio::task::spawn_blocking(move || import::read(&sheet, &wanted, &ground));
    let mut brought = reading.await??;
    // What somebody says of the hours goes before what the file says.
    brought.profiles = checked.profile.unwrap_or(brought.profiles);
    let (row, is_new) = if options.dry_run {
        let mut tx = app.db.begin_reading().await?;
        let before = store::layer(&mut tx, &checked.code).await?;
        tx.rollback().await?;
        (laid(options, &checked.code, before.as_ref(), &brought)?, before.is_none())
    } else {
        write(app, actor, options, &checked.code, &brought).await?
    };
    told(&city, row, is_new, options.dry_run, &brought, language)
}

fn laid(
    options: &Options,
    code: &str,
    before: Option<&LayerRow>,
    brought: &Brought,
) -> Result<LayerRow, Error> {
    let blank = blank(code);
    let row = options.lay(&mut Texts::default(), before.unwrap_or(&blank));
    Ok(LayerRow { profiles: kept(&brought.profiles)?, ..row })
}

async fn write(
    app: &App,
    actor: &Actor,
    options: &Options,
    code: &str,
    brought: &Brought,
) -> Result<(LayerRow, bool), Error> {
    let mut tx = app.db.begin().await?;
    let version = next_version(&mut tx).await?;
    let before = store::layer(&mut tx, code).await?;
    let is_new = before.is_none();
    if is_new {
        room(store::layers(&mut tx).await?.len())?;
    }
    let first_version = before.as_ref().map_or(version, |before| before.first_version);
    let row = LayerRow { version, first_version, ..laid(options, code, before.as_ref(), brought)? };
    store::clear(&mut tx, code).await?;
    store::write(&mut tx, &row).await?;
    for (part, from) in brought.points.chunks(WRITTEN).zip((0..).step_by(WRITTEN)) {
        store::add_points(&mut tx, code, from, part.iter().map(row_of)).await?;
    }
    let parts = parts_of(code, &brought.points);
    store::add_parts(&mut tx, &parts).await?;
    let people = whole(sums_of(&parts).people);
    let detail =
        json!({ "version": version, "points": brought.points.len(), "people": people, "replaced": !is_new });
    record(app, &mut tx, actor, code, "demand.import", detail).await?;
    tx.commit().await?;
    Ok((row, is_new))
}

fn row_of(point: &DemandPoint) -> PointRow {
    PointRow {
        lon: point.position.lon(),
        lat: point.position.lat(),
        people: point.people,
        trade: point.trade.map(|trade| trade.as_str().to_owned()),
        district: point.district.map(|code| code.to_string()),
    }
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    code: &str,
    action: &'static str,
    detail: Value,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::new("demand_layer", code), district: None, detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}

fn told(
    city: &City,
    row: LayerRow,
    is_new: bool,
    dry_run: bool,
    brought: &Brought,
    language: Language,
) -> Result<Imported, Error> {
    let parts = parts_of(&row.code, &brought.points);
    let profiles = profiles(&row)?;
    let layer = layer_of(row, &profiles, sums_of(&parts));
    let besides = Besides {
        rows: brought.rows,
        outside: brought.outside,
        by_district: by_district(city, &parts, language),
        problems: brought.warnings.told(language),
        more_problems: brought.warnings.more,
        columns: brought.columns.clone(),
    };
    Ok(Imported::new(layer, dry_run, is_new, besides))
}

fn by_district(city: &City, parts: &[PartRow], language: Language) -> Vec<InDistrict> {
    let mut sums: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for part in parts {
        let sum = sums.entry(&part.district).or_default();
        sum.0 += usize::try_from(part.points).unwrap_or_default();
        sum.1 += part.people;
    }
    let told = |(code, (points, people)): (&str, (usize, f64))| {
        let district = city.district(code.parse().ok()?)?;
        let name = district.label(language).to_owned();
        Some(InDistrict { adcode: district.adcode, name, points, people: whole(people) })
    };
    sums.into_iter().filter_map(told).collect()
}

/// A layer that a change is meant for.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Stale`] where it is another version.
async fn found(tx: &mut Tx, code: &str, version: i64) -> Result<LayerRow, Error> {
    let row = store::layer(tx, code).await?.ok_or(Error::NotFound("layer"))?;
    if row.version == version { Ok(row) } else { Err(Error::Stale { version: row.version }) }
}

/// Changes what is said of a layer.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`], or [`Error::Refused`] with each field that is wrong.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    code: &str,
    version: i64,
    patch: &Patch,
) -> Result<Layer, Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let mut tx = app.db.begin().await?;
    let next = next_version(&mut tx).await?;
    let before = found(&mut tx, code, version).await?;
    let row = LayerRow { version: next, ..patch.lay(&before)? };
    store::write(&mut tx, &row).await?;
    let parts: Vec<_> = store::parts(&mut tx).await?.into_iter().filter(|part| part.layer == code).collect();
    let detail = json!({ "version": next, "profile": row.profiles != before.profiles });
    record(app, &mut tx, actor, code, "demand.change", detail).await?;
    tx.commit().await?;
    let profiles = profiles(&row)?;
    Ok(layer_of(row, &profiles, sums_of(&parts)))
}

/// Takes a layer away; whatever its version where none is named.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Stale`] where it is another version.
pub(crate) async fn remove(app: &App, actor: &Actor, code: &str, version: Option<i64>) -> Result<(), Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let mut tx = app.db.begin().await?;
    next_version(&mut tx).await?;
    let row = store::layer(&mut tx, code).await?.ok_or(Error::NotFound("layer"))?;
    found(&mut tx, code, version.unwrap_or(row.version)).await?;
    store::clear(&mut tx, code).await?;
    store::remove(&mut tx, code).await?;
    record(app, &mut tx, actor, code, "demand.remove", json!({ "version": row.version })).await?;
    Ok(tx.commit().await?)
}
