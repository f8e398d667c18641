//! What the public reads of cases that were solved: a list, and one entry.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use chrono::Datelike;
use maud::{Markup, html};

use super::super::context::Context;
use super::super::visit::Visit;
use super::super::{layout, time};
use super::words::{Said, words};
use super::{PUBLISHED, drawn, head};
use crate::app::App;
use crate::error::Error;
use crate::grievance::publication::{ToldOne, entry, listed, read_cursor};

/// How many entries a page has.
const PAGE: usize = 20;

/// `GET /grievance/published`
pub(super) async fn list(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Result<Response, Error> {
    let context = visit.context(&app);
    let said = words(context.language);
    // A place that means nothing is the beginning.
    let after = pairs.iter().find(|(key, _)| key == "cursor").and_then(|(_, text)| read_cursor(text));
    let told = listed(&app, None, after.as_ref(), (PAGE, context.language)).await?;
    let main = html! {
        (head(&context, said, &context.asked.page_href(super::PATH)))
        (layout::answer(&context, &html! {
            section.next.published {
                h1 { (said.published_title) }
                p.cap { (said.published_lead) }
                @if told.items.is_empty() { p { (said.published_none) } }
                @for one in &told.items { (line(&context, said, one)) }
            }
            div.ways {
                @if let Some(next) = &told.next {
                    a.btn.quiet.wide href=(with(&context.asked.page_href(PUBLISHED), next)) { (said.published_more) }
                }
                (super::entry(&context, ""))
            }
        }))
    };
    Ok(drawn(&app, &visit, said.published_title, Some(PUBLISHED), &main))
}

/// An address with the place at which its list goes on.
fn with(href: &str, cursor: &str) -> String {
    let mark = if href.contains('?') { '&' } else { '?' };
    format!("{href}{mark}cursor={cursor}")
}

fn line(context: &Context<'_>, said: &Said, one: &ToldOne) -> Markup {
    let href = context.asked.page_href(&format!("{PUBLISHED}/{}", one.id));
    html! {
        h2 { a href=(href) { (one.title) } }
        p.cap { (about(context, said, one)) }
    }
}

/// Of what category it was, what came of it, and when that was published.
fn about(context: &Context<'_>, said: &Said, one: &ToldOne) -> String {
    let date = time::date(context.words, one.published);
    let date = said.year_day.fill(&[("year", &one.published.year()), ("day", &date)]);
    let parts = [Some(one.category.name.as_str()), one.outcome_words.as_deref(), Some(date.as_str())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `GET /grievance/published/{id}`
pub(super) async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    visit: Visit,
) -> Result<Response, Error> {
    let context = visit.context(&app);
    let said = words(context.language);
    let id = id.parse().map_err(|_| Error::NotFound("publication"))?;
    let told = entry(&app, id, context.language).await?;
    let main = html! {
        (head(&context, said, &context.asked.page_href(PUBLISHED)))
        (layout::answer(&context, &html! {
            section.next.published {
                h1 { (told.title) }
                p.cap { (about(&context, said, &told)) }
                div.reply { p { (told.text) } }
            }
            div.ways {
                a.btn.quiet.wide href=(context.asked.page_href(PUBLISHED)) { (said.published_back) }
                (super::entry(&context, ""))
            }
        }))
    };
    Ok(drawn(&app, &visit, &told.title, Some(&format!("{PUBLISHED}/{id}")), &main))
}
