//! The description of notices and regimes.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::listing::{MAX_PAGE, When};
use super::routes::PAGE;
use super::told::{Notices, Preview, Regimes, Told, ToldRegime};
use super::wish::{AreaNoticeWish, AreaWish, NoticeWish, RegimeWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, named, one_of, parameter_named, query, segment, staff, taking,
    text, whole,
};
use crate::ids::{Adcode, StationId};

const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";
const TAG: &str = "notices";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Notices>()
        .schema::<Regimes>()
        .schema::<Preview>()
        .schema::<NoticeWish>()
        .schema::<AreaNoticeWish>()
        .schema::<AreaWish>()
        .schema::<RegimeWish>()
}

/// `GET /api/v1/notices`
pub(super) fn list() -> Operation {
    let station = query("station", "Only notices of this station.", named::<StationId>(), EXAMPLE_ID);
    let district =
        query("district", "Only notices for stations of this district.", named::<Adcode>(), "130302");
    listing::<Notices>("listNotices", "Notices, the newest first, as far as the caller may see them")
        .parameter(station)
        .parameter(district)
        .parameters(Some(page()))
        .into()
}

/// `GET /api/v1/regimes`
pub(super) fn regimes() -> Operation {
    listing::<Regimes>("listRegimes", "Regimes of extended hours, the newest first")
        .parameters(Some(page()))
        .into()
}

/// `POST /api/v1/stations/{id}/notices`
pub(super) fn announce() -> Operation {
    let operation =
        writing::<Told>("announceNotice", "Announce a notice for a station or one of its facilities", "201");
    taking::<NoticeWish>(operation.parameter(id("The station's id."))).into()
}

/// `POST /api/v1/notices`
pub(super) fn announce_area() -> Operation {
    let operation =
        writing::<Told>("announceAreaNotice", "Announce a notice for the stations of an area", "201");
    let told = "It is for the public stations inside, in the districts that the caller answers for; a station that \
        moves in or out later is taken in or let go.";
    taking::<AreaNoticeWish>(operation.description(Some(told))).into()
}

/// `POST /api/v1/notices/preview`
pub(super) fn preview() -> Operation {
    let ok = answer("The stations that a notice for the area would be for.")
        .content("application/json", body::<Preview>());
    taking::<AreaWish>(staff("previewAreaNotice", TAG, "See which stations an area holds", "200", ok)).into()
}

/// `DELETE /api/v1/notices/{id}`
pub(super) fn withdraw() -> Operation {
    let operation = writing::<Told>("withdrawNotice", "Withdraw a notice: it ends now", "200");
    conditional(operation.parameter(id("The notice's id."))).into()
}

/// `POST /api/v1/regimes`
pub(super) fn begin() -> Operation {
    let told = "Adds opening hours to every public station of the districts. A notice that closes a station \
        prevails, and a suspended station stays suspended.";
    let operation = writing::<ToldRegime>("beginRegime", "Begin a regime of extended hours", "201");
    taking::<RegimeWish>(operation.description(Some(told))).into()
}

/// `DELETE /api/v1/regimes/{id}`
pub(super) fn end() -> Operation {
    let operation = writing::<ToldRegime>("endRegime", "End a regime now", "200");
    conditional(operation.parameter(id("The regime's id."))).into()
}

fn listing<T: ToSchema>(id: &str, summary: &str) -> OperationBuilder {
    let ok = answer("A page of the list.")
        .content("application/json", body::<T>())
        .header_ref("Link", header_named("Link"));
    staff(id, TAG, summary, "200", ok).parameter_ref(parameter_named("X-Min-Revision"))
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now; `X-Registry-Revision` is the revision that shows it.")
        .content("application/json", body::<T>())
        .header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

fn id(description: &str) -> Parameter {
    segment("id", description, text(), EXAMPLE_ID)
}

fn page() -> Vec<Parameter> {
    let when = one_of(When::ALL.map(When::as_str)).default(Some(When::All.as_str().into()));
    vec![
        query("when", "By time: in force, yet to begin, over, or all.", when, "current"),
        query("limit", "The most items; more is cut to the most.", limit(), 20),
        query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID),
    ]
}

fn limit() -> utoipa::openapi::schema::ObjectBuilder {
    whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()))
}
