//! The description of door cards, keepers' links, proposals and visits.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{Content, ResponseBuilder};

use super::routes::PAGE;
use super::told::{Doors, MadeLink, Proposals, ToldLink, ToldProposal};
use super::wish::{RefuseWish, TakeWish, VisitWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, named, one_of, parameter_named, query, refusing, segment, staff,
    taking, text, whole,
};
use crate::ids::StationId;
use crate::stations::life::filters;

const TAG: &str = "door";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Doors>()
        .schema::<MadeLink>()
        .schema::<ToldLink>()
        .schema::<Proposals>()
        .schema::<TakeWish>()
        .schema::<RefuseWish>()
        .schema::<VisitWish>()
}

fn station_id() -> Parameter {
    segment("id", "The station's id.", named::<StationId>(), EXAMPLE_ID)
}

fn pdf() -> ResponseBuilder {
    let binary = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let told =
        "A4, a page for each card. `X-Missing-Characters` names what the font lacks; 〓 stands in its place.";
    answer(told).content("application/pdf", Content::new(Some(binary)))
}

/// `GET /api/v1/stations/{id}/door-card.pdf`
pub(super) fn card() -> Operation {
    staff("doorCard", TAG, "The card for a station's door", "200", pdf()).parameter(station_id()).into()
}

/// `GET /api/v1/door-cards.pdf`
pub(super) fn cards() -> Operation {
    let operation = staff("doorCards", TAG, "The cards of many stations", "200", pdf());
    let told = "The stations that a filter of the registry chooses, at most 500; public ones where no status is named.";
    let operation = operation.response("204", answer("No station is chosen."));
    refusing(operation.description(Some(told)).parameters(Some(filters())), &["422"]).into()
}

/// `GET /api/v1/doors`
pub(super) fn doors() -> Operation {
    list::<Doors>("listDoors", "Stations with their keepers' links, by number")
        .parameters(Some(filters()))
        .parameters(Some(page(&format!("t48472d31.{EXAMPLE_ID}"))))
        .into()
}

fn list<T: ToSchema>(id: &str, summary: &str) -> OperationBuilder {
    let ok = answer("A page of what the caller may see.")
        .content(JSON, body::<T>())
        .header_ref("Link", header_named("Link"));
    staff(id, TAG, summary, "200", ok)
}

/// Pages; the first part of a cursor is what the list is ordered by.
fn page(cursor: &str) -> Vec<Parameter> {
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()));
    vec![
        query("limit", "The most items; more is cut to the most.", limit, 20),
        query("cursor", "Where the page begins, as `next` said.", text(), cursor),
    ]
}

/// `GET /api/v1/stations/{id}/keeper-link`
pub(super) fn find_link() -> Operation {
    let ok = answer("Since when it is good, and when it was last used; null where there is none.")
        .content(JSON, body::<ToldLink>());
    staff("findKeeperLink", TAG, "Whether a station's keeper has a link", "200", ok)
        .parameter(station_id())
        .into()
}

/// `POST /api/v1/stations/{id}/keeper-link`
pub(super) fn make_link() -> Operation {
    let ok = answer("The link, told once.").content(JSON, body::<MadeLink>());
    let told = "Whoever opens it acts as the station's keeper, without an account. The link before ends.";
    let operation = staff("makeKeeperLink", TAG, "Make a link for a station's keeper", "201", ok);
    operation.description(Some(told)).parameter(station_id()).into()
}

/// `DELETE /api/v1/stations/{id}/keeper-link`
pub(super) fn revoke_link() -> Operation {
    let ok = answer("It is good for nothing any more.");
    staff("revokeKeeperLink", TAG, "End a keeper's link", "204", ok).parameter(station_id()).into()
}

/// `GET /api/v1/proposals`
pub(super) fn proposals() -> Operation {
    let state = one_of(["waiting", "ended"]).default(Some("waiting".into()));
    list::<Proposals>("listHoursProposals", "Hours that keepers propose, the newest first")
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("state", "Those that wait, or those that do not any more.", state, "waiting"))
        .parameters(Some(page(EXAMPLE_ID)))
        .into()
}

/// `POST /api/v1/proposals/{id}/take`
pub(super) fn take() -> Operation {
    let told = "The hours become the station's, with a version of their own in its history.";
    deciding::<TakeWish>("takeHoursProposal", "Take proposed hours over").description(Some(told)).into()
}

/// `POST /api/v1/proposals/{id}/refuse`
pub(super) fn refuse() -> Operation {
    deciding::<RefuseWish>("refuseHoursProposal", "Refuse proposed hours with a word to the keeper").into()
}

fn deciding<T: ToSchema>(id: &str, summary: &str) -> OperationBuilder {
    let ok = answer("As it is now.")
        .content(JSON, body::<ToldProposal>())
        .header_ref("ETag", header_named("ETag"));
    let operation = staff(id, TAG, summary, "200", ok);
    let proposal = segment("id", "The proposal's id.", text(), EXAMPLE_ID);
    conditional(taking::<T>(operation.parameter_ref(parameter_named("Accept-Language")).parameter(proposal)))
}

/// `POST /api/v1/stations/{id}/visits`
pub(super) fn visit() -> Operation {
    let told = "Counted by hour and trade; nothing else of whoever says it is kept.";
    let ok = answer("Counted.");
    let operation = staff("visit", TAG, "Say that one is at a station", "204", ok).description(Some(told));
    refusing(taking::<VisitWish>(operation.parameter(station_id())), &["429"]).into()
}
