//! One station in full: state, the way there, what works today, how to get in, hours, how sure it is.

use maud::{Markup, html};

use super::asked::Asked;
use super::context::Context;
use super::words::Words;
use super::{icon, layout, row, state, time, way_in, week};
use crate::observations::{LATELY_DAYS, Promise};
use crate::stations::feature::{FacilityAt, Properties};
use crate::stations::hours::DayHours;
use crate::stations::model::FacilityCode;
use crate::stations::nav::Nav;
use crate::stations::photo::Photo;
use crate::stations::snapshot::NoticeAt;
use crate::stations::state::Effect;

/// How many facilities a card in a chat names.
const CARD_FACILITIES: usize = 6;

/// What a sheet shows.
pub(super) struct Sheet<'a> {
    /// The station as of the instant of the page.
    pub(super) station: &'a Properties<'a>,
    /// Links into navigation apps.
    pub(super) nav: &'a Nav,
    /// The hours of seven days, where they are certain.
    pub(super) week: Option<&'a [DayHours]>,
    /// What the door looks like.
    pub(super) photos: &'a [Photo],
    /// What changes these hours now and in the next days.
    pub(super) notices: &'a [NoticeAt<'a>],
    /// How it kept its hours lately, where that can be told.
    pub(super) kept: Option<Promise>,
}

/// The main part of the page.
pub(super) fn main(context: &Context<'_>, sheet: &Sheet<'_>) -> Markup {
    let (words, station) = (context.words, sheet.station);
    html! {
        header.top.sheet data-part="top" {
            a.btn.plain.back href=(context.asked.list_href()) data-back { (icon::icon("back")) (words.back_to_list) }
            button.btn.plain type="button" data-action="size" data-script { (icon::icon("size")) (words.large_type) }
        }
        (layout::answer(context, &html! {
            article.sheet aria-labelledby="name" {
                section.lead {
                    h1 #name { (station.name) }
                    p.addr { (row::whereabouts(context, station)) }
                    (now(context, station))
                    (notices(context, sheet.notices))
                    (way_there(context, sheet))
                }
                (photos(context, sheet))
                (what_works(context, station))
                (how_to_get_in(context, station))
                (hours(context, sheet))
                (trust(context, sheet))
                (wrong(context, station))
            }
        }))
    }
}

/// Where one says that something is wrong, and reads what came of it.
fn wrong(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let words = context.words;
    html! {
        section {
            h2 { (words.wrong) }
            p { (words.wrong_how) }
            div.acts {
                a.btn.quiet href={ "/stations/" (station.id) "/report" } { (icon::icon("warn")) (words.report_here) }
                a.btn.quiet href="tel:12351" { (icon::icon("call")) (words.hotline) }
                a.btn.plain href="/reports" { (words.report_follow) }
                a.btn.quiet href={ "/grievance?station=" (station.id) } { (icon::icon("join")) (words.grievance_here) }
            }
        }
    }
}

