//! The description of imports.

use utoipa::ToSchema;
use utoipa::openapi::Content;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Object, ObjectBuilder};
use utoipa::openapi::{Ref, Required};

use super::model::State;
use super::parked::Waiting;
use super::routes::PAGE;
use super::rows::{self, Rows};
use super::told::{Imports, Told};
use super::wish::{Patch, Pinned, Sent};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, named, one_of, query, refusing, segment, staff, taking, text,
    whole,
};

use crate::ids::Adcode;
use crate::stations::export::Format;
use crate::stations::life::record::Record;

const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";
const TAG: &str = "imports";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Imports>()
        .schema::<Told>()
        .schema::<Rows>()
        .schema::<Patch>()
        .schema::<Sent>()
        .schema::<Waiting>()
        .schema::<Pinned>()
}

/// `POST /api/v1/imports`
pub(super) fn send() -> Operation {
    let file = ObjectBuilder::new()
        .content_media_type("application/octet-stream")
        .description(Some("xlsx, csv (UTF-8 or GB18030) or GeoJSON, at most 20 MiB."));
    let form = ObjectBuilder::new()
        .property("file", file)
        .required("file")
        .property("options", Ref::from_schema_name(Sent::name()));
    let form = RequestBodyBuilder::new()
        .content("multipart/form-data", Content::new(Some(Object::from(form))))
        .required(Some(Required::True));
    let told = "The file is read and kept; nothing is written into the registry. Whatever was corrected in the same \
        file at an earlier import is corrected again.";
    let operation =
        writing::<Told>("sendImport", "Send a list of stations; the answer is the dry run", "201");
    let operation = operation.description(Some(told)).request_body(Some(form.build()));
    refusing(operation, &["409", "415", "422"]).into()
}

/// `GET /api/v1/imports`
pub(super) fn list() -> Operation {
    let ok = answer("A page of the list.")
        .content("application/json", body::<Imports>())
        .header_ref("Link", header_named("Link"));
    let state = one_of(State::ALL.iter().map(|s| s.as_str()));
    staff("listImports", TAG, "Imports, the newest first, as far as the caller may see them", "200", ok)
        .parameter(query("state", "Only imports in this state.", state, "planned"))
        .parameter(query("limit", "The most items; more is cut to the most.", most(PAGE), 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `GET /api/v1/imports/{id}`
pub(super) fn find() -> Operation {
    writing::<Told>("getImport", "One import with its dry run", "200").parameter(id()).into()
}

/// `GET /api/v1/imports/{id}/rows`
pub(super) fn rows() -> Operation {
    writing::<Rows>(
        "listImportRows",
        "The rows of an import with their problems and what would mend them",
        "200",
    )
    .parameter(id())
    .parameter(query(
        "level",
        "Only rows of these levels, by commas: error, warning, info, ok.",
        text(),
        "error,warning",
    ))
    .parameter(query(
        "action",
        "Only rows of which this becomes, by commas: create, update, unchanged, park, skip, none.",
        text(),
        "create,update",
    ))
    .parameter(query("code", "Only rows with one of these problems, by commas.", text(), "swapped"))
    .parameter(query("row", "Only this row.", whole(1), 7))
    .parameter(query("limit", "The most items; more is cut to the most.", most(rows::PAGE), 100))
    .parameter(query("cursor", "Where the page begins, as `next` said.", text(), "120"))
    .into()
}

/// `PATCH /api/v1/imports/{id}`
pub(super) fn change() -> Operation {
    let operation = writing::<Told>("changeImport", "Correct cells, map columns, decide, skip, pin", "200");
    conditional(taking::<Patch>(operation.parameter(id()))).into()
}

/// `DELETE /api/v1/imports/{id}`
pub(super) fn discard() -> Operation {
    let operation = staff(
        "discardImport",
        TAG,
        "Discard an import that is planned, with its file",
        "204",
        answer("It is discarded."),
    );
    conditional(operation.parameter(id())).into()
}

/// `POST /api/v1/imports/{id}/commit`
pub(super) fn commit() -> Operation {
    let told = "All of it in one transaction, or nothing. The answer comes at once; ask for the import until it is \
        `committed`, or `planned` again with `failed`.";
    let operation = writing::<Told>("commitImport", "Begin to write an import into the registry", "202");
    conditional(operation.parameter(id()).description(Some(told))).into()
}

/// `POST /api/v1/imports/{id}/undo`
pub(super) fn undo() -> Operation {
    let told = "While none of its stations was written since: what it made is retired and its numbers are free again, \
        what it changed has its former facts as a new version.";
    let operation = writing::<Told>("undoImport", "Take an import back", "200");
    conditional(operation.parameter(id()).description(Some(told))).into()
}

/// `GET /api/v1/imports/{id}/workbook`
pub(super) fn workbook() -> Operation {
    let file = Content::new(Some(text().content_media_type(Format::Xlsx.media_type())));
    let told = "The sheet as corrected: cells with problems coloured and annotated, a column that names them, a second \
        sheet that lists them. An import reads it again and leaves the added column out.";
    let ok = answer("The workbook.").content(Format::Xlsx.media_type(), file);
    let operation =
        staff("getImportWorkbook", TAG, "The sheet back as a workbook with its problems marked", "200", ok);
    operation.parameter(id()).description(Some(told)).into()
}

/// `GET /api/v1/parked`
pub(super) fn parked() -> Operation {
    let ok = answer("A page of the list.")
        .content("application/json", body::<Waiting>())
        .header_ref("Link", header_named("Link"));
    staff("listParked", TAG, "Rows with an address and no position, the newest first", "200", ok)
        .parameter(query("district", "Only rows of this district.", named::<Adcode>(), "130302"))
        .parameter(query("limit", "The most items; more is cut to the most.", most(PAGE), 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/parked/{id}/pin`
pub(super) fn pin() -> Operation {
    let operation = writing::<Record>("pinParked", "A row becomes a draft where its pin is put", "201");
    conditional(taking::<Pinned>(operation.parameter(parked_id()))).into()
}

/// `DELETE /api/v1/parked/{id}`
pub(super) fn drop_parked() -> Operation {
    let operation =
        staff("dropParked", TAG, "Drop a row that waits for a pin", "204", answer("It is dropped."));
    conditional(operation.parameter(parked_id())).into()
}

fn parked_id() -> Parameter {
    segment("id", "The id of the row that waits.", text(), EXAMPLE_ID)
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now.")
        .content("application/json", body::<T>())
        .header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

fn id() -> Parameter {
    segment("id", "The import's id.", text(), EXAMPLE_ID)
}

fn most((default, most): (usize, usize)) -> ObjectBuilder {
    whole(1).maximum(Some(most)).default(Some(default.into()))
}
