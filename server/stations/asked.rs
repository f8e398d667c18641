//! Reading questions about stations out of query parameters.

use chrono::{DateTime, FixedOffset, Utc};
use spatial::{Bounds, Datum, Position};

use super::codes::{Access, FacilityCode, Host};
use super::query::{
    Filter, Frame, ListQuery, MAX_LIST, MAX_NEAREST, MAX_SEARCH, MAX_WITHIN_M, NearestQuery, fold,
};
use super::state::State;
use crate::error::Error;
use crate::http::params::{Params, read_instant};
use crate::ids::StationId;
use crate::language::Language;
use crate::vocabulary::Coded;

/// The radius of a nearest query that names none, in metres.
pub(super) const WITHIN_M: f64 = 5_000.0;
/// How many stations a nearest query gives that names no limit.
pub(super) const NEAREST: usize = 5;
/// How many stations a page of a list has that names no limit.
pub(super) const LIST: usize = 50;

/// The instant and the language in which a question is asked, where it does not say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    /// The present.
    pub(super) now: DateTime<Utc>,
    /// The reader's language.
    pub(super) language: Language,
}

/// Reads `/stations/nearest`.
pub(super) fn nearest(mut p: Params, asker: Asker) -> Result<NearestQuery, Error> {
    let crs = datum(&mut p, "crs").unwrap_or(Datum::Wgs84);
    let from = position(&mut p, crs);
    let limit = p.limit(NEAREST, MAX_NEAREST);
    let within_m = p.number("within_m", 1.0..=MAX_WITHIN_M, true).unwrap_or(WITHIN_M);
    let out_crs = datum(&mut p, "out_crs").unwrap_or(crs);
    let (filter, frame) = common(&mut p, asker, out_crs);
    straight_only(&mut p);
    p.finish()?;
    let from = from.ok_or_else(|| Error::Internal("a position passed without being read".to_owned()))?;
    Ok(NearestQuery { from, limit, within_m, filter, frame })
}

/// Reads `/stations`.
pub(super) fn list(mut p: Params, asker: Asker) -> Result<ListQuery, Error> {
    let crs = datum(&mut p, "crs").unwrap_or(Datum::Wgs84);
    let bbox = bbox(&mut p, crs);
    let limit = p.limit(LIST, MAX_LIST);
    let after = p.value::<StationId>(
        "cursor",
        "请用 Link 标头里给的地址翻页。",
        "use the address in the Link header",
    );
    let out_crs = datum(&mut p, "out_crs").unwrap_or(crs);
    let (filter, frame) = common(&mut p, asker, out_crs);
    let filter = narrowed(&mut p, filter);
    p.finish()?;
    Ok(ListQuery { bbox, filter, after, limit, frame })
}

/// Reads what a tile may be asked.
pub(super) fn tile(mut p: Params, asker: Asker) -> Result<(Filter, Frame), Error> {
    let (filter, frame) = common(&mut p, asker, Datum::Wgs84);
    let filter = narrowed(&mut p, filter);
    p.finish()?;
    Ok((filter, frame))
}

/// Reads `/stations/{id}`.
pub(super) fn find(mut p: Params, asker: Asker) -> Result<Frame, Error> {
    let at = p.instant("at");
    let out_crs = datum(&mut p, "out_crs").unwrap_or(Datum::Wgs84);
    p.finish()?;
    Ok(Frame { at: at.unwrap_or(asker.now.fixed_offset()), out_crs, language: asker.language })
}

/// Reads `/offline/{district}.json`.
pub(super) fn offline(mut p: Params, asker: Asker) -> Result<Frame, Error> {
    let at = p.instant("at");
    p.finish()?;
    Ok(Frame { at: at.unwrap_or(asker.now.fixed_offset()), out_crs: Datum::Wgs84, language: asker.language })
}

