//! `/api/v1/coverage/gaps.geojson`

use std::ops::RangeInclusive;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use h3o::Resolution;

use super::count::{Wanted, gaps};
use super::{openapi, table, told};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::planning::asked::{self, Format, Present, Times};
use crate::planning::basis::Basis;

/// How small cells may be, as H3 counts it: from 36 km² to 0.015 km².
pub(super) const RESOLUTIONS: RangeInclusive<f64> = 6.0..=10.0;
/// Cells of some 0.7 km², an edge of which is walked in eight minutes.
const USUAL: Resolution = Resolution::Eight;
/// How many cells are told where nothing is said.
pub(super) const LIMIT: usize = 1_000;
/// The most cells that are told.
pub(super) const MOST: usize = 10_000;

/// The route.
pub(in crate::planning) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::CoverageSee);
    Documented::default().get(told::PATH, policy, find, openapi::gaps()).schema::<told::Told>()
}

/// `GET /api/v1/coverage/gaps.geojson`
async fn find(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let asked = asked::read(&mut params, Present::of(&app), Times::Any);
    let format = asked::format(&mut params, true);
    let wanted = wanted(&mut params);
    params.finish()?;
    let basis = Basis::open(&app, &actor, asked, question.language).await?;
    let told = basis.count(move |basis| tell(basis, &wanted)).await?;
    if format != Format::Json {
        return table::sheet(&told, question.language).file(format, "coverage-gaps");
    }
    let body = serde_json::to_vec(&told).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(([(CONTENT_TYPE, "application/geo+json"), (CACHE_CONTROL, "no-store")], body).into_response())
}

fn wanted(p: &mut Params) -> Wanted {
    let given = p.number("resolution", RESOLUTIONS, false);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "6 to 10")]
    let resolution = given.and_then(|number| Resolution::try_from(number as u8).ok()).unwrap_or(USUAL);
    if given.is_some_and(|number| number.fract() != 0.0) {
        p.refuse("resolution", "unreadable", "要写 6 到 10 的整数。", "must be a whole number from 6 to 10");
    }
    Wanted { resolution, limit: p.limit(LIMIT, MOST), covered: p.flag("covered") }
}

fn tell(basis: &Basis, wanted: &Wanted) -> told::Told {
    let resolution = u8::from(wanted.resolution);
    let more = [
        ("resolution", resolution.to_string()),
        ("limit", wanted.limit.to_string()),
        ("covered", wanted.covered.to_string()),
    ];
    told::Told::new(basis, &gaps(basis, wanted), resolution, &more)
}
