//! The directory: every public station by district, with what seldom changes. It is for search engines, for old
//! phones, and for whoever wants it on paper.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::context::Context;
use super::layout::{self, About};
use super::search::Choice;
use super::visit::{View, Visit};
use super::{fault, icon};
use crate::app::App;
use crate::error::Error;
use crate::ids::{Adcode, StationId};
use crate::stations::feature::{Feature, Properties};
use crate::stations::query::{Filter, ListQuery, MAX_LIST};

/// Where the directory begins.
const PATH: &str = "/directory";

/// `GET /directory`
pub(super) async fn districts(State(app): State<App>, visit: Visit) -> Response {
    let context = visit.context(&app);
    let words = context.words;
    let main = frame(&context, words.directory_title, &choices(&context, &visit.search().districts()));
    let view = View {
        title: words.directory_title.to_owned(),
        is_demonstration: visit.snapshot.summary().is_demonstration,
        main,
        about: About { canonical: Some(visit.absolute(PATH)), ..About::default() },
    };
    visit.drawn(&app, view, |asked| asked.page_href(PATH))
}

fn choices(context: &Context<'_>, choices: &[Choice<'_>]) -> Markup {
    let words = context.words;
    html! {
        p.foot { (words.directory_lead) }
        section.districts {
            ul {
                @for (district, stations) in choices {
                    li {
                        a href=(context.asked.page_href(&path(district.adcode))) {
                            (district.label(context.language)) span { (words.stations_count.with(stations)) }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /directory/{adcode}`
pub(super) async fn district(
    State(app): State<App>,
    Path(adcode): Path<String>,
    visit: Visit,
) -> Result<Response, Error> {
    let context = visit.context(&app);
    let known = adcode.parse::<Adcode>().ok().and_then(|code| Some((code, context.district_name(code)?)));
    let Some((adcode, name)) = known else {
        return Ok(fault::not_found(visit.client.language, &app.assets()).into_response());
    };
    let query = ListQuery {
        bbox: None,
        filter: Filter { district: Some(adcode), ..Filter::default() },
        after: visit.asked.after,
        limit: MAX_LIST,
        frame: visit.telling(),
    };
    let page = visit.snapshot.list(&query);
    let title = context.words.directory_district.with(name);
    let view = View {
        is_demonstration: page.features.iter().any(|f| f.properties.demonstration),
        main: frame(&context, &title, &stations(&context, adcode, &page.features, page.next)),
        about: About { canonical: Some(visit.absolute(&path(adcode))), ..About::default() },
        title,
    };
    Ok(visit.drawn(&app, view, |asked| asked.page_href(&path(adcode))))
}

fn path(adcode: Adcode) -> String {
    format!("{PATH}/{adcode}")
}

fn stations(context: &Context<'_>, adcode: Adcode, page: &[Feature<'_>], next: Option<StationId>) -> Markup {
    html! {
        ol.directory { @for feature in page { (entry(context, &feature.properties)) } }
        @if let Some(after) = next {
            p.next { a.btn.quiet.wide href={ (path(adcode)) "?after=" (after) } { (context.words.next_page) } }
        }
        p.next { a.btn.plain href=(context.asked.page_href(PATH)) { (icon::icon("back")) (context.words.directory_title) } }
    }
}

fn entry(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let works = station.facilities.iter().filter(|f| f.working);
    let facilities: Vec<&str> = works.map(|f| context.word(f.code)).collect();
    html! {
        li {
            h2 { a href=(context.asked.station_href(station.id)) { (station.name) } }
            @if let Some(address) = station.address { p { (address) } }
            @if !station.hours_text.is_empty() { p { (context.words.hours) " " (station.hours_text) } }
            @if !facilities.is_empty() { p.cap { (facilities.join(context.words.comma)) } }
            @if let Some(phone) = station.phone { p.cap { (context.words.call) " " (phone) } }
        }
    }
}

fn frame(context: &Context<'_>, title: &str, content: &Markup) -> Markup {
    html! {
        (layout::top(context, &html! { h1 { (title) } }, &html! {
            a.btn.plain href="/" { (icon::icon("locate")) (context.words.near_me) }
        }))
        (layout::answer(context, content))
    }
}
