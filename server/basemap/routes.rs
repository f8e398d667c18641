//! `/tiles/base/{z}/{x}/{y}.mvt` and `/tiles/base.pmtiles`

use std::sync::{Arc, LazyLock, OnceLock};

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_RANGE, LAST_MODIFIED, RANGE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use spatial::TileCoord;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, Ref};

use super::draw::{Drawing, draw};
use super::picture::{self, Theme};
use super::shapes::WATER;
use super::{MAX_PICTURE_ZOOM, MAX_ZOOM};
use crate::accounts::Policy;
use crate::app::App;
use crate::config::MapKind;
use crate::error::Error;
use crate::http::cache::{Question, standing};
use crate::http::openapi::{Documented, parts};
use crate::http::params::Params;
use crate::stations::Version;

const MEDIA_TYPE: &str = "application/vnd.mapbox-vector-tile";
const PICTURE_TYPE: &str = "image/svg+xml";
/// The media type of a Protomaps file.
pub const ARCHIVE_TYPE: &str = "application/vnd.pmtiles";
/// Where the operator's Protomaps file is.
pub const ARCHIVE_PATH: &str = "/tiles/base.pmtiles";

/// The tiles of the built-in base map, and the operator's file.
pub fn routes() -> Documented {
    let drawn = Arc::new(OnceLock::new());
    let tile = move |app: State<App>, address: Address, params: Params, question: Question| {
        let drawn = drawn.clone();
        async move { tile(&drawn, &app, address, params, &question) }
    };
    let described = [
        ("/tiles/base/{z}/{x}/{y}.mvt", describe_tile()),
        ("/tiles/base/{z}/{x}/{y}.svg", describe_picture("basePicture", "for a light page")),
        ("/tiles/base/{z}/{x}/{y}-dark.svg", describe_picture("basePictureDark", "for a dark page")),
    ];
    Documented::default().get_as("/tiles/base/{z}/{x}/{file}", Policy::Public, tile, described).get(
        ARCHIVE_PATH,
        Policy::Public,
        archive,
        describe_archive(),
    )
}

fn describe_tile() -> Operation {
    let bytes = Content::new(Some(parts::text().content_media_type(MEDIA_TYPE)));
    let layers = "Layers sea, sea_name, coast, land, water, district, border, district_name and place.";
    let operation = parts::resource(
        "baseTile",
        "tiles",
        "A tile of the built-in overview map",
        parts::answer(layers).content(MEDIA_TYPE, bytes),
    )
    .response("204", parts::answer("Nothing is in this tile."))
    .parameters(Some(parts::tile_address(MAX_ZOOM)));
    parts::refusing(operation, &["404"]).into()
}

fn describe_picture(id: &str, theme: &str) -> Operation {
    let svg = Content::new(Some(parts::text().content_media_type(PICTURE_TYPE)));
    let summary = format!("A tile of the built-in overview map as a picture {theme}");
    let ok = parts::answer("Ground, water and borders, 256 pixels wide.").content(PICTURE_TYPE, svg);
    let operation =
        parts::resource(id, "tiles", &summary, ok).parameters(Some(parts::tile_address(MAX_PICTURE_ZOOM)));
    parts::refusing(operation, &["404"]).into()
}

fn describe_archive() -> Operation {
    let bytes = || Content::new(Some(parts::text().content_media_type(ARCHIVE_TYPE)));
    let ok = parts::answer("The whole file.").content(ARCHIVE_TYPE, bytes());
    let tag = || Ref::new("#/components/headers/ETag");
    let operation = parts::operation("baseArchive", "tiles", "The operator's Protomaps file", ok.header_ref("ETag", tag()))
        .description(Some(
            "There where the settings name one. Made to be read by `Range` and `If-Range` (RFC 9110, 14); one range at a time.",
        ))
        .parameter_ref(parts::parameter_named("If-None-Match"))
        .response("206", parts::answer("The bytes asked for.").content(ARCHIVE_TYPE, bytes()).header_ref("ETag", tag()))
        .response("304", Ref::from_response_name("NotModified"))
        .response("416", parts::answer("The file has no such bytes; `Content-Range` says how many it has."));
    parts::refusing(operation, &["400", "404"]).into()
}

