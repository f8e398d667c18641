//! One station in a list: how far, its state, how to get in, what can be used.
//!
//! The map reads the stations from the `data-` attributes of these rows, so list and map cannot differ.

use maud::{Markup, html};

use super::asked::{By, Wanted};
use super::context::Context;
use super::words::Words;
use super::{icon, state, time, way_in};
use crate::stations::feature::{FacilityAt, Feature, Properties};
use crate::stations::model::{Access, FacilityCode};

/// How many usable facilities a row names.
const NAMED: usize = 3;
/// How many facilities that cannot be used for now.
const BAD_NAMED: usize = 2;
/// A longer way is not worth saying, in seconds.
const LONGEST_TRIP_S: u32 = 90 * 60;
/// Those named first, unless others are asked for.
const FIRST: [FacilityCode; 7] = [
    FacilityCode::Microwave,
    FacilityCode::Heating,
    FacilityCode::Cooling,
    FacilityCode::PhoneCharge,
    FacilityCode::Toilet,
    FacilityCode::Water,
    FacilityCode::FirstAid,
];

/// A row; the nearest open one is larger and carries the button.
pub(super) fn row(context: &Context<'_>, feature: &Feature<'_>, is_first: bool) -> Markup {
    let station = &feature.properties;
    let (line, href) = (state::line(context, station), context.asked.station_href(station.id));
    let [lon, lat] = [feature.position.lon(), feature.position.lat()].map(|degrees| format!("{degrees:.6}"));
    html! {
        li.row.first[is_first] id={ "s-" (station.id) } data-id=(station.id) data-lon=(lon) data-lat=(lat)
            data-state=(line.shape) data-name=(station.name) data-word=(line.text())
            data-far=[station.distance_m.map(|m| far_text(context.words, m))] {
            a href=(href) {
                (far(context, station, line.shape))
                div {
                    h2 { (station.name) }
                    (line.markup())
                    (how(context, station))
                    @if station.state.is_open() { (facilities(context, station)) }
                }
            }
            button.see type="button" data-action="show" data-script {
                (icon::icon("pin")) span { (context.words.on_map) } span.vh { " " (station.name) }
            }
            @if is_first {
                div.go { a.btn.wide href={ (href) "#go" } { (icon::icon("nav")) (context.words.walk_there) } }
            }
        }
    }
}

fn far(context: &Context<'_>, station: &Properties<'_>, shape: &str) -> Markup {
    let Some(distance_m) = station.distance_m else {
        return html! { p.far { (icon::door(shape)) } };
    };
    let (figure, unit) = distance(context.words, distance_m);
    html! {
        p.far {
            b { (figure) } span { (unit) }
            @if let Some(trip) = trip(context, station) { small { (trip) } }
        }
    }
}

/// A distance as figure and unit: to ten metres below a kilometre, to a hundred below ten kilometres.
fn distance(words: &Words, distance_m: f64) -> (String, &'static str) {
    match distance_m {
        m if m < 995.0 => (format!("{:.0}", (m / 10.0).round() * 10.0), words.metres),
        m if m < 9_950.0 => (format!("{:.1}", m / 1000.0), words.kilometres),
        m => (format!("{:.0}", m / 1000.0), words.kilometres),
    }
}

/// A distance as text: `180 米`.
pub(super) fn far_text(words: &Words, distance_m: f64) -> String {
    let (figure, unit) = distance(words, distance_m);
    format!("{figure} {unit}")
}

/// The time on the way in whole minutes, rounded up: `步行 3 分`.
pub(super) fn trip(context: &Context<'_>, station: &Properties<'_>) -> Option<String> {
    let (seconds, phrase) = match context.asked.by {
        By::Walk => (station.walk_s, context.words.walk),
        By::Ride => (station.ride_s, context.words.ride),
    };
    let seconds = seconds.filter(|s| *s <= LONGEST_TRIP_S)?;
    Some(phrase.with(seconds.div_ceil(60).max(1)))
}

fn how(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    if let Some(opens) = state::reopens(context, station) {
        return html! { p.how { (icon::icon("clock")) (opens) } };
    }
    let (picture, sentence) = way_in::short(context.words, station);
    let members_too = station.access.len() > 1 && station.access.contains(&Access::MemberOnly);
    html! {
        p.how {
            (icon::icon(picture)) span { (sentence) @if members_too { (context.words.comma) (context.words.member_only) } }
        }
        @if let Some(reason) = state::why_open(station) { p.how { (icon::icon("info")) span { (reason) } } }
        @if station.provisional { p.how { (icon::icon("info")) span { (context.words.provisional) } } }
    }
}

