//! The description of inspections.

use utoipa::openapi::path::Operation;

use super::told::{Inspection, Inspections};
use super::wish::InspectionWish;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, named, segment, staff, taking};
use crate::ids::StationId;

const TAG: &str = "inspections";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<InspectionWish>().schema::<Inspections>()
}

/// `POST /api/v1/inspections`
pub(super) fn tell() -> Operation {
    let ok = answer("The inspection; 200 where it was sent before under the same `client_key`.")
        .content("application/json", body::<Inspection>());
    let operation = staff("tellInspection", TAG, "Tell what was seen at a station", "201", ok).description(Some(
        "Whether the door was open counts for the station's promise. A facility that a finding marks as `broken` is \
         registered as broken at once, and `confirms` confirms the registered facts.",
    ));
    let again =
        answer("The inspection as it was sent before.").content("application/json", body::<Inspection>());
    taking::<InspectionWish>(operation.response("200", again)).into()
}

/// `GET /api/v1/stations/{id}/inspections`
pub(super) fn of_station() -> Operation {
    let ok =
        answer("The last inspections, the newest first.").content("application/json", body::<Inspections>());
    staff("stationInspections", TAG, "The inspections of a station", "200", ok)
        .parameter(segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID))
        .into()
}
