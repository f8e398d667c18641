//! The worker's pages of the grievance centre: complete without script.
//!
//! None of these pages sets a cookie, is kept by anybody, or is named to another page. What leads back to a case,
//! its receipt, travels in the bodies of forms and stands in no address.
//!
//! | module | what it draws |
//! | --- | --- |
//! | `form`, `filled`, `fields` | filing a case: the requests, what stands in the form, how it is drawn |
//! | `promise` | how soon a case is answered |
//! | `receipt`, `qr` | what is taken away |
//! | `track`, `sent` | following a case: the requests, and what comes with them |
//! | `case`, `calendar`, `talk` | the case, its deadline day by day, what was and can be said |
//! | `verify` | checking a receipt |
//! | `published` | what staff cleared for everybody |

mod calendar;
mod case;
mod fields;
mod filled;
mod form;
mod promise;
mod published;
mod qr;
mod receipt;
mod sent;
mod talk;
mod track;
mod verify;
mod words;

use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use self::words::{Said, words};
use super::context::Context;
use super::layout::{About, Frame};
use super::report::kept_by_nobody;
use super::visit::Visit;
use super::{icon, reply};
use crate::accounts::Policy;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::openapi::Documented;
use crate::language::Language;

/// Where the form is.
pub(super) const PATH: &str = "/grievance";
/// Where a case is followed.
const TRACK: &str = "/grievance/track";
/// Where a receipt is checked.
const VERIFY: &str = "/grievance/verify";
/// Where anybody reads what was cleared for everybody.
const PUBLISHED: &str = "/grievance/published";

/// These pages.
pub(super) fn routes() -> Documented {
    Documented::default()
        .page(PATH, Policy::Public, form::ask)
        .form(PATH, Policy::Public, form::send)
        .page(TRACK, Policy::Public, track::ask)
        .form(TRACK, Policy::Public, track::send)
        .page(VERIFY, Policy::Public, verify::show)
        .page(PUBLISHED, Policy::Public, published::list)
        .page("/grievance/published/{id}", Policy::Public, published::one)
}

/// A way to the form, for other pages; `query` says what it is about.
pub(super) fn entry(context: &Context<'_>, query: &str) -> Markup {
    let said = words(context.language);
    let href = context.asked.page_href(PATH);
    let href = match (query.is_empty(), href.contains('?')) {
        (true, _) => href,
        (false, true) => format!("{href}&{query}"),
        (false, false) => format!("{href}?{query}"),
    };
    html! {
        a.btn.quiet.wide href=(href) { (icon::icon("join")) (said.entry) }
        p.cap { (said.entry_lead) }
    }
}

/// The heading of the entry at a station's door.
pub(super) fn entry_title(language: Language) -> &'static str {
    words(language).entry_station
}

/// A page that can be asked for again by its address `path`; an answer to a form has none.
fn drawn(app: &App, visit: &Visit, title: &str, path: Option<&str>, main: &Markup) -> Response {
    let other = visit.asked.spoken(visit.client.language.of(Language::En, Language::ZhCn));
    let frame = Frame {
        language: visit.client.language,
        assets: &app.assets(),
        title,
        is_demonstration: false,
        other_language: path.map(|path| other.page_href(path)),
        here: path.map(|path| visit.asked.page_href(path)),
        display: visit.client.display,
        about: About::default(),
        is_embedded: false,
    };
    let mut response = kept_by_nobody(reply::answer(&visit.asked, visit.client, &frame, main));
    response.headers_mut().remove(SET_COOKIE);
    response
}

/// The same with a status other than 200, and when to come back where that is known.
fn unlike(mut response: Response, (status, retry_s): (StatusCode, Option<u32>)) -> Response {
    *response.status_mut() = status;
    response.headers_mut().extend(retry_s.map(|s| (RETRY_AFTER, HeaderValue::from(s))));
    response
}

/// The top of a page with the way back.
fn head(context: &Context<'_>, said: &Said, href: &str) -> Markup {
    html! {
        header.top.sheet data-part="top" {
            a.btn.plain.back href=(href) { (icon::icon("back")) (said.back) }
            button.btn.plain type="button" data-action="size" data-script { (icon::icon("size")) (context.words.large_type) }
        }
    }
}

/// A failure that is told within the page, which keeps what was typed; every other is passed on.
fn told(error: Error, said: &Said) -> Result<Wrong, Error> {
    let general = |text: String| vec![FieldError::new("", "later", text.clone(), text)];
    match error {
        Error::Refused(fields) | Error::Malformed(fields) => {
            Ok(((StatusCode::UNPROCESSABLE_ENTITY, None), fields))
        }
        Error::NotAllowed { detail, code, .. } => {
            Ok(((StatusCode::CONFLICT, None), vec![FieldError { field: String::new(), code, detail }]))
        }
        Error::TooMany { retry_s } => {
            let text = said.too_many.with(retry_s.div_ceil(60));
            Ok(((StatusCode::TOO_MANY_REQUESTS, Some(retry_s)), general(text)))
        }
        Error::Unavailable { retry_s, reason } => {
            tracing::warn!(reason, "a page could not be written");
            Ok(((StatusCode::SERVICE_UNAVAILABLE, Some(retry_s)), general(said.busy.with(retry_s))))
        }
        other => Err(other),
    }
}

/// A status with when to come back, and what is said in the page.
type Wrong = ((StatusCode, Option<u32>), Vec<FieldError>);

/// What is wrong with one field, beside it.
fn beside(wrong: &[FieldError], fields: &[&str], language: Language) -> Markup {
    let of_field = |fault: &&FieldError| fields.contains(&fault.field.as_str());
    html! {
        @for fault in wrong.iter().filter(of_field) {
            p.wrong data-wrong { (icon::icon("warn")) (fault.detail.of(language)) }
        }
    }
}

/// Something that is said beside a field though nothing in it is wrong.
fn beside_nothing(field: &str, text: &str) -> FieldError {
    FieldError::new(field, "again", text, text)
}
