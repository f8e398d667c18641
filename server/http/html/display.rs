//! How a page looks, by choice: large type 关怀模式, light or dark, high contrast. Cookies keep it, because the
//! server draws the next page, and a page that changes after it has been drawn jumps.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::{HeaderName, LOCATION, SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, Response};
use maud::{Markup, html};

use super::icon;
use super::reply::{KEPT_S, cookie_for};
use super::words::Words;
use crate::http::origin::Scheme;

/// What somebody has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Display {
    /// Large type.
    pub(super) is_large: bool,
    /// `light` or `dark`; without a choice the phone's own.
    pub(super) theme: Option<&'static str>,
    /// High contrast.
    pub(super) is_contrast: bool,
}

/// The choices: name of the cookie, and the values it may have. The first is what holds without a choice.
const CHOICES: [(&str, &[&str]); 3] = [
    ("size", &["normal", "large"]),
    ("theme", &["auto", "light", "dark"]),
    ("contrast", &["normal", "high"]),
];

impl Display {
    /// Reads the cookies.
    pub(super) fn read<'a>(cookie: impl Fn(&str) -> Option<&'a str>) -> Self {
        let theme = cookie("theme").and_then(|chosen| ["light", "dark"].into_iter().find(|t| *t == chosen));
        Self {
            is_large: cookie("size") == Some("large"),
            theme,
            is_contrast: cookie("contrast") == Some("high"),
        }
    }

    fn has(self, name: &str, value: &str) -> bool {
        let now = match name {
            "size" => {
                if self.is_large {
                    "large"
                } else {
                    "normal"
                }
            }
            "theme" => self.theme.unwrap_or("auto"),
            _ => {
                if self.is_contrast {
                    "high"
                } else {
                    "normal"
                }
            }
        };
        now == value
    }
}

/// The choices at the foot of a page, as links that work without script. `here` is the address to come back to.
pub(super) fn choices(words: &Words, display: Display, here: &str) -> Markup {
    let names = [words.size_title, words.theme_title, words.contrast_title];
    let values: [&[&str]; 3] = [
        &[words.size_normal, words.size_large],
        &[words.theme_auto, words.theme_light, words.theme_dark],
        &[words.contrast_normal, words.contrast_high],
    ];
    html! {
        details.display {
            summary { (icon::icon("size")) (words.display_title) }
            @for (((name, codes), title), said) in CHOICES.iter().zip(names).zip(values) {
                div role="group" aria-label=(title) {
                    span { (title) }
                    @for (code, said) in codes.iter().zip(said) {
                        @let on = display.has(name, code);
                        a.on[on] href=(href(name, code, here)) rel="nofollow" data-display=(name) data-value=(code) aria-current=[on.then_some("true")] { (said) }
                    }
                }
            }
        }
    }
}

fn href(name: &str, code: &str, here: &str) -> String {
    let back: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
    format!("/display?{name}={code}&back={back}")
}

/// `GET /display`: keeps a choice and goes back.
pub(super) async fn choose(scheme: Scheme, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let chosen = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let cookies: Vec<(HeaderName, String)> = CHOICES
        .iter()
        .filter_map(|(name, codes)| cookie(name, codes, chosen(name)?, scheme.is_https()))
        .collect();
    let back = chosen("back").filter(|path| is_own(path)).unwrap_or("/").to_owned();
    (StatusCode::SEE_OTHER, AppendHeaders(cookies), [(LOCATION, back)]).into_response()
}

fn cookie(name: &str, codes: &[&str], value: &str, is_https: bool) -> Option<(HeaderName, String)> {
    let place = codes.iter().position(|code| *code == value)?;
    let age = if place == 0 { 0 } else { KEPT_S };
    Some((SET_COOKIE, cookie_for(name, value, age, is_https)))
}

/// Whether an address is a page of this service, and nothing that a browser reads as another host.
fn is_own(path: &str) -> bool {
    let second = path.as_bytes().get(1);
    path.starts_with('/')
        && !matches!(second, Some(b'/' | b'\\'))
        && path.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_to_this_service_and_nowhere_else() {
        for own in ["/", "/?district=130302", "/stations/1?lat=39.8&lon=119.4"] {
            assert!(is_own(own), "{own}");
        }
        for other in ["", "https://example.org", "//example.org", "/\\example.org", "/a\nSet-Cookie: b"] {
            assert!(!is_own(other), "{other}");
        }
    }

    #[test]
    fn a_choice_is_one_of_those_offered() {
        let (name, codes) = CHOICES[1];
        let set = |value| cookie(name, codes, value, false).map(|(_, text)| text);
        assert_eq!(set("dark").as_deref(), Some("theme=dark; Path=/; Max-Age=31536000; SameSite=Lax"));
        assert_eq!(set("auto").as_deref(), Some("theme=auto; Path=/; Max-Age=0; SameSite=Lax"));
        assert_eq!(set("pink; Domain=org"), None);
    }
}
