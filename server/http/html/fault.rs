//! Nothing there, or a failure: own the fault, then name the way on.

use axum::http::header::{ACCEPT, CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use super::display::Display;
use super::layout::About;
use super::words::{Words, words};
use super::{icon, layout, reply};
use crate::http::assets::Assets;
use crate::language::Language;

/// Whether a client would rather read a page than a problem document.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|kind| kind.trim_start().starts_with("text/html"))
}

/// The page for an address that leads nowhere.
pub fn not_found(language: Language, assets: &Assets) -> Response {
    let words = words(language);
    let main = main(words, words.not_found_title, words.not_found, None);
    page(StatusCode::NOT_FOUND, language, assets, words.not_found_title, &main)
}

/// The page for somebody whose network did something too often; it may try again after `retry_s` seconds.
pub fn too_often(retry_s: u32, language: Language, assets: &Assets) -> Response {
    let words = words(language);
    let text = words.often.with(retry_s.div_ceil(60).max(1));
    let main = main(words, words.often_title, &text, None);
    let mut response = page(StatusCode::TOO_MANY_REQUESTS, language, assets, words.often_title, &main);
    response.headers_mut().insert(RETRY_AFTER, retry_s.into());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page for a failure of the service; the request id helps whoever reports it.
pub fn failed(status: StatusCode, language: Language, assets: &Assets, request_id: &str) -> Response {
    let words = words(language);
    let main = main(words, words.fault_title, words.fault, Some(request_id));
    page(status, language, assets, words.fault_title, &main)
}

fn page(status: StatusCode, language: Language, assets: &Assets, title: &str, main: &Markup) -> Response {
    let frame = layout::Frame {
        language,
        assets,
        title,
        is_demonstration: false,
        other_language: None,
        here: None,
        display: Display::default(),
        about: About::default(),
        is_embedded: false,
    };
    reply::page(status, layout::document(&frame, main), false)
}

fn main(words: &Words, title: &str, text: &str, request_id: Option<&str>) -> Markup {
    html! {
        div.say {
            (icon::icon("warn"))
            h1 { (title) }
            p { (text) }
            @if let Some(id) = request_id { p.cap { (id) } }
        }
        div.ways {
            @if request_id.is_some() { a.btn.wide href="" { (icon::icon("undo")) (words.try_again) } }
            a.btn.wide.quiet[request_id.is_some()] href="/" { (icon::icon("locate")) (words.to_start) }
            (layout::hotline(words))
        }
    }
}
