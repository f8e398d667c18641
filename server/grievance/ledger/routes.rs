//! The ledger, as pages and as a workbook.

use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::response::{AppendHeaders, IntoResponse, Response};

use super::service::{export, page};
use super::told::ToldLedger;
use super::{openapi, workbook};
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::grievance::asked::{PAGE, wanted};
use crate::grievance::desk::Names;
use crate::grievance::frame::Frame;
use crate::grievance::told::Telling;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The most characters of a cursor: a number.
const CURSOR_CHARS: usize = 20;

/// The interface of the ledger.
pub(in super::super) fn routes() -> Documented {
    let policy = Policy::Needs(Permission::GrievanceFigures);
    Documented::default()
        .get("/api/v1/grievances/ledger", policy, ledger, openapi::ledger())
        .schema::<ToldLedger>()
}

/// `GET /api/v1/grievances/ledger`
async fn ledger(
    State(app): State<App>,
    actor: Actor,
    uri: Uri,
    mut params: Params,
    (origin, question): (Origin, Question),
) -> Result<Response, Error> {
    let frame = Frame::of(&app);
    let is_file = is_file(&mut params);
    let wanted = wanted(&mut params, &actor, &frame);
    let limit = params.limit(PAGE.0, PAGE.1);
    let after = cursor(&mut params);
    params.finish()?;
    let names = Names::load(&app).await?;
    let t = Telling { names: &names, frame: &frame, language: question.language };
    if is_file {
        let asked: Vec<_> =
            form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let lines = export(&app, &actor, &frame, (&wanted, &asked)).await?;
        return file(workbook::rows(&lines, &t)?, &t).await;
    }
    let (lines, next) = page(&app, &actor, &frame, &wanted, (after.as_deref(), limit)).await?;
    let told = ToldLedger::of(&lines, next, &t);
    let link = told.next.as_deref().map(|cursor| (LINK, question.next_link(&origin, cursor)));
    Ok((AppendHeaders(link), private(told)).into_response())
}

/// Whether a workbook is asked for.
fn is_file(p: &mut Params) -> bool {
    match p.text("format").as_deref() {
        None | Some("json") => false,
        Some("xlsx") => true,
        Some(_) => {
            p.refuse("format", "unknown_code", "要写 json 或 xlsx。", "must be json or xlsx");
            false
        }
    }
}

fn cursor(p: &mut Params) -> Option<String> {
    let text = p.text("cursor")?;
    let is_number = text.len() <= CURSOR_CHARS && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !is_number {
        let (zh, en) = ("请用上一页给的 next 翻页。", "use what the page before says in `next`");
        p.refuse("cursor", "unreadable", zh, en);
    }
    is_number.then_some(text)
}

async fn file(rows: Vec<Vec<crate::table::Cell>>, t: &Telling<'_>) -> Result<Response, Error> {
    let language = t.language;
    let made = tokio::task::spawn_blocking(move || workbook::write(rows, language)).await;
    let bytes = made??;
    let name = format!("grievances-{}.xlsx", t.frame.today().format("%Y%m%d"));
    let headers = [
        (CONTENT_TYPE, XLSX.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
