//! The description of publications.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::routes::PUBLISHED_PAGE;
use super::service::PublishWish;
use super::told::{ToldOne, ToldPublished};
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, query, resource, segment, staff, taking, text, whole,
};

const TAG: &str = "grievances";

/// `GET /api/v1/grievances/published`
pub(super) fn list() -> Operation {
    let ok = answer("Cases that their reporters allowed and staff cleared, in words written for it.")
        .content("application/json", body::<ToldPublished>())
        .header_ref("Link", header_named("Link"));
    let (usual, most) = PUBLISHED_PAGE;
    let limit = whole(1).maximum(Some(most)).default(Some(usual.into()));
    let cursor = "1771977600000.0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";
    resource("listPublishedGrievances", TAG, "Published grievances", ok)
        .parameter(query("category", "Of one category.", text(), "wages"))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, usual))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), cursor))
        .into()
}

fn one(id: &str, summary: &str, told: &str) -> OperationBuilder {
    let ok = answer("Done; `ETag` is the case's version now.").header_ref("ETag", header_named("ETag"));
    conditional(staff(id, TAG, summary, "204", ok).description(Some(told)).parameter(case()))
}

/// `GET /api/v1/grievances/{id}/publication`
pub(super) fn find() -> Operation {
    let ok = answer("What is published of it; `ETag` is the case's version now.")
        .content("application/json", body::<ToldOne>())
        .header_ref("ETag", header_named("ETag"));
    let told =
        "For whoever may publish it; of a case that is open again as well, which the public does not read.";
    staff("findGrievancePublication", TAG, "What is published of a grievance", "200", ok)
        .description(Some(told))
        .parameter(case())
        .into()
}

fn case() -> Parameter {
    segment("id", "The case's id.", text(), "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b")
}

/// `POST /api/v1/grievances/{id}/publication`
pub(super) fn publish() -> Operation {
    let told = "Only of closed cases whose reporter allowed it and whose category is not confidential; a 409 says what \
                is in the way. Refused where the words hold the reporter's name or number, or 15 characters in a row of \
                what he wrote unless `verbatim` says that they are meant.";
    taking::<PublishWish>(one("publishGrievance", "Publish a grievance", told)).into()
}

/// `DELETE /api/v1/grievances/{id}/publication`
pub(super) fn withdraw() -> Operation {
    one("unpublishGrievance", "Take a publication back", "The public no longer reads it.").into()
}
