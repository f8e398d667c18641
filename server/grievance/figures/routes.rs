//! Figures, and the cases behind each.

use axum::extract::State;
use axum::http::header::LINK;
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::told::{ToldCases, ToldFigures};
use super::{asked, openapi, service};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::Names;
use crate::grievance::frame::Frame;
use crate::grievance::told::Telling;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;

/// The interface of figures.
pub(in super::super) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::GrievanceFigures);
    Documented::default()
        .get("/api/v1/grievances/figures", policy, figures, openapi::figures())
        .get("/api/v1/grievances/figures/cases", policy, cases, openapi::cases())
        .schema::<ToldFigures>()
        .schema::<ToldCases>()
}

/// `GET /api/v1/grievances/figures`
async fn figures(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    let frame = Frame::of(&app);
    let asked = asked::figures(params, &frame)?;
    let figures = service::figures(&app, &actor, &frame, &asked).await?;
    let names = Names::load(&app).await?;
    let t = Telling { names: &names, frame: &frame, language: question.language };
    Ok(private(ToldFigures::of(&app, &figures, &asked, &t)))
}

/// `GET /api/v1/grievances/figures/cases`
async fn cases(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let frame = Frame::of(&app);
    let asked = asked::behind(params, &frame)?;
    let (listed, total, next) = service::behind(&app, &actor, &frame, &asked).await?;
    let names = Names::load(&app).await?;
    let t = Telling { names: &names, frame: &frame, language: question.language };
    let told = ToldCases::of(&listed, total, next.as_ref(), &t)?;
    let link = told.next.as_deref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
    Ok((AppendHeaders(link), private(told)).into_response())
}
