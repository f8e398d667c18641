//! The description of requests to join.

use utoipa::openapi::Content;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

use super::export::Format;
use super::model::State;
use super::routes::{Asked, Joins, MAX_PAGE, PAGE};
use super::told::{At, Told};
use super::wish::{Change, Join};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, parameter_named, query, refusing, segment, staff,
    taking, text, whole,
};

const TAG: &str = "joins";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Join>()
        .schema::<Asked>()
        .schema::<Told>()
        .schema::<At>()
        .schema::<Joins>()
        .schema::<Change>()
}

/// `POST /api/v1/joins`
pub(super) fn ask() -> Operation {
    let ok = answer("The union has the request.").content(JSON, body::<Asked>());
    let told = "Needs the present version of the consent text `join` (`GET /api/v1/consents`). Name, number and \
        workplace are sealed; only the staff who see to it can read them.";
    let operation = staff("askToJoin", TAG, "Ask to join the union", "201", ok).description(Some(told));
    refusing(taking::<Join>(operation), &["429"]).into()
}

/// `GET /api/v1/joins`
pub(super) fn list() -> Operation {
    let ok = answer("A page of requests, the newest first.")
        .content(JSON, body::<Joins>())
        .header_ref("Link", header_named("Link"));
    staff("listJoins", TAG, "Requests to join", "200", ok)
        .parameters(Some(filters()))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `GET /api/v1/joins/export`
pub(super) fn export() -> Operation {
    let binary = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let ok = answer("The file, as an attachment.")
        .content(Format::Xlsx.media_type(), Content::new(Some(binary)))
        .content("text/csv", Content::new(Some(text())));
    let format = one_of(Format::ALL.map(Format::as_str)).default(Some(Format::Xlsx.as_str().into()));
    staff("exportJoins", TAG, "Requests to join as a file", "200", ok)
        .description(Some("All of them; `limit` is passed over. The audit log says who took it."))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("format", "What is written.", format, "csv"))
        .parameters(Some(filters()))
        .parameter(query("cursor", "Only those before this one.", text(), EXAMPLE_ID))
        .into()
}

/// `GET /api/v1/joins/{id}`
pub(super) fn find() -> Operation {
    of_one("findJoin", "One request to join").into()
}

/// `PATCH /api/v1/joins/{id}`
pub(super) fn change() -> Operation {
    conditional(taking::<Change>(of_one("changeJoin", "Say how far a request has come"))).into()
}

/// `POST /api/v1/joins/{id}/erase`
pub(super) fn erase() -> Operation {
    let told = "Takes away what names the person, for good; the request goes on counting.";
    let operation = staff("eraseJoin", TAG, "Erase a person", "204", answer("It is erased."));
    refusing(operation.description(Some(told)).parameter(id()), &["409"]).into()
}

fn of_one(name: &str, summary: &str) -> OperationBuilder {
    let ok = answer("The request.").content(JSON, body::<Told>()).header_ref("ETag", header_named("ETag"));
    staff(name, TAG, summary, "200", ok).parameter(id())
}

fn id() -> Parameter {
    segment("id", "The request's id.", text(), EXAMPLE_ID)
}

fn filters() -> Vec<Parameter> {
    let state = one_of(State::ALL.iter().map(|s| s.as_str()));
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    vec![
        query("state", "How far they have come.", state, "new"),
        query("district", "Six digits of a district.", text(), "130304"),
        query("phone", "A whole phone number.", text(), "13800138000"),
        query("limit", "The most items; more is cut to the most.", limit, 20),
    ]
}
