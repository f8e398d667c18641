//! Following a case: every request names number and receipt in its body, so that neither stands in an address.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::super::context::Context;
use super::super::visit::Visit;
use super::super::{icon, layout};
use super::case::{self, Shown};
use super::sent::{keys, take};
use super::words::{Said, words};
use super::{TRACK, Wrong, drawn, head, told, unlike};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::grievance::tracking::{Asking, Tracked};
use crate::grievance::wish::{FileWish, KeyWish, MessageWish, ReporterWish};
use crate::grievance::workflow::Action;
use crate::grievance::{ToldTracked, download};
use crate::http::form::{Form, SentFile};
use crate::http::proxy::ClientAddress;
use crate::ids::AttachmentId;
use crate::secrets::hex;

/// `GET /grievance/track`
pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Response {
    let context = visit.context(&app);
    let said = words(context.language);
    let main = asking(&context, said, "", &html! {});
    drawn(&app, &visit, said.track_title, Some(TRACK), &main)
}

/// What a form of these pages asks for.
pub(super) struct Sent {
    /// What leads to the case.
    pub(super) number: String,
    pub(super) receipt: String,
    /// What is done; `None`: it is looked at.
    pub(super) action: Option<Action>,
    pub(super) text: String,
    /// The key of the message.
    key: String,
    /// Files that wait for the message.
    pub(super) files: Vec<AttachmentId>,
}

impl Sent {
    fn read(form: &Form) -> Result<Self, Error> {
        let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
        Ok(Self {
            number: text("number"),
            receipt: text("receipt"),
            action: form.text("do").and_then(|code| code.parse().ok()),
            text: text("text"),
            key: keys::of(form)?,
            files: form.all("attachment").filter_map(|id| id.parse().ok()).collect(),
        })
    }

    fn lead(&self) -> KeyWish {
        KeyWish { number: self.number.clone(), receipt: self.receipt.clone() }
    }

    /// The key of a message follows from all that it says, as that of a case does.
    fn message_key(&self, files: &[&SentFile]) -> String {
        let mut digest = Sha256::new_with_prefix(&self.text);
        for file in files {
            digest.update(Sha256::digest(&file.bytes));
        }
        format!("{}-{}", self.key, hex(&digest.finalize()))
    }
}

/// `POST /grievance/track`
pub(super) async fn send(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    form: Form,
) -> Result<Response, Error> {
    let said = words(visit.client.language);
    let mut sent = Sent::read(&form)?;
    let asking = Asking { app: &app, actor: &actor, address };
    if let Some(id) = form.text("file") {
        return file(&app, &visit, &asking, &sent, id).await;
    }
    let files: Vec<&SentFile> = form.files("file").collect();
    let fault = match done(&asking, said, address, &mut sent, &files).await {
        Ok(tracked) => return show(&app, &visit, &tracked, &sent, None),
        Err(Error::NotFound(_)) => return Ok(unknown(&app, &visit, &sent)),
        Err(error) => told(error, said)?,
    };
    // What was typed is shown again in the case, or by itself where the case cannot be read now.
    match asking.track(&sent.lead()).await {
        Ok(tracked) if sent.action.is_some() => show(&app, &visit, &tracked, &sent, Some(fault)),
        _ => Ok(later(&app, &visit, &sent, fault)),
    }
}

/// Does what was asked, and reads the case as it is then.
async fn done(
    asking: &Asking<'_>,
    said: &Said,
    address: Option<IpAddr>,
    sent: &mut Sent,
    files: &[&SentFile],
) -> Result<Tracked, Error> {
    let KeyWish { number, receipt } = sent.lead();
    match sent.action {
        None => asking.track(&sent.lead()).await,
        Some(Action::Message | Action::Inform) => {
            let key = sent.message_key(files);
            // Whoever has no receipt leaves no files behind.
            asking.track(&sent.lead()).await?;
            let wrong = take(asking.app, said, address, files, &mut sent.files).await?;
            if !wrong.is_empty() {
                return Err(Error::Refused(wrong));
            }
            let (text, attachments) = (sent.text.clone(), sent.files.clone());
            asking.message(MessageWish { number, receipt, text, attachments }, &key).await
        }
        Some(action) => {
            let text = Some(sent.text.clone()).filter(|text| !text.is_empty());
            asking.act_on(ReporterWish { number, receipt, action, text }).await
        }
    }
}

