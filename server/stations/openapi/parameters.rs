//! The parameters of questions about stations, in the groups in which they are read.

use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::{ArrayBuilder, OneOfBuilder, RefBuilder};
use utoipa::openapi::{RefOr, Schema};

use super::super::asked::{LIST, NEAREST, WITHIN_M};
use super::super::codes::{Access, FacilityCode, Host};
use super::super::geojson::Crs;
use super::super::query::{MAX_LIST, MAX_NEAREST, MAX_SEARCH, MAX_WITHIN_M};
use super::super::state::State;
use crate::http::openapi::parts::{
    commas, decimal, flag, instant, list, named, one_of, query, required, text, whole,
};
use crate::ids::Adcode;

const EXAMPLE_TIME: &str = "2026-11-24T10:00:00+08:00";

/// What only the nearest stations are asked by.
pub(super) fn nearest_frame() -> Vec<Parameter> {
    vec![
        required("lat", "Latitude in decimal degrees.", decimal(-90.0, 90.0), 39.93),
        required("lon", "Longitude in decimal degrees.", decimal(-180.0, 180.0), 119.6),
        crs(),
        limit(NEAREST, MAX_NEAREST),
        query(
            "within_m",
            "The widest distance in metres; more is cut to the most.",
            decimal(1.0, MAX_WITHIN_M).default(Some(json!(WITHIN_M))),
            2_000,
        ),
        query(
            "by",
            "How distance is measured. Walking and riding need a street network, which is not loaded yet.",
            one_of(["straight"]).default(Some(json!("straight"))),
            "straight",
        ),
        out_crs("The coordinate system of the answer; that of `crs` where it is left out."),
    ]
}

/// What only a list is asked by.
pub(super) fn list_frame() -> Vec<Parameter> {
    let corners = ArrayBuilder::new().items(decimal(-180.0, 180.0)).min_items(Some(4)).max_items(Some(4));
    vec![
        crs(),
        commas(
            "bbox",
            "Only stations inside west,south,east,north in degrees of `crs`.",
            corners,
            json!([119.5, 39.8, 119.7, 40.0]),
        ),
        limit(LIST, MAX_LIST),
        query(
            "cursor",
            "Where the page begins: opaque, from the `Link` of the page before.",
            text(),
            super::EXAMPLE_ID,
        ),
        out_crs("The coordinate system of the answer; that of `crs` where it is left out."),
    ]
}

/// What one station is asked by.
pub(super) fn find_frame() -> Vec<Parameter> {
    vec![at(), out_crs("The coordinate system of the answer.")]
}

/// The instant and the filters that all questions share.
pub(super) fn filters() -> Vec<Parameter> {
    let open = OneOfBuilder::new().item(one_of(["now"])).item(instant());
    vec![
        query("open", "Only stations certainly open now or at a time, which then is `at` too.", open, "now"),
        at(),
        list::<FacilityCode>(
            "facility",
            "All of these must be there, working, in season and open.",
            json!(["water", "microwave"]),
        ),
        list::<Host>("host", "One of these kinds of place.", json!(["bank", "post_courier"])),
        list::<Access>("access", "One of these ways in.", json!(["open_door"])),
        query("no_phone", "Only stations that can be entered without a phone.", flag(), true),
        query("always_open", "Only stations that never close by their hours.", flag(), true),
    ]
}

/// The filters of lists and tiles.
pub(super) fn region() -> Vec<Parameter> {
    vec![
        query("district", "Only this district, by its GB/T 2260 code.", named::<Adcode>(), "130304"),
        list::<State>("state", "One of these states as of `at`.", json!(["open", "closing_soon"])),
        query(
            "q",
            "Words that name, signboard, number or address must all contain; a space parts them.",
            text().max_length(Some(MAX_SEARCH)),
            "海港",
        ),
    ]
}

/// The instant that is described.
pub(super) fn at() -> Parameter {
    let description = "The instant described; the present where it is left out. In a URL, + is %2B.";
    query("at", description, instant(), EXAMPLE_TIME)
}

fn limit(default: usize, most: usize) -> Parameter {
    let schema = whole(1).maximum(Some(most)).default(Some(json!(default)));
    query("limit", "At most how many; more is cut to the most.", schema, 10)
}

fn crs() -> Parameter {
    query("crs", "The coordinate system of the positions in the question.", wgs84(), "gcj02")
}

fn out_crs(description: &str) -> Parameter {
    query("out_crs", description, named::<Crs>(), "wgs84")
}

fn wgs84() -> RefOr<Schema> {
    let default = RefBuilder::new().ref_location_from_schema_name(Crs::name()).default(Some(json!("wgs84")));
    RefOr::Ref(default.build())
}
