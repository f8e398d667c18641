//! The list that answers: the nearest stations of a place, or those of a district.

use maud::{Markup, html};

use super::asked::{By, Place, Wanted};
use super::context::Context;
use super::words::Phrase;
use super::{chips, icon, layout, map, row, time, when};
use crate::stations::feature::Feature;

/// What was found for a question.
pub(super) struct Found<'a> {
    /// The stations that fit, nearest first; for a district in the order of the register.
    pub(super) fitting: Vec<Feature<'a>>,
    /// Stations of the same place that would fit, were they open.
    pub(super) later: Vec<Feature<'a>>,
    /// The nearest fitting station past the limit of distance, where none is within.
    pub(super) beyond: Option<Feature<'a>>,
    /// The address of the rest of the list.
    pub(super) next_href: Option<String>,
}

/// The main part of the page with a list.
pub(super) fn main(context: &Context<'_>, found: &Found<'_>) -> Markup {
    html! {
        (head(context))
        (map::map(context))
        (chips::chips(context))
        (when::panel(context))
        (answer(context, found))
    }
}

/// The list without what stands around it.
pub(super) fn answer(context: &Context<'_>, found: &Found<'_>) -> Markup {
    layout::answer(
        context,
        &html! {
            @if found.fitting.is_empty() { (nothing(context, found)) } @else { (fitting(context, found)) }
            (later(context, found))
            (foot(context, found))
        },
    )
}

/// The title of the page.
pub(super) fn title(context: &Context<'_>) -> String {
    let words = context.words;
    let (name, sentence, otherwise) = match context.asked.place {
        Place::District(adcode) => (context.district_name(adcode), words.in_district, words.product),
        Place::At(at) => {
            (context.city.district_at(at).map(|d| d.label(context.language)), words.near_in, words.near_you)
        }
        Place::Nowhere | Place::Nonsense => (None, words.near_in, words.near_you),
    };
    name.map_or_else(|| otherwise.to_owned(), |name| sentence.with(name))
}

fn head(context: &Context<'_>) -> Markup {
    let words = context.words;
    let (at, now) = (context.when.at, context.when.now);
    let made = time::stamp(words, now, context.when);
    let elsewhere = context.asked.at(Place::Nowhere).list_href();
    html! {
        (layout::top(context, &html! {
            h1 { (title(context)) }
            p {
                @if context.asked.at.is_some() { b { (words.seen_at.with(time::stamp(words, at, context.when))) } }
                @else { (time::date(words, now.date_naive())) }
                " · " time.whole datetime=(now.to_rfc3339()) data-made { (made) }
            }
        }, &html! { a.btn.plain href=(elsewhere) { (icon::icon("search")) (words.other_place) } }))
    }
}

fn fitting(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let is_near = matches!(context.asked.place, Place::At(_));
    let leads = is_near && found.fitting.first().is_some_and(|f| f.properties.state.is_open());
    let (first, rest) = found.fitting.split_at(usize::from(leads));
    html! {
        ol.rows {
            @for feature in first { (row::row(context, feature, true)) }
        }
        @let count = count(context, first.len(), rest.len());
        @if count.is_some() || is_near {
            div.count {
                p role="status" { (count.unwrap_or_default()) }
                @if is_near { button type="button" data-action="off" data-script { (context.words.position_off) } }
            }
        }
        ol.rows.plain[!is_near] {
            @for feature in rest { (row::row(context, feature, false)) }
        }
        @if let Some(href) = &found.next_href { p.next { a.btn.quiet.wide href=(href) data-swap { (context.words.next_page) } } }
    }
}

fn count(context: &Context<'_>, first: usize, rest: usize) -> Option<String> {
    let (words, is_open_only) = (context.words, context.asked.wanted.open);
    match context.asked.place {
        Place::District(_) if is_open_only => Some(open_in_district(context).with(first + rest)),
        Place::District(_) => Some(words.stations_count.with(first + rest)),
        _ if rest == 0 => None,
        _ if is_open_only && first > 0 => Some(words.more_open.with(rest)),
        _ => Some(words.found.with(first + rest)),
    }
}

fn open_in_district(context: &Context<'_>) -> Phrase {
    let words = context.words;
    if context.asked.at.is_some() { words.open_then_in_district } else { words.open_in_district }
}

fn later(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let words = context.words;
    let title = if context.asked.at.is_some() { words.later_then } else { words.later };
    html! {
        @if !found.later.is_empty() {
            h2.later { (title.with(found.later.len())) }
            ol.rows.unlit.plain[!matches!(context.asked.place, Place::At(_))] {
                @for feature in &found.later { (row::row(context, feature, false)) }
            }
        }
    }
}

fn nothing(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let (words, wanted) = (context.words, &context.asked.wanted);
    let in_district = matches!(context.asked.place, Place::District(_));
    let title = match (in_district, wanted.open && !wanted.is_narrow()) {
        (true, _) => words.none_in_district_title,
        (false, true) => words.none_open_title,
        (false, false) => words.none_title,
    };
    let distance = found.beyond.as_ref().and_then(|f| f.properties.distance_m);
    html! {
        div.say role="status" {
            (icon::door("closed"))
            h2 { (title) }
            @match distance {
                Some(m) => p { (words.beyond.with(row::far_text(words, m))) },
                None if !in_district => p { (words.nothing_beyond) },
                None => {},
            }
        }
        @if let Some(feature) = &found.beyond { ol.rows { (row::row(context, feature, false)) } }
        (ways_on(context))
    }
}

fn ways_on(context: &Context<'_>) -> Markup {
    let (words, wanted) = (context.words, &context.asked.wanted);
    let wider = |wanted: Wanted| context.asked.with(wanted).list_href();
    html! {
        div.ways {
            @if wanted.is_narrow() {
                a.btn.wide href=(wider(Wanted { open: wanted.open, ..Wanted::default() })) data-swap { (words.drop_filters) }
            } @else if wanted.open {
                a.btn.quiet.wide href=(wider(Wanted { open: false, ..wanted.clone() })) data-swap { (words.show_all_states) }
            }
            (layout::hotline(words))
        }
    }
}

fn foot(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let (words, is_near) = (context.words, matches!(context.asked.place, Place::At(_)));
    let walked = found.fitting.iter().chain(&found.later).any(|f| f.properties.walk_s.is_some());
    html! {
        @if is_near { p.next { button.btn.plain type="button" data-action="keep" data-script { (icon::icon("pin")) (words.keep_here) } } }
        p.foot {
            @if walked { (estimate(context)) " " }
            (if is_near { words.list_foot } else { words.district_foot })
        }
    }
}

/// How the times were found, with the numbers of the settings.
fn estimate(context: &Context<'_>) -> String {
    let (words, pace) = (context.words, &context.pace);
    let (note, speed) = match context.asked.by {
        By::Walk => (words.walk_note, pace.speed_m_s),
        By::Ride => (words.ride_note, pace.ride_speed_m_s),
    };
    note.fill(&[("detour", &pace.detour), ("speed", &speed)])
}
