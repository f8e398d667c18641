//! The schemas of codes and ids of inspections, which are written as one text.

use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::model::{FindingKind, FindingState};
use crate::http::openapi::parts::{one_of, text};
use crate::ids::{FindingId, InspectionId, RoundId};

/// Describes types, each by an expression of its own.
macro_rules! described {
    ($($type:ty: $description:literal = $schema:expr;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.description(Some($description)).into()
            }
        }
        impl ToSchema for $type {}
    )*};
}

described! {
    FindingKind: "What a finding is about." = one_of(FindingKind::ALL.iter().map(|c| c.as_str()));
    FindingState: "open: to be put right; fixed: said to be; verified: seen to be; dropped: let go."
        = one_of(FindingState::ALL.iter().map(|c| c.as_str()));
    RoundId: "The id of a round, a UUIDv7." = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    InspectionId: "The id of an inspection, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    FindingId: "The id of a finding, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
}
