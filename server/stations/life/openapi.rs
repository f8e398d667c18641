//! The description of the registry for staff.

use serde_json::json;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::answer::{Acted, Listing, Queues};
use super::asked::{Actions, Confirmation, FacilityState, Reason, Restore, StationPatch};
use super::record::{History, Record};
use super::transitions::Step;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, flag, header_named, instant, list as codes, named, one_of, query, segment,
    staff, taking, text, whole,
};
use crate::ids::StationId;
use crate::stations::codes::{Access, Build, FacilityCode, Form, Host, Status};
use crate::stations::listing::{MAX_PAGE, PAGE, SortKey};
use crate::stations::query::MAX_SEARCH;
use crate::stations::state::State;

const JSON: &str = "application/json";
const TAG: &str = "stations";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Record>()
        .schema::<Listing>()
        .schema::<Queues>()
        .schema::<Acted>()
        .schema::<History>()
        .schema::<StationPatch>()
        .schema::<FacilityState>()
        .schema::<Actions>()
        .schema::<Confirmation>()
        .schema::<Reason>()
        .schema::<Restore>()
}

/// An answer that is a record, with its version as tag.
fn record(description: &str) -> ResponseBuilder {
    answer(description).content(JSON, body::<Record>()).header_ref("ETag", header_named("ETag"))
}

fn of_station(operation: OperationBuilder) -> OperationBuilder {
    operation.parameter(segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID))
}

fn of_facility(operation: OperationBuilder) -> OperationBuilder {
    of_station(operation).parameter(segment("code", "The facility.", named::<FacilityCode>(), "water"))
}

/// `GET /api/v1/registry`
pub(super) fn list() -> Operation {
    let ok = answer("A page of what the caller may see.")
        .content(JSON, body::<Listing>())
        .header_ref("Link", header_named("Link"));
    staff("listRegistry", TAG, "The registry", "200", ok)
        .parameters(Some(filters()))
        .parameters(Some(pages()))
        .into()
}

/// The parameters of a filter of the registry.
pub fn filters() -> Vec<Parameter> {
    let yes_or_no = || flag().default(None);
    vec![
        codes::<Status>("status", "One of these statuses.", json!(["draft", "submitted"])),
        query(
            "district",
            "Districts whose code begins so: six digits, or the first two or four.",
            text(),
            "130304",
        ),
        query(
            "q",
            "Words, parted by spaces, that must all be in a name, the number or the address: Chinese, pinyin, \
             initials or English.",
            text().max_length(Some(MAX_SEARCH)),
            "haigang",
        ),
        codes::<Host>("host", "One of these kinds of place.", json!(["bank"])),
        codes::<FacilityCode>("facility", "All of these, whether they work or not.", json!(["water"])),
        query("build", "Built so.", named::<Build>(), "self"),
        query("form", "Of this shape.", named::<Form>(), "room"),
        codes::<Access>("access", "One of these ways in.", json!(["open_door"])),
        query("demonstration", "Only demonstrations, or none of them.", yes_or_no(), false),
        query(
            "confirmed_before",
            "Not confirmed since. In a URL, + is %2B.",
            instant(),
            "2026-08-24T10:00:00+08:00",
        ),
        query("unknown_hours", "Only stations whose opening hours are not certain.", flag(), true),
        query("marked", "Only stations that doors found locked mark.", flag(), true),
        codes::<State>(
            "state",
            "One of these states at present, which only public stations have.",
            json!(["open"]),
        ),
    ]
}

fn pages() -> Vec<Parameter> {
    let keys = SortKey::ALL.iter().map(|k| k.as_str());
    let backwards = ["-code", "-name", "-status", "-changed", "-confirmed"];
    vec![
        query(
            "sort",
            "The order; with - before it the last comes first.",
            one_of(keys.chain(backwards)).default(Some(json!("-changed"))),
            "name",
        ),
        query(
            "limit",
            "At most how many; more is cut to the most.",
            whole(1).maximum(Some(MAX_PAGE)).default(Some(json!(PAGE))),
            50,
        ),
        query(
            "cursor",
            "Where the page begins: opaque, `next` of the page before in the same order.",
            text(),
            format!("n1795485600000.{EXAMPLE_ID}"),
        ),
    ]
}

