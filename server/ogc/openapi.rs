//! The description of the OGC API: its parameters and answers, made of the properties and bounds that it uses.

use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, SchemaFormat, Type,
};
use utoipa::openapi::{Content, RefOr, Schema};

use super::asked::{LANGUAGES, LIMIT, MAX_LIMIT};
use super::crs::Crs;
use super::field::Field;
use super::filter::value::Kind;
use super::filter::{MAX_DEPTH, MAX_TEXT};
use super::link::{GEOJSON, JSON, MVT, SCHEMA};
use crate::http::openapi::parts::{
    answer, commas, decimal, header_named, instant, one_of, parameter_named, query, refusing, resource,
    segment, text, whole,
};
use crate::language::Language;

const EXAMPLE_TIME: &str = "2026-11-24T10:00:00+08:00";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// A resource that tells of others, in the form that the standard gives it.
pub(super) fn plain(id: &str, summary: &str) -> Operation {
    of_type(id, summary, JSON).parameter(form("json")).into()
}

/// A resource that is a schema itself.
pub(super) fn schema_of(id: &str, summary: &str) -> Operation {
    of_type(id, summary, SCHEMA).parameter(form("json")).into()
}

/// `GET /ogc/api`
pub(super) fn api() -> Operation {
    of_type("ogcApi", "The OGC API alone, as OpenAPI", JSON).parameter(form("json")).into()
}

