//! The description of the board.

use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;

use super::told::ToldBoard;
use super::watch::MOST_LISTENERS;
use crate::http::openapi::parts::{answer, body, flag, query, staff, text};

/// `GET /api/v1/grievances/board`
pub(super) fn board() -> Operation {
    let ok = answer("The board of the caller's districts, and of his own cases.")
        .content("application/json", body::<ToldBoard>())
        .content("text/event-stream", Content::new(Some(text())));
    let told = format!(
        "With `Accept: text/event-stream` it comes as an event `board` at once and whenever something changes, with a \
         sign of life each 15 seconds; at most {MOST_LISTENERS} listen at once."
    );
    staff("findGrievanceBoard", "grievances", "What is open, late and due", "200", ok)
        .description(Some(told))
        .parameter(query("wall", "Without ids and names of people, for a screen on a wall.", flag(), true))
        .into()
}
