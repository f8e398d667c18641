//! The schemas of values that are written as one text: codes, ids, seasons.

use spatial::Datum;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::super::codes::{Access, Build, FacilityCode, Form, Host, Status, Trade, Working};
use super::super::geojson::Crs;
use super::super::hours::Season;
use super::super::life::service::How;
use super::super::life::transitions::{Allowed, Step};
use super::super::state::State;
use crate::calendar::DayKind;
use crate::http::openapi::parts::{one_of, text};
use crate::ids::{Adcode, NoticeId, PhotoId, RegimeId, StationId};

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
    Build: "How a station came to be: built by the union, or together with a partner."
        = one_of(Build::ALL.iter().map(|c| c.as_str()));
    Host: "The kind of place that houses a station." = one_of(Host::ALL.iter().map(|c| c.as_str()));
    Form: "The shape of a station." = one_of(Form::ALL.iter().map(|c| c.as_str()));
    FacilityCode: "Something a station offers." = one_of(FacilityCode::ALL.iter().map(|c| c.as_str()));
    Access: "How one gets in." = one_of(Access::ALL.iter().map(|c| c.as_str()));
    Status: "Where a station is in its life; only open and suspended ones are public."
        = one_of(Status::ALL.iter().map(|c| c.as_str()));
    Working: "Whether a facility works." = one_of(Working::ALL.iter().map(|c| c.as_str()));
    Step: "A step in the life of a station." = one_of(Step::ALL.iter().map(|c| c.as_str()));
    Allowed: "What somebody may do with a station." = one_of(Allowed::ALL.iter().map(|c| c.as_str()));
    How: "How somebody found the facts to hold." = one_of(How::ALL.iter().map(|c| c.as_str()));
    Trade: "Whom a station serves." = one_of(Trade::ALL.iter().map(|c| c.as_str()));
    State: "open; closing_soon: open for less than half an hour; closed by its hours; closed_by_notice; suspended; \
            unknown: the hours are not certain." = one_of(State::ALL.map(State::as_str));
    DayKind: "A day off, or a weekend day that is worked, by the notice of the State Council."
        = one_of([DayKind::Off, DayKind::Work].map(DayKind::as_str));
    Crs: "A coordinate system." = one_of(Datum::ALL.map(Datum::as_str));
    StationId: "The id of a station, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    NoticeId: "The id of a notice, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    RegimeId: "The id of a regime of extended hours, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    PhotoId: "The id of a photo, a UUIDv7."
        = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    Adcode: "A district's six-digit code of GB/T 2260." = text().pattern(Some("^[1-9][0-9]{5}$"));
    Season: "Days of the year, both included, month-day/month-day; may cross New Year."
        = text().pattern(Some("^[0-9]{2}-[0-9]{2}/[0-9]{2}-[0-9]{2}$"));
}
