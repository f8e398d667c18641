//! The interface of the audit log.

use axum::extract::State;
use axum::response::Response;
use tokio::sync::Mutex;

use super::listing::{self, MOST, MOST_TEXT, PERMISSION, USUAL, Wanted};
use super::told::Told;
use super::{Signer, Witness, openapi, verify};
use crate::accounts::{Actor, Policy, Scope};
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::list;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::http::version::private;

/// `/api/v1/audit…`
pub fn routes() -> Documented {
    let needed = Policy::Needs(PERMISSION);
    let routes = Documented::default().get("/api/v1/audit", needed, entries, openapi::list()).post(
        "/api/v1/audit/verify",
        needed,
        check,
        openapi::verify(),
    );
    openapi::with_schemas(routes)
}

/// `GET /api/v1/audit`
async fn entries(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    let wanted = wanted(params)?;
    let page = listing::list(&app.db, &actor.reach(PERMISSION), &wanted, app.config.zone()).await?;
    Ok(list::page(&question, &origin, page.next.clone(), page))
}

fn wanted(mut params: Params) -> Result<Wanted, Error> {
    let wanted = Wanted {
        account: params.value("account", "要写账号的 id。", "must be an account's id"),
        action: short(&mut params, "action"),
        object: short(&mut params, "object"),
        district: params.value::<Scope>(
            "district",
            "要写区划代码的前 2、4 或 6 位。",
            "must be the first 2, 4 or 6 digits of a district code",
        ),
        from: params.instant("from"),
        to: params.instant("to"),
        limit: params.limit(USUAL, MOST),
        before: params.value("cursor", "要原样写上一页给的 next。", "must be the `next` of the page before"),
    };
    params.finish()?;
    Ok(wanted)
}

/// A text that is no longer than anything it could be compared with.
fn short(params: &mut Params, name: &'static str) -> Option<String> {
    let text = params.text(name)?;
    if text.chars().count() > MOST_TEXT {
        let zh = format!("最多 {MOST_TEXT} 个字。");
        params.refuse(name, "too_long", zh, format!("at most {MOST_TEXT} characters"));
        return None;
    }
    Some(text)
}

/// One check at a time: it reads the whole log.
static CHECKING: Mutex<()> = Mutex::const_new(());

/// `POST /api/v1/audit/verify`
async fn check(
    State(app): State<App>,
    actor: Actor,
    params: Params,
    question: Question,
) -> Result<Response, Error> {
    params.finish()?;
    // The chain is one for the whole city; a part of it cannot be checked.
    actor.must(PERMISSION, None)?;
    let Ok(_checking) = CHECKING.try_lock() else {
        return Err(Error::Unavailable { retry_s: 10, reason: "another check is under way".to_owned() });
    };
    let witness = Witness::of(&app.config.storage.data);
    let report = verify(&app.db, &Signer::new(&app.secrets), &witness).await?;
    Ok(private(Told::new(report, app.config.zone(), question.language)))
}
