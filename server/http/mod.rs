//! The HTTP surface: the route table on one screen, and what every request passes through.

pub mod accept;
pub mod assets;
pub mod body;
mod budget;
pub mod cache;
pub mod form;
pub mod headers;
pub mod host;
pub mod hsts;
pub mod html;
pub mod limits;
pub mod list;
pub mod openapi;
pub mod ops;
pub mod origin;
pub mod params;
pub mod policy;
pub mod problem;
pub mod proxy;
pub mod redirect;
mod repeats;
pub mod request_id;
pub mod serve;
pub mod session;
pub mod tls;
pub mod version;

use std::any::Any;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::app::App;
use crate::error::Error;
use crate::{
    accounts, audit, basemap, benefits, door, grievance, imports, inspections, jobs, joins, map_pictures,
    notifications, observations, ogc, pictures, planning, ratings, reports, stations,
};

use self::budget::Budget;
use self::openapi::Documented;

/// Everything that workers and staff reach.
///
/// The layers run from the last to the first: a request is identified and its problem rendered outermost,
/// then bounded, then answered.
pub fn router(app: App) -> Router {
    let (router, policies) = routes().served();
    let guarded = router.route_layer(from_fn_with_state((app.clone(), policies), policy::enforce));
    // Built files have no secrets and no policy.
    let all = guarded.merge(assets::routes(&app.config));
    finish(all, app)
}

/// Every route of the public listener but the built files.
pub fn routes() -> Documented {
    [
        html::routes(),
        stations::routes(),
        imports::routes(),
        door::routes(),
        grievance::routes(),
        benefits::routes(),
        planning::routes(),
        reports::routes(),
        observations::routes(),
        joins::routes(),
        jobs::routes(),
        notifications::routes(),
        inspections::routes(),
        ratings::routes(),
        pictures::routes(),
        map_pictures::routes(),
        accounts::routes(),
        audit::routes(),
        basemap::routes(),
        ogc::routes(),
        ops::routes(),
    ]
    .into_iter()
    .fold(Documented::default(), Documented::merge)
}

/// What only the operator reaches.
pub fn admin_router(app: App) -> Router {
    finish(ops::admin_routes(), app)
}

/// What sends whoever comes without encryption to the encrypted address.
pub fn redirect_router(app: App) -> Router {
    finish(redirect::routes(), app)
}

fn finish(routes: Router<App>, app: App) -> Router {
    routes
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(CatchPanicLayer::custom(panicked))
        // axum's own bound would cut files short; `limits::body` knows which path takes how much.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state((app.clone(), Budget::new(app.config.limits.bodies_bytes)), limits::body))
        .layer(from_fn_with_state(app.clone(), limits::time))
        .layer(from_fn_with_state(app.clone(), problem::render))
        .layer(from_fn_with_state(headers::Policy::of(&app.config.map), headers::secure))
        .layer(from_fn_with_state(app.clone(), hsts::remember))
        .layer(from_fn_with_state(app.clone(), request_id::identify))
        .with_state(app)
}

/// Everything but a base map's file, whose tiles are compressed and which is read by ranges of its bytes.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new(basemap::ARCHIVE_TYPE))
}

async fn not_found() -> Error {
    Error::NotFound("path")
}

async fn method_not_allowed() -> Error {
    Error::MethodNotAllowed
}

/// The message of a panic may hold what somebody wrote; `log::tell_panics` names the place.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Error::Internal("panic".to_owned()).into_response()
}
