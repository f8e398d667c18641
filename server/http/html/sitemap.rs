//! What a search engine is told: which pages there are, and which are not for it.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::accounts::Policy;
use crate::app::App;
use crate::error::Error;
use crate::http::openapi::Documented;
use crate::http::origin::Origin;
use crate::stations::snapshot::Snapshot;

/// Addresses in one file; the protocol (sitemaps.org) allows 50,000.
const IN_ONE_FILE: usize = 40_000;
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `/robots.txt`, `/sitemap.xml` and its parts.
pub(super) fn routes() -> Documented {
    Documented::default()
        .page("/robots.txt", Policy::Public, robots)
        .page("/sitemap.xml", Policy::Public, index)
        .page("/sitemap/{part}", Policy::Public, part)
}

async fn robots(origin: Origin) -> String {
    let closed = ["/api/", "/tiles/", "/display", "/desk", "/*?lat="];
    let closed = closed.map(|path| format!("Disallow: {path}")).join("\n");
    format!("User-agent: *\n{closed}\n\nSitemap: {}/sitemap.xml\n", origin.0)
}

async fn index(State(app): State<App>, origin: Origin) -> Response {
    let parts = real(&app.registry.snapshot()).count().div_ceil(IN_ONE_FILE);
    let names = std::iter::once("pages.xml".to_owned()).chain((1..=parts).map(|n| format!("{n}.xml")));
    let paths: Vec<String> = names.map(|name| format!("/sitemap/{name}")).collect();
    xml("sitemapindex", "sitemap", &origin, &paths)
}

async fn part(State(app): State<App>, origin: Origin, Path(name): Path<String>) -> Result<Response, Error> {
    let snapshot = app.registry.snapshot();
    let number = name.strip_suffix(".xml").ok_or(Error::NotFound("path"))?;
    let paths = if number == "pages" { pages(&snapshot) } else { stations(&snapshot, number)? };
    Ok(xml("urlset", "url", &origin, &paths))
}

/// A file that names addresses. Paths are made of codes and ids, which need no escaping.
fn xml(root: &str, entry: &str, origin: &Origin, paths: &[String]) -> Response {
    let one = |path: &String| format!("<{entry}><loc>{}{path}</loc></{entry}>", origin.0);
    let entries: Vec<String> = paths.iter().map(one).collect();
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let body = format!("{head}\n<{root} xmlns=\"{SCHEMA}\">\n{}\n</{root}>\n", entries.join("\n"));
    ([(CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response()
}

fn pages(snapshot: &Snapshot) -> Vec<String> {
    let districts = snapshot.city().districts.iter().map(|d| format!("/directory/{}", d.adcode));
    ["/".to_owned(), "/directory".to_owned()].into_iter().chain(districts).collect()
}

fn stations(snapshot: &Snapshot, number: &str) -> Result<Vec<String>, Error> {
    let number: usize = number.parse().map_err(|_| Error::NotFound("path"))?;
    let skipped =
        number.checked_sub(1).and_then(|n| n.checked_mul(IN_ONE_FILE)).ok_or(Error::NotFound("path"))?;
    let paths: Vec<String> = real(snapshot).skip(skipped).take(IN_ONE_FILE).collect();
    if paths.is_empty() { Err(Error::NotFound("path")) } else { Ok(paths) }
}

/// The pages of the stations that are real places.
fn real(snapshot: &Snapshot) -> impl Iterator<Item = String> {
    snapshot.entries().filter(|e| !e.station.demonstration).map(|e| format!("/stations/{}", e.station.id))
}
