//! What is offered: running campaigns, and offers near a place, in a district or everywhere.

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};

use super::super::asked::{Asked, Place};
use super::super::{map, row, time};
use super::words::Said;
use super::{
    About, App, CampaignCard, Context, PATH, View, Visit, WALLET, category_word, href, icon, layout, offers,
    slot, words,
};
use crate::benefits::campaigns;
use crate::benefits::model::{Category, Phase, Shown};
use crate::benefits::offers::{OfferCard, Sought};
use crate::error::Error;

/// So many campaigns and offers are listed.
const MOST_CAMPAIGNS: usize = 50;
const MOST_OFFERS: usize = 100;

/// `GET /benefits`
pub(super) async fn page(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Result<Response, Error> {
    let (language, context) = (visit.client.language, visit.context(&app));
    let category = pairs.iter().find(|(key, _)| key == "category").and_then(|(_, code)| code.parse().ok());
    let sought = sought(&visit.asked, category);
    let running = campaigns::in_phase(&app, Phase::Running, MOST_CAMPAIGNS, language).await?;
    let upcoming = campaigns::in_phase(&app, Phase::Upcoming, MOST_CAMPAIGNS, language).await?;
    let found = offers::found(&app, &sought, language).await?;
    let said = words(language);
    let main = html! {
        (top(&context, said))
        (chips(&context, said, category))
        (layout::answer(&context, &html! {
            (slot(&context, "brief", "", &html! {
                a.b-brief href=(href(&visit.asked, WALLET)) { b { (said.wallet) } span { (said.wallet_lead) } }
            }))
            (given(&context, said, said.running, Some(said.none_running), &running))
            @if !upcoming.is_empty() { (given(&context, said, said.upcoming, None, &upcoming)) }
            (map_slot(&app, &context, category))
            (near(&context, said, &found))
            (places(&context, said, category))
        }))
    };
    let about = About {
        canonical: Some(visit.absolute(PATH)).filter(|_| visit.asked.place == Place::Nowhere),
        description: Some(said.lead.to_owned()),
        image: None,
    };
    let view = View { title: said.title.to_owned(), is_demonstration: false, main, about };
    Ok(visit.drawn(&app, view, |asked| address(asked, category)))
}

fn sought(asked: &Asked, category: Option<Category>) -> Sought {
    let (district, from) = match asked.place {
        Place::At(position) => (None, Some(position)),
        Place::District(adcode) => (Some(adcode), None),
        Place::Nowhere | Place::Nonsense => (None, None),
    };
    Sought { category, district, from, most: MOST_OFFERS }
}

/// The address of this page for a place and a category.
fn address(asked: &Asked, category: Option<Category>) -> String {
    let place = match asked.place {
        Place::At(at) => Some(format!("lat={:.4}&lon={:.4}", at.lat(), at.lon())),
        Place::District(adcode) => Some(format!("district={adcode}")),
        Place::Nowhere | Place::Nonsense => None,
    };
    let category = category.map(|category| format!("category={category}"));
    let language = asked.language.map(|language| format!("lang={}", language.of("zh", "en")));
    let query: Vec<String> = [place, category, language].into_iter().flatten().collect();
    if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", query.join("&")) }
}

fn top(context: &Context<'_>, said: &Said) -> Markup {
    html! {
        header.top data-part="top" {
            a.btn.plain.back href=(context.asked.page_href("/")) { (icon::icon("back")) (said.home) }
            div { h1 { (said.title) } }
            button.btn.plain type="button" data-action="size" data-script { (icon::icon("size")) (context.words.large_type) }
        }
    }
}

fn chips(context: &Context<'_>, said: &Said, chosen: Option<Category>) -> Markup {
    let chip = |category: Option<Category>| {
        let word = category.map_or_else(|| said.all.to_owned(), |c| category_word(c, context.language));
        let is_on = category == chosen;
        html! {
            a.chip.on[is_on] href=(address(context.asked, category)) aria-current=[is_on.then_some("true")] {
                @if is_on { (icon::icon("check")) }
                (word)
            }
        }
    };
    html! {
        nav.chips data-part="chips" aria-label=(said.categories) {
            (chip(None))
            @for category in Category::ALL { (chip(Some(*category))) }
        }
    }
}

/// A list of campaigns; `none` is said where there are none.
fn given(
    context: &Context<'_>,
    said: &Said,
    title: &str,
    none: Option<&str>,
    cards: &[CampaignCard],
) -> Markup {
    html! {
        section.b-section {
            h2 { (title) }
            @if cards.is_empty() { @if let Some(none) = none { p.foot { (none) } } }
            ul.offers { @for card in cards { li { (campaign(context, said, card)) } } }
        }
    }
}

fn campaign(context: &Context<'_>, said: &Said, card: &CampaignCard) -> Markup {
    let words = context.words;
    let when = match card.phase {
        Phase::Upcoming => said.from.with(time::stamp(words, card.opens_at, context.when)),
        _ => said.until.with(time::end(words, card.closes_at, context.when)),
    };
    let left = match &card.draw {
        Some(draw) => said.entries.fill(&[("stock", &card.stock), ("entries", &draw.entries)]),
        None if card.left == 0 => said.gone.to_owned(),
        None => said.left.fill(&[("left", &card.left), ("stock", &card.stock)]),
    };
    html! {
        a href=(href(context.asked, &format!("{PATH}/campaigns/{}", card.id))) {
            b { (card.name) } strong { (said.yuan.with(card.face)) }
            span { (when) } span { (left) }
        }
    }
}

fn near(context: &Context<'_>, said: &Said, (cards, has_more): &(Vec<OfferCard>, bool)) -> Markup {
    let title = match context.asked.place {
        Place::At(_) => said.near.to_owned(),
        Place::District(adcode) => said.in_district.with(context.district_name(adcode).unwrap_or_default()),
        Place::Nowhere | Place::Nonsense => said.everywhere.to_owned(),
    };
    html! {
        section.b-section {
            h2 { (title) }
            @if cards.is_empty() { p.foot { (said.none_offers) } }
            ul.offers { @for card in cards { li { (offer(context, said, card)) } } }
            @if *has_more { p.foot { (said.more) } }
        }
    }
}

fn offer(context: &Context<'_>, said: &Said, card: &OfferCard) -> Markup {
    let far = card.distance_m.map(|m| row::far_text(context.words, m));
    let shown = match card.shown {
        Shown::MemberCard => said.show_card,
        Shown::Voucher => said.show_voucher,
        Shown::Nothing => said.show_nothing,
    };
    let (shape, word) = match card.state {
        "open" => ("open", said.open),
        "closed" => ("closed", said.closed),
        _ => ("unknown", said.unknown),
    };
    html! {
        div {
            b { (card.merchant) " · " (card.store) } strong { (card.title) }
            span { @if let Some(far) = far { (far) " · " } (shown) }
            span.st class=(shape) { (icon::door(shape)) (word) }
            span.rule {
                (card.rule) br; (card.address)
                @if let Some(hours) = &card.hours { " · " (hours) }
                " · " (said.until_day.with(time::date(context.words, card.valid_until)))
            }
        }
    }
}

/// The place of the map, which the script draws once it is asked for.
fn map_slot(app: &App, context: &Context<'_>, category: Option<Category>) -> Markup {
    let at = match context.asked.place {
        Place::At(at) => Some(at),
        _ => app.registry.snapshot().summary().middle,
    };
    let Some(at) = at else { return html! {} };
    let is_near = matches!(context.asked.place, Place::At(_));
    html! {
        div data-script {
            div.benefits data-benefits="map" data-near=[is_near.then_some("yes")] data-category=[category]
                data-lon=(format!("{:.4}", at.lon())) data-lat=(format!("{:.4}", at.lat()))
                data-basemap=[map::told(&app.config.map)] {}
            p.foot.credits { (map::credits(context.words, Some(&app.config.map))) }
        }
    }
}

/// Where to look: here, or in a district.
fn places(context: &Context<'_>, said: &Said, category: Option<Category>) -> Markup {
    let elsewhere = |place| address(&Asked { place, ..context.asked.clone() }, category);
    html! {
        (slot(context, "near", "", &html! {}))
        section.districts aria-labelledby="districts" {
            h2 #districts { (said.districts) }
            ul {
                @if context.asked.place != Place::Nowhere {
                    li { a href=(elsewhere(Place::Nowhere)) { (said.everywhere) } }
                }
                @for district in &context.city.districts {
                    li { a href=(elsewhere(Place::District(district.adcode))) { (district.label(context.language)) } }
                }
            }
        }
    }
}
