//! Whether the API can give what a client accepts.

use axum::extract::Request;
use axum::http::header::ACCEPT;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::Error;

/// Media ranges that JSON and GeoJSON fall under (RFC 9110, 12.5.1).
const GIVEN: [&str; 4] = ["*/*", "application/*", "application/json", "application/geo+json"];

/// Refuses a request whose `Accept` leaves out JSON. None, or an empty one, accepts everything.
pub async fn json(request: Request, next: Next) -> Response {
    let accepted = request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accepted.is_empty() || accepts(accepted) {
        next.run(request).await
    } else {
        Error::NotAcceptable.into_response()
    }
}

fn accepts(header: &str) -> bool {
    let named = |part: &str| {
        let mut fields = part.split(';').map(str::trim);
        let range = fields.next().unwrap_or_default().to_ascii_lowercase();
        let refused = fields.any(|f| matches!(f, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        GIVEN.contains(&range.as_str()) && !refused
    };
    header.split(',').any(named)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn json_is_given_to_whoever_takes_it() {
        for fine in ["*/*", "application/json", "text/html, */*;q=0.8", "application/geo+json; charset=utf-8"]
        {
            assert!(accepts(fine), "{fine}");
        }
        for not in ["text/html", "image/png, text/plain", "application/json;q=0"] {
            assert!(!accepts(not), "{not}");
        }
    }
}
