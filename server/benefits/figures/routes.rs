//! The interface of figures: `/api/v1/benefits/figures`.

use axum::extract::State;
use axum::response::Response;

use super::asked::{self, Format};
use super::told::Told;
use super::{openapi, service, workbook};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::version::private;

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::BenefitFigures);
    Documented::default()
        .get("/api/v1/benefits/figures", policy, figures, openapi::figures())
        .schema::<Told>()
}

/// `GET /api/v1/benefits/figures`
async fn figures(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    let today = app.config.zone().local(app.clock.now()).date();
    let (asked, language) = (asked::read(params, today)?, question.language);
    let figures = service::figures(&app, &actor, &asked).await?;
    let names = service::names(&app, asked.by).await?;
    let told = Told::of(&app, &figures, &asked, &names, language);
    if asked.format == Format::Json {
        return Ok(private(told));
    }
    let name = format!("benefits-{}-{}.xlsx", asked.period.from, asked.period.to);
    let made = tokio::task::spawn_blocking(move || workbook::write(&figures, &told, language));
    let bytes = made.await??;
    Ok(list::attachment(XLSX, &name, bytes))
}
