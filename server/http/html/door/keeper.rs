//! What the keeper sees: large buttons, each of which takes effect at once and is undone by the same tap.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use maud::{Markup, html};

use super::parts::{self, Said};
use super::visitor::now;
use super::words::{DoorWords, words};
use crate::door::keeper::{Keeper, is_due};
use crate::door::proposals::{Outcome, Proposal, TEXT_CHARS};
use crate::http::html::context::Context;
use crate::http::html::{icon, time, way_in};
use crate::reports::model::TEXT_CHARS as REPORT_CHARS;
use crate::stations::feature::Properties;
use crate::stations::hours::Hours;
use crate::stations::model::{Facility, Station, Working};
use crate::stations::notices::own::OwnNotice;

/// What a keeper's page shows.
pub(super) struct Shown<'a> {
    /// Who looks at it.
    pub(super) keeper: &'a Keeper,
    /// His station.
    pub(super) station: &'a Station,
    /// The same as the public sees it; none where it does not.
    pub(super) public: Option<&'a Properties<'a>>,
    /// What he announced and what is not over.
    pub(super) closings: &'a [OwnNotice],
    /// The hours that he proposed last.
    pub(super) proposal: Option<&'a Proposal>,
    /// What came of what he did before.
    pub(super) said: &'a Said,
}

/// The page.
pub(super) fn main(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let (words, station) = (words(context.language), shown.station);
    parts::page(
        context,
        &station.facts.name,
        words.keeper,
        shown.said,
        &html! {
            @if shown.said.hours.is_some() { (hours(context, shown)) }
            @if shown.public.is_some() && is_due(station, context.when.now.into()) { (check(context, shown)) }
            section.lead {
                @if let Some(public) = shown.public { (now(context, public)) (open_today(context, shown)) }
            }
            (facilities(context, shown))
            @if shown.public.is_some() { (closed(context, shown)) }
            @if shown.said.hours.is_none() { (hours(context, shown)) }
            section {
                a.btn.quiet.wide href=(context.asked.station_href(station.id)) { (icon::icon("info")) (words.see_station) }
            }
        },
    )
}

fn action(shown: &Shown<'_>) -> String {
    format!("/q/{}/keeper", shown.station.id)
}

/// A form of one deed.
fn deed(shown: &Shown<'_>, name: &str, content: &Markup) -> Markup {
    html! {
        form method="post" action=(action(shown)) {
            input type="hidden" name="do" value=(name);
            (content)
        }
    }
}

fn open_today(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(context.language);
    let last = shown.station.last_confirmed.filter(|at| shown.keeper.is_confirmed_today(Some(*at)));
    html! {
        @match last {
            Some(at) => {
                p.said { (icon::icon("check")) span { (words.open_said.with(time::stamp(context.words, at, context.when))) } }
                (deed(shown, "open", &html! { button.btn.quiet.wide type="submit" { (words.open_again) } }))
            },
            None => {
                (deed(shown, "open", &html! { button.btn.wide type="submit" { (icon::icon("dooropen")) (words.open_today) } }))
                p.cap { (words.open_lead) }
            },
        }
    }
}

fn facilities(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let (words, facts) = (words(context.language), &shown.station.facts);
    html! {
        section #facilities {
            h2 { (words.facilities_title) }
            @if facts.facilities.is_empty() { p { (words.facilities_none) } }
            ul.toggles { @for facility in &facts.facilities { (toggle(context, shown, words, facility)) } }
        }
    }
}

fn toggle(context: &Context<'_>, shown: &Shown<'_>, words: &DoorWords, facility: &Facility) -> Markup {
    let is_broken = facility.working == Working::Broken;
    let (to, said) =
        if is_broken { (Working::Ok, words.say_works) } else { (Working::Broken, words.say_broken) };
    let word = context.word(facility.code);
    let since = facility
        .broken_since
        .map(|at| words.is_broken_since.with(time::moment(context.words, at, context.when)));
    let state =
        if is_broken { since.unwrap_or_else(|| words.is_broken.to_owned()) } else { words.works.to_owned() };
    html! {
        li.bad[is_broken] #(facility.code) {
            (icon::icon(icon::of_facility(facility.code)))
            p { b { (word) } span { (state) } }
            @if is_broken || facility.code.can_break() {
                (deed(shown, "facility", &html! {
                    input type="hidden" name="facility" value=(facility.code);
                    input type="hidden" name="to" value=(to);
                    button.btn.quiet[!is_broken] type="submit" aria-label={ (word) " " (said) } { (said) }
                }))
            }
        }
    }
}