type Address = Path<(String, String, String)>;

fn tile(
    drawn: &OnceLock<Drawing>,
    app: &App,
    Path((z, x, file)): Address,
    params: Params,
    question: &Question,
) -> Result<Response, Error> {
    params.finish()?;
    let (tile, form) = address(&z, &x, &file).ok_or(Error::NotFound("tile"))?;
    let snapshot = app.registry.snapshot();
    let city = snapshot.city();
    // The districts of a process are the same from its start to its end.
    let drawing = drawn.get_or_init(|| Drawing::new(&city.districts));
    Ok(question.answer(*STANDING, || match form {
        Form::Vector => respond(draw(city, drawing, tile)),
        Form::Picture(theme) => {
            ([(CONTENT_TYPE, PICTURE_TYPE)], picture::draw(drawing, tile, theme)).into_response()
        }
    }))
}

/// The base map changes with its shipped shapes, and with a release that draws them in another way.
static STANDING: LazyLock<Version> =
    LazyLock::new(|| standing(&format!("{}\n{WATER}", env!("CARGO_PKG_VERSION"))));

fn respond(bytes: Vec<u8>) -> Response {
    if bytes.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    ([(CONTENT_TYPE, MEDIA_TYPE)], bytes).into_response()
}

/// In what form a tile is given.
#[derive(Clone, Copy)]
enum Form {
    Vector,
    Picture(Theme),
}

/// The endings of a tile's address, the longest first, with the form and its deepest zoom.
const FORMS: [(&str, Form, u8); 3] = [
    ("-dark.svg", Form::Picture(Theme::Dark), MAX_PICTURE_ZOOM),
    (".svg", Form::Picture(Theme::Light), MAX_PICTURE_ZOOM),
    (".mvt", Form::Vector, MAX_ZOOM),
];

fn address(z: &str, x: &str, file: &str) -> Option<(TileCoord, Form)> {
    let (y, form, deepest) =
        FORMS.iter().find_map(|(end, form, deepest)| Some((file.strip_suffix(end)?, *form, *deepest)))?;
    let tile = TileCoord::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)?;
    (tile.z() <= deepest).then_some((tile, form))
}

/// `GET /tiles/base.pmtiles`, the whole or a range of it.
async fn archive(State(app): State<App>, params: Params, request: Request) -> Result<Response, Error> {
    params.finish()?;
    let map = &app.config.map;
    if map.kind != MapKind::Pmtiles {
        return Err(Error::NotFound("map"));
    }
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let given = serve(&map.file, method.clone(), headers.clone()).await?;
    if is_of_another_version(&headers, &given) {
        let mut whole = headers;
        whole.remove(RANGE);
        return serve(&map.file, method, whole).await;
    }
    Ok(given)
}

/// Whether a range was asked of a version that the file no longer is: then the whole is the answer (RFC 9110, 13.1.5).
fn is_of_another_version(asked: &HeaderMap, given: &Response) -> bool {
    let Some(known) = asked.get(IF_RANGE) else { return false };
    ![ETAG, LAST_MODIFIED].iter().any(|name| given.headers().get(name) == Some(known))
}

async fn serve(file: &std::path::Path, method: Method, mut headers: HeaderMap) -> Result<Response, Error> {
    // Several ranges at once may be passed over (RFC 9110, 14.2): the whole is the answer then.
    if headers.get(RANGE).is_some_and(|range| range.as_bytes().contains(&b',')) {
        headers.remove(RANGE);
    }
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method;
    *request.headers_mut() = headers;
    let Ok(served) = ServeFile::new(file).oneshot(request).await;
    let mut response = served.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        return Err(Error::Internal(format!("map.file {} is gone", file.display())));
    }
    let headers = response.headers_mut();
    if headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(ARCHIVE_TYPE));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
