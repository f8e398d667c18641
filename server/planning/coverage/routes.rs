//! `/api/v1/coverage`

use axum::extract::State;
use axum::response::Response;

use super::{count, openapi, table, told};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;
use crate::planning::asked::{self, Format, Present, Times};
use crate::planning::basis::Basis;

/// The route.
pub(in crate::planning) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::CoverageSee);
    Documented::default().get(told::PATH, policy, coverage, openapi::coverage()).schema::<told::Told>()
}

/// `GET /api/v1/coverage`
async fn coverage(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let asked = asked::read(&mut params, Present::of(&app), Times::Any);
    let format = asked::format(&mut params, false);
    params.finish()?;
    let basis = Basis::open(&app, &actor, asked, question.language).await?;
    let told = basis.count(|basis| told::Told::new(basis, &count::figures(basis))).await?;
    if format == Format::Json {
        return Ok(private(told));
    }
    table::sheet(&told, question.language).file(format, "coverage")
}
