//! A station in sentences that can be read out on the telephone.

use spatial::Position;

use super::asked::Place;
use super::context::Context;
use super::{row, state, way_in};
use crate::stations::feature::{FacilityAt, Feature, Properties};

/// How many facilities are named; more cannot be kept in mind.
const NAMED: usize = 6;

/// The sentences: which one, when it is open, the way, how to get in, what is there, whom to call.
pub(super) fn text(context: &Context<'_>, feature: &Feature<'_>) -> Vec<String> {
    let (words, station) = (context.words, &feature.properties);
    let sentence = |said: &str| format!("{said}{}", words.stop);
    let mut said = vec![which(context, station), sentence(&state::line(context, station).text())];
    said.extend(state::reopens(context, station).map(|at| sentence(&at)));
    said.extend(way(context, feature));
    said.push(sentence(way_in::short(words, station).1));
    let offered = |f: &&FacilityAt<'_>| f.is_offered();
    said.extend(named(context, station, offered).map(|list| words.desk_offers.with(list)));
    said.extend(
        named(context, station, |f| !f.working && f.in_season).map(|list| words.desk_broken.with(list)),
    );
    said.extend(station.phone.map(|phone| words.desk_phone.with(phone)));
    said
}

fn which(context: &Context<'_>, station: &Properties<'_>) -> String {
    let (words, name) = (context.words, station.signboard);
    match station.address {
        Some(address) => words.desk_is_here.fill(&[("name", &name), ("address", &address)]),
        None => words.desk_is_named.with(name),
    }
}

fn way(context: &Context<'_>, feature: &Feature<'_>) -> Option<String> {
    let (words, Place::At(from)) = (context.words, context.asked.place) else { return None };
    let distance = row::far_text(words, feature.properties.distance_m?);
    let trip = row::trip(context, &feature.properties).unwrap_or_default();
    let direction = words.directions[wind(from, feature.position)];
    Some(words.desk_way.fill(&[("direction", &direction), ("distance", &distance), ("trip", &trip)]))
}

fn named(
    context: &Context<'_>,
    station: &Properties<'_>,
    which: impl Fn(&&FacilityAt<'_>) -> bool,
) -> Option<String> {
    let words: Vec<&str> =
        station.facilities.iter().filter(which).take(NAMED).map(|f| context.word(f.code)).collect();
    (!words.is_empty()).then(|| words.join(context.words.list_comma))
}

/// Which of the eight winds leads from one place to another, from north by east. On the short ways of a city the
/// ground is flat.
fn wind(from: Position, to: Position) -> usize {
    let east = (to.lon() - from.lon()) * from.lat().to_radians().cos();
    let degrees = east.atan2(to.lat() - from.lat()).to_degrees().rem_euclid(360.0);
    let wind = [22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5].iter().position(|edge| degrees < *edge);
    wind.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::html::asked::Asked;
    use crate::http::html::sample;
    use crate::language::Language;

    fn place(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).expect("a position")
    }

    #[test]
    fn each_wind_has_its_eighth_of_the_circle() {
        let from = place(119.5, 39.9);
        for (n, (east, north)) in
            [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)].iter().enumerate()
        {
            let to = place(119.5 + 0.013 * f64::from(*east), 39.9 + 0.01 * f64::from(*north));
            assert_eq!(wind(from, to), n);
        }
    }

    #[test]
    fn a_caller_hears_which_when_the_way_in_and_what_is_there() {
        let (city, asked) =
            (sample::city(), Asked { place: Place::At(place(119.5, 39.9)), ..Asked::default() });
        let context = Context::new(Language::ZhCn, &city, sample::when(), &asked);
        let station =
            Properties { address: Some("文化路 1 号"), phone: Some("0335-1"), ..sample::station() };
        let feature = Feature { position: place(119.502, 39.9), properties: station };
        assert_eq!(
            text(&context, &feature),
            [
                "文化路环卫驿站，在文化路 1 号。",
                "开放中 · 至 21:00。",
                "从您那里往东，大约 180 米，步行 4 分。",
                "推门就进，不用手机。",
                "里面能用的有：wifi、toilet、microwave。",
                "坏了的有：fridge。",
                "那里的电话是 0335-1。",
            ]
        );
    }
}
