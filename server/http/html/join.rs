//! Joining the union 扫码入会 from a phone: a form that works without script.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::context::Context;
use super::layout::About;
use super::report::kept_by_nobody;
use super::visit::{View, Visit};
use super::{icon, layout, time};
use crate::accounts::Actor;
use crate::accounts::consents::Consent;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::form::Form;
use crate::http::proxy::ClientAddress;
use crate::ids::StationId;
use crate::joins::service::ask;
use crate::joins::{Join, NAME_CHARS, UNIT_CHARS, consent};
use crate::pace::Purpose;
use crate::stations::model::Trade;

/// Where the form is, and where it is sent to.
pub(super) const PATH: &str = "/join";

/// `GET /join`
pub(super) async fn form(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Result<Response, Error> {
    let station = pairs.iter().find(|(key, _)| key == "station").and_then(|(_, id)| id.parse().ok());
    let filled = Filled { station: known(&visit, station), ..Filled::default() };
    let text = consent(&app).await?;
    Ok(drawn(&app, &visit, &filled, &empty(&visit.context(&app), &filled, &text)))
}

/// `POST /join`
pub(super) async fn send(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    sent: Form,
) -> Result<Response, Error> {
    let filled = Filled::read(&visit, &sent);
    let text = consent(&app).await?;
    let counted = app.pace.count(Purpose::Join, address, app.clock.now());
    let asked = match counted.and_then(|()| filled.join().read(&text)) {
        Ok(join) => ask(&app, &actor, join).await,
        Err(error) => Err(error),
    };
    let context = visit.context(&app);
    let (status, wrong) = match asked {
        Ok(number) => {
            return Ok(kept_by_nobody(drawn(&app, &visit, &filled, &done(&context, &filled, &number))));
        }
        Err(Error::Refused(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Err(Error::TooMany { .. }) => {
            let said = context.words.join_enough;
            (StatusCode::TOO_MANY_REQUESTS, vec![FieldError::new("", "enough", said, said)])
        }
        Err(other) => return Err(other),
    };
    let filled = Filled { wrong, ..filled };
    let mut response = kept_by_nobody(drawn(&app, &visit, &filled, &empty(&context, &filled, &text)));
    *response.status_mut() = status;
    Ok(response)
}

/// What stands in the form.
#[derive(Default)]
struct Filled {
    station: Option<StationId>,
    name: String,
    phone: String,
    unit: String,
    trade: Option<Trade>,
    /// The version of the text that was agreed to; none where the box is empty.
    agreed: Option<i64>,
    /// Why it was not sent.
    wrong: Vec<FieldError>,
}

impl Filled {
    fn read(visit: &Visit, sent: &Form) -> Self {
        let text = |name: &str| sent.text(name).unwrap_or_default().to_owned();
        Self {
            station: known(visit, sent.text("station").and_then(|id| id.parse().ok())),
            name: text("name"),
            phone: text("phone"),
            unit: text("unit"),
            trade: sent.text("trade").and_then(|code| code.parse().ok()),
            agreed: sent.text("agreed").and_then(|version| version.parse().ok()),
            wrong: Vec::new(),
        }
    }

    fn join(&self) -> Join {
        Join {
            name: self.name.clone(),
            phone: self.phone.clone(),
            unit: Some(self.unit.clone()),
            trade: self.trade,
            station_id: self.station,
            consent_version: self.agreed.unwrap_or_default(),
        }
    }
}

/// The station whose code was scanned, as long as it is public.
fn known(visit: &Visit, station: Option<StationId>) -> Option<StationId> {
    station.filter(|id| visit.snapshot.has(*id))
}

fn drawn(app: &App, visit: &Visit, filled: &Filled, main: &Markup) -> Response {
    let view = View {
        title: visit.context(app).words.join_title.to_owned(),
        is_demonstration: false,
        main: main.clone(),
        about: About::default(),
    };
    let station = filled.station.map(|id| format!("station={id}"));
    visit.drawn(app, view, |asked| {
        let language = asked.language.map(|l| format!("lang={}", l.of("zh", "en")));
        let query: Vec<String> = station.iter().cloned().chain(language).collect();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{}", query.join("&")) }
    })
}

fn head(context: &Context<'_>, filled: &Filled) -> Markup {
    html! {
        header.top.sheet data-part="top" {
            @if let Some(id) = filled.station {
                a.btn.plain.back href={ "/stations/" (id) } { (icon::icon("back")) (context.words.join_back) }
            } @else {
                a.btn.plain.back href="/" { (icon::icon("back")) (context.words.join_home) }
            }
        }
    }
}

fn empty(context: &Context<'_>, filled: &Filled, text: &Consent) -> Markup {
    let words = context.words;
    html! {
        (head(context, filled))
        (layout::answer(context, &html! {
            form.ask method="post" action=(PATH) data-report aria-labelledby="title" {
                h1 #title { (words.join_title) }
                p.cap { (words.join_lead) }
                @if !filled.wrong.is_empty() { (wrong(context, &filled.wrong)) }
                @if let Some(id) = filled.station { input type="hidden" name="station" value=(id); }
                div {
                    label for="name" { (words.join_name) }
                    input #name name="name" value=(filled.name) autocomplete="name" required maxlength=(NAME_CHARS);
                }
                div {
                    label for="phone" { (words.join_phone) }
                    input #phone name="phone" value=(filled.phone) type="tel" autocomplete="tel" required maxlength="24" aria-describedby="phone-hint";
                    p.cap #phone-hint { (words.join_phone_hint) }
                }
                div {
                    label for="unit" { (words.join_unit) }
                    input #unit name="unit" value=(filled.unit) autocomplete="organization" maxlength=(UNIT_CHARS) aria-describedby="unit-hint";
                    p.cap #unit-hint { (words.join_unit_hint) }
                }
                (trades(context, filled.trade))
                (agreement(context, text, filled))
                button.btn.wide { (words.join_send) }
                (layout::hotline(words))
            }
        }))
    }
}

fn wrong(context: &Context<'_>, wrong: &[FieldError]) -> Markup {
    html! {
        div.note.bad role="alert" {
            (icon::icon("warn"))
            p { b { (context.words.join_not_sent) } @for fault in wrong { (fault.detail.of(context.language)) " " } }
        }
    }
}

fn trades(context: &Context<'_>, chosen: Option<Trade>) -> Markup {
    html! {
        fieldset {
            legend { (context.words.join_trade) }
            div.picks {
                @for trade in Trade::ALL {
                    label.chip {
                        input type="radio" name="trade" value=(trade) checked[chosen == Some(*trade)];
                        (context.word(*trade))
                    }
                }
            }
        }
    }
}

/// The text with its version, and the box that says that it was read.
fn agreement(context: &Context<'_>, text: &Consent, filled: &Filled) -> Markup {
    let words = context.words;
    let (version, day) = (text.version, time::date(words, text.published.date_naive()));
    html! {
        section.consent aria-labelledby="consent" {
            h2 #consent { (words.join_consent) }
            p.text { (context.language.of(&text.zh, &text.en)) }
            p.cap { (words.join_version.fill(&[("version", &version), ("day", &day)])) }
            div.picks {
                label.chip {
                    input type="checkbox" name="agreed" value=(version) required checked[filled.agreed == Some(version)];
                    (words.join_agree)
                }
            }
        }
    }
}

fn done(context: &Context<'_>, filled: &Filled, number: &str) -> Markup {
    let words = context.words;
    html! {
        (head(context, filled))
        (layout::answer(context, &html! {
            section.done { span.ok { (icon::icon("check")) } h1 { (words.join_done) } }
            section.slip { p.cap { (words.join_number) } p.no { (number) } }
            section.next { p { (words.join_next) } }
        }))
    }
}
