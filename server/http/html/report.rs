//! Saying what is wrong with a station: a form that works without script, and the slip that comes back.

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use super::context::Context;
use super::layout::About;
use super::visit::{View, Visit};
use super::words::Words;
use super::{fault, icon, layout, time};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::http::form::Form;
use crate::http::proxy::ClientAddress;
use crate::ids::StationId;
use crate::pace::Purpose;
use crate::pictures;
use crate::reports::model::{Filed, Kind, TEXT_CHARS, Wish};
use crate::reports::service;
use crate::stations::model::FacilityCode;
use crate::stations::snapshot::Entry;

/// Where the form is, and where it is sent to.
pub(super) const PATH: &str = "/stations/{id}/report";

/// The kinds as the form offers them: what happens most comes first.
const OFFERED: [Kind; 5] = [Kind::Locked, Kind::FacilityBroken, Kind::WrongPlace, Kind::Gone, Kind::Other];

/// What stands in the form.
#[derive(Default)]
struct Filled {
    kind: Option<Kind>,
    facility: Option<FacilityCode>,
    text: String,
    /// Why it was not sent.
    wrong: Vec<FieldError>,
}

/// `GET /stations/{id}/report`
pub(super) async fn ask(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Response {
    let Some(entry) = found(&visit, &id) else {
        return fault::not_found(visit.client.language, &app.assets());
    };
    let said = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let filled = Filled {
        kind: said("kind").and_then(|code| code.parse().ok()),
        facility: said("facility").and_then(|code| code.parse().ok()),
        ..Filled::default()
    };
    drawn(&app, &visit, entry, &form(&visit.context(&app), &app, entry, &filled))
}

/// `POST /stations/{id}/report`
pub(super) async fn send(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    sent: Form,
) -> Result<Response, Error> {
    let Some(entry) = found(&visit, &id) else {
        return Ok(fault::not_found(visit.client.language, &app.assets()));
    };
    let counted = app.pace.count(Purpose::Report, address, app.clock.now());
    let filed = match counted {
        Ok(()) => file(&app, &actor, entry.station.id, &sent).await,
        Err(error) => Err(error),
    };
    let context = visit.context(&app);
    let (status, wrong) = match filed {
        Ok(filed) => return Ok(kept_by_nobody(drawn(&app, &visit, entry, &slip(&context, entry, &filed)))),
        Err(Error::Refused(wrong) | Error::Malformed(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Err(Error::TooMany { .. }) => {
            let said = context.words.report_enough;
            (StatusCode::TOO_MANY_REQUESTS, vec![FieldError::new("", "enough", said, said)])
        }
        Err(other) => return Err(other),
    };
    let filled = Filled {
        kind: sent.text("kind").and_then(|code| code.parse().ok()),
        facility: sent.text("facility").and_then(|code| code.parse().ok()),
        text: sent.text("text").unwrap_or_default().to_owned(),
        wrong,
    };
    let mut response = drawn(&app, &visit, entry, &form(&context, &app, entry, &filled));
    *response.status_mut() = status;
    Ok(response)
}

/// A public station.
fn found<'a>(visit: &'a Visit, id: &str) -> Option<&'a Entry> {
    visit.snapshot.station(id.parse::<StationId>().ok()?)
}

fn drawn(app: &App, visit: &Visit, entry: &Entry, main: &Markup) -> Response {
    let view = View {
        title: visit.context(app).words.report_title.to_owned(),
        is_demonstration: entry.station.demonstration,
        main: main.clone(),
        about: About::default(),
    };
    let id = entry.station.id;
    visit.drawn(app, view, |asked| {
        asked.station_href(id).replacen(&id.to_string(), &format!("{id}/report"), 1)
    })
}

/// A page that names a receipt is for one pair of eyes.
pub(super) fn kept_by_nobody(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Reads the form and files what it says.
async fn file(app: &App, actor: &Actor, station: StationId, sent: &Form) -> Result<Filed, Error> {
    let Some(kind) = sent.text("kind").and_then(|code| code.parse().ok()) else {
        return Err(Error::Refused(vec![FieldError::new(
            "kind",
            "missing",
            "先选是哪一种。",
            "choose which kind first",
        )]));
    };
    // The form offers the facilities whatever kind is chosen.
    let facility = sent.text("facility").and_then(|code| code.parse().ok());
    let facility = facility.filter(|_| kind == Kind::FacilityBroken);
    let text = sent.text("text").map(str::to_owned);
    let wish = Wish { station, kind, facility, text, photo: None };
    let photo = match sent.file("photo") {
        Some(file) => {
            // What is refused anyway leaves no picture behind. A photo alone says what is wrong, too.
            if wish.kind != Kind::Other {
                wish.checked()?;
            }
            Some(pictures::take(&app.db, file.bytes.clone(), app.clock.now()).await?)
        }
        None => None,
    };
    service::file(app, actor, &Wish { photo, ..wish }).await
}

/// The words of a kind.
pub(super) fn kind_word(words: &Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Locked => words.kind_locked,
        Kind::FacilityBroken => words.kind_facility_broken,
        Kind::WrongPlace => words.kind_wrong_place,
        Kind::Gone => words.kind_gone,
        Kind::Other => words.kind_other,
    }
}

/// The head of a page below a station's, with the way back to it.
fn head(context: &Context<'_>, entry: &Entry) -> Markup {
    html! {
        header.top.sheet data-part="top" {
            a.btn.plain.back href=(context.asked.station_href(entry.station.id)) { (icon::icon("back")) (entry.station.facts.name) }
        }
    }
}

fn form(context: &Context<'_>, app: &App, entry: &Entry, filled: &Filled) -> Markup {
    let (words, rules) = (context.words, &app.config.reports);
    let action = format!("/stations/{}/report", entry.station.id);
    html! {
        (head(context, entry))
        (layout::answer(context, &html! {
            form.ask method="post" action=(action) enctype="multipart/form-data" data-report aria-labelledby="title" {
                h1 #title { (words.report_title) }
                p.cap { (words.report_lead) }
                @if !filled.wrong.is_empty() { (wrong(context, &filled.wrong)) }
                (kinds(words, filled.kind))
                @if !entry.station.facts.facilities.is_empty() { (which(context, entry, filled.facility)) }
                div {
                    label for="text" { (words.report_text) }
                    textarea #text name="text" rows="4" maxlength=(TEXT_CHARS) aria-describedby="text-hint" { (filled.text) }
                    p.cap #text-hint { (words.report_text_hint) }
                }
                div {
                    label for="photo" { (words.report_photo) }
                    input #photo type="file" name="photo" accept="image/jpeg,image/png,image/webp" aria-describedby="photo-hint";
                    p.cap #photo-hint { (words.report_photo_hint) }
                }
                button.btn.wide { (words.report_send) }
                p.cap { (words.report_when.fill(&[("locked", &rules.locked_days), ("days", &rules.days)])) }
                a.btn.plain.wide href=(super::report_track::PATH) { (words.report_follow) }
                (layout::hotline(words))
            }
        }))
    }
}

fn wrong(context: &Context<'_>, wrong: &[FieldError]) -> Markup {
    html! {
        div.note.bad role="alert" {
            (icon::icon("warn"))
            p { b { (context.words.report_not_sent) } @for fault in wrong { (fault.detail.of(context.language)) " " } }
        }
    }
}

fn kinds(words: &Words, chosen: Option<Kind>) -> Markup {
    html! {
        fieldset {
            legend { (words.report_kinds) }
            div.picks {
                @for kind in OFFERED {
                    label.chip {
                        input type="radio" name="kind" value=(kind) required checked[chosen == Some(kind)];
                        (kind_word(words, kind))
                    }
                }
            }
        }
    }
}

fn which(context: &Context<'_>, entry: &Entry, chosen: Option<FacilityCode>) -> Markup {
    html! {
        fieldset.which {
            legend { (context.words.report_which) }
            div.picks {
                @for facility in &entry.station.facts.facilities {
                    label.chip {
                        input type="radio" name="facility" value=(facility.code) checked[chosen == Some(facility.code)];
                        (icon::icon(icon::of_facility(facility.code))) (context.word(facility.code))
                    }
                }
            }
        }
    }
}

/// What the reporter takes away.
fn slip(context: &Context<'_>, entry: &Entry, filed: &Filed) -> Markup {
    let words = context.words;
    let (day, owner) = (time::date(words, filed.deadline.due), filed.owner.of(context.language));
    let copied =
        format!("{} {} {} {}", words.report_number, filed.number, words.report_receipt, filed.receipt);
    html! {
        (head(context, entry))
        (layout::answer(context, &html! {
            section.done { span.ok { (icon::icon("check")) } h1 { (words.report_done) } p { (time::date(words, filed.day)) } }
            section.slip data-slip data-number=(filed.number) data-receipt=(filed.receipt) data-station=(entry.station.facts.name) {
                p.cap { (words.report_number) }
                p.no { (filed.number) }
                p.cap { (words.report_receipt) }
                p.no { (filed.receipt) }
            }
            p.note { (icon::icon("warn")) span data-once { (words.report_once) } }
            div.ways {
                button.btn type="button" data-action="copy" data-script data-text=(copied) { (icon::icon("copy")) (words.report_copy) }
                a.btn.quiet.wide href=(super::report_track::PATH) { (words.report_follow) }
            }
            section.next {
                h2 { (words.report_next) }
                p { (words.report_answer_by.fill(&[("owner", &owner), ("day", &day)])) }
                @if filed.deadline.provisional { p.cap { (words.report_provisional) } }
                p { (words.report_how_to_read) }
            }
        }))
    }
}
