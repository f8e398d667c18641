//! `GET /api/v1/stations/export`.

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use spatial::Datum;

use super::{Export, Format, openapi};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Db;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::stations::listing::{self, StaffFilter, filter_parameters};

/// The route.
pub fn routes() -> Documented {
    let policy = Policy::Needs(Permission::StationExport);
    Documented::default().get("/api/v1/stations/export", policy, export, openapi::export())
}

/// What is asked.
struct Asked {
    format: Format,
    crs: Datum,
    filter: StaffFilter,
}

fn asked(mut p: Params) -> Result<Asked, Error> {
    let formats = || Format::ALL.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(", ");
    let format = p.code("format", formats).unwrap_or(Format::Xlsx);
    let given: Option<Datum> = p.code("crs", || Datum::ALL.map(Datum::as_str).join(", "));
    if let (Some(own), Some(given)) = (format.own_crs(), given)
        && own != given
    {
        let zh = format!("这个地图用 {}，不用写 crs。", own.as_str());
        p.refuse("crs", "contradiction", zh, format!("this map works in {}; leave crs out", own.as_str()));
    }
    let filter = filter_parameters(&mut p);
    p.finish()?;
    Ok(Asked { format, crs: format.own_crs().or(given).unwrap_or(Datum::Wgs84), filter })
}

/// The stations of the caller's districts in every status, with what only staff may know.
async fn export(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    let Asked { format, crs, filter } = asked(params)?;
    let (snapshot, now, language) = (app.registry.snapshot(), app.clock.now(), question.language);
    let permission = Permission::StationExport;
    let stations = listing::service::all(&app.db, &actor, permission, &filter, &snapshot, now).await?;
    record(&app.db, &actor, now, json!({ "format": format.as_str(), "stations": stations.len() })).await?;
    let name = format!("stations-{}.{}", snapshot.zone().local(now).format("%Y%m%d"), format.extension());
    let made = tokio::task::spawn_blocking(move || {
        Export { format, crs, language, city: snapshot.city() }.write(&stations)
    });
    let bytes = made.await??;
    Ok(list::attachment(format.media_type(), &name, bytes))
}

/// Records that somebody took the registry out of the service, with what only staff may know.
async fn record(db: &Db, actor: &Actor, now: DateTime<Utc>, detail: Value) -> Result<(), Error> {
    let object = Object::new("registry", "stations");
    let mut tx = db.begin().await?;
    let entry = Entry { action: "station.export", object, district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    Ok(tx.commit().await?)
}
