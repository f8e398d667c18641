//! One campaign: its terms, where its vouchers are taken, its draw with the winners, and a place for the reader's
//! own claim.

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};

use super::super::time;
use super::words::Said;
use super::{
    About, App, CampaignCard, Context, PATH, View, Visit, category_word, fault, head, href, layout, slot,
    words,
};
use crate::benefits::draw::lot::Published;
use crate::benefits::model::{Mode, Phase};
use crate::benefits::{campaigns, draw};
use crate::error::Error;
use crate::ids::CampaignId;

/// `GET /benefits/campaigns/{id}`
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Error> {
    let language = visit.client.language;
    let missing = || fault::not_found(language, &app.assets());
    let Ok(id) = id.parse::<CampaignId>() else { return Ok(missing()) };
    let card = match campaigns::card(&app, id, language).await {
        Ok(card) => card,
        Err(Error::NotFound(_)) => return Ok(missing()),
        Err(other) => return Err(other),
    };
    let drawn = match &card.draw {
        Some(told) if told.drawn_at.is_some() => Some(draw::published(&app, id).await?),
        _ => None,
    };
    let (said, context) = (words(language), visit.context(&app));
    let main = html! {
        (head(&context, &href(&visit.asked, PATH), said.back))
        (layout::answer(&context, &html! {
            (terms(&context, said, &card))
            @if card.phase != Phase::Ended || card.mode == Mode::Draw {
                (slot(&context, "claim", &card.id.to_string(), &html! { noscript { p.foot { (said.claim_no_script) } } }))
            }
            (lot(&context, said, &card, drawn.as_ref()))
            (layout::hotline(context.words))
        }))
    };
    let path = format!("{PATH}/campaigns/{id}");
    let about =
        About { canonical: Some(visit.absolute(&path)), description: Some(card.rule.clone()), image: None };
    let view = View { title: card.name, is_demonstration: false, main, about };
    Ok(visit.drawn(&app, view, |asked| href(asked, &path)))
}

fn terms(context: &Context<'_>, said: &Said, card: &CampaignCard) -> Markup {
    let words = context.words;
    let phase = match card.phase {
        Phase::Draft | Phase::Upcoming => said.phase_upcoming,
        Phase::Running => said.phase_running,
        Phase::Frozen => said.phase_frozen,
        Phase::Ended => said.phase_ended,
    };
    let least = if card.least.get() > 0 { said.least.with(card.least) } else { said.no_least.to_owned() };
    let valid = match (card.valid_until, card.valid_days) {
        (Some(until), _) => said.until.with(time::end(words, until, context.when)),
        (None, days) => said.days.with(days.unwrap_or_default()),
    };
    let opens = time::stamp(words, card.opens_at, context.when);
    let closes = time::end(words, card.closes_at, context.when);
    html! {
        article.given {
            h1 { (card.name) }
            p.cap { (phase) " · " (category_word(card.category, context.language)) }
            p.worth { (said.off.with(card.face)) }
            p.text { (card.rule) }
            dl {
                dt { (said.fact_least) } dd { (least) }
                dt { (said.fact_claim) } dd { (opens) " – " (closes) }
                dt { (said.fact_valid) } dd { (valid) }
                dt { (said.fact_left) } dd { (said.left.fill(&[("left", &card.left), ("stock", &card.stock)])) }
                dt { (said.fact_who) } dd {
                    @if card.asked.is_empty() { (said.anybody) }
                    @for rule in &card.asked { p { (rule) } }
                }
                dt { (said.fact_where) } dd {
                    @if card.places.is_empty() { (said.everywhere_taken) }
                    @for (merchant, store) in &card.places {
                        p { (merchant) @if let Some(store) = store { " · " (store) } }
                    }
                }
            }
        }
    }
}

/// The draw: what was published beforehand, and once it was drawn the winners and the means to check them.
fn lot(context: &Context<'_>, said: &Said, card: &CampaignCard, drawn: Option<&Published>) -> Markup {
    let Some(told) = &card.draw else { return html! {} };
    html! {
        section.given aria-labelledby="draw" {
            h2 #draw { (said.draw) }
            p { (said.entries.fill(&[("stock", &card.stock), ("entries", &told.entries)])) }
            p.cap { (said.commitment) br; code { (told.commitment) } }
            @match drawn {
                Some(drawn) => (result(context, said, card, drawn)),
                None => p.cap { (said.not_drawn) },
            }
        }
    }
}

fn result(context: &Context<'_>, said: &Said, card: &CampaignCard, drawn: &Published) -> Markup {
    let won = drawn.entries.iter().filter(|entry| entry.has_won == Some(true));
    html! {
        h3 { (said.won) }
        ul.won { @for entry in won { li { (entry.number) } } }
        p.cap { (said.seed) br; code { (drawn.seed.as_deref().unwrap_or_default()) } }
        p.cap { (said.digest) br; code { (drawn.digest.as_deref().unwrap_or_default()) } }
        p.cap { (said.method) }
        p { a href={ "/api/v1/campaigns/" (card.id) "/draw" } download { (said.data) } }
        (slot(context, "check", &card.id.to_string(), &html! {}))
    }
}
