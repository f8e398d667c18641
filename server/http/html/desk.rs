//! The look-up desk: an operator of the 12351 hotline finds a station for a caller, by keyboard, and reads out
//! the way. Everything is a link or a form, so that it works without script too.

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};

use super::asked::{Asked, Place};
use super::context::Context;
use super::layout::{self, About};
use super::visit::{View, Visit};
use super::{chips, found, icon, reading, row, state, when};
use crate::app::App;
use crate::ids::StationId;
use crate::stations::feature::Feature;

/// Where it is.
pub(super) const PATH: &str = "/desk";
/// So many stations are named: as many as have a key.
const NAMED: usize = 9;

/// The station chosen from the list.
#[derive(serde::Deserialize)]
pub(super) struct Picked {
    pick: Option<String>,
}

/// `GET /desk`
pub(super) async fn page(State(app): State<App>, visit: Visit, Query(picked): Query<Picked>) -> Response {
    let context = visit.context(&app);
    let (ways, stations) = answer(&visit, &context);
    let pick = picked.pick.and_then(|id| id.parse::<StationId>().ok());
    let chosen = stations.iter().find(|f| Some(f.properties.id) == pick).or(stations.first());
    let view = View {
        title: context.words.desk_title.to_owned(),
        is_demonstration: stations.iter().any(|f| f.properties.demonstration),
        main: main(&context, &ways, &stations, chosen),
        about: About::default(),
    };
    visit.drawn(&app, view, Asked::list_href)
}

/// The places that the words may mean, and the stations that answer: those of the place first come those that fit.
fn answer<'v>(visit: &'v Visit, context: &Context<'_>) -> (Markup, Vec<Feature<'v>>) {
    let search = visit.search();
    let found = match visit.asked.place {
        Place::At(position) => search.nearest(position),
        Place::District(adcode) => search.district(adcode),
        Place::Nowhere | Place::Nonsense => {
            let found = visit.snapshot.search(&visit.asked.text, None, &visit.telling());
            let ways = found::ways(context, &found);
            return (ways, found.stations.into_iter().take(NAMED).collect());
        }
    };
    let all = found.fitting.into_iter().chain(found.later).chain(found.beyond);
    (Markup::default(), all.take(NAMED).collect())
}

fn main(
    context: &Context<'_>,
    ways: &Markup,
    stations: &[Feature<'_>],
    chosen: Option<&Feature<'_>>,
) -> Markup {
    let words = context.words;
    html! {
        (layout::top(context, &html! { h1 { (words.desk_title) } p { (words.desk_keys) } }, &html! {
            a.btn.plain href=(PATH) { (icon::icon("undo")) (words.desk_next) }
        }))
        div.ways data-part="field" { (found::field(context)) }
        (chips::chips(context))
        (when::panel(context))
        (layout::answer(context, &html! {
            div.desk {
                div {
                    @if stations.is_empty() && context.asked.text.is_empty() { p.foot { (words.desk_lead) } }
                    (ways)
                    (list(context, stations, chosen))
                }
                @if let Some(feature) = chosen { (card(context, feature)) }
            }
        }))
    }
}

fn list(context: &Context<'_>, stations: &[Feature<'_>], chosen: Option<&Feature<'_>>) -> Markup {
    let chosen = chosen.map(|f| f.properties.id);
    html! {
        ol.choices {
            @for feature in stations {
                @let station = &feature.properties;
                @let line = state::line(context, station);
                li {
                    a href=(pick(context.asked, station.id)) data-swap aria-current=[(chosen == Some(station.id)).then_some("true")] {
                        span { b { (station.name) } (line.markup()) }
                        span.cap { (row::way(context, station)) }
                    }
                }
            }
        }
    }
}

fn pick(asked: &Asked, id: StationId) -> String {
    let href = asked.list_href();
    format!("{href}{}pick={id}", if href.contains('?') { '&' } else { '?' })
}

fn card(context: &Context<'_>, feature: &Feature<'_>) -> Markup {
    let words = context.words;
    let text = reading::text(context, feature);
    html! {
        article.reading aria-labelledby="reading" {
            h2 #reading { (words.desk_read) }
            @for sentence in &text { p { (sentence) } }
            div.one-line {
                button.btn.quiet type="button" data-action="copy" data-script data-text=(text.join(words.between_sentences)) { (icon::icon("copy")) (words.desk_copy) }
                a.btn.plain href=(Asked { page: "", ..context.asked.clone() }.station_href(feature.properties.id)) { (icon::icon("dooropen")) (feature.properties.name) }
            }
        }
    }
}
