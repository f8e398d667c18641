//! What requests of staff say besides facts: reasons, versions, many stations at once.

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::patch::remark;
use super::service::{How, REASON_CHARS};
use super::transitions::Step;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::body::Body;
use crate::http::openapi::parts::{decimal, text};
use crate::ids::StationId;
use crate::stations::model::{Facility, Facts};

/// The most stations that one request acts on.
pub(super) const MOST_ACTED: usize = 500;

/// A body that may be left out.
#[derive(Debug)]
pub(super) struct MaybeBody<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequest<App> for MaybeBody<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        if request.headers().contains_key(CONTENT_TYPE) {
            return Body::from_request(request, app).await.map(|Body(said)| Self(said));
        }
        Ok(Self(T::default()))
    }
}

/// Why somebody takes a step.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    /// Why; needed for `reject`, `suspend` and `retire`.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl Reason {
    pub(super) fn read(&self) -> Result<Option<String>, Error> {
        remark("reason", self.reason.as_deref(), REASON_CHARS)
    }
}

/// A wish to go back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Restore {
    /// The version whose facts shall be there again.
    pub(super) version: i64,
    /// Why.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl Restore {
    pub(super) fn reason(&self) -> Result<Option<String>, Error> {
        remark("reason", self.reason.as_deref(), REASON_CHARS)
    }
}

/// How somebody found the facts to hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    pub(super) how: How,
    /// A note for the history.
    #[schema(max_length = 500)]
    note: Option<String>,
}

impl Confirmation {
    pub(super) fn note(&self) -> Result<Option<String>, Error> {
        remark("note", self.note.as_deref(), REASON_CHARS)
    }
}

/// One step for many stations.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Actions {
    pub(super) action: Step,
    /// The stations, each with the version that was seen.
    #[schema(max_items = 500)]
    stations: Vec<Target>,
    /// Why; needed for `reject`, `suspend` and `retire`.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// A station of a version.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Target {
    pub(super) id: StationId,
    pub(super) version: i64,
}

impl Actions {
    /// The stations, at most [`MOST_ACTED`], and the reason.
    pub(super) fn read(&self) -> Result<(&[Target], Option<String>), Error> {
        if self.stations.is_empty() || self.stations.len() > MOST_ACTED {
            let zh = format!("要写 1 到 {MOST_ACTED} 个驿站。");
            let en = format!("must name 1 to {MOST_ACTED} stations");
            return Err(Error::Refused(vec![FieldError::new("stations", "out_of_range", zh, en)]));
        }
        Ok((&self.stations, remark("reason", self.reason.as_deref(), REASON_CHARS)?))
    }
}

/// The facts of a body, and the reason that stands beside them.
pub(super) fn facts_and_reason(
    mut body: Map<String, Value>,
) -> Result<(Map<String, Value>, Option<String>), Error> {
    let reason = match body.remove("reason") {
        None | Some(Value::Null) => None,
        Some(Value::String(reason)) => remark("reason", Some(&reason), REASON_CHARS)?,
        Some(_) => return Err(FieldError::new("reason", "unreadable", "要写文字。", "must be text").into()),
    };
    Ok((body, reason))
}

/// Facts of which any may be left out, for descriptions.
pub(super) struct StationPatch;

impl PartialSchema for StationPatch {
    fn schema() -> RefOr<Schema> {
        let mut schema = Facts::schema();
        if let RefOr::T(Schema::AllOf(parts)) = &mut schema {
            parts.items.retain(|part| matches!(part, RefOr::T(_)));
            for part in &mut parts.items {
                if let RefOr::T(Schema::Object(object)) = part {
                    object.required.clear();
                    object.properties.insert("lat".to_owned(), decimal(-90.0, 90.0).into());
                    object.properties.insert("lon".to_owned(), decimal(-180.0, 180.0).into());
                    object
                        .properties
                        .insert("reason".to_owned(), text().max_length(Some(REASON_CHARS)).into());
                }
            }
        }
        schema
    }
}

impl ToSchema for StationPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Facts::schemas(schemas);
    }
}

/// What is said of one facility, for descriptions.
pub(super) struct FacilityState;

impl PartialSchema for FacilityState {
    fn schema() -> RefOr<Schema> {
        let mut schema = Facility::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.properties.remove("code");
            object.required.clear();
        }
        schema
    }
}

impl ToSchema for FacilityState {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Facility::schemas(schemas);
    }
}