fn facilities(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let usable = usable(station, &context.asked.wanted);
    let bad = station.facilities.iter().filter(|f| (!f.working && f.in_season) || f.is_closed_by_notice());
    html! {
        ul.fac {
            @for facility in usable.iter().take(NAMED) {
                li { (icon::icon(icon::of_facility(facility.code))) (context.word(facility.code)) }
            }
            @if usable.len() > NAMED { li { (context.words.more_facilities.with(usable.len())) } }
            @for facility in bad.take(BAD_NAMED) {
                @let phrase = if facility.working { context.words.stopped } else { context.words.broken };
                li.bad { (icon::icon("warn")) (phrase.with(context.word(facility.code))) }
            }
        }
    }
}

/// What can be used now: first what was asked for, then what most people look for.
fn usable<'s, 'a>(station: &'s Properties<'a>, wanted: &Wanted) -> Vec<&'s FacilityAt<'a>> {
    let mut usable: Vec<_> = station.facilities.iter().filter(|f| f.open).collect();
    let place = |code: FacilityCode| FIRST.iter().position(|c| *c == code).unwrap_or(FIRST.len());
    usable.sort_by_key(|f| (!wanted.facilities.contains(&f.code), place(f.code)));
    usable
}

/// Distance and time on the way, as far as they are known.
pub(super) fn way(context: &Context<'_>, station: &Properties<'_>) -> String {
    let far = station.distance_m.map(|m| far_text(context.words, m));
    far.into_iter().chain(trip(context, station)).collect::<Vec<_>>().join(context.words.comma)
}

/// The line under a sheet's name: address, distance and time on the way, as far as they are known.
pub(super) fn whereabouts(context: &Context<'_>, station: &Properties<'_>) -> String {
    let parts = [station.address.unwrap_or_default().to_owned(), way(context, station)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// When a facility broke, as it is said in a sheet.
pub(super) fn broken_since(context: &Context<'_>, facility: &FacilityAt<'_>) -> String {
    let words = context.words;
    let since = facility.broken_since.map(|at| words.broken_since.with(time::stamp(words, at, context.when)));
    since.unwrap_or_else(|| words.broken_now.to_owned())
}

#[cfg(test)]
mod tests {
    use spatial::Position;

    use super::*;
    use crate::http::html::asked::Asked;
    use crate::http::html::sample;
    use crate::http::html::words::words;
    use crate::language::Language;
    use crate::stations::state::State;

    #[test]
    fn distances_are_as_exact_as_a_walker_needs() {
        let zh = words(Language::ZhCn);
        for (m, text) in [
            (4.0, "0 米"),
            (183.0, "180 米"),
            (994.0, "990 米"),
            (996.0, "1.0 公里"),
            (3_240.0, "3.2 公里"),
            (12_400.0, "12 公里"),
        ] {
            assert_eq!(far_text(zh, m), text);
        }
    }

    #[test]
    fn a_name_is_text_whatever_it_holds() {
        let (city, asked) = (sample::city(), Asked::default());
        let context = Context::new(Language::ZhCn, &city, sample::when(), &asked);
        let hostile = r#""><img src=x onerror=alert(1)>"#;
        let station = Properties {
            name: hostile,
            notice: Some(hostile),
            state: State::ClosedByNotice,
            ..sample::station()
        };
        let position = Position::new(119.5, 39.8).expect("a position");
        let drawn = row(&context, &Feature { position, properties: station }, true).into_string();
        assert!(!drawn.contains("<img"), "{drawn}");
        assert_eq!(drawn.matches("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;").count(), 5, "{drawn}");
    }

    #[test]
    fn what_was_asked_for_is_named_first() {
        let station = sample::station();
        let codes = |wanted: &Wanted| usable(&station, wanted).iter().map(|f| f.code).collect::<Vec<_>>();
        assert_eq!(
            codes(&Wanted::default()),
            [FacilityCode::Microwave, FacilityCode::Toilet, FacilityCode::Wifi]
        );
        let wanted = Wanted::default().toggled(FacilityCode::Wifi);
        assert_eq!(codes(&wanted), [FacilityCode::Wifi, FacilityCode::Microwave, FacilityCode::Toilet]);
    }

    #[test]
    fn a_started_minute_counts() {
        let (city, asked) = (sample::city(), Asked { by: By::Ride, ..Asked::default() });
        let context = Context::new(Language::ZhCn, &city, sample::when(), &asked);
        let said = |ride_s| trip(&context, &Properties { ride_s: Some(ride_s), ..sample::station() });
        assert_eq!(
            [1, 60, 61].map(said),
            ["骑行 1 分", "骑行 1 分", "骑行 2 分"].map(|s| Some(s.to_owned()))
        );
        assert_eq!(said(LONGEST_TRIP_S + 1), None);
    }
}
