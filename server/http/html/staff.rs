//! The shell of the pages that staff work with, for stations, grievances, benefits and planning: their scripts draw
//! everything else.
//! The shell holds what is the same for everybody: the words of codes, the districts, the base map. It knows nobody
//! and needs no sign-in.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, REFERRER_POLICY, SET_COOKIE, VARY};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, FixedOffset};
use maud::{DOCTYPE, Markup, html};
use serde::Serialize;

use super::reply::{KEPT_S, cookie_for};
use super::visit::Visit;
use super::words::words;
use super::{icon, map};
use crate::app::App;
use crate::city::City;
use crate::http::assets::Entry;
use crate::ids::Adcode;
use crate::language::Language;
use crate::stations::model::{Access, Build, FacilityCode, Form, Host, Trade};
use crate::vocabulary::Coded;

/// Where it is.
pub(super) const PATH: &str = "/staff";
/// Its screens, which the script tells apart.
pub(super) const BELOW: &str = "/staff/{*screen}";
/// Where the grievance centre is.
pub(super) const GRIEVANCES: &str = "/grievances";
/// Its screens, which its script tells apart.
pub(super) const BELOW_GRIEVANCES: &str = "/grievances/{*screen}";

/// Where benefits are managed.
pub(super) const BENEFITS: &str = "/benefits/desk";
/// Its screens, which its script tells apart.
pub(super) const BELOW_BENEFITS: &str = "/benefits/desk/{*screen}";
/// Where planners see who is covered and when.
pub(super) const PLANNER: &str = "/planner";
/// Its screens, which its script tells apart.
pub(super) const BELOW_PLANNER: &str = "/planner/{*screen}";

/// What one of the pages has of its own.
#[derive(Clone, Copy)]
struct Office<'a> {
    title: &'a str,
    entry: Option<&'a Entry>,
}

/// What the script is told.
#[derive(Serialize)]
struct Shell<'a> {
    /// The present with the city's offset.
    now: DateTime<FixedOffset>,
    /// Where an empty map begins: longitude and latitude.
    middle: Option<[f64; 2]>,
    vocabulary: Vocabulary<'a>,
    districts: Vec<Outline<'a>>,
}

#[derive(Serialize)]
struct Vocabulary<'a> {
    build: Vec<Word<'a>>,
    host: Vec<Word<'a>>,
    form: Vec<Word<'a>>,
    facility: Vec<Word<'a>>,
    access: Vec<Word<'a>>,
    trade: Vec<Word<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    code: &'a str,
    word: &'a str,
}

/// A district with its ground as the coordinates of a GeoJSON multipolygon.
#[derive(Serialize)]
struct Outline<'a> {
    adcode: Adcode,
    name: &'a str,
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// `GET /staff` and everything below it
pub(super) async fn page(State(app): State<App>, visit: Visit) -> Response {
    let title = words(visit.client.language).staff_title;
    shown(&app, &visit, Office { title, entry: app.assets().staff() })
}

/// `GET /grievances` and everything below it
pub(super) async fn grievances(State(app): State<App>, visit: Visit) -> Response {
    let title = words(visit.client.language).grievances_title;
    shown(&app, &visit, Office { title, entry: app.assets().grievances() })
}

/// `GET /benefits/desk` and everything below it
pub(super) async fn benefits(State(app): State<App>, visit: Visit) -> Response {
    let title = words(visit.client.language).benefits_title;
    shown(&app, &visit, Office { title, entry: app.assets().benefits() })
}

/// `GET /planner` and everything below it
pub(super) async fn planner(State(app): State<App>, visit: Visit) -> Response {
    let title = words(visit.client.language).planner_title;
    shown(&app, &visit, Office { title, entry: app.assets().planner() })
}

fn shown(app: &App, visit: &Visit, office: Office<'_>) -> Response {
    let language = visit.client.language;
    let snapshot = &visit.snapshot;
    let shell = Shell {
        now: visit.when.now,
        middle: snapshot.summary().middle.map(|at| [at.lon(), at.lat()]),
        vocabulary: vocabulary(snapshot.city(), language),
        districts: snapshot.city().districts.iter().map(|d| outline(d, language)).collect(),
    };
    let markup = document(app, visit, office, &serde_json::to_string(&shell).unwrap_or_default());
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_LANGUAGE, language.tag()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (VARY, "Accept-Language, Cookie"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    let mut response = (headers, markup.into_string()).into_response();
    if let Some(chosen) = visit.asked.language {
        let cookie = cookie_for("lang", chosen.of("zh", "en"), KEPT_S, visit.client.is_https);
        response.headers_mut().extend(HeaderValue::from_str(&cookie).map(|value| (SET_COOKIE, value)).ok());
    }
    response
}

fn vocabulary(city: &City, language: Language) -> Vocabulary<'_> {
    Vocabulary {
        build: terms::<Build>(city, language),
        host: terms::<Host>(city, language),
        form: terms::<Form>(city, language),
        facility: terms::<FacilityCode>(city, language),
        access: terms::<Access>(city, language),
        trade: terms::<Trade>(city, language),
    }
}

fn terms<C: Coded>(city: &City, language: Language) -> Vec<Word<'_>> {
    let word = |code: &'static C| Word { code: code.code(), word: city.vocabularies.word(*code, language) };
    C::all().iter().map(word).collect()
}

fn outline(district: &crate::city::District, language: Language) -> Outline<'_> {
    let ring = |line: &geo::LineString<f64>| line.0.iter().map(|at| [at.x, at.y]).collect();
    let polygon = |shape: &geo::Polygon<f64>| {
        std::iter::once(shape.exterior()).chain(shape.interiors()).map(ring).collect()
    };
    Outline {
        adcode: district.adcode,
        name: district.label(language),
        coordinates: district.area.shape().iter().map(polygon).collect(),
    }
}

fn document(app: &App, visit: &Visit, office: Office<'_>, shell: &str) -> Markup {
    let (client, words) = (visit.client, words(visit.client.language));
    let assets = app.assets();
    let style = office.entry.map_or(assets.style(), |entry| entry.style.as_str());
    html! {
        (DOCTYPE)
        html.staff lang=(client.language.tag()) data-size=[client.display.is_large.then_some("large")]
            data-theme=[client.display.theme] data-contrast=[client.display.is_contrast.then_some("high")] {
            head {
                meta charset="utf-8";
                title { (office.title) " · " (words.product) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no";
                link rel="stylesheet" href=(style);
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                @if let Some(entry) = office.entry { script type="module" src=(entry.script) {} }
            }
            body {
                div #staff data-shell=(shell) data-basemap=[map::told(&app.config.map)] {
                    @if office.entry.is_none() { (without(words.staff_script)) }
                    noscript { (without(words.staff_script)) }
                }
                template #credits { (map::credits(words, Some(&app.config.map))) }
            }
        }
    }
}

/// What stands there where the script does not run.
fn without(sentence: &str) -> Markup {
    html! { main.say { (icon::icon("warn")) p { (sentence) } a href="/" { "/" } } }
}