/// The station in one sentence, for a card in a chat: address, hours, what is there.
pub(super) fn description(context: &Context<'_>, station: &Properties<'_>) -> String {
    let works = station.facilities.iter().filter(|f| f.is_offered());
    let named: Vec<&str> = works.take(CARD_FACILITIES).map(|f| context.word(f.code)).collect();
    let parts = [station.address.unwrap_or_default(), station.hours_text, &named.join(context.words.comma)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn now(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let line = state::line(context, station);
    let second = state::reopens(context, station)
        .unwrap_or_else(|| way_in::short(context.words, station).1.to_owned());
    html! {
        div class={ "now " (line.shape) } role="status" {
            (icon::door(line.shape))
            p { b { (line.text()) } span { (second) } @if let Some(reason) = state::why_open(station) { span { (reason) } } @if station.provisional { span { (context.words.provisional) } } }
        }
    }
}

fn notices(context: &Context<'_>, notices: &[NoticeAt<'_>]) -> Markup {
    html! {
        @if !notices.is_empty() {
            ul.notices { @for notice in notices { li { (icon::icon("info")) span { (said(context, notice)) } } } }
        }
    }
}

fn said(context: &Context<'_>, notice: &NoticeAt<'_>) -> String {
    let words = context.words;
    let moment = |at| time::moment(words, at, context.when);
    let to = notice.to.map(|at| time::end(words, at, context.when));
    let phrase = if to.is_some() { words.notice } else { words.notice_endless };
    let (to, what) = (to.unwrap_or_default(), what(context, notice));
    phrase.fill(&[("from", &moment(notice.from)), ("to", &to), ("what", &what), ("reason", &notice.reason)])
}

/// What a notice does: to the whole station, to one facility, or to its hours.
fn what(context: &Context<'_>, notice: &NoticeAt<'_>) -> String {
    let words = context.words;
    match (notice.facility, notice.hours_text, notice.effect) {
        (Some(code), _, Effect::Closed) => words.notice_closes_facility.with(context.word(code)),
        (Some(code), _, Effect::Open) => words.notice_opens_facility.with(context.word(code)),
        (None, Some(hours), _) => words.notice_extends.with(hours),
        (None, None, Effect::Closed) => words.notice_closes.to_owned(),
        (None, None, Effect::Open) => words.notice_opens.to_owned(),
    }
}

fn way_there(context: &Context<'_>, sheet: &Sheet<'_>) -> Markup {
    let (words, nav) = (context.words, sheet.nav);
    let address = sheet.station.address.unwrap_or(sheet.station.signboard);
    let apps = [
        (words.amap, &nav.amap),
        (words.baidu, &nav.baidu),
        (words.tencent, &nav.tencent),
        (words.apple, &nav.apple),
    ];
    html! {
        div.acts #go {
            a.btn href=(nav.amap) rel="noreferrer" { (icon::icon("nav")) (words.walk_there) }
            @if let Some(phone) = sheet.station.phone { a.btn.quiet href={ "tel:" (dialled(phone)) } { (icon::icon("call")) (words.call) } }
            button.btn.quiet type="button" data-action="share" data-script data-path=(Asked::default().station_href(sheet.station.id)) data-title=(sheet.station.name) {
                (icon::icon("share")) (words.share)
            }
        }
        div.maps role="group" aria-label=(words.navigate_with) {
            span.cap { (words.other_map) }
            @for (name, href) in apps { a href=(href) rel="noreferrer" { (name) } }
            a.btn.plain href=(nav.geo) { (icon::icon("pin")) (words.phone_map) }
            button.btn.plain type="button" data-action="copy" data-script data-text={ (sheet.station.signboard) " " (address) } {
                (icon::icon("copy")) (words.copy_address)
            }
        }
        p.cap.in-wechat { (words.wechat_note) }
    }
}

/// The door as it looks, so that one finds it. Sizes are stated, so that nothing jumps when a picture arrives.
fn photos(context: &Context<'_>, sheet: &Sheet<'_>) -> Markup {
    let words = context.words;
    html! {
        @if !sheet.photos.is_empty() {
            section {
                h2 { (words.photos) }
                ul.photos {
                    @for photo in sheet.photos {
                        @let said = photo.caption.clone().unwrap_or_else(|| words.photo_of.with(sheet.station.name));
                        li { a href=(photo.url()) { img src=(photo.small_url()) alt=(said) width=(photo.width) height=(photo.height) loading="lazy"; } }
                    }
                }
            }
        }
    }
}

/// The digits of a telephone number, as a phone dials them.
fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn what_works(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let words = context.words;
    html! {
        section {
            h2 { (words.what_works) }
            @if station.facilities.is_empty() { p { (words.no_facilities) } }
            ul.facilities { @for facility in &station.facilities { (one(context, station, facility)) } }
        }
    }
}

fn one(context: &Context<'_>, station: &Properties<'_>, facility: &FacilityAt<'_>) -> Markup {
    let is_bad = !facility.working || facility.is_closed_by_notice();
    html! {
        li.bad[is_bad].off[!is_bad && !facility.in_season] {
            (icon::icon(icon::of_facility(facility.code)))
            b { (context.word(facility.code)) }
            span { (standing(context, station, facility)) }
        }
    }
}

