//! The description of ratings.

use serde_json::json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::ArrayBuilder;

use super::routes::PAGE;
use super::told::{ComputedTold, Ratings, RulesVersions, RulesWish, StationRating};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, commas, conditional, header_named, named, parameter_named, query, segment, staff, taking,
    text, whole,
};
use crate::ids::StationId;
use crate::stations::query::MAX_SEARCH;

const TAG: &str = "inspections";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Ratings>()
        .schema::<StationRating>()
        .schema::<RulesVersions>()
        .schema::<RulesWish>()
        .schema::<ComputedTold>()
}

/// `GET /api/v1/ratings`
pub(super) fn list() -> Operation {
    let ok =
        answer("A page of the public stations that the caller may see.").content(JSON, body::<Ratings>());
    let stars = ArrayBuilder::new().items(whole(0).maximum(Some(5)));
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(json!(PAGE.0)));
    staff("listRatings", TAG, "Stations by their stars, the fewest first", "200", ok)
        .parameter(query("district", "Districts whose code begins so.", text(), "130302"))
        .parameter(query("q", "Words of a name.", text().max_length(Some(MAX_SEARCH)), "haigang"))
        .parameter(commas("stars", "So many stars.", stars, json!([1, 2])))
        .parameter(query("clause", "Those that fail this clause.", text(), "doors"))
        .parameter(query("limit", "At most how many; more is cut to the most.", limit, 50))
        .parameter(query("cursor", "`next` of the page before.", text(), "50"))
        .into()
}

/// `POST /api/v1/ratings/compute`
pub(super) fn compute() -> Operation {
    let ok = answer("What it did.").content(JSON, body::<ComputedTold>());
    staff("computeRatings", TAG, "Judge every public station now", "200", ok)
        .description(Some("The service does the same every night."))
        .into()
}

/// `GET /api/v1/ratings/rules`
pub(super) fn rules() -> Operation {
    let ok = answer("The versions of the rules; the newest counts.")
        .content(JSON, body::<RulesVersions>())
        .header_ref("ETag", header_named("ETag"));
    staff("ratingRules", TAG, "The rules by which stars are given", "200", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .into()
}

/// `POST /api/v1/ratings/rules`
pub(super) fn write_rules() -> Operation {
    let ok = answer("The versions of the rules with the new one.")
        .content(JSON, body::<RulesVersions>())
        .header_ref("ETag", header_named("ETag"));
    let operation = staff("writeRatingRules", TAG, "Write the next version of the rules", "201", ok)
        .description(Some("`If-Match` names the newest version. Stars change when they are computed next."));
    conditional(taking::<RulesWish>(operation)).into()
}

/// `GET /api/v1/stations/{id}/rating`
pub(super) fn of_station() -> Operation {
    let ok = answer("The stars as of now, and what was kept.").content(JSON, body::<StationRating>());
    staff("stationRating", TAG, "The stars of a station, clause by clause", "200", ok)
        .parameter(segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID))
        .into()
}
