//! What a search by words found: districts, places to look around, and stations.

use maud::{Markup, html};

use super::asked::{Asked, Place};
use super::context::Context;
use super::{icon, layout, map, row};
use crate::city;
use crate::language::Language;
use crate::stations::search::Found;

/// The field in which one searches. It is a plain form; the script shows what is found while one writes.
pub(super) fn field(context: &Context<'_>) -> Markup {
    let (words, asked) = (context.words, context.asked);
    let kept = Asked { text: String::new(), ..asked.clone() };
    html! {
        form.search role="search" action=(asked.page()) method="get" data-swap data-live {
            @for (name, value) in kept.parameters() { input type="hidden" name=(name) value=(value); }
            label.vh for="q" { (words.search_label) }
            input #q type="search" name="q" value=(asked.text) placeholder=(words.search_label) autocomplete="off" enterkeyhint="search" maxlength="100" required;
            button.btn type="submit" { (icon::icon("search")) span.vh { (words.search_button) } }
        }
    }
}

/// The title of the page.
pub(super) fn title(context: &Context<'_>) -> String {
    context.words.search_title.with(&context.asked.text)
}

/// The main part of the page.
pub(super) fn main(context: &Context<'_>, found: &Found<'_>) -> Markup {
    html! {
        (layout::top(context, &html! { h1.vh { (title(context)) } (field(context)) }, &html! {
            a.btn.plain href=(Asked { text: String::new(), ..context.asked.clone() }.list_href()) { (icon::icon("close")) (context.words.close) }
        }))
        (map::map(context))
        nav.chips data-part="chips" {}
        (layout::answer(context, &answer(context, found)))
    }
}

fn answer(context: &Context<'_>, found: &Found<'_>) -> Markup {
    html! {
        (ways(context, found))
        @if !found.stations.is_empty() { (stations(context, found)) }
    }
}

/// The districts and places that the words may mean, or the sentence that they mean nothing.
pub(super) fn ways(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let is_empty = found.districts.is_empty() && found.places.is_empty() && found.stations.is_empty();
    html! {
        @if is_empty && !context.asked.text.is_empty() { (nothing(context)) }
        @if !found.districts.is_empty() { (districts(context, found)) }
        @if !found.places.is_empty() { (places(context, found)) }
    }
}

fn districts(context: &Context<'_>, found: &Found<'_>) -> Markup {
    html! {
        section.districts aria-labelledby="found-districts" {
            h2 #found-districts { (context.words.search_districts) }
            ul {
                @for district in &found.districts {
                    (way(context, Place::District(district.adcode), district.label(context.language)))
                }
            }
        }
    }
}

fn places(context: &Context<'_>, found: &Found<'_>) -> Markup {
    html! {
        section.districts aria-labelledby="found-places" {
            h2 #found-places { (context.words.search_places) }
            ul { @for place in &found.places { (way(context, Place::At(place.position), name(place, context.language))) } }
        }
    }
}

fn way(context: &Context<'_>, to: Place, label: &str) -> Markup {
    html! { li { a href=(context.asked.at(to).list_href()) data-swap { (label) (icon::icon("next")) } } }
}

fn name(place: &city::Place, language: Language) -> &str {
    let zh = place.name_zh.as_deref().unwrap_or(&place.name);
    language.of(zh, &place.name)
}

fn stations(context: &Context<'_>, found: &Found<'_>) -> Markup {
    let words = context.words;
    let is_far = matches!(context.asked.place, Place::At(_));
    html! {
        p.count role="status" { (words.search_stations.with(found.total)) }
        ol.rows.plain[!is_far] { @for feature in &found.stations { (row::row(context, feature, false)) } }
        @if found.total > found.stations.len() { p.foot { (words.search_more.with(found.stations.len())) } }
    }
}

fn nothing(context: &Context<'_>) -> Markup {
    let words = context.words;
    html! {
        div.say role="status" {
            h2 { (words.search_none_title.with(&context.asked.text)) }
            p { (words.search_none) }
        }
        div.ways { (layout::hotline(words)) }
    }
}
