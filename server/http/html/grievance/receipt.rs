//! What somebody takes away who filed a case: number, code, signature, and what happens next.

use chrono::Timelike;
use maud::{Markup, html};

use super::super::context::Context;
use super::super::visit::Visit;
use super::super::{icon, layout, time};
use super::words::{Said, words};
use super::{TRACK, head, promise, qr};
use crate::app::App;
use crate::error::Error;
use crate::grievance::filing::Filed;
use crate::grievance::model::Urgency;
use crate::grievance::receipt;

/// The main part of the page.
pub(super) fn main(app: &App, visit: &Visit, filed: &Filed, urgency: Urgency) -> Result<Markup, Error> {
    let context = visit.context(app);
    let said = words(context.language);
    let code = receipt::grouped(&filed.receipt);
    let signature = receipt::signature(&app.secrets, &filed.number, filed.day);
    let verify = visit.absolute(&format!(
        "{}?number={}&day={}&signature={signature}",
        super::VERIFY,
        filed.number,
        filed.day
    ));
    let statement = receipt::statement(&filed.number, filed.day);
    let dispatch = promise::span(said, promise::rules()?.dispatch(urgency));
    Ok(html! {
        (head(&context, said, &context.asked.page_href("/")))
        (layout::answer(&context, &html! {
            section.done { span.ok { (icon::icon("check")) } h1 { (said.done) } p { (received(&context, app, filed)) } }
            section.slip data-grievance-slip data-number=(filed.number) data-code=(code) data-verify=(verify) {
                p.cap { (said.number) }
                p.no.big { (filed.number) }
                p.cap { (said.receipt) }
                p.no { @for group in code.split(' ') { span { (group) } " " } }
                div.signed {
                    (qr::picture(&verify, said.qr_label))
                    div { p.cap { (said.qr) } p { b { (said.signed) } } p.cap { (said.signed_means) } }
                }
                p.cap.statement { (statement) br; (signature) }
            }
            p.note { (icon::icon("warn")) span { b { (said.once) } (said.once_means) } }
            (ways(said, filed, &code))
            (next(&context, said, filed, &dispatch))
            form.ways method="post" action=(context.asked.page_href(TRACK)) {
                input type="hidden" name="number" value=(filed.number);
                input type="hidden" name="receipt" value=(filed.receipt);
                button.btn.quiet.wide { (said.follow) }
            }
        }))
    })
}

/// When it came: of somebody anonymous the day.
fn received(context: &Context<'_>, app: &App, filed: &Filed) -> String {
    let day = time::date(context.words, filed.day);
    if filed.is_anonymous {
        return day;
    }
    let at = app.config.zone().from_ms(filed.received_ms);
    format!("{day} {}:{:02}", at.hour(), at.minute())
}

fn ways(said: &Said, filed: &Filed, code: &str) -> Markup {
    let text = format!("{} {}\n{} {code}", said.number, filed.number, said.receipt);
    html! {
        div.three data-script {
            button.btn type="button" data-save { (icon::icon("share")) (said.save) }
            button.btn.quiet type="button" data-action="copy" data-text=(text) { (icon::icon("copy")) (said.copy) }
            button.btn.quiet type="button" data-print { (icon::icon("print")) (said.print) }
        }
        noscript { p.foot { (said.write_down) } }
        div data-picture {}
    }
}

fn next(context: &Context<'_>, said: &Said, filed: &Filed, dispatch: &str) -> Markup {
    let last = if filed.is_anonymous {
        (said.next_anonymous_when, said.next_anonymous)
    } else {
        (said.after_answer, said.next_call)
    };
    let day = time::date(context.words, filed.due.day());
    html! {
        section.next {
            h2 { (said.next) }
            dl.then {
                div { dt { (said.within.with(dispatch)) } dd { (said.next_dispatch) } }
                div { dt { (said.before.with(day)) } dd { (said.next_answer) } }
                div { dt { (last.0) } dd { (last.1) } }
            }
            @if filed.due.provisional { p.cap { (said.provisional) } }
        }
    }
}
