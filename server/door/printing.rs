//! `GET /api/v1/stations/{id}/door-card.pdf` and `GET /api/v1/door-cards.pdf`.

use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::card::{MOST_CARDS, Office, Printed};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::city::settings;
use crate::error::{Error, FieldError};
use crate::http::list;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::ids::StationId;
use crate::stations::life::desk::Desk;
use crate::stations::listing::{self, StaffFilter, filter_parameters};
use crate::stations::model::{Station, Status};

/// Names the characters that the font lacks, as `U+20BB7 U+3400`.
const MISSING: HeaderName = HeaderName::from_static("x-missing-characters");

/// The card of one station, in whatever status: it is printed before the door opens.
pub(super) async fn one(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    origin: Origin,
) -> Result<Response, Error> {
    let id: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    let station = Desk::of(&app, actor).await?.find(id).await?;
    let name = format!("door-card-{}.pdf", station.facts.code.as_deref().map_or(id.to_string(), plain));
    printed(&app, origin, vec![station], &name).await
}

/// The cards of the public stations that a filter chooses.
pub(super) async fn many(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
) -> Result<Response, Error> {
    let mut filter = filter_parameters(&mut params);
    params.finish()?;
    if filter.statuses.is_empty() {
        filter.statuses = vec![Status::Open, Status::Suspended];
    }
    let stations = chosen(&app, &actor, &filter).await?;
    if stations.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    printed(&app, origin, stations, "door-cards.pdf").await
}

async fn chosen(app: &App, actor: &Actor, filter: &StaffFilter) -> Result<Vec<Station>, Error> {
    let (snapshot, now) = (app.registry.snapshot(), app.clock.now());
    let see = Permission::StationSee;
    let mut stations = listing::service::all(&app.db, actor, see, filter, &snapshot, now).await?;
    if stations.len() > MOST_CARDS {
        let count = stations.len();
        let zh = format!("选中了 {count} 个驿站，一次最多印 {MOST_CARDS} 个，请选一个区县。");
        let en = format!(
            "{count} stations are chosen; at most {MOST_CARDS} can be printed at once, so choose a district"
        );
        return Err(Error::Refused(vec![FieldError::new("district", "out_of_range", zh, en)]));
    }
    // The order in which somebody hands them out.
    stations.sort_by(|a, b| {
        (a.facts.district, &a.facts.code, a.id).cmp(&(b.facts.district, &b.facts.code, b.id))
    });
    Ok(stations)
}

async fn printed(app: &App, origin: Origin, stations: Vec<Station>, name: &str) -> Result<Response, Error> {
    let city = app.registry.snapshot().ground().city.clone();
    let settings = settings::load(&app.db, &app.config).await?.1;
    let positions: Vec<_> = stations.iter().map(|station| station.facts.position).collect();
    let maps = app.maps.for_paper(&positions).await;
    let drawn = tokio::task::spawn_blocking(move || {
        Office { city: &city, settings: &settings, origin: &origin.0 }.print(&stations, &maps)
    });
    let Printed { bytes, missing } = drawn.await??;
    let numbers: Vec<String> = missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let lacking = (!numbers.is_empty()).then(|| (MISSING, numbers.join(" ")));
    Ok((AppendHeaders(lacking), list::inline("application/pdf", name, bytes)).into_response())
}

/// An official number as a part of a file's name.
fn plain(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
