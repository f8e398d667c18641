//! The wallet and the till: a place for the script, and what to do where it does not run.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use super::{
    App, Context, HeaderName, HeaderValue, PATH, TILL, Visit, WALLET, drawn, head, icon, kept_by_nobody,
    layout, words,
};

/// The till may look through the camera, which no other page may.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("geolocation=(self), camera=(self), microphone=(), payment=(), usb=()");

/// `GET /benefits/wallet`
pub(super) async fn wallet(State(app): State<App>, visit: Visit) -> Response {
    let context = visit.context(&app);
    let said = words(context.language);
    let main = html! {
        (head(&context, &context.asked.page_href(PATH), said.back))
        (layout::answer(&context, &place(&context, "wallet", said.wallet, said.wallet_no_script)))
    };
    kept_by_nobody(drawn(&app, &visit, said.wallet, WALLET, main))
}

/// `GET /benefits/till`
pub(super) async fn till(State(app): State<App>, visit: Visit) -> Response {
    let context = visit.context(&app);
    let said = words(context.language);
    let main = html! {
        (layout::answer(&context, &place(&context, "till", said.till, said.till_no_script)))
    };
    let mut response = kept_by_nobody(drawn(&app, &visit, said.till, TILL, main));
    response.headers_mut().insert(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    response
}

/// Where the script draws.
fn place(context: &Context<'_>, name: &str, title: &str, without: &str) -> Markup {
    html! {
        div.benefits data-benefits=(name) data-now=(context.when.now.to_rfc3339()) {
            div.say { h1 { (title) } }
            div.sk-row aria-hidden="true" data-script { div.far.sk {} div { div.sk.w80 {} div.sk.w60 {} div.sk.w90 {} } }
        }
        noscript { div.say { (icon::icon("info")) p { (without) } (layout::hotline(context.words)) } }
    }
}