/// `GET /ogc/collections/stations/items`
pub(super) fn items() -> Operation {
    let ok = answer("A page of stations in the order of their ids.")
        .content(GEOJSON, Content::new(Some(collection_schema())))
        .header_ref("Link", header_named("Link"))
        .header_ref("Content-Crs", header_named("Content-Crs"));
    let operation = resource("ogcItems", "ogc", "Stations as features", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .description(Some(
            "Each property can be given as a parameter, to which it then is equal. What `filter` says besides has to \
             be so as well. `numberMatched` counts all pages.",
        ))
        .parameters(Some(window()))
        .parameters(Some(frame()))
        .parameters(Some(filter()))
        .parameters(Some(Field::asked().map(property)));
    operation.parameter(form("json")).into()
}

/// `GET /ogc/collections/stations/items/{id}`
pub(super) fn item() -> Operation {
    let ok = answer("The station.")
        .content(GEOJSON, Content::new(Some(feature_schema())))
        .header_ref("Content-Crs", header_named("Content-Crs"));
    let id = segment("id", "The station's id.", text(), EXAMPLE_ID);
    let operation = resource("ogcItem", "ogc", "One station as a feature", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(id)
        .parameters(Some(frame()))
        .parameter(form("json"));
    refusing(operation, &["404"]).into()
}

/// `GET /ogc/collections/stations/tiles/WebMercatorQuad/{z}/{row}/{col}`
pub(super) fn tile() -> Operation {
    let ok = answer("The tile of `/tiles/stations/{z}/{x}/{y}.mvt`; note that the row comes first here.")
        .content(MVT, Content::new(Some(text().content_media_type(MVT))));
    let deepest = usize::from(spatial::tile::MAX_ZOOM);
    let address = vec![
        segment("z", "Tile matrix, which is the zoom.", whole(0).maximum(Some(deepest)), 9),
        segment("row", "Row from the north, less than 2^z.", whole(0), 194),
        segment("col", "Column from the west, less than 2^z.", whole(0), 425),
        datetime(),
        form("mvt"),
    ];
    let operation = resource("ogcTile", "ogc", "A tile of stations", ok)
        .response("204", answer("Nothing is in this tile."))
        .parameters(Some(address));
    refusing(operation, &["404"]).into()
}

fn of_type(id: &str, summary: &str, media_type: &str) -> OperationBuilder {
    // Its members are those of the standards.
    let any = ObjectBuilder::new().additional_properties(Some(AdditionalProperties::FreeForm(true)));
    let ok = answer(summary).content(media_type, Content::new(Some(any)));
    resource(id, "ogc", summary, ok).parameter_ref(parameter_named("Accept-Language"))
}

/// The form of the answer, of which there is one.
fn form(word: &'static str) -> Parameter {
    query("f", "The form of the answer; there is one.", one_of([word]).default(Some(json!(word))), word)
}

/// Which page, and which rectangle.
fn window() -> Vec<Parameter> {
    let corners = ArrayBuilder::new().items(decimal(-1e12, 1e12)).min_items(Some(4)).max_items(Some(6));
    let limit = whole(1).maximum(Some(MAX_LIMIT)).default(Some(json!(LIMIT)));
    vec![
        commas(
            "bbox",
            "Only stations inside: least and greatest in the order of the axes of `bbox-crs`, by default \
             west,south,east,north; west is greater than east across the antimeridian. Heights are passed over.",
            corners,
            json!([119.5, 39.8, 119.7, 40.0]),
        ),
        crs("bbox-crs", "The coordinate system of `bbox`."),
        query("limit", "At most how many; more is cut to the most.", limit, 10),
        query(
            "cursor",
            "Where the page begins: opaque, from the link `next` of the page before.",
            text(),
            EXAMPLE_ID,
        ),
    ]
}

/// As of when, and in which coordinate system.
fn frame() -> Vec<Parameter> {
    vec![datetime(), crs("crs", "The coordinate system of the answer's positions.")]
}

fn datetime() -> Parameter {
    let description = "The instant whose states and facilities are described; no station is left out by it. Of an \
        interval such as `2026-11-24T00:00:00Z/..` it is the instant nearest to the present.";
    query("datetime", description, text(), EXAMPLE_TIME)
}

fn crs(name: &str, description: &str) -> Parameter {
    let uris = one_of(Crs::ALL.map(Crs::uri)).default(Some(json!(Crs::default().uri())));
    query(name, description, uris, Crs::Wgs84.uri())
}

fn filter() -> Vec<Parameter> {
    let description = format!(
        "A condition in CQL2 text of at most {MAX_TEXT} bytes and {MAX_DEPTH} levels: AND, OR, NOT, comparisons, IS \
         NULL, LIKE, BETWEEN, IN, CASEI, and S_INTERSECTS between `geometry` and a literal."
    );
    let languages = one_of(LANGUAGES).default(Some(json!(LANGUAGES[0])));
    let example = "is_open = TRUE AND host IN ('bank','park')";
    vec![
        query("filter", &description, text().max_length(Some(MAX_TEXT)), example),
        query(
            "filter-lang",
            "The language of `filter`; the second is what the first was called before it was finished.",
            languages,
            LANGUAGES[0],
        ),
        crs("filter-crs", "The coordinate system of the geometries in `filter`."),
    ]
}

/// A property as a parameter.
fn property(field: Field) -> Parameter {
    let example: Value = match (field.kind(), field.codes().first()) {
        (_, Some(code)) => json!(code),
        (Kind::Truth, _) => json!(true),
        (Kind::Number, _) => json!(3),
        (Kind::Instant, _) => json!(EXAMPLE_TIME),
        (Kind::Date, _) => json!("2026-11-24"),
        _ => json!("x"),
    };
    let meaning = format!("Equal to this: {}.", field.meaning(Language::En));
    query(field.name(), &meaning, schema(field), example)
}

fn schema(field: Field) -> ObjectBuilder {
    let date = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    match field.kind() {
        Kind::Text if !field.codes().is_empty() => one_of(field.codes()),
        Kind::Text | Kind::Geometry => text(),
        Kind::Number => ObjectBuilder::new().schema_type(Type::Integer),
        Kind::Truth => ObjectBuilder::new().schema_type(Type::Boolean),
        Kind::Instant => instant(),
        Kind::Date => date(),
    }
}

/// What a feature says of a property, which may be null.
fn shown(field: Field) -> RefOr<Schema> {
    let none = ObjectBuilder::new().schema_type(Type::Null);
    let some = schema(field).description(Some(field.meaning(Language::En)));
    OneOfBuilder::new().item(none).item(some).into()
}

fn feature_schema() -> ObjectBuilder {
    let pair = ArrayBuilder::new().items(decimal(-1e12, 1e12)).min_items(Some(2)).max_items(Some(2));
    let point = ObjectBuilder::new()
        .property("type", one_of(["Point"]))
        .property("coordinates", pair)
        .required("coordinates");
    let properties = Field::shown().fold(ObjectBuilder::new(), |to, field| {
        to.property(field.name(), shown(field)).required(field.name())
    });
    let id = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
    let object = ObjectBuilder::new()
        .property("type", one_of(["Feature"]))
        .property("id", id)
        .property("geometry", point)
        .property("properties", properties)
        .property("links", links());
    ["type", "id", "geometry", "properties"].into_iter().fold(object, ObjectBuilder::required)
}

fn collection_schema() -> ObjectBuilder {
    let object = ObjectBuilder::new()
        .property("type", one_of(["FeatureCollection"]))
        .property("links", links())
        .property("timeStamp", instant())
        .property("numberMatched", whole(0))
        .property("numberReturned", whole(0))
        .property("features", ArrayBuilder::new().items(feature_schema()));
    ["type", "links", "numberMatched", "numberReturned", "features"]
        .into_iter()
        .fold(object, ObjectBuilder::required)
}

fn links() -> ArrayBuilder {
    let link = ["href", "rel", "type"]
        .into_iter()
        .fold(ObjectBuilder::new(), |to, name| to.property(name, text()).required(name));
    ArrayBuilder::new().items(link)
}
