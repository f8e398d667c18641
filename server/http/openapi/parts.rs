//! The parts of a description that many routes share: parameters, headers, refusals.

use serde_json::Value;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{
    ArrayBuilder, Components, ComponentsBuilder, KnownFormat, Object, ObjectBuilder, Ref, SchemaFormat, Type,
};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Content, RefOr, Required, Response, ResponseBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::accounts::Policy;
use crate::http::params::MAX_VALUES;
use crate::http::problem::{self, Problem};
use crate::http::session;

/// The refusals: status, name of the component, and when they come.
const REFUSALS: [(&str, &str, &str); 15] = [
    ("400", "Malformed", "A parameter is missing, unknown, repeated or wrong; `errors` names each."),
    ("401", "Unauthenticated", "Nobody is signed in, or the token is not valid."),
    ("403", "Forbidden", "Who asks may see it and may not do it, or must do another step first."),
    ("404", "NotFound", "There is nothing here, or it is not public."),
    ("405", "MethodNotAllowed", "Only the methods in `Allow` are answered."),
    ("406", "NotAcceptable", "`Accept` leaves out JSON."),
    ("409", "Conflict", "It is not in the state that the request needs; `detail` says what is in the way."),
    ("412", "Stale", "It was changed after the version that `If-Match` names."),
    ("413", "TooLarge", "The body of the request is too large."),
    ("415", "UnsupportedMedia", "The body is not JSON."),
    ("422", "Refused", "The input breaks a rule; `errors` names each field."),
    ("428", "ConditionMissing", "`If-Match` is missing."),
    ("429", "TooMany", "Tried too often; `Retry-After` says when to come back."),
    ("500", "Internal", "A fault of the service; the problem says its request id and nothing else."),
    ("503", "Unavailable", "Busy, behind, or stopped for taking too long."),
];

/// Refusals that any request may meet.
const EVERYWHERE: [&str; 4] = ["405", "413", "500", "503"];

/// Describes an operation whose answer may be kept and asked for again by its tag.
pub fn resource(id: &str, tag: &str, summary: &str, ok: ResponseBuilder) -> OperationBuilder {
    let ok = ok.header_ref("ETag", header_named("ETag")).header_ref("Vary", header_named("Vary"));
    let operation = refusing(operation(id, tag, summary, ok), &["400"]);
    operation
        .parameter_ref(parameter_named("If-None-Match"))
        .response("304", Ref::from_response_name("NotModified"))
}

/// Describes an operation with its answer and the refusals that any request may meet.
pub fn operation(id: &str, tag: &str, summary: &str, ok: ResponseBuilder) -> OperationBuilder {
    let operation = OperationBuilder::new().operation_id(Some(id)).tag(tag).summary(Some(summary));
    refusing(operation.response("200", ok), &EVERYWHERE)
}

/// Describes an operation of staff with the answer's status and what it may be refused for.
pub fn staff(id: &str, tag: &str, summary: &str, status: &str, ok: ResponseBuilder) -> OperationBuilder {
    let operation = OperationBuilder::new().operation_id(Some(id)).tag(tag).summary(Some(summary));
    refusing(operation.response(status, ok), &["400", "404", "405", "413", "500", "503"])
}

/// Adds a JSON body to a description, and what such a body may be refused for.
pub fn taking<T: ToSchema>(operation: OperationBuilder) -> OperationBuilder {
    let json =
        RequestBodyBuilder::new().content("application/json", body::<T>()).required(Some(Required::True));
    refusing(operation.request_body(Some(json.build())), &["409", "415", "422"])
}

/// Says that a change names the version that it is meant for.
pub fn conditional(operation: OperationBuilder) -> OperationBuilder {
    refusing(operation.parameter_ref(parameter_named("If-Match")), &["409", "412", "428"])
}

