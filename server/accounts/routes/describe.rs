//! Descriptions that the routes of accounts share.

use utoipa::ToSchema;
use utoipa::openapi::path::{OperationBuilder, Parameter};

use crate::http::openapi::parts;

const TAG: &str = "accounts";

/// An operation that answers 200 with a body of a type.
pub(super) fn ok<T: ToSchema>(id: &str, summary: &str) -> OperationBuilder {
    let answer = parts::answer(summary).content("application/json", parts::body::<T>());
    parts::staff(id, TAG, summary, "200", answer)
}

/// An operation that answers 201 with a body of a type.
pub(super) fn created<T: ToSchema>(id: &str, summary: &str) -> OperationBuilder {
    let answer = parts::answer(summary).content("application/json", parts::body::<T>());
    parts::staff(id, TAG, summary, "201", answer)
}

/// An operation that answers 204.
pub(super) fn nothing(id: &str, summary: &str) -> OperationBuilder {
    parts::staff(id, TAG, summary, "204", parts::answer("Done."))
}

/// The id in the path.
pub(super) fn id() -> Parameter {
    parts::segment("id", "The id.", parts::text(), "01930000-0000-7000-8000-000000000000")
}
