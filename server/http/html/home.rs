//! The page without a place: it asks for the location, with the reason, and offers the districts.

use maud::{Markup, html};

use super::asked::Place;
use super::context::Context;
use super::search::Choice;
use super::{benefits, found, grievance, icon, layout, map};

/// The main part of the page.
pub(super) fn main(context: &Context<'_>, choices: &[Choice<'_>]) -> Markup {
    let words = context.words;
    html! {
        (layout::top(context, &html! { h1.brand { (icon::door("open")) (words.product) } }, &html! {}))
        (map::map(context))
        nav.chips data-part="chips" {}
        (layout::answer(context, &html! {
            @if context.asked.place == Place::Nonsense {
                div.note role="alert" { (icon::icon("warn")) p { b { (words.bad_position_title) } (words.bad_position) } }
            }
            div.say {
                h2 { (words.home_title) }
                p { (words.home_lead) }
            }
            div.ways data-script {
                button.btn.wide type="button" data-action="locate" { (icon::icon("locate")) (words.locate) }
                p.cap { (words.locate_reason) }
                div data-beats {}
                button.btn.quiet.wide type="button" data-action="pick" data-map { (icon::icon("map")) (words.pick_on_map) }
            }
            noscript { p.foot { (words.no_script) } }
            div.ways { (found::field(context)) }
            (districts(context, choices))
            p.next { a href=(context.asked.page_href("/directory")) { (words.directory_title) } }
            div.ways { (benefits::entry(context)) (grievance::entry(context, "")) (layout::hotline(words)) }
        }))
    }
}

/// The districts with how many stations each has.
fn districts(context: &Context<'_>, choices: &[Choice<'_>]) -> Markup {
    let words = context.words;
    html! {
        @if choices.is_empty() {
            div.say { h2 { (words.no_stations_title) } p { (words.no_stations) } }
        } @else {
            section.districts aria-labelledby="districts" {
                h2 #districts { (words.pick_district) }
                ul {
                    @for (district, stations) in choices {
                        li {
                            a href=(context.asked.at(Place::District(district.adcode)).list_href()) data-swap {
                                (district.label(context.language)) span { (words.stations_count.with(*stations)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
