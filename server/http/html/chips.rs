//! The filters, as plain links: each goes to the same list with one thing more or less asked for.

use chrono::Datelike;
use maud::{Markup, html};

use super::asked::{By, Wanted};
use super::context::Context;
use super::{icon, when};
use crate::stations::model::FacilityCode;

struct Chip {
    icon: &'static str,
    word: String,
    on: bool,
    next: Wanted,
}

/// The row of filters.
pub(super) fn chips(context: &Context<'_>) -> Markup {
    html! {
        nav.chips data-part="chips" aria-label=(context.words.filters) {
            @for chip in all(context) { (link(context, &chip)) }
            (time(context))
            (ride(context))
        }
    }
}

/// Another time: opens the choice, or goes back to now.
fn time(context: &Context<'_>) -> Markup {
    let asked = context.asked;
    html! {
        @match asked.at {
            Some(at) => (toggle(context, "clock", &when::said(context, at), true, &asked.when(None).list_href())),
            None => a.chip href="#when" data-action="when" aria-controls="when" { (icon::icon("clock")) (context.words.chip_when) },
        }
    }
}

fn ride(context: &Context<'_>) -> Markup {
    let rides = context.asked.by == By::Ride;
    let other = if rides { By::Walk } else { By::Ride };
    toggle(context, "ebike", context.words.chip_ride, rides, &context.asked.going(other).list_href())
}

fn link(context: &Context<'_>, chip: &Chip) -> Markup {
    toggle(context, chip.icon, &chip.word, chip.on, &context.asked.with(chip.next.clone()).list_href())
}

fn toggle(context: &Context<'_>, icon: &str, word: &str, on: bool, href: &str) -> Markup {
    html! {
        a.chip.on[on] href=(href) data-swap aria-current=[on.then_some("true")] {
            (icon::icon(if on { "check" } else { icon }))
            @if on { span.vh { (context.words.chip_on) } }
            (word)
        }
    }
}

fn all(context: &Context<'_>) -> Vec<Chip> {
    let (words, wanted) = (context.words, &context.asked.wanted);
    let mut chips = vec![Chip {
        icon: "clock",
        word: if context.asked.at.is_some() { words.chip_open_then } else { words.chip_open }.to_owned(),
        on: wanted.open,
        next: Wanted { open: !wanted.open, ..wanted.clone() },
    }];
    chips.extend(offered(context).into_iter().map(|code| facility(context, code)));
    chips.push(Chip {
        icon: "h24",
        word: words.chip_always.to_owned(),
        on: wanted.always_open,
        next: Wanted { always_open: !wanted.always_open, ..wanted.clone() },
    });
    chips.push(Chip {
        icon: "nophone",
        word: words.chip_no_phone.to_owned(),
        on: wanted.no_phone,
        next: Wanted { no_phone: !wanted.no_phone, ..wanted.clone() },
    });
    chips
}

fn facility(context: &Context<'_>, code: FacilityCode) -> Chip {
    let wanted = &context.asked.wanted;
    let (icon, word) = match code {
        FacilityCode::Microwave => ("meal", context.words.chip_meal),
        FacilityCode::PhoneCharge => ("charge", context.words.chip_charge),
        other => (icon::of_facility(other), context.word(other)),
    };
    Chip { icon, word: word.to_owned(), on: wanted.facilities.contains(&code), next: wanted.toggled(code) }
}

/// The facilities most looked for, and whatever else the address asks for, so that it can be let go again.
fn offered(context: &Context<'_>) -> Vec<FacilityCode> {
    let warmth = if (5..=9).contains(&context.when.at.month()) {
        FacilityCode::Cooling
    } else {
        FacilityCode::Heating
    };
    let mut codes = vec![FacilityCode::Microwave, warmth, FacilityCode::PhoneCharge, FacilityCode::Toilet];
    let others = context.asked.wanted.facilities.iter().filter(|code| !codes.contains(code));
    let others: Vec<FacilityCode> = others.copied().collect();
    codes.extend(others);
    codes
}