/// `GET /api/v1/registry/queues`
pub(super) fn queues() -> Operation {
    let ok = answer("How much waits for somebody.").content(JSON, body::<Queues>());
    staff("registryQueues", TAG, "The queues of the registry", "200", ok).into()
}

/// `GET /api/v1/registry/{id}`
pub(super) fn find() -> Operation {
    of_station(staff("registryRecord", TAG, "One station of the registry", "200", record("The station.")))
        .into()
}

/// `POST /api/v1/registry/actions`
pub(super) fn actions() -> Operation {
    let ok = answer("What became of each; every station is a transaction of its own.")
        .content(JSON, body::<Acted>());
    taking::<Actions>(staff("actOnStations", TAG, "One step for many stations", "200", ok)).into()
}

/// `POST /api/v1/stations`
pub(super) fn draft() -> Operation {
    let ok = record("The draft.");
    let operation = staff("draftStation", TAG, "Draft a station", "201", ok).description(Some(
        "`name`, `lat` and `lon` are required; `crs` says what `lat` and `lon` are, WGS-84 where it is left out. \
         The district is that of the position where none is given.",
    ));
    taking::<StationPatch>(operation).into()
}

/// `PATCH /api/v1/stations/{id}`
pub(super) fn patch() -> Operation {
    let operation =
        staff("patchStation", TAG, "Change facts by a merge patch", "200", record("The station."))
            .description(Some(
                "RFC 7396: what is left out stays, null takes away, a list is replaced whole. `crs` says \
             what `lat` and `lon` are.",
            ));
    conditional(of_station(taking::<StationPatch>(operation))).into()
}

/// `POST /api/v1/stations/{id}/submit` and the other steps.
pub(super) fn step(step: Step) -> Operation {
    let (id, summary) = match step {
        Step::Submit => ("submitStation", "Hand a draft in for the check"),
        Step::Check => ("checkStation", "Find it in order"),
        Step::Publish => ("publishStation", "Open it to the public"),
        Step::Reject => ("rejectStation", "Send it back"),
        Step::Suspend => ("suspendStation", "Close it until further notice"),
        Step::Resume => ("resumeStation", "Open it again"),
        Step::Retire => ("retireStation", "Take it out of the register for good"),
    };
    let operation = staff(id, TAG, summary, "200", record("The station."));
    conditional(of_station(taking::<Reason>(operation))).into()
}

/// `PUT /api/v1/stations/{id}/facilities/{code}`
pub(super) fn put_facility() -> Operation {
    let operation =
        staff("putFacility", TAG, "Whether a facility is there and works", "200", record("The station."));
    conditional(of_facility(taking::<FacilityState>(operation))).into()
}

/// `DELETE /api/v1/stations/{id}/facilities/{code}`
pub(super) fn drop_facility() -> Operation {
    let operation = staff("dropFacility", TAG, "Take a facility away", "200", record("The station."));
    conditional(of_facility(operation)).into()
}

/// `POST /api/v1/stations/{id}/confirmations`
pub(super) fn confirm() -> Operation {
    let operation =
        staff("confirmStation", TAG, "Confirm that the facts hold", "201", record("The station."));
    of_station(taking::<Confirmation>(operation)).into()
}

/// `GET /api/v1/stations/{id}/history`
pub(super) fn history() -> Operation {
    let ok = answer("The versions, newest first.")
        .content(JSON, body::<History>())
        .header_ref("Link", header_named("Link"));
    let cursor = query("cursor", "`next` of the page before.", text(), "12");
    let limit =
        whole(1).maximum(Some(super::routes::HISTORY.1)).default(Some(json!(super::routes::HISTORY.0)));
    of_station(staff("stationHistory", TAG, "What changed, field by field", "200", ok))
        .parameter(query("limit", "At most how many; more is cut to the most.", limit, 20))
        .parameter(cursor)
        .into()
}

/// `POST /api/v1/stations/{id}/restore`
pub(super) fn restore() -> Operation {
    let operation =
        staff("restoreStation", TAG, "Go back to the facts of a version", "200", record("The station."))
            .description(Some("The status stays as it is, because a step of approval is not undone so."));
    conditional(of_station(taking::<Restore>(operation))).into()
}
