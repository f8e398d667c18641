//! The description of door cards, keepers' links and visits.

use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{Content, ResponseBuilder};

use crate::http::openapi::parts::{answer, named, refusing, segment, staff, text};
use crate::ids::StationId;
use crate::stations::life::filters;

const TAG: &str = "door";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

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
    refusing(operation.description(Some(told)).parameters(Some(filters())), &["422"]).into()
}
