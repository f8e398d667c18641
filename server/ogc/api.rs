//! The OpenAPI document of the OGC API alone, which clients read to learn its parameters.

use axum::http::header::CONTENT_TYPE;

use super::asked;
use super::link::JSON;
use super::openapi;
use crate::accounts::Policy;
use crate::http::cache::{Question, standing};
use crate::http::openapi::Documented;
use crate::http::params::Params;

/// The folder of the API; the paths of the document begin below it.
const FOLDER: &str = "/ogc";

/// Mounts the document of these routes besides them.
///
/// It is plain JSON: GDAL 3.6 refuses a document whose media type says version 3.1.
pub(super) fn with_document(routes: Documented) -> Documented {
    let text = routes.document_below(FOLDER);
    let version = standing(&text);
    let serve = move |params: Params, question: Question| async move {
        asked::plain(params)?;
        Ok::<_, crate::error::Error>(question.answer(version, || ([(CONTENT_TYPE, JSON)], text)))
    };
    routes.get("/ogc/api", Policy::Public, serve, openapi::api())
}
