//! Writing layers of service points. Each change is one transaction with its audit entry.

use std::sync::Arc;

use serde_json::{Value, json};

use super::import::{self, Brought};
use super::service::layer_of;
use super::store::{self, LayerRow};
use super::told::Imported;
use super::wish::Options;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::Error;
use crate::language::Language;
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
    let wanted = options.check()?;
    let city = Arc::clone(&app.registry.snapshot().ground().city);
    let reading = tokio::task::spawn_blocking(move || import::read(&sheet, &wanted, &city));
    let brought = reading.await??;
    let (row, is_new) = if options.dry_run {
        let mut tx = app.db.begin_reading().await?;
        let before = store::layer(&mut tx, &options.code).await?;
        tx.rollback().await?;
        (counted(options.over(before.as_ref())?, &brought), before.is_none())
    } else {
        write(app, actor, options, &brought).await?
    };
    Ok(Imported {
        layer: layer_of(row),
        dry_run: options.dry_run,
        is_new,
        rows: brought.rows,
        points: brought.points.len(),
        uncertain: brought.uncertain,
        outside: brought.outside,
        problems: brought.warnings.told(language),
        more_problems: brought.warnings.more,
        columns: brought.columns,
    })
}

fn counted(row: LayerRow, brought: &Brought) -> LayerRow {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    LayerRow { points: count(brought.points.len()), with_hours: count(brought.with_hours), ..row }
}

async fn write(
    app: &App,
    actor: &Actor,
    options: &Options,
    brought: &Brought,
) -> Result<(LayerRow, bool), Error> {
    let code = &options.code;
    let mut tx = app.db.begin().await?;
    let version = next_version(&mut tx).await?;
    let before = store::layer(&mut tx, code).await?;
    let is_new = before.is_none();
    if is_new {
        room(store::count(&mut tx).await?)?;
    }
    let first_version = before.as_ref().map_or(version, |before| before.first_version);
    let row = LayerRow { version, first_version, ..counted(options.over(before.as_ref())?, brought) };
    store::clear(&mut tx, code).await?;
    store::write(&mut tx, &row).await?;
    store::add_points(&mut tx, code, &brought.points).await?;
    let detail = json!({ "version": version, "points": brought.points.len(), "replaced": !is_new });
    record(app, &mut tx, actor, code, "service_points.import", detail).await?;
    tx.commit().await?;
    Ok((row, is_new))
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    code: &str,
    action: &'static str,
    detail: Value,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::new("service_layer", code), district: None, detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}

/// Takes a layer away; whatever its version where none is named.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Stale`] where it is another version.
pub(crate) async fn remove(app: &App, actor: &Actor, code: &str, version: Option<i64>) -> Result<(), Error> {
    actor.must_in_city(Permission::DemandManage)?;
    let mut tx = app.db.begin().await?;
    next_version(&mut tx).await?;
    let row = store::layer(&mut tx, code).await?.ok_or(Error::NotFound("layer"))?;
    if version.is_some_and(|meant| meant != row.version) {
        return Err(Error::Stale { version: row.version });
    }
    store::clear(&mut tx, code).await?;
    store::remove(&mut tx, code).await?;
    record(app, &mut tx, actor, code, "service_points.remove", json!({ "version": row.version })).await?;
    Ok(tx.commit().await?)
}