fn show(
    app: &App,
    visit: &Visit,
    tracked: &Tracked,
    sent: &Sent,
    fault: Option<Wrong>,
) -> Result<Response, Error> {
    let context = visit.context(app);
    let said = words(context.language);
    let told = ToldTracked::new(tracked, context.language)?;
    let (status, wrong) = fault.unwrap_or(((StatusCode::OK, None), Vec::new()));
    let shown =
        Shown { case: &told, sent, wrong: &wrong, key: keys::new()?, has_done: status.0 == StatusCode::OK };
    let main = case::main(&context, &shown)?;
    Ok(unlike(drawn(app, visit, said.track_title, None, &main), status))
}

/// Number and receipt do not belong together.
fn unknown(app: &App, visit: &Visit, sent: &Sent) -> Response {
    let context = visit.context(app);
    let said = words(context.language);
    let note = html! {
        div.note.bad role="alert" { (icon::icon("warn")) p { b { (said.track_wrong_title) } (said.track_wrong) } }
    };
    let main = asking(&context, said, &sent.number, &note);
    unlike(drawn(app, visit, said.track_title, None, &main), (StatusCode::NOT_FOUND, None))
}

/// The case cannot be read now: what was typed, and a button that sends it again.
fn later(app: &App, visit: &Visit, sent: &Sent, (status, wrong): Wrong) -> Response {
    let context = visit.context(app);
    let said = words(context.language);
    let main = html! {
        (head(&context, said, &context.asked.page_href(TRACK)))
        (layout::answer(&context, &html! {
            form.ask method="post" action=(context.asked.page_href(TRACK)) aria-labelledby="title" {
                h1 #title { (said.track_title) }
                (faults(&context, said, &wrong))
                input type="hidden" name="number" value=(sent.number);
                input type="hidden" name="receipt" value=(sent.receipt);
                @if let Some(action) = sent.action {
                    input type="hidden" name="do" value=(action);
                    input type="hidden" name="key" value=(sent.key);
                    @for file in &sent.files { input type="hidden" name="attachment" value=(file); }
                    div { label for="text" { (said.own_words) } textarea #text name="text" rows="4" { "\n" (sent.text) } }
                }
                button.btn.wide { (said.try_again) }
            }
        }))
    };
    unlike(drawn(app, visit, said.track_title, None, &main), status)
}

/// What was not done, and why.
pub(super) fn faults(context: &Context<'_>, said: &Said, wrong: &[FieldError]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.note.bad role="alert" {
                (icon::icon("warn"))
                p { b { (said.not_done) } @for fault in wrong { (fault.detail.of(context.language)) " " } }
            }
        }
    }
}

/// The form that asks for number and receipt.
fn asking(context: &Context<'_>, said: &Said, number: &str, note: &Markup) -> Markup {
    html! {
        (head(context, said, &context.asked.page_href("/")))
        (layout::answer(context, &html! {
            form.ask method="post" action=(context.asked.page_href(TRACK)) aria-labelledby="title" {
                h1 #title { (said.track_title) }
                p.cap { (said.track_lead) }
                (note)
                div {
                    label for="number" { (said.number) }
                    input #number name="number" value=(number) autocomplete="off" inputmode="numeric" maxlength="40" required;
                }
                div {
                    label for="receipt" { (said.receipt) }
                    input #receipt name="receipt" autocomplete="off" inputmode="numeric" maxlength="60" required;
                }
                button.btn.wide { (said.track_show) }
            }
            div.ways { (super::entry(context, "")) (layout::hotline(context.words)) }
        }))
    }
}

/// A file of the case, as a download.
async fn file(
    app: &App,
    visit: &Visit,
    asking: &Asking<'_>,
    sent: &Sent,
    id: &str,
) -> Result<Response, Error> {
    let KeyWish { number, receipt } = sent.lead();
    let id = id.parse().map_err(|_| Error::NotFound("attachment"))?;
    match asking.file(&FileWish { number, receipt, id }).await {
        Ok(file) => Ok(download(file)),
        Err(Error::NotFound(_)) => Ok(unknown(app, visit, sent)),
        Err(error) => Ok(later(app, visit, sent, told(error, words(visit.client.language))?)),
    }
}