/// Adds who may call it: the ways to say who one is, and the refusals of whoever may not.
pub fn guarded(operation: Operation, policy: Policy) -> Operation {
    if policy == Policy::Public {
        return operation;
    }
    let none: [&str; 0] = [];
    let signed = match policy {
        Policy::Member | Policy::Clerk | Policy::Phone => vec![SecurityRequirement::new("phone", none)],
        _ => vec![SecurityRequirement::new("session", none), SecurityRequirement::new("token", none)],
    };
    refusing(OperationBuilder::from(operation).securities(Some(signed)), &["401", "403"]).build()
}

/// Adds refusals by their status.
pub fn refusing(operation: OperationBuilder, statuses: &[&str]) -> OperationBuilder {
    let chosen = REFUSALS.iter().filter(|(status, ..)| statuses.contains(status));
    chosen.fold(operation, |to, (status, name, _)| to.response(*status, Ref::from_response_name(*name)))
}

/// An answer that carries what every answer does.
pub fn answer(description: &str) -> ResponseBuilder {
    ["X-Request-Id", "X-Registry-Revision"]
        .into_iter()
        .fold(ResponseBuilder::new().description(description), |to, name| {
            to.header_ref(name, header_named(name))
        })
}

/// A body of a type.
pub fn body<T: ToSchema>() -> Content {
    Content::new(Some(named::<T>()))
}

/// A reference to the schema of a type.
pub fn named<T: ToSchema>() -> Ref {
    Ref::from_schema_name(T::name())
}

/// A reference to a header that many answers carry.
pub fn header_named(name: &str) -> Ref {
    Ref::new(format!("#/components/headers/{name}"))
}

/// A reference to a header that many requests may carry.
pub fn parameter_named(name: &str) -> Ref {
    Ref::new(format!("#/components/parameters/{name}"))
}

/// A parameter of the query that may be left out.
pub fn query(
    name: &str,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
    example: impl Into<Value>,
) -> Parameter {
    parameter(name, ParameterIn::Query, description, schema, example).build()
}

/// A parameter of the query that must be given.
pub fn required(
    name: &str,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
    example: impl Into<Value>,
) -> Parameter {
    parameter(name, ParameterIn::Query, description, schema, example).required(Required::True).build()
}

/// A part of the path.
pub fn segment(
    name: &str,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
    example: impl Into<Value>,
) -> Parameter {
    parameter(name, ParameterIn::Path, description, schema, example).required(Required::True).build()
}

/// The address of a tile of the Web Mercator quad.
pub fn tile_address(deepest: u8) -> Vec<Parameter> {
    vec![
        segment("z", "Zoom.", whole(0).maximum(Some(usize::from(deepest))), 9),
        segment("x", "Column from the west, less than 2^z.", whole(0), 425),
        segment("y", "Row from the north, less than 2^z.", whole(0), 194),
    ]
}

/// A parameter with several values joined by commas.
pub fn list<T: ToSchema>(name: &str, description: &str, example: impl Into<Value>) -> Parameter {
    let schema = ArrayBuilder::new().items(named::<T>()).max_items(Some(MAX_VALUES));
    commas(name, description, schema, example)
}

/// A parameter whose array is written with commas.
pub fn commas(name: &str, description: &str, schema: ArrayBuilder, example: impl Into<Value>) -> Parameter {
    parameter(name, ParameterIn::Query, description, schema, example)
        .style(Some(ParameterStyle::Form))
        .explode(Some(false))
        .build()
}

fn parameter(
    name: &str,
    place: ParameterIn,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
    example: impl Into<Value>,
) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .example(Some(example.into()))
}

/// A whole number from 0 or another least value up.
pub fn whole(least: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least))
}

/// A decimal number within bounds.
pub fn decimal(least: f64, most: f64) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(least)).maximum(Some(most))
}

/// Yes or no, no where it is left out.
pub fn flag() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Boolean).default(Some(false.into()))
}

/// Any text.
pub fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// An RFC 3339 instant.
pub fn instant() -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
}

