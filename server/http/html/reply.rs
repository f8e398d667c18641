//! Pages as HTTP answers: what may be kept, by whom, and what is told to the next site.

use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, REFERRER_POLICY, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;

use super::asked::{Asked, Place};
use super::display::Display;
use super::layout::{self, Frame};
use crate::language::Language;

/// What a client says of itself beside the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client {
    /// The language of a cookie, or the one its browser prefers.
    pub(super) language: Language,
    /// How pages look, chosen before.
    pub(super) display: Display,
    /// The script asks for the main part alone.
    pub(super) wants_part: bool,
    /// The page was asked for over https.
    pub(super) is_https: bool,
}

impl Client {
    /// Reads the headers of a request; the language of the address wins.
    pub(super) fn read(headers: &HeaderMap, asked: &Asked, is_https: bool) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let chosen =
            asked.language.or_else(|| cookie(text("cookie"), "lang").and_then(super::asked::named_language));
        Self {
            language: chosen.unwrap_or_else(|| Language::accepted(text("accept-language"))),
            display: Display::read(|name| cookie(text("cookie"), name)),
            wants_part: text("x-fragment") == "list",
            is_https,
        }
    }
}

fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A page, or only its main part where the script asked for that.
pub(super) fn answer(asked: &Asked, client: Client, frame: &Frame<'_>, main: &Markup) -> Response {
    let markup =
        if client.wants_part { layout::main_part(frame, main) } else { layout::document(frame, main) };
    let has_position = !matches!(asked.place, Place::Nowhere | Place::District(_));
    let mut response = page(StatusCode::OK, markup, has_position);
    let tag = HeaderValue::from_static(frame.language.tag());
    response.headers_mut().insert(CONTENT_LANGUAGE, tag);
    if let Some(language) = asked.language {
        let cookie = cookie_for("lang", language.of("zh", "en"), KEPT_S, client.is_https);
        response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|value| (SET_COOKIE, value)).ok());
    }
    response
}

/// How long a choice is kept: a year, in seconds.
pub(super) const KEPT_S: u32 = 31_536_000;

/// A cookie with a choice of how pages are drawn. It says nothing of who chose.
pub(super) fn cookie_for(name: &str, value: &str, age_s: u32, is_https: bool) -> String {
    let secure = if is_https { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={age_s}; SameSite=Lax{secure}")
}

/// HTML that no shared cache keeps; one with somebody's position is kept by nobody and named to no other site.
pub(super) fn page(status: StatusCode, markup: Markup, has_position: bool) -> Response {
    let keep = if has_position { "no-store" } else { "private, no-cache" };
    let referrer = if has_position { "no-referrer" } else { "same-origin" };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, keep),
        (REFERRER_POLICY, referrer),
        (VARY, "Accept-Language, Cookie, X-Fragment"),
    ];
    (status, headers, markup.into_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(pairs: &[(&'static str, &'static str)], asked: &Asked) -> Client {
        let headers = pairs.iter().map(|(k, v)| (k.parse().expect("a name"), HeaderValue::from_static(v)));
        Client::read(&headers.collect(), asked, false)
    }

    #[test]
    fn the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        let named = Asked { language: Some(Language::ZhCn), ..Asked::default() };
        let headers = [("cookie", "size=large; lang=en"), ("accept-language", "zh")];
        assert_eq!(client(&headers, &named).language, Language::ZhCn);
        assert_eq!(client(&headers, &Asked::default()).language, Language::En);
        assert_eq!(client(&headers[1..], &Asked::default()).language, Language::ZhCn);
        assert!(client(&headers, &named).display.is_large);
    }

    #[test]
    fn a_page_with_a_position_is_kept_by_nobody() {
        let headers = page(StatusCode::OK, maud::html! {}, true).headers().clone();
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers[REFERRER_POLICY], "no-referrer");
    }
}