/// The state of one facility, then its number and the keeper's remark.
fn standing(context: &Context<'_>, station: &Properties<'_>, facility: &FacilityAt<'_>) -> String {
    let words = context.words;
    let state = if !facility.working {
        row::broken_since(context, facility)
    } else if let Some(notice) = facility.notice.filter(|_| facility.is_closed_by_notice()) {
        words.out_of_use.with(notice.reason)
    } else if !facility.in_season {
        let season = facility.season.map(|s| s.until(context.when.at.date_naive()));
        season.map_or_else(
            || words.not_at_this_hour.to_owned(),
            |day| words.in_season_from.with(time::date(words, day)),
        )
    } else if facility.open {
        words.works.to_owned()
    } else if station.state.is_open() {
        words.not_at_this_hour.to_owned()
    } else {
        words.when_open.to_owned()
    };
    let until = facility
        .until
        .filter(|_| facility.open)
        .map(|at| words.until.with(time::end(words, at, context.when)));
    let count = facility.count.map(|n| {
        if facility.code == FacilityCode::Seat { words.seats.with(n) } else { words.how_many.with(n) }
    });
    let note = facility.note.map(str::to_owned);
    let why = facility.notice.filter(|_| facility.open).map(|notice| notice.reason.to_owned());
    [Some(state), until, why, count, note].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn how_to_get_in(context: &Context<'_>, station: &Properties<'_>) -> Markup {
    let words = context.words;
    let has = |code: FacilityCode| station.facilities.iter().any(|f| f.code == code && f.working);
    html! {
        section {
            h2 { (words.how_to_get_in) }
            ul.ways-in {
                @for access in station.access {
                    li { (icon::icon(icon::of_access(*access))) span { (way_in::sentence(words, *access, None)) } }
                }
                @match station.no_phone {
                    Some(true) => li { (icon::icon("nophone")) span { (words.no_phone) } },
                    Some(false) => li { (icon::icon("scan")) span { (words.phone_needed) } },
                    None => {},
                }
                @if station.access.is_empty() && station.no_phone.is_none() {
                    @let (picture, sentence) = way_in::short(words, station);
                    li { (icon::icon(picture)) span { (sentence) } }
                }
                @if has(FacilityCode::WheelchairAccess) { li { (icon::icon("wheelchair")) span { (words.wheelchair) } } }
                @if has(FacilityCode::EbikePark) { li { (icon::icon("ebike")) span { (words.ebike_park) } } }
            }
        }
    }
}

fn hours(context: &Context<'_>, sheet: &Sheet<'_>) -> Markup {
    let words = context.words;
    html! {
        section {
            h2 { (words.hours) }
            @match sheet.week {
                Some(days) => (week::week(context, days)),
                None => p { (words.hours_unknown) },
            }
            @if sheet.week.is_none() && !sheet.station.hours_text.is_empty() { p.quote { (sheet.station.hours_text) } }
        }
    }
}

fn trust(context: &Context<'_>, sheet: &Sheet<'_>) -> Markup {
    let (words, station) = (context.words, sheet.station);
    let confirmed =
        station.last_confirmed.map(|at| words.confirmed.with(time::stamp(words, at, context.when)));
    html! {
        section {
            h2 { (words.trust) }
            ul.ways-in {
                li { (icon::icon("check")) span { (confirmed.unwrap_or_else(|| words.never_confirmed.to_owned())) } }
                @if let Some(kept) = &sheet.kept { li { (icon::icon("clock")) span { (kept_hours(words, kept)) } } }
                @if let Some(stars) = station.rating { li { (icon::icon("star")) span { (words.stars.with(stars)) } } }
            }
            dl.facts {
                @if station.signboard != station.name { div { dt { (words.signboard) } dd { (station.signboard) } } }
                @if let Some(host) = station.host { div { dt { (words.host) } dd { (context.word(host)) } } }
                @if let Some(partner) = station.partner { div { dt { (words.partner) } dd { (partner) } } }
                @if let Some(code) = station.code { div { dt { (words.code) } dd { (code) } } }
            }
        }
    }
}

/// Both numbers beside the share, which is rounded down: where one hour was missed, nobody reads of all.
fn kept_hours(words: &Words, kept: &Promise) -> String {
    let share = kept.open * 100 / kept.of.max(1);
    words.kept_hours.fill(&[
        ("days", &LATELY_DAYS),
        ("of", &kept.of),
        ("open", &kept.open),
        ("share", &share),
    ])
}
