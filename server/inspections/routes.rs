//! The interface of inspections.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::wish::InspectionWish;
use super::{findings, openapi, rounds, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::StationId;
use crate::stations::life::desk::Desk;

/// The interface of inspections.
pub fn routes() -> Documented {
    let (inspect, see) = (Policy::Needs(Permission::InspectionDo), Policy::Needs(Permission::StationSee));
    let own = Documented::default().post("/api/v1/inspections", inspect, tell, openapi::tell()).get(
        "/api/v1/stations/{id}/inspections",
        see,
        of_station,
        openapi::of_station(),
    );
    openapi::with_schemas(own).merge(rounds::routes::routes()).merge(findings::routes::routes())
}

/// `POST /api/v1/inspections`
async fn tell(
    State(app): State<App>,
    actor: Actor,
    Body(wish): Body<InspectionWish>,
) -> Result<Response, Error> {
    let told = service::tell(&Desk::of(&app, actor).await?, &app.registry.snapshot(), &wish).await?;
    if let Some(revision) = told.revision {
        app.registry.after_writing(revision).await;
    }
    let status = if told.is_repeated { StatusCode::OK } else { StatusCode::CREATED };
    let revision = told.revision.map(|revision| ("x-registry-revision", revision.to_string()));
    Ok((status, AppendHeaders(revision), private(told.inspection)).into_response())
}

/// `GET /api/v1/stations/{id}/inspections`
async fn of_station(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    params: Params,
) -> Result<Response, Error> {
    params.finish()?;
    let station: StationId = id.parse().map_err(|_| Error::NotFound("station"))?;
    Ok(private(service::of_station(&Desk::of(&app, actor).await?, station).await?))
}
