//! The schemas of the codes of ratings, which are written as one text.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::known::Unknown;
use super::model::Verdict;
use super::rules::{Measure, Unit};
use crate::http::openapi::parts::one_of;

/// Describes codes.
macro_rules! described {
    ($($type:ident as $name:literal: $description:literal;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                one_of($type::ALL.iter().map(|c| c.as_str())).description(Some($description)).into()
            }
        }
        impl ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

described! {
    Measure as "RatingMeasure": "What a clause measures.";
    Unit as "RatingUnit": "In what a measure is counted; a share is 0 to 1.";
    Verdict as "RatingVerdict": "What became of a clause; an unknown one counts neither for nor against.";
    Unknown as "RatingUnknown": "Why a measure is not known: nobody stated it, or under 5 days of observations.";
}
