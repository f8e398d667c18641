//! The description of lists of members.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Object, ObjectBuilder};
use utoipa::openapi::{Content, Required};

use super::told::{Options, Told};
use crate::benefits::members::openapi::EXAMPLE_ID;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, named, refusing, segment, staff, text,
};

const TAG: &str = "benefits";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Told>().schema::<Options>()
}

fn telling(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("What it comes to.")
        .content("application/json", body::<Told>())
        .header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

/// `POST /api/v1/members/imports`
pub(super) fn send() -> Operation {
    let file = text().content_media_type("application/octet-stream");
    let form =
        ObjectBuilder::new().property("file", file).property("options", named::<Options>()).required("file");
    let form = RequestBodyBuilder::new()
        .content("multipart/form-data", Content::new(Some(Object::from(form))))
        .required(Some(Required::True));
    let told = "A workbook or CSV file. Nothing is written before it is committed; what it says is kept sealed until \
        then.";
    let operation = telling("sendRoster", "What a list of members comes to", "201").description(Some(told));
    refusing(operation.request_body(Some(form.build())), &["415", "422"]).into()
}

/// `GET /api/v1/members/imports/{id}`
pub(super) fn find() -> Operation {
    telling("findRoster", "A list of members with what it comes to now", "200").parameter(id()).into()
}

/// `POST /api/v1/members/imports/{id}/commit`
pub(super) fn commit() -> Operation {
    let told = "Every row without an error, in one transaction. The same list twice adds nothing.";
    let operation = telling("commitRoster", "Write a list of members", "200").description(Some(told));
    conditional(operation.parameter(id())).into()
}

/// `DELETE /api/v1/members/imports/{id}`
pub(super) fn discard() -> Operation {
    let operation = staff("dropRoster", TAG, "Give a list of members up", "204", answer("It is forgotten."));
    conditional(operation.parameter(id())).into()
}

fn id() -> Parameter {
    segment("id", "The list's id.", text(), EXAMPLE_ID)
}