fn closed(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let (words, today) = (words(context.language), context.when.now.date_naive());
    let tomorrow = today + Days::new(1);
    html! {
        section #closed {
            h2 { (words.closed_title) }
            @if !shown.closings.is_empty() {
                h3 { (words.closed_list) }
                ul.announced { @for notice in shown.closings { (announced(context, shown, words, notice)) } }
            }
            (deed(shown, "close", &html! {
                label for="reason" { (words.closed_reason) }
                div.one-line { input #reason name="reason" maxlength="200" value=(words.closed_usual) autocomplete="off"; }
                div.pair {
                    button.btn.quiet type="submit" name="day" value=(today) { (words.closed_today) }
                    button.btn.quiet type="submit" name="day" value=(tomorrow) { (words.closed_tomorrow) }
                }
                details {
                    summary { (words.closed_other) }
                    div.pair {
                        div { label for="from" { (words.closed_from) } input #from type="date" name="from" min=(today) value=(tomorrow); }
                        div { label for="to" { (words.closed_to) } input #to type="date" name="to" min=(today) value=(tomorrow); }
                    }
                    button.btn.wide type="submit" name="day" value="" { (words.closed_send) }
                }
            }))
            (part_of_a_day(shown, words, today))
        }
    }
}

/// Closing for some hours of a day. It is a form of its own, so that each form asks for what it needs.
fn part_of_a_day(shown: &Shown<'_>, words: &DoorWords, today: NaiveDate) -> Markup {
    html! {
        details {
            summary { (words.closed_part) }
            (deed(shown, "close_part", &html! {
                label for="part-day" { (words.closed_part_day) }
                input #part-day type="date" name="day" min=(today) value=(today) required;
                div.pair {
                    div { label for="part-from" { (words.closed_part_from) } input #part-from type="time" name="from" required; }
                    div { label for="part-to" { (words.closed_part_to) } input #part-to type="time" name="to" required; }
                }
                label for="part-reason" { (words.closed_part_reason) }
                input #part-reason name="reason" maxlength="200" value=(words.closed_usual) autocomplete="off" required;
                button.btn.wide type="submit" { (words.closed_send) }
            }))
        }
    }
}

fn announced(context: &Context<'_>, shown: &Shown<'_>, words: &DoorWords, notice: &OwnNotice) -> Markup {
    html! {
        li {
            p { b { (span(context, words, notice)) } span { (notice.reason) } }
            (deed(shown, "reopen", &html! {
                input type="hidden" name="notice" value=(notice.id);
                button.btn.quiet type="submit" aria-label={ (words.closed_undo) " " (span(context, words, notice)) } { (words.closed_undo) }
            }))
        }
    }
}

/// The days of a notice, of which the last ends at midnight.
fn span(context: &Context<'_>, words: &DoorWords, notice: &OwnNotice) -> String {
    let said = |day: NaiveDate| time::date(context.words, day);
    let from = notice.from.date_naive();
    let Some(end) = notice.to else { return words.closed_endless.with(said(from)) };
    if is_part(notice.from, end) {
        let clock = |at: DateTime<FixedOffset>| at.format("%H:%M").to_string();
        return words.closed_hours.fill(&[
            ("day", &said(from)),
            ("from", &clock(notice.from)),
            ("to", &clock(end)),
        ]);
    }
    let last = if end.time() == NaiveTime::MIN { end.date_naive() - Days::new(1) } else { end.date_naive() };
    if last <= from {
        words.closed_day.with(said(from))
    } else {
        words.closed_days.fill(&[("from", &said(from)), ("to", &said(last))])
    }
}

/// Whether a notice is for some hours of one day; one that ends at midnight is for the rest of its day.
fn is_part(from: DateTime<FixedOffset>, end: DateTime<FixedOffset>) -> bool {
    from.date_naive() == end.date_naive()
}

/// The hours as the registry has them, in words.
fn registered(context: &Context<'_>, station: &Station, unsaid: &str) -> String {
    let facts = &station.facts;
    let known = facts.hours.as_deref().and_then(|text| Hours::parse(text, &context.city.calendar).ok());
    let said = known.map(|hours| hours.describe(context.language));
    said.or_else(|| facts.hours_text.clone()).unwrap_or_else(|| unsaid.to_owned())
}

fn hours(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(context.language);
    let written = shown.said.hours.as_ref();
    html! {
        section #hours {
            h2 { (words.hours_title) }
            p.cap { (words.hours_now.with(registered(context, shown.station, words.hours_unknown))) }
            @if let Some((text, read)) = written { (preview(shown, words, text, read.as_deref())) }
            @else if let Some(proposal) = shown.proposal { (became(words, proposal)) }
            (deed(shown, "hours", &html! {
                label for="text" { @if written.is_some() { (words.hours_change) } @else { (words.hours_label) } }
                div.one-line {
                    textarea #text name="text" rows="2" maxlength=(TEXT_CHARS) required placeholder=(words.hours_example) { (written.map_or("", |(text, _)| text)) }
                }
                button.btn.quiet.wide type="submit" { (words.hours_look) }
            }))
        }
    }
}

/// What written hours come to, before they are sent.
fn preview(shown: &Shown<'_>, words: &DoorWords, text: &str, read: Option<&str>) -> Markup {
    html! {
        div.read role="status" {
            @match read {
                Some(read) => { p { (words.hours_read) } p.quote { (read) } },
                None => { p { (words.hours_unread) } p.quote { (text) } },
            }
            (deed(shown, "hours", &html! {
                input type="hidden" name="text" value=(text);
                input type="hidden" name="sure" value="1";
                button.btn.wide type="submit" { (words.hours_send) }
            }))
        }
    }
}

/// What became of the last proposal.
fn became(words: &DoorWords, proposal: &Proposal) -> Markup {
    let said = match proposal.outcome {
        None => words.hours_waits,
        Some(Outcome::Taken) => words.hours_taken,
        Some(Outcome::Refused | Outcome::Replaced) => words.hours_refused,
    };
    html! {
        div.became {
            p { (icon::icon("clock")) " " (said.with(&proposal.text)) }
            @if let Some(answer) = &proposal.answer { p { (words.hours_answer.with(answer)) } }
        }
    }
}

/// The facts, for whoever is asked whether they still hold.
fn check(context: &Context<'_>, shown: &Shown<'_>) -> Markup {
    let (words, facts) = (words(context.language), &shown.station.facts);
    let ways: Vec<&str> =
        facts.access.iter().map(|a| way_in::sentence(context.words, *a, facts.no_phone)).collect();
    let ways = ways.join(context.words.list_comma);
    let told = [
        (words.fact_name, facts.signboard.clone().unwrap_or_else(|| facts.name.clone())),
        (words.fact_address, facts.address.clone().unwrap_or_default()),
        (words.fact_hours, registered(context, shown.station, words.hours_unknown)),
        (words.fact_way_in, ways),
        (words.fact_phone, facts.phone.clone().unwrap_or_default()),
    ];
    html! {
        section.check aria-labelledby="check" {
            h2 #check { (words.check_title) }
            p { (words.check_since) }
            dl.facts {
                @for (name, fact) in told {
                    div { dt { (name) } dd { @if fact.is_empty() { (words.fact_unsaid) } @else { (fact) } } }
                }
            }
            div.pair {
                (deed(shown, "right", &html! { button.btn.wide type="submit" { (icon::icon("check")) (words.check_right) } }))
                a.btn.quiet href="#facilities" { (words.check_broken) }
            }
            p.cap { (words.check_how) }
            (deed(shown, "changed", &html! {
                label for="changed" { (words.changed_label) }
                div.one-line {
                    textarea #changed name="text" rows="2" maxlength=(REPORT_CHARS) required placeholder=(words.changed_example) {}
                }
                button.btn.quiet.wide type="submit" { (words.check_changed) }
            }))
        }
    }
}
