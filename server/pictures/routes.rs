//! `POST /api/v1/uploads`

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{openapi, service};
use crate::accounts::Policy;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::grievance;
use crate::http::form::Form;
use crate::http::openapi::Documented;
use crate::http::params::Params;
use crate::http::proxy::ClientAddress;
use crate::pace::Purpose;
use crate::stations::photo::picture::MOST_BYTES;

/// A picture that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Uploaded {
    /// What a request names it by, within an hour.
    #[schema(value_type = String, format = Uuid)]
    id: Uuid,
}

/// What a file is for, where it is for no report and no finding.
pub(super) const GRIEVANCE: &str = "grievance";

/// Where pictures come in.
pub fn routes() -> Documented {
    Documented::default()
        .post("/api/v1/uploads", Policy::Public, upload, openapi::upload())
        .schema::<Uploaded>()
}

async fn upload(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    mut params: Params,
    request: Request,
) -> Result<Response, Error> {
    let now = app.clock.now();
    let is_for_grievance = of_grievance(&mut params);
    params.finish()?;
    app.pace.count(Purpose::Upload, address, now)?;
    let file = file(request, &app).await?;
    // What a grievance shows is sealed from the beginning.
    let id = if is_for_grievance {
        grievance::take(&app, file).await?.0
    } else {
        service::take(&app.db, file, now).await?.0
    };
    Ok((StatusCode::CREATED, Json(Uploaded { id })).into_response())
}

/// Whether a file is for a grievance.
fn of_grievance(params: &mut Params) -> bool {
    let Some(given) = params.text("for") else { return false };
    if given != GRIEVANCE {
        params.refuse("for", "unknown", "只能写 grievance，或者不写。", "must be grievance, or nothing");
    }
    true
}

/// The file of a form, or a body that is the file itself.
async fn file(request: Request, app: &App) -> Result<Vec<u8>, Error> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("image/") || kind == "application/octet-stream" {
        let bytes = to_bytes(request.into_body(), MOST_BYTES).await;
        return bytes.map(Into::into).map_err(|_| Error::TooLarge { limit: MOST_BYTES });
    }
    let form = Form::from_request(request, app).await?;
    let (zh, en) = ("请选一张照片（表单字段 file）。", "choose a picture (the form's field `file`)");
    let missing = || FieldError::new("file", "missing", zh, en);
    Ok(form.file("file").ok_or_else(missing)?.bytes.clone())
}
