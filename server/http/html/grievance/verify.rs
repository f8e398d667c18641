//! Checking a receipt: anybody sees whether this service signed that a case of a number was received on a day.

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::context::Context;
use super::super::visit::Visit;
use super::super::{icon, layout, time};
use super::words::{Said, words};
use super::{VERIFY, drawn, head};
use crate::app::App;
use crate::grievance::receipt;

/// The most characters of what is looked at.
const CHARS: usize = 200;

/// `GET /grievance/verify`
pub(super) async fn show(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Response {
    let given = |name: &str| {
        let value = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        value.unwrap_or_default().chars().take(CHARS).collect::<String>()
    };
    let [number, day, signature] = ["number", "day", "signature"].map(given);
    let context = visit.context(&app);
    let said = words(context.language);
    let is_asked = !(number.is_empty() && day.is_empty() && signature.is_empty());
    let signed = day.parse::<NaiveDate>().ok();
    let signed = signed.filter(|day| receipt::is_signed(&app.secrets, &number, *day, &signature));
    let told = match signed {
        Some(day) => genuine(&context, said, &number, day),
        None => asking(&context, said, is_asked, [&number, &day, &signature]),
    };
    let main = html! {
        (head(&context, said, &context.asked.page_href("/")))
        (layout::answer(&context, &told))
    };
    drawn(&app, &visit, said.verify_title, Some(VERIFY), &main)
}

fn genuine(context: &Context<'_>, said: &Said, number: &str, day: NaiveDate) -> Markup {
    let date = time::date(context.words, day);
    // The year stands in the number; a day without it would be one of every year.
    let date = said.year_day.fill(&[("year", &day.format("%Y")), ("day", &date)]);
    html! {
        section.done { span.ok { (icon::icon("check")) } h1 { (said.verify_yes) } }
        section.next {
            p { (said.verify_yes_means.fill(&[("number", &number), ("day", &date)])) }
            p { (said.verify_proves) }
        }
        div.ways { a.btn.quiet.wide href=(context.asked.page_href(VERIFY)) { (said.verify_other) } }
    }
}

fn asking(context: &Context<'_>, said: &Said, is_wrong: bool, [number, day, signature]: [&str; 3]) -> Markup {
    html! {
        form.ask method="get" action=(VERIFY) aria-labelledby="title" {
            h1 #title { (said.verify_title) }
            p.cap { (said.verify_lead) }
            @if is_wrong {
                div.note.bad role="alert" { (icon::icon("warn")) p { b { (said.verify_no) } (said.verify_no_means) } }
            }
            @if let Some(language) = context.asked.language { input type="hidden" name="lang" value=(language.of("zh", "en")); }
            div { label for="number" { (said.number) } input #number name="number" value=(number) autocomplete="off" maxlength="40" required; }
            div { label for="day" { (said.verify_day) } input #day type="date" name="day" value=(day) required; }
            div {
                label for="signature" { (said.verify_signature) }
                input #signature name="signature" value=(signature) autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="100" required;
            }
            button.btn.wide { (said.verify_send) }
            p.cap { (said.verify_proves) }
        }
    }
}
