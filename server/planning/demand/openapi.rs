//! The description of layers of demand.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{Object, ObjectBuilder, Ref};
use utoipa::openapi::{Content, Required};

use super::model::Layer;
use super::told::{Imported, Layers};
use super::wish::{Options, Patch};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, named, refusing, segment, staff, taking, text,
};
use crate::planning::layers::provenance::CODE_CHARS;

/// The group of everything for planners.
pub(in crate::planning) const TAG: &str = "planning";
const JSON: &str = "application/json";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<Layers>().schema::<Layer>().schema::<Imported>().schema::<Options>().schema::<Patch>()
}

/// A form with a file and its options.
pub(in crate::planning) fn form(options: Ref) -> RequestBody {
    let file = text().content_media_type("application/octet-stream");
    let form = ObjectBuilder::new().property("file", file).property("options", options).required("file");
    RequestBodyBuilder::new()
        .content("multipart/form-data", Content::new(Some(Object::from(form))))
        .required(Some(Required::True))
        .build()
}

/// `GET /api/v1/demand`
pub(super) fn list() -> Operation {
    let told = "Where how many people work. Where nobody has imported a layer, what stands in for one is listed. Whoever \
        has some districts only is told of the people there. The points themselves are never given out.";
    let ok = answer("Layers of demand.").content(JSON, body::<Layers>());
    staff("listDemand", TAG, "Layers of demand", "200", ok).description(Some(told)).into()
}

/// `POST /api/v1/demand`
pub(super) fn send() -> Operation {
    let told = "A workbook, CSV or GeoJSON with points, polygons or cells of H3, at most 20 MiB. The people of a polygon \
        are spread evenly over the cells of resolution 10 whose centres it holds. Where any row has an error nothing is \
        changed. 200 where a layer was replaced, and for a dry run.";
    let ok = || {
        answer("What it came to.").content(JSON, body::<Imported>()).header_ref("ETag", header_named("ETag"))
    };
    let operation = staff("importDemand", TAG, "Import a layer of demand", "201", ok())
        .description(Some(told))
        .response("200", ok())
        .request_body(Some(form(named::<Options>())));
    refusing(operation, &["409", "415", "422"]).into()
}

fn telling(id: &str, summary: &str) -> OperationBuilder {
    let ok = answer("The layer.").content(JSON, body::<Layer>()).header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, "200", ok)
}

/// `PATCH /api/v1/demand/{code}`
pub(super) fn change() -> Operation {
    let operation = telling("changeDemand", "Change what is said of a layer of demand").parameter(code());
    conditional(taking::<Patch>(operation)).into()
}

/// `DELETE /api/v1/demand/{code}`
pub(super) fn remove() -> Operation {
    let operation = staff("removeDemand", TAG, "Remove a layer of demand", "204", answer("It is gone."));
    conditional(operation.parameter(code())).into()
}

/// The code of a layer.
pub(in crate::planning) fn code() -> Parameter {
    segment("code", "The layer's code.", text().max_length(Some(CODE_CHARS)), "default")
}
