//! The OpenAPI document, made of the descriptions that the routes are mounted with.
//!
//! A route is added through [`Documented`] only, which asks for its policy and its description, so no route
//! is without a policy and the document cannot lack a route. Bounds and codes come from the constants and
//! types that the service itself uses.

pub mod parts;

use axum::Router;
use axum::body::Bytes;
use axum::handler::Handler;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, get, on, post};
use utoipa::ToSchema;
use utoipa::openapi::info::License;
use utoipa::openapi::path::{HttpMethod, Operation, ParameterIn, Paths};
use utoipa::openapi::schema::Object;
use utoipa::openapi::tag::Tag;
use utoipa::openapi::{Content, Info, OpenApi, RefOr, Schema, Server};

use super::cache::{Question, standing};
use super::params::Params;
use super::policy::{Policies, Row};
use crate::accounts::Policy;
use crate::app::App;
use crate::error::Error;
use crate::stations::Version;

/// Where the document is served.
const PATH: &str = "/api/openapi.json";

/// The groups of paths, in the order in which a reader meets them.
const TAGS: [(&str, &str); 16] = [
    ("stations", "Rest stations: the nearest, a list, one with its details."),
    ("notices", "For staff: notices for stations, facilities and areas, and regimes of extended hours."),
    ("imports", "For staff: lists of stations on their way into the registry."),
    ("grievances", "Cases of the grievance centre: filing, following, the steps of staff."),
    ("benefits", "Members, merchants, offers, campaigns; claiming and redeeming vouchers."),
    ("planning", "For planners: demand, service points, and who has a station within reach at which hours."),
    ("reports", "What workers say is wrong with a station, and what came of it; files that go with it."),
    ("door", "The card on the door, the keeper's link, and what a visitor says there."),
    ("joins", "Wishes to join the union."),
    ("inspections", "For staff: rounds, inspections, findings, ratings."),
    ("tiles", "Maps: the stations and the built-in base map as vector tiles."),
    ("ogc", "The same stations for a GIS: OGC API - Features and Tiles, and CQL2 filters."),
    ("accounts", "The union's people: signing in, roles, tokens."),
    ("notifications", "The inbox of whoever has an account, and by which ways he is told besides."),
    ("audit", "Who wrote what, and whether the log of it is whole."),
    ("operations", "What an operator's tools ask."),
];

const DESCRIPTION: &str = "The public interface of Yizhan 驿站: rest stations for people who work outdoors, \
    the nearest one that is open now and has what they need.\n\n\
    Times are RFC 3339 with the city's offset. Distances are metres (`_m`), durations seconds (`_s`). \
    Positions are WGS-84, longitude first in GeoJSON, unless `crs` or `out_crs` say otherwise. \
    Errors are RFC 9457 problems whose `code` is stable; their words follow `Accept-Language`. \
    A parameter that is not listed here is refused with 400. Every GET answers HEAD as well.";

/// Routes together with who may call them and their description.
#[derive(Default)]
#[must_use = "routes that are not mounted are not served"]
pub struct Documented {
    router: Router<App>,
    rows: Vec<Row>,
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

/// Declares the methods that mount what writes, one for each verb.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $verb:ident, $method:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name<H, T>(
            self,
            path: &'static str,
            policy: Policy,
            handler: H,
            as_told: impl Into<Operation>,
        ) -> Self
        where
            H: Handler<T, App>,
            T: 'static,
        {
            let row = |reads_query| Row { method: Method::$method, path, policy, reads_query };
            self.write(HttpMethod::$verb, row, on(MethodFilter::$method, handler), as_told.into())
        }
    )*};
}

impl Documented {
    /// Mounts a handler for GET under the path that describes it.
    pub fn get<H, T>(
        self,
        path: &'static str,
        policy: Policy,
        handler: H,
        as_told: impl Into<Operation>,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.get_as(path, policy, handler, [(path, as_told.into())])
    }

    verbs! {
        /// Mounts a handler for POST.
        post = Post, POST;
        /// Mounts a handler for PUT.
        put = Put, PUT;
        /// Mounts a handler for PATCH.
        patch = Patch, PATCH;
        /// Mounts a handler for DELETE.
        delete = Delete, DELETE;
    }

