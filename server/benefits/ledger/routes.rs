//! `GET /api/v1/ledger/check`

use axum::extract::State;
use axum::response::Response;

use super::{check, openapi};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::openapi::Documented;
use crate::http::version::private;

/// The routes.
pub(in crate::benefits) fn routes() -> Documented {
    let routes = Documented::default().get(
        "/api/v1/ledger/check",
        Policy::Needs(Permission::BenefitFigures),
        compare,
        openapi::compare(),
    );
    openapi::with_schemas(routes)
}

async fn compare(State(app): State<App>, actor: Actor) -> Result<Response, Error> {
    actor.must_in_city(Permission::BenefitFigures)?;
    Ok(private(check::check(&app.db, app.config.zone().stamp(app.clock.now())).await?))
}
