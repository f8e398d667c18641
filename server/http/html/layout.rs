//! The frame of every page. Styles and script are files of this server; nothing is written inline, because the
//! content security policy refuses it.

use maud::{DOCTYPE, Markup, html};

use super::asked::Place;
use super::context::Context;
use super::display::{self, Display};
use super::icon;
use super::words::{Words, words};
use crate::http::assets::Assets;
use crate::language::Language;

/// What a page says of itself to search engines and to chats in which it is shared.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    /// One sentence; that of the service where a page has none of its own.
    pub(super) description: Option<String>,
    /// The one absolute address of the page, where it may be found by a search engine.
    pub(super) canonical: Option<String>,
    /// The absolute address of a picture.
    pub(super) image: Option<String>,
}

/// What surrounds the main part of a page.
pub(super) struct Frame<'a> {
    /// The language of the page.
    pub(super) language: Language,
    /// Where style and script are.
    pub(super) assets: &'a Assets,
    /// The title of the page.
    pub(super) title: &'a str,
    /// Whether a station shown is no real place.
    pub(super) is_demonstration: bool,
    /// The address of the same page in the other language.
    pub(super) other_language: Option<String>,
    /// The address of the page itself, for whoever changes how it looks.
    pub(super) here: Option<String>,
    /// How it looks.
    pub(super) display: Display,
    /// What it says of itself.
    pub(super) about: About,
    /// Whether it stands in a frame of another site, where links open beside it.
    pub(super) is_embedded: bool,
}

/// A whole page.
pub(super) fn document(frame: &Frame<'_>, main: &Markup) -> Markup {
    let words = words(frame.language);
    html! {
        (DOCTYPE)
        html lang=(frame.language.tag()) data-size=[frame.display.is_large.then_some("large")]
            data-theme=[frame.display.theme] data-contrast=[frame.display.is_contrast.then_some("high")] data-embedded[frame.is_embedded] {
            (head(frame))
            body {
                a.skip href="#answer" { (words.skip) }
                (main_part(frame, main))
                @if !frame.is_embedded { (foot(frame)) }
            }
        }
    }
}

fn foot(frame: &Frame<'_>) -> Markup {
    let words = words(frame.language);
    html! {
                footer.end {
                    p { (words.hotline_note) " " a href="tel:12351" { "12351" } }
                    @if let Some(here) = &frame.here { (display::choices(words, frame.display, here)) }
                    @if let Some(href) = &frame.other_language {
                        @let other = frame.language.of(Language::En, Language::ZhCn);
                        a href=(href) lang=(other.tag()) hreflang=(other.tag()) data-language { (other.of("中文", "English")) }
                    }
                }
    }
}

/// The main part alone, as the script asks for it. The title travels along.
pub(super) fn main_part(frame: &Frame<'_>, main: &Markup) -> Markup {
    let words = words(frame.language);
    html! {
        main #main data-title={ (frame.title) " · " (words.product) } {
            div data-part="banner" {
                @if frame.is_demonstration { p.demo { (icon::icon("info")) (words.demonstration) } }
            }
            (main)
        }
    }
}

fn head(frame: &Frame<'_>) -> Markup {
    let words = words(frame.language);
    html! {
        head {
            meta charset="utf-8";
            @if frame.is_embedded { base target="_blank"; }
            title { (frame.title) " · " (words.product) }
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            (about(frame))
            meta name="theme-color" content="#FFFFFF" media="(prefers-color-scheme: light)";
            meta name="theme-color" content="#151E1A" media="(prefers-color-scheme: dark)";
            meta name="format-detection" content="telephone=no";
            link rel="stylesheet" href=(frame.assets.style());
            link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
            link rel="apple-touch-icon" href="/assets/apple-touch-icon.png";
            link rel="manifest" href={ "/manifest.webmanifest?lang=" (frame.language.of("zh", "en")) };
            @match frame.assets.script() {
                Some(script) => { script type="module" src=(script) {} noscript { (no_script()) } },
                None => (no_script()),
            }
        }
    }
}

/// The page as a card in a chat (the Open Graph protocol, ogp.me) and in a search result.
fn about(frame: &Frame<'_>) -> Markup {
    let (words, about) = (words(frame.language), &frame.about);
    let description = about.description.as_deref().unwrap_or(words.description);
    html! {
        meta name="description" content=(description);
        meta property="og:site_name" content=(words.product);
        meta property="og:title" content=(frame.title);
        meta property="og:description" content=(description);
        @if let Some(image) = &about.image { meta property="og:image" content=(image); }
        @match &about.canonical {
            Some(address) => { link rel="canonical" href=(address); meta property="og:url" content=(address); },
            None => meta name="robots" content="noindex";,
        }
    }
}

/// The styles that hide what would do nothing without the script.
fn no_script() -> Markup {
    html! { link rel="stylesheet" href="/assets/no-script.css"; }
}

/// The top of a page: what it is about, and what can be done with it.
pub(super) fn top(context: &Context<'_>, about: &Markup, actions: &Markup) -> Markup {
    html! {
        header.top data-part="top" {
            div { (about) }
            (actions)
            button.btn.plain type="button" data-action="size" data-script { (icon::icon("size")) (context.words.large_type) }
        }
    }
}

/// The part that holds the list. Its address lets the script put the place out of sight and find it again; its
/// district is the one whose copy a phone keeps.
pub(super) fn answer(context: &Context<'_>, content: &Markup) -> Markup {
    let position = match context.asked.place {
        Place::At(at) => Some((format!("{:.4}", at.lon()), format!("{:.4}", at.lat()))),
        _ => None,
    };
    let adcode = match context.asked.place {
        Place::At(at) => context.city.district_at(at).map(|d| d.adcode),
        Place::District(adcode) => context.city.district(adcode).map(|d| d.adcode),
        Place::Nowhere | Place::Nonsense => None,
    };
    html! {
        div.answer #answer tabindex="-1" data-part="answer" data-adcode=[adcode]
            data-lon=[position.as_ref().map(|p| &p.0)] data-lat=[position.as_ref().map(|p| &p.1)] {
            (content)
        }
    }
}

/// The union's telephone number, for whoever finds no help here.
pub(super) fn hotline(words: &Words) -> Markup {
    html! { a.btn.plain.wide href="tel:12351" { (icon::icon("call")) (words.hotline) } }
}
