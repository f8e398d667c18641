//! The description of uploads.

use utoipa::openapi::Content;
use utoipa::openapi::Required;
use utoipa::openapi::path::Operation;
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::ObjectBuilder;

use super::routes::{GRIEVANCE, Uploaded};
use crate::http::openapi::parts::{answer, body, one_of, query, refusing, staff, text};

/// `POST /api/v1/uploads`
pub(super) fn upload() -> Operation {
    let ok = answer("The file was taken in. Name it within an hour.")
        .content("application/json", body::<Uploaded>());
    let file = || text().content_media_type("application/octet-stream");
    let form = ObjectBuilder::new().property("file", file()).required("file");
    let sent = RequestBodyBuilder::new()
        .description(Some(
            "A JPEG, PNG or WebP picture of at most 10 MiB and 40 megapixels; for a grievance also a PDF.",
        ))
        .content("multipart/form-data", Content::new(Some(form)))
        .content("image/*", Content::new(Some(file())))
        .required(Some(Required::True));
    let operation = staff(
        "uploadPicture",
        "reports",
        "Send a picture for a report or a finding, or a file of a grievance",
        "201",
        ok,
    );
    let purpose = query(
        "for",
        "grievance: sealed from the beginning; PDF files are taken too.",
        one_of([GRIEVANCE]),
        GRIEVANCE,
    );
    let operation = operation.parameter(purpose);
    refusing(operation.request_body(Some(sent.build())), &["415", "422", "429"]).into()
}
