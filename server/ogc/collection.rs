//! The collection of stations: what it is, how far it reaches, what it can be filtered by.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use spatial::Datum;

use super::asked;
use super::crs::Crs;
use super::field::Field;
use super::filter::value::Kind;
use super::landing::document;
use super::link::{GEOJSON, JSON, Link, SCHEMA};
use super::relation;
use crate::app::App;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::origin::Origin;
use crate::http::params::Params;
use crate::language::Language;
use crate::stations::Snapshot;
use crate::stations::tiles::bounds;

/// Its path.
pub(super) const PATH: &str = "/ogc/collections/stations";

/// `GET /ogc/collections`
pub(super) async fn collections(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    Ok(following(&app, &question, |snapshot| {
        let links = [Link::to(&origin, "/ogc/collections", "self", JSON)];
        let crs = Crs::ALL.map(Crs::uri);
        json!({ "links": links, "crs": crs, "collections": [described(snapshot, &origin, question.language)] })
    }))
}

/// `GET /ogc/collections/stations`
pub(super) async fn collection(
    State(app): State<App>,
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    Ok(following(&app, &question, |snapshot| described(snapshot, &origin, question.language)))
}

/// Answers with a document that changes with the registry.
pub(super) fn following(app: &App, question: &Question, make: impl FnOnce(&Snapshot) -> Value) -> Response {
    let snapshot = app.registry.snapshot();
    question
        .answer(snapshot.version(app.clock.now()), || ([(CONTENT_TYPE, JSON)], make(&snapshot).to_string()))
}

fn described(snapshot: &Snapshot, origin: &Origin, language: Language) -> Value {
    let to = |rest: &str, rel, media_type| Link::to(origin, &format!("{PATH}{rest}"), rel, media_type);
    let links = [
        to("", "self", JSON),
        to("/items", "items", GEOJSON).titled("Stations as GeoJSON"),
        // Relations know no case (RFC 8288, 2.1.1); GDAL 3.6 knows this one by this case.
        to("/schema", "describedBy", SCHEMA).titled("The properties of a station"),
        to("/queryables", relation::QUERYABLES, SCHEMA).titled("What stations can be filtered by"),
        to("/tiles", relation::TILESETS, JSON).titled("Stations as vector tiles"),
    ];
    let description = language.of(
        "公开的驿站。状态和设施是 datetime 那一刻的，不写即现在。",
        "The public stations. States and facilities are those at datetime, the present where it is left out.",
    );
    let mut described = json!({
        "id": "stations",
        "title": language.of("驿站", "Stations"),
        "description": description,
        "itemType": "feature",
        "dataType": "vector",
        "crs": Crs::ALL.map(Crs::uri),
        "storageCrs": Crs::Crs84.uri(),
        "links": links,
    });
    if let Some(b) = bounds(snapshot, Datum::Wgs84) {
        let bbox = [b.left, b.bottom, b.right, b.top];
        described["extent"] = json!({ "spatial": { "bbox": [bbox], "crs": Crs::Crs84.uri() } });
    }
    described
}

/// `GET /ogc/collections/stations/queryables`
pub(super) async fn queryables(
    params: Params,
    origin: Origin,
    question: Question,
) -> Result<Response, Error> {
    asked::plain(params)?;
    let language = question.language;
    let schema = Schema {
        draft: DRAFT,
        id: Some(format!("{}{PATH}/queryables", origin.0)),
        r#type: "object",
        title: language.of("驿站", "Stations"),
        description: language.of("筛选条件可用的属性。", "What a filter can ask about."),
        properties: Properties(Field::all().collect(), language),
        additional: Some(false),
    };
    Ok(document(&question, SCHEMA, &schema))
}

/// `GET /ogc/collections/stations/schema`
///
/// It names the kind of each property, whether or not a station has a value: clients that look at the first stations
/// only cannot know what a property holds of which those have none.
pub(super) async fn feature_schema(params: Params, question: Question) -> Result<Response, Error> {
    asked::plain(params)?;
    let language = question.language;
    let members = Members {
        id: json!({ "type": "string" }),
        geometry: json!({ "$ref": "https://geojson.org/schema/Point.json" }),
        properties: Group { r#type: "object", properties: Properties(Field::shown().collect(), language) },
    };
    let schema = Schema {
        draft: DRAFT,
        id: None,
        r#type: "object",
        title: language.of("驿站", "Stations"),
        description: language.of("没有值的属性为 null。", "A property without a value is null."),
        properties: members,
        additional: None,
    };
    Ok(document(&question, SCHEMA, &schema))
}

/// The version of JSON Schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A JSON Schema of an object.
#[derive(Serialize)]
struct Schema<P> {
    #[serde(rename = "$schema")]
    draft: &'static str,
    #[serde(rename = "$id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    r#type: &'static str,
    title: &'static str,
    description: &'static str,
    properties: P,
    #[serde(rename = "additionalProperties", skip_serializing_if = "Option::is_none")]
    additional: Option<bool>,
}

/// The members of a feature.
#[derive(Serialize)]
struct Members {
    id: Value,
    geometry: Value,
    properties: Group,
}

#[derive(Serialize)]
struct Group {
    r#type: &'static str,
    properties: Properties,
}

/// Properties in the order in which a table shows them as columns.
struct Properties(Vec<Field>, Language);

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|field| (field.name(), schema(*field, self.1))))
    }
}

/// A property as JSON Schema.
fn schema(field: Field, language: Language) -> Value {
    let mut schema = match field.kind() {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number => json!({ "type": "integer" }),
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::Instant => json!({ "type": "string", "format": "date-time" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Geometry => json!({ "format": "geometry-point", "x-ogc-role": "primary-geometry" }),
    };
    if field == Field::Id {
        schema["x-ogc-role"] = json!("id");
    }
    if !field.codes().is_empty() {
        schema["enum"] = json!(field.codes());
    }
    schema["title"] = json!(field.name());
    schema["description"] = json!(field.meaning(language));
    schema
}