/// The filters and the frame that all questions share.
fn common(p: &mut Params, asker: Asker, out_crs: Datum) -> (Filter, Frame) {
    let (open, open_at) = open(p);
    let at = p.instant("at");
    if at.zip(open_at).is_some_and(|(at, open_at)| at != open_at) {
        p.refuse(
            "at",
            "contradiction",
            "与 open 给的时间不同，只写一个。",
            "differs from the time in open; give one of them",
        );
    }
    let at = at.or(open_at).unwrap_or(asker.now.fixed_offset());
    let filter = Filter {
        facilities: p.codes("facility", known::<FacilityCode>),
        hosts: p.codes("host", known::<Host>),
        access: p.codes("access", known::<Access>),
        no_phone: p.flag("no_phone"),
        always_open: p.flag("always_open"),
        open,
        ..Filter::default()
    };
    (filter, Frame { at, out_crs, language: asker.language })
}

/// What a list and a tile may be asked besides.
fn narrowed(p: &mut Params, filter: Filter) -> Filter {
    Filter {
        district: p.value(
            "district",
            "要写六位区划代码，如 130304。",
            "must be a six-digit code such as 130304",
        ),
        states: p.codes("state", || State::ALL.map(State::as_str).join(", ")),
        words: words(p),
        ..filter
    }
}

/// `open=now`, or `open=<time>`, which filters by that instant and describes it.
fn open(p: &mut Params) -> (bool, Option<DateTime<FixedOffset>>) {
    match p.text("open").as_deref() {
        None => (false, None),
        Some("now") => (true, None),
        Some(text) => {
            let instant = read_instant(text);
            if instant.is_none() {
                p.refuse_instant("open");
            }
            (true, instant)
        }
    }
}

fn known<C: Coded>() -> String {
    C::all().iter().map(|c| c.code()).collect::<Vec<_>>().join(", ")
}

fn datum(p: &mut Params, name: &'static str) -> Option<Datum> {
    p.code(name, || Datum::ALL.map(Datum::as_str).join(", "))
}

/// `lat` and `lon`, both required, in a coordinate system.
fn position(p: &mut Params, crs: Datum) -> Option<Position> {
    let lat = required(p, "lat", 90.0);
    let lon = required(p, "lon", 180.0);
    Position::new(lon?, lat?).ok().map(|given| crs.to_wgs84(given))
}

fn required(p: &mut Params, name: &'static str, most: f64) -> Option<f64> {
    if !p.has(name) {
        p.refuse(name, "missing", "缺少这个参数，写十进制度数。", "missing; give decimal degrees");
    }
    p.number(name, -most..=most, false)
}

/// Only straight-line distance is offered as long as no street network is loaded.
fn straight_only(p: &mut Params) {
    if p.text("by").is_some_and(|by| by != "straight") {
        p.refuse(
            "by",
            "no_network",
            "没有载入路网，只能用 straight。",
            "no street network is loaded; use straight",
        );
    }
}

/// `bbox=west,south,east,north` in the coordinate system of the question.
fn bbox(p: &mut Params, crs: Datum) -> Option<Bounds> {
    let text = p.text("bbox")?;
    let corners = read_corners(&text, crs);
    if corners.is_none() {
        let zh = "要写 西,南,东,北 四个度数，西不大于东，南不大于北。";
        p.refuse(
            "bbox",
            "unreadable",
            zh,
            "must be west,south,east,north in degrees, west ≤ east, south ≤ north",
        );
    }
    corners
}

fn read_corners(text: &str, crs: Datum) -> Option<Bounds> {
    let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = numbers.try_into().ok()?;
    let (sw, ne) = (Position::new(west, south).ok()?, Position::new(east, north).ok()?);
    let (sw, ne) = (crs.to_wgs84(sw), crs.to_wgs84(ne));
    let ordered = west <= east && south <= north;
    ordered.then_some(Bounds { west: sw.lon(), south: sw.lat(), east: ne.lon(), north: ne.lat() })
}

/// The words of `q`, folded.
fn words(p: &mut Params) -> Vec<String> {
    let text = p.text("q").unwrap_or_default();
    if text.chars().count() > MAX_SEARCH {
        p.refuse(
            "q",
            "too_long",
            format!("最多 {MAX_SEARCH} 个字。"),
            format!("at most {MAX_SEARCH} characters"),
        );
        return Vec::new();
    }
    fold(&text).split_whitespace().map(str::to_owned).collect()
}
