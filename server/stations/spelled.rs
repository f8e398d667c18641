//! How positions and coordinate systems are spelled in the JSON of a station's facts.

use serde::{Deserialize, Serialize};
use spatial::Position;
use utoipa::ToSchema;

/// A position by two names.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct LatLon {
    /// Latitude in degrees, WGS-84.
    #[schema(minimum = -90, maximum = 90)]
    lat: f64,
    /// Longitude in degrees, WGS-84.
    #[schema(minimum = -180, maximum = 180)]
    lon: f64,
}

impl From<Position> for LatLon {
    fn from(position: Position) -> Self {
        Self { lat: position.lat(), lon: position.lon() }
    }
}

/// A position as `lat` and `lon` beside the other facts.
pub(super) mod lat_lon {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
    use spatial::Position;

    use super::LatLon;

    pub(in crate::stations) fn serialize<S: Serializer>(
        position: &Position,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        LatLon::from(*position).serialize(to)
    }

    pub(in crate::stations) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Position, D::Error> {
        let LatLon { lat, lon } = LatLon::deserialize(from)?;
        Position::new(lon, lat).map_err(D::Error::custom)
    }
}

/// A coordinate system by its name.
pub(crate) mod datum {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use spatial::Datum;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    pub(crate) fn serialize<S: Serializer>(datum: &Datum, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(datum.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Datum, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
