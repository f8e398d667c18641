//! Lists and files for staff: a page with the address of the next one, and bytes to keep as a file.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LINK};
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde::Serialize;

use super::cache::Question;
use super::origin::Origin;
use super::version::private;

/// A page of a list for whoever is signed in; `next` is its cursor, which stands in a `Link` header as well.
pub fn page(
    question: &Question,
    origin: &Origin,
    next: Option<impl ToString>,
    page: impl Serialize,
) -> Response {
    let link = next.map(|cursor| (LINK, question.next_link(origin, &cursor.to_string())));
    (AppendHeaders(link), private(page)).into_response()
}

/// A file that a browser keeps under `name`, which holds letters, digits, `-` and `.` only.
pub fn attachment(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    file(media_type, &format!("attachment; filename=\"{name}\""), bytes)
}

/// A file that a browser shows, and keeps under `name` if somebody asks it to.
pub fn inline(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    file(media_type, &format!("inline; filename=\"{name}\""), bytes)
}

fn file(media_type: &str, disposition: &str, bytes: Vec<u8>) -> Response {
    let headers =
        [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, disposition), (CACHE_CONTROL, "no-store")];
    (headers, bytes).into_response()
}
