//! Links between the resources, absolute (RFC 8288).

use serde::Serialize;

use crate::http::origin::Origin;

/// Media type of JSON.
pub(super) const JSON: &str = "application/json";
/// Media type of GeoJSON.
pub(super) const GEOJSON: &str = "application/geo+json";
/// Media type of JSON Schema.
pub(super) const SCHEMA: &str = "application/schema+json";
/// Media type of vector tiles.
pub(super) const MVT: &str = "application/vnd.mapbox-vector-tile";

/// A link.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    href: String,
    rel: &'static str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    templated: bool,
}

impl Link {
    /// A link to an address, with what is there.
    pub(super) fn new(href: String, rel: &'static str, r#type: &'static str) -> Self {
        Self { href, rel, r#type, title: None, templated: false }
    }

    /// A link to a path of this service.
    pub(super) fn to(origin: &Origin, path: &str, rel: &'static str, r#type: &'static str) -> Self {
        Self::new(format!("{}{path}", origin.0), rel, r#type)
    }

    /// With words for people.
    #[must_use]
    pub(super) fn titled(self, title: &'static str) -> Self {
        Self { title: Some(title), ..self }
    }

    /// An address with gaps to fill.
    #[must_use]
    pub(super) fn templated(self) -> Self {
        Self { templated: true, ..self }
    }
}
