//! The cookie that holds a person's session, and the one by which his browser is known.

use axum::http::header::{self, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName};

use super::origin::Scheme;

/// The cookie of a session. Where people come by https it has the prefix `__Host-` besides, which keeps other
/// sites of the domain from setting it; only the prefixed name is read there.
pub const COOKIE: &str = "yizhan_session";
/// The cookie of a browser from which somebody has signed in before.
const DEVICE: &str = "yizhan_device";
/// The cookie of a phone that holds keepers' links: their secrets, parted by dots, the newest first.
const KEEPER: &str = "yizhan_keeper";
/// The cookie of a phone that signed in with a one-time code.
pub const PHONE: &str = "yizhan_phone";
/// How long a phone holds it, in seconds: 400 days; the session ends before.
const PHONE_S: u32 = 400 * 24 * 3_600;
/// The most links that a phone holds.
const KEEPER_LINKS: usize = 5;
/// How long a phone holds them, in seconds: 400 days, the most that browsers keep a cookie.
const KEEPER_S: u32 = 400 * 24 * 3_600;
/// How long a browser is remembered, in seconds: 180 days.
const DEVICE_S: u32 = 180 * 24 * 3_600;

/// The secret of the session that a request shows.
pub fn cookie(scheme: Scheme, headers: &HeaderMap) -> Option<String> {
    find(scheme, headers, COOKIE)
}

/// The secret of the browser that a request shows.
pub fn device(scheme: Scheme, headers: &HeaderMap) -> Option<String> {
    find(scheme, headers, DEVICE)
}

/// The secrets of the keepers' links that a phone holds.
pub fn keeper(scheme: Scheme, headers: &HeaderMap) -> Vec<String> {
    let held = find(scheme, headers, KEEPER).unwrap_or_default();
    held.split('.').filter(|secret| !secret.is_empty()).take(KEEPER_LINKS).map(str::to_owned).collect()
}

/// Lets a phone hold a keeper's link besides those that it holds.
pub fn keep(scheme: Scheme, secret: &str, headers: &HeaderMap) -> (HeaderName, String) {
    let others = keeper(scheme, headers).into_iter().filter(|other| other != secret);
    let held: Vec<String> = std::iter::once(secret.to_owned()).chain(others).take(KEEPER_LINKS).collect();
    (SET_COOKIE, written(scheme, KEEPER, &held.join("."), &format!("; Max-Age={KEEPER_S}")))
}

/// The secret of the phone's session that a request shows.
pub fn phone(scheme: Scheme, headers: &HeaderMap) -> Option<String> {
    find(scheme, headers, PHONE)
}

/// Lets a phone hold its session.
pub fn hold(scheme: Scheme, secret: &str) -> (HeaderName, String) {
    (SET_COOKIE, written(scheme, PHONE, secret, &format!("; Max-Age={PHONE_S}")))
}

/// Takes a phone's session back.
pub fn let_go(scheme: Scheme) -> (HeaderName, String) {
    (SET_COOKIE, written(scheme, PHONE, "", "; Max-Age=0"))
}

/// Whether a request shows a cookie by which somebody may do something.
pub fn is_somebody(scheme: Scheme, headers: &HeaderMap) -> bool {
    [COOKIE, KEEPER, PHONE].iter().any(|name| find(scheme, headers, name).is_some())
}

/// Hands out a session: it ends with the browser, or at its own end.
pub fn start(scheme: Scheme, secret: &str) -> (HeaderName, String) {
    (SET_COOKIE, written(scheme, COOKIE, secret, ""))
}

/// Takes a session back.
pub fn end(scheme: Scheme) -> (HeaderName, String) {
    (SET_COOKIE, written(scheme, COOKIE, "", "; Max-Age=0"))
}

/// Makes a browser known.
pub fn remember(scheme: Scheme, secret: &str) -> (HeaderName, String) {
    (SET_COOKIE, written(scheme, DEVICE, secret, &format!("; Max-Age={DEVICE_S}")))
}

fn written(scheme: Scheme, name: &str, secret: &str, more: &str) -> String {
    let secure = if scheme.is_https() { "; Secure" } else { "" };
    format!("{}{name}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}{more}", prefix(scheme))
}

/// What stands before a cookie's name. A browser takes this prefix from no other host and over no plain connection.
fn prefix(scheme: Scheme) -> &'static str {
    if scheme.is_https() { "__Host-" } else { "" }
}

/// A cookie of exactly the name that [`written`] gives: any other may come from a sibling host.
fn find(scheme: Scheme, headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = pairs.flat_map(|v| v.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let is_own = |given: &str| given.strip_prefix(prefix(scheme)) == Some(name);
    pairs.find(|(given, value)| is_own(given) && !value.is_empty()).map(|(_, value)| value.to_owned())
}