    /// Mounts a handler for GET whose route stands for other paths in the document, because the router cannot
    /// match a part of a segment such as `{y}.mvt`.
    pub fn get_as<H, T>(
        mut self,
        route: &'static str,
        policy: Policy,
        handler: H,
        described: impl IntoIterator<Item = (&'static str, Operation)>,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let mut reads_query = false;
        for (path, operation) in described {
            reads_query |= has_query(&operation);
            self.paths.add_path_operation(path, vec![HttpMethod::Get], parts::guarded(operation, policy));
        }
        self.mount(Row { method: Method::GET, path: route, policy, reads_query }, get(handler))
    }

    /// Mounts a page for people, which the document of the programs' interface leaves out.
    pub fn page<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        // Chat applications add parameters of their own to the addresses of pages.
        self.mount(Row { method: Method::GET, path, policy, reads_query: true }, get(handler))
    }

    /// Mounts what a page's own form is sent to; the answer is a page as well.
    pub fn form<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.mount(Row { method: Method::POST, path, policy, reads_query: true }, post(handler))
    }

    fn write(
        mut self,
        verb: HttpMethod,
        row: impl FnOnce(bool) -> Row,
        handler: MethodRouter<App>,
        operation: Operation,
    ) -> Self {
        let row = row(has_query(&operation));
        self.paths.add_path_operation(row.path, vec![verb], parts::guarded(operation, row.policy));
        self.mount(row, handler)
    }

    fn mount(mut self, row: Row, handler: MethodRouter<App>) -> Self {
        self.router = self.router.route(row.path, handler);
        self.rows.push(row);
        self
    }

    /// The table of routes: verb, path and policy of each.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Adds a schema that descriptions refer to, and those that it refers to.
    pub fn schema<T: ToSchema>(mut self) -> Self {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
        self
    }

    /// Changes the routes, for instance by a layer.
    pub fn map_router(mut self, change: impl FnOnce(Router<App>) -> Router<App>) -> Self {
        self.router = change(self.router);
        self
    }

    /// Both together.
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.rows.extend(other.rows);
        self.paths.merge(other.paths);
        self.schemas.extend(other.schemas);
        self
    }

    /// The document of these routes alone, whose paths begin below a folder, as JSON.
    pub fn document_below(&self, folder: &'static str) -> String {
        let mut paths = Paths::new();
        for (path, item) in &self.paths.paths {
            let below = path.strip_prefix(folder).filter(|rest| !rest.is_empty()).unwrap_or("/");
            paths.paths.insert(below.to_owned(), item.clone());
        }
        let mut document = document(paths, self.schemas.clone());
        document.servers = Some(vec![Server::new(folder)]);
        document.to_json().unwrap_or_default()
    }

    /// The routes alone, for a listener that has no document.
    pub fn into_router(self) -> Router<App> {
        self.router
    }

    /// The routes with the document of them at `/api/openapi.json`, and who may call each.
    pub fn served(mut self) -> (Router<App>, Policies) {
        self.paths.add_path_operation(PATH, vec![HttpMethod::Get], own_operation());
        let text = document(self.paths, self.schemas).to_pretty_json().unwrap_or_default() + "\n";
        let version = standing(&text);
        let text = Bytes::from(text);
        let serve =
            move |params: Params, question: Question| async move { answer(params, &question, version, text) };
        self.rows.push(Row { method: Method::GET, path: PATH, policy: Policy::Public, reads_query: true });
        (self.router.route(PATH, get(serve)), Policies::of(&self.rows))
    }
}

/// Whether a description names a parameter of the query.
fn has_query(operation: &Operation) -> bool {
    let parameters = operation.parameters.iter().flatten();
    parameters.into_iter().any(|p| matches!(p, RefOr::T(p) if p.parameter_in == ParameterIn::Query))
}

fn answer(params: Params, question: &Question, version: Version, text: Bytes) -> Result<Response, Error> {
    params.finish()?;
    Ok(question.answer(version, || ([(CONTENT_TYPE, "application/json")], text)))
}

fn own_operation() -> Operation {
    let any = Content::new(Some(Object::new()));
    let ok = parts::answer("This document.").content("application/json", any);
    parts::resource("openapi", "operations", "This document", ok).into()
}

fn document(paths: Paths, schemas: Vec<(String, RefOr<Schema>)>) -> OpenApi {
    let mut licence = License::new(env!("CARGO_PKG_LICENSE"));
    licence.identifier = Some(env!("CARGO_PKG_LICENSE").to_owned());
    let mut info = Info::new("Yizhan 驿站", env!("CARGO_PKG_VERSION"));
    info.description = Some(DESCRIPTION.to_owned());
    info.license = Some(licence);
    let tag = |(name, description): (&str, &str)| {
        let mut tag = Tag::new(name);
        tag.description = Some(description.to_owned());
        tag
    };
    let mut document = OpenApi::new(info, paths);
    document.servers = Some(vec![Server::new("/")]);
    document.tags = Some(TAGS.map(tag).to_vec());
    document.components = Some(parts::components(schemas));
    document
}
