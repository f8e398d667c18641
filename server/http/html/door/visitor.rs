//! What a visitor sees who scans the code at the door.

use maud::{Markup, html};

use super::parts::{self, Said};
use super::words::words;
use crate::http::html::context::Context;
use crate::http::html::{grievance, icon, layout, state, way_in};
use crate::stations::feature::Properties;
use crate::stations::model::Trade;

/// The page of a public station. `has_said` is whether this phone said in the last hour that it is here.
pub(super) fn main(context: &Context<'_>, station: &Properties<'_>, said: &Said, has_said: bool) -> Markup {
    let words = words(context.language);
    let report = |kind: &str| format!("/stations/{}/report?kind={kind}", station.id);
    parts::page(
        context,
        station.name,
        station.address.unwrap_or_default(),
        said,
        &html! {
            section.lead { (now(context, station)) }
            section {
                h2 { (words.here_title) }
                @if has_said { p { (icon::icon("check")) " " (words.here_said) } }
                @else { p.cap { (words.here_lead) } (here(context, station)) }
            }
            section {
                h2 { (words.report_title) }
                div.pair {
                    a.btn.quiet href=(report("locked")) { (icon::icon("lock")) (words.report_locked) }
                    a.btn.quiet href=(report("facility_broken")) { (icon::icon("warn")) (words.report_broken) }
                }
            }
            section {
                h2 { (grievance::entry_title(context.language)) }
                (grievance::entry(context, &format!("station={}&via=code", station.id)))
            }
            section {
                h2 { (words.join_title) }
                p.cap { (words.join_lead) }
                a.btn.wide href={ "/join?station=" (station.id) } { (icon::icon("join")) (words.join) }
            }
            section {
                a.btn.quiet.wide href=(context.asked.station_href(station.id)) { (icon::icon("info")) (words.see_all) }
                p.cap { (words.for_keeper) }
            }
        },
    )
}

/// The state of a station, as on its sheet.
pub(super) fn now(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let line = state::line(context, station);
    let second = state::reopens(context, station)
        .unwrap_or_else(|| way_in::short(context.words, station).1.to_owned());
    html! {
        div class={ "now " (line.shape) } {
            (icon::door(line.shape))
            p { b { (line.text()) } span { (second) } }
        }
    }
}

/// One tap says both that somebody is here and what he works as.
fn here(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let words = words(context.language);
    html! {
        form.trades method="post" action={ "/q/" (station.id) "/visit" } {
            @for trade in Trade::ALL {
                button.btn.quiet type="submit" name="trade" value=(trade) { (context.word(*trade)) }
            }
            button.btn.quiet type="submit" name="trade" value="" { (words.here_unsaid) }
        }
    }
}

/// The title and the page of a station that the public does not see.
pub(super) fn private(context: &Context<'_>) -> (String, Markup) {
    let words = words(context.language);
    (words.private_title.to_owned(), told(context, words.private_title, words.private))
}

/// The title and the page of a link that is good no more.
pub(super) fn dead(context: &Context<'_>) -> (String, Markup) {
    let words = words(context.language);
    (words.dead_title.to_owned(), told(context, words.dead_title, words.dead))
}

fn told(context: &Context<'_>, title: &str, text: &str) -> Markup {
    let words = words(context.language);
    layout::answer(
        context,
        &html! {
            div.say { (icon::icon("info")) h1 { (title) } p { (text) } }
            div.ways {
                a.btn.wide href="/" { (icon::icon("locate")) (words.find_other) }
                (layout::hotline(context.words))
            }
        },
    )
}