/// One of a few words.
pub fn one_of(words: impl IntoIterator<Item = &'static str>) -> ObjectBuilder {
    text().enum_values(Some(words))
}

/// Everything that descriptions refer to.
pub(super) fn components(schemas: Vec<(String, RefOr<Schema>)>) -> Components {
    let mut own = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut own);
    let builder = ComponentsBuilder::new()
        .schemas_from_iter(own.into_iter().chain(schemas))
        .response("NotModified", not_modified());
    let builder =
        REFUSALS.iter().fold(builder, |to, (status, name, when)| to.response(*name, refusal(status, when)));
    let builder =
        ways_to_sign_in().into_iter().fold(builder, |to, (name, way)| to.security_scheme(name, way));
    let builder = headers().into_iter().fold(builder, |to, (name, header)| to.header(name, header));
    request_headers().into_iter().fold(builder, |to, p| to.parameter(p.name.clone(), p)).build()
}

/// How a caller says who he is.
fn ways_to_sign_in() -> [(&'static str, SecurityScheme); 3] {
    let cookie = ApiKeyValue::with_description(
        session::COOKIE,
        "The session of a person, set by `POST /api/v1/session`; by https its name begins with `__Host-`.",
    );
    let phone = ApiKeyValue::with_description(
        session::PHONE,
        "The session of a member's or a clerk's phone, set by `POST /api/v1/phone/session`; by https its name begins with `__Host-`.",
    );
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The token of a program, made by `POST /api/v1/tokens`."));
    [
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie))),
        ("phone", SecurityScheme::ApiKey(ApiKey::Cookie(phone))),
        ("token", SecurityScheme::Http(bearer.build())),
    ]
}

fn not_modified() -> Response {
    answer("The client has this version already.").header_ref("ETag", header_named("ETag")).build()
}

fn refusal(status: &str, when: &str) -> Response {
    let answer = answer(when).content(problem::MEDIA_TYPE, body::<Problem<'_>>());
    match status {
        "405" => answer.header_ref("Allow", header_named("Allow")).build(),
        "429" | "503" => answer.header_ref("Retry-After", header_named("Retry-After")).build(),
        _ => answer.build(),
    }
}

fn headers() -> [(&'static str, Header); 8] {
    let header = |schema: Object, description: &str| {
        HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
    };
    let text = || text().build();
    [
        ("ETag", header(text(), "The version of the answer; send it as `If-None-Match` to be told 304.")),
        ("Vary", header(text(), "The language of texts follows `Accept-Language`.")),
        (
            "X-Registry-Revision",
            header(whole(0).build(), "The revision of the registry that the service shows."),
        ),
        ("X-Request-Id", header(text(), "The id of the request, as the service's log has it.")),
        (
            "Link",
            header(text(), "`<address>; rel=\"next\"` where there is another page; the address is absolute."),
        ),
        ("Allow", header(text(), "The methods that are answered.")),
        ("Content-Crs", header(text(), "The coordinate system of the answer's positions, between < and >.")),
        (
            "Retry-After",
            header(whole(0).build(), "After how many seconds to try again; absent after a timeout."),
        ),
    ]
}

fn request_headers() -> [Parameter; 4] {
    let header = |name: &str, description: &str, schema: ObjectBuilder, example: &str| {
        parameter(name, ParameterIn::Header, description, schema, example).build()
    };
    let revision =
        "Answer with this revision of the registry or a later one, so that a client sees what it wrote.";
    [
        header(
            "If-None-Match",
            "Tags that the client has; one that still holds is answered 304.",
            text(),
            "W/\"1-0\"",
        ),
        header(
            "Accept-Language",
            "Chinese unless English weighs more.",
            text().default(Some("zh-CN".into())),
            "en",
        ),
        header("If-Match", "The version that a change is meant for, as `ETag` said it.", text(), "\"v3\""),
        parameter("X-Min-Revision", ParameterIn::Header, revision, whole(0), 1).build(),
    ]
}
