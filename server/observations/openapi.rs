//! The description of how stations keep their hours, and of how full they are.

use utoipa::openapi::path::Operation;

use super::routes::{Occupancy, PromiseKept};
use crate::http::openapi::parts::{answer, body, named, query, refusing, resource, segment, staff, text};
use crate::ids::StationId;

const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

fn station() -> utoipa::openapi::path::Parameter {
    segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID)
}

/// `GET /api/v1/stations/{id}/promise`
pub(super) fn promise() -> Operation {
    let ok = answer("Hours found open, of hours looked at.").content(JSON, body::<PromiseKept>());
    staff("promiseKept", "reports", "How a station keeps its posted hours", "200", ok)
        .parameter(station())
        .parameter(query(
            "from",
            "The first day; 30 days up to the last one where left out.",
            text(),
            "2026-10-26",
        ))
        .parameter(query("to", "The last day; today where left out.", text(), "2026-11-24"))
        .into()
}

/// `GET /api/v1/stations/{id}/occupancy`
pub(super) fn occupancy() -> Operation {
    let ok = answer("How full it is.").content(JSON, body::<Occupancy>());
    let told = "From how many said at the door that they are there, in this and the last hour, and the seats. Nobody \
        is counted who said nothing, so it is null unless enough did.";
    let operation = resource("occupancy", "stations", "How full a station is", ok).description(Some(told));
    refusing(operation.parameter(station()), &["404"]).into()
}
