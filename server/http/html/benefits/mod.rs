//! The pages of benefits for members, clerks and everybody.
//!
//! What is public is complete without script: running campaigns, offers, one campaign with its draw. What belongs to
//! somebody, a wallet or a till, is drawn by the page's script, so that no page names its reader.
//!
//! | module | what it draws |
//! | --- | --- |
//! | `own` | the wallet and the till: a place for the script |
//! | `words` | what these pages say |

mod own;
mod words;

use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::response::Response;
use maud::{Markup, html};

use self::words::words;
use super::context::Context;
use super::layout::About;
use super::report::kept_by_nobody;
use super::visit::{View, Visit};
use super::{icon, layout};
use crate::accounts::Policy;
use crate::app::App;
use crate::http::openapi::Documented;

/// Where what is offered is listed.
pub(super) const PATH: &str = "/benefits";
/// Where a member's vouchers are.
pub(super) const WALLET: &str = "/benefits/wallet";
/// Where a clerk redeems; codes on screen lead here, with the code behind `#`.
const TILL: &str = "/benefits/till";

/// These pages.
pub(super) fn routes() -> Documented {
    Documented::default().page(WALLET, Policy::Public, own::wallet).page(TILL, Policy::Public, own::till)
}

/// A way to what is offered, for other pages.
pub(super) fn entry(context: &Context<'_>) -> Markup {
    let said = words(context.language);
    html! {
        a.btn.quiet.wide href=(context.asked.page_href(PATH)) { (icon::icon("ticket")) (said.entry) }
        p.cap { (said.entry_lead) }
    }
}

/// A page below `path`, with the way back.
fn drawn(app: &App, visit: &Visit, title: &str, path: &str, main: Markup) -> Response {
    let about = About { canonical: None, ..About::default() };
    let view = View { title: title.to_owned(), is_demonstration: false, main, about };
    visit.drawn(app, view, |asked| asked.page_href(path))
}

/// The top of a page with the way back.
fn head(context: &Context<'_>, href: &str, word: &str) -> Markup {
    html! {
        header.top.sheet data-part="top" {
            a.btn.plain.back href=(href) { (icon::icon("back")) (word) }
            button.btn.plain type="button" data-action="size" data-script { (icon::icon("size")) (context.words.large_type) }
        }
    }
}
