//! `/api/v1/coverage/extensions`

use std::ops::RangeInclusive;

use axum::extract::State;
use axum::response::Response;

use super::{count, openapi, table, told};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;
use crate::planning::asked::{self, Format, Present, Times};
use crate::planning::basis::Basis;

/// By how many hours a station may be open longer at either end of a day.
pub(super) const HOURS: RangeInclusive<f64> = 1.0..=4.0;
/// By how many where nothing is said.
pub(super) const USUAL_HOURS: u8 = 2;
/// How many lines are told where nothing is said.
pub(super) const LIMIT: usize = 20;
/// The most lines that are told.
pub(super) const MOST: usize = 100;

/// The route.
pub(in crate::planning) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::CoverageSee);
    Documented::default().get(told::PATH, policy, find, openapi::extensions()).schema::<told::Told>()
}

/// `GET /api/v1/coverage/extensions`
async fn find(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let asked = asked::read(&mut params, Present::of(&app), Times::Week);
    let format = asked::format(&mut params, false);
    let (hours, limit) = (hours(&mut params), params.limit(LIMIT, MOST));
    params.finish()?;
    let basis = Basis::open(&app, &actor, asked, question.language).await?;
    let told = basis.count(move |basis| tell(basis, hours, limit)).await??;
    if format == Format::Json {
        return Ok(private(told));
    }
    table::sheet(&told, question.language).file(format, "coverage-extensions")
}

fn hours(p: &mut Params) -> u8 {
    let given = p.number("hours", HOURS, false);
    if given.is_some_and(|hours| hours.fract() != 0.0) {
        p.refuse("hours", "unreadable", "要写 1 到 4 的整数。", "must be a whole number from 1 to 4");
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 4")]
    let hours = given.map_or(USUAL_HOURS, |hours| hours as u8);
    hours
}

fn tell(basis: &Basis, hours: u8, limit: usize) -> Result<told::Told, Error> {
    let ranked = count::ranked(basis, hours, limit);
    if ranked.too_many {
        let zh = "驿站和人太多，请选区县或缩短距离。";
        let en = "too many stations and people; choose a district or a shorter distance";
        return Err(Error::Malformed(vec![FieldError::new("district", "too_much", zh, en)]));
    }
    let more = [("hours", hours.to_string()), ("limit", limit.to_string())];
    Ok(told::Told::new(basis, &ranked, &more))
}
