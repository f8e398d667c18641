//! The pages of benefits for members, clerks and everybody.
//!
//! What is public is complete without script: running campaigns, offers, one campaign with its draw. What belongs to
//! somebody, a wallet or a till, is drawn by the page's script, so that no page names its reader.
//!
//! | module | what it draws |
//! | --- | --- |
//! | `list`, `campaign` | what is offered; one campaign with its draw |
//! | `own` | the wallet and the till: a place for the script |
//! | `words` | what these pages say |

mod campaign;
mod list;
mod own;
mod words;

use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::response::Response;
use maud::{Markup, html};

use self::words::words;
use super::asked::Asked;
use super::context::Context;
use super::layout::About;
use super::report::kept_by_nobody;
use super::visit::{View, Visit};
use super::{fault, icon, layout};
use crate::accounts::Policy;
use crate::app::App;
use crate::benefits::campaigns::CampaignCard;
use crate::benefits::model::Category;
use crate::benefits::offers;
use crate::http::openapi::Documented;
use crate::language::Language;

/// Where what is offered is listed.
pub(super) const PATH: &str = "/benefits";
/// Where one campaign is.
const CAMPAIGN: &str = "/benefits/campaigns/{id}";
/// Where a member's vouchers are.
pub(super) const WALLET: &str = "/benefits/wallet";
/// Where a clerk redeems; codes on screen lead here, with the code behind `#`.
const TILL: &str = "/benefits/till";

/// These pages.
pub(super) fn routes() -> Documented {
    Documented::default()
        .page(PATH, Policy::Public, list::page)
        .page(CAMPAIGN, Policy::Public, campaign::page)
        .page(WALLET, Policy::Public, own::wallet)
        .page(TILL, Policy::Public, own::till)
}

/// A way to what is offered, for other pages.
pub(super) fn entry(context: &Context<'_>) -> Markup {
    let said = words(context.language);
    html! {
        a.btn.quiet.wide href=(context.asked.page_href(PATH)) { (icon::icon("ticket")) (said.entry) }
        p.cap { (said.entry_lead) }
    }
}

/// The address of one of these pages in the language asked for.
fn href(asked: &Asked, path: &str) -> String {
    asked.page_href(path)
}

/// The word for a category.
fn category_word(category: Category, language: Language) -> String {
    category.words().of(language).to_owned()
}

/// A place where the script draws something; what stands there without it.
fn slot(context: &Context<'_>, name: &str, id: &str, without: &Markup) -> Markup {
    html! {
        div.benefits data-benefits=(name) data-id=(id) data-now=(context.when.now.to_rfc3339()) { (without) }
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
