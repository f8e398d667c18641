//! The interface of statements: files of a settlement, and what a merchant's own clerk reads at the till.

use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};

use super::sheet::Sheet;
use super::{openapi, pdf, service, xlsx};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::benefits::settlements::routes::{MOST, PAGE, Settlements};
use crate::benefits::settlements::service::{page, statement};
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;
use crate::ids::SettlementId;
use crate::language::Language;

/// The media types of the files.
pub(super) const PDF: &str = "application/pdf";
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a statement of any days is written as.
pub(super) const FORMATS: [&str; 3] = ["json", "pdf", "xlsx"];

/// The routes.
pub(in super::super) fn routes() -> Documented {
    let see = Policy::Needs(Permission::BenefitSee);
    Documented::default()
        .get("/api/v1/settlements/{id}/statement.pdf", see, settled_pdf, openapi::settled("Pdf", PDF))
        .get("/api/v1/settlements/{id}/statement.xlsx", see, settled_xlsx, openapi::settled("Xlsx", XLSX))
        .get("/api/v1/till/settlements", Policy::Clerk, all, openapi::all())
        .get("/api/v1/till/settlements/{id}/statement.pdf", Policy::Clerk, own_pdf, openapi::own("Pdf", PDF))
        .get(
            "/api/v1/till/settlements/{id}/statement.xlsx",
            Policy::Clerk,
            own_xlsx,
            openapi::own("Xlsx", XLSX),
        )
        .get("/api/v1/till/statement", Policy::Clerk, open, openapi::open())
        .schema::<Sheet>()
}

/// `GET /api/v1/settlements/{id}/statement.pdf`
async fn settled_pdf(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    write(settled(&app, &actor, &id).await?, "pdf", question.language).await
}

/// `GET /api/v1/settlements/{id}/statement.xlsx`
async fn settled_xlsx(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    write(settled(&app, &actor, &id).await?, "xlsx", question.language).await
}

async fn settled(app: &App, actor: &Actor, id: &str) -> Result<Sheet, Error> {
    actor.must_in_city(Permission::BenefitSee)?;
    Ok(statement(app, read(id)?).await?.into())
}

/// `GET /api/v1/till/settlements`
async fn all(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let limit = params.limit(PAGE, MOST);
    let before: Option<SettlementId> = params.cursor(|text| text.parse().ok());
    params.finish()?;
    let merchant = service::books_of(&app, &actor).await?;
    let before = before.map(|id| id.to_string()).unwrap_or_default();
    let (items, next) = page(&app, &merchant.id, &before, limit).await?;
    Ok(list::page(&question, &origin, next.clone(), Settlements { items, next }))
}

/// `GET /api/v1/till/settlements/{id}/statement.pdf`
async fn own_pdf(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let merchant = service::books_of(&app, &actor).await?;
    write(service::own(&app, &merchant, read(&id)?).await?, "pdf", question.language).await
}

/// `GET /api/v1/till/settlements/{id}/statement.xlsx`
async fn own_xlsx(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
) -> Result<Response, Error> {
    let merchant = service::books_of(&app, &actor).await?;
    write(service::own(&app, &merchant, read(&id)?).await?, "xlsx", question.language).await
}

/// `GET /api/v1/till/statement`
async fn open(
    State(app): State<App>,
    actor: Actor,
    mut params: Params,
    question: Question,
) -> Result<Response, Error> {
    let today = app.config.zone().local(app.clock.now()).date();
    let day = |params: &mut Params, name| {
        let said = params.text(name)?;
        let read = Some(said).filter(|text| text.len() == 10).and_then(|text| text.parse::<NaiveDate>().ok());
        if read.is_none() {
            let en = "must be a day such as 2026-11-24";
            params.refuse(name, "no_day", "要写日期，如 2026-11-24。", en);
        }
        read
    };
    let from = day(&mut params, "from").unwrap_or(today.with_day(1).unwrap_or(today));
    let until = day(&mut params, "until").unwrap_or(today.max(from));
    let format = params.text("format").unwrap_or_else(|| "json".to_owned());
    if !FORMATS.contains(&format.as_str()) {
        let known = FORMATS.join(", ");
        params.refuse("format", "unknown_code", format!("可用：{known}"), format!("known: {known}"));
    }
    params.finish()?;
    let merchant = service::books_of(&app, &actor).await?;
    let sheet = service::open(&app, merchant, (from, until)).await?;
    if format == "json" { Ok(private(sheet)) } else { write(sheet, &format, question.language).await }
}

/// Writes a statement as a file, apart from the threads that answer.
async fn write(sheet: Sheet, format: &str, language: Language) -> Result<Response, Error> {
    let name = match &sheet.number {
        Some(number) => format!("{number}.{format}"),
        None => format!("statement-{}.{format}", sheet.until),
    };
    let is_pdf = format == "pdf";
    let made = tokio::task::spawn_blocking(move || {
        if is_pdf { pdf::draw(&sheet, language) } else { xlsx::write(&sheet, language) }
    });
    let bytes = made.await??;
    Ok(if is_pdf { list::inline(PDF, &name, bytes) } else { list::attachment(XLSX, &name, bytes) })
}

fn read(id: &str) -> Result<SettlementId, Error> {
    id.parse().map_err(|_| Error::NotFound("settlement"))
}
