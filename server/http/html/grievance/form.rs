//! Filing a case by the page's own form.

use std::net::IpAddr;

use axum::extract::{Query, State};
use axum::response::Response;

use super::super::visit::Visit;
use super::filled::Filled;
use super::words::{Said, words};
use super::{PATH, beside_nothing, drawn, fields, promise, receipt, sent, told, unlike};
use crate::accounts::Actor;
use crate::app::App;
use crate::error::Error;
use crate::grievance::filing::{self, Filed, Filing};
use crate::grievance::model::Urgency;
use crate::grievance::settings::{self, Category};
use crate::http::form::{Form, SentFile};
use crate::http::proxy::ClientAddress;
use crate::pace::Purpose;

/// `GET /grievance`
pub(super) async fn ask(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    visit: Visit,
) -> Result<Response, Error> {
    let filled = Filled::asked(&visit, &pairs)?;
    shown(&app, &visit, &filled, Some(&address(&filled))).await
}

/// `POST /grievance`
pub(super) async fn send(
    State(app): State<App>,
    actor: Actor,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    sent: Form,
) -> Result<Response, Error> {
    let said = words(visit.client.language);
    let mut filled = Filled::read(&visit, &sent)?;
    let files: Vec<&SentFile> = sent.files("file").collect();
    let kept_before = filled.files.len();
    let filed = match file(&app, &actor, address, said, &mut filled, &files).await {
        Ok(filed) => filed,
        Err(error) => {
            let (status, mut wrong) = told(error, said)?;
            if filled.files.len() < kept_before + files.len() {
                wrong.push(beside_nothing("attachments", said.files_again));
            }
            filled.wrong = wrong;
            return Ok(unlike(shown(&app, &visit, &filled, None).await?, status));
        }
    };
    let urgency = settings::category(&app.db, &filled.category).await?;
    let urgency = urgency.map_or(Urgency::Normal, |category| category.urgency);
    let main = receipt::main(&app, &visit, &filed, urgency)?;
    Ok(drawn(&app, &visit, said.done, None, &main))
}

async fn file(
    app: &App,
    actor: &Actor,
    address: Option<IpAddr>,
    said: &Said,
    filled: &mut Filled,
    files: &[&SentFile],
) -> Result<Filed, Error> {
    app.pace.count(Purpose::Grievance, address, app.clock.now())?;
    let key = filled.case_key(files);
    if let Some(filed) = filing::before(app, &key).await? {
        return Ok(filed);
    }
    // Files are kept for the next try even where something else is wrong, so that nobody chooses them twice.
    let mut wrong = filled.faults(said);
    wrong.extend(sent::take(app, said, address, files, &mut filled.files).await?);
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    filing::file(app, &Filing { actor, key: &key, session: None }, filled.wish()).await
}

async fn shown(app: &App, visit: &Visit, filled: &Filled, path: Option<&str>) -> Result<Response, Error> {
    // Without the database the form still shows what was typed, with the category that was chosen.
    let categories: Vec<Category> = match settings::categories(&app.db).await {
        Ok(categories) => categories,
        Err(_) if !filled.wrong.is_empty() => Vec::new(),
        Err(error) => return Err(error),
    };
    let context = visit.context(app);
    let name =
        filled.station.and_then(|id| visit.snapshot.station(id)).map(|entry| &*entry.station.facts.name);
    let main = fields::main(&context, filled, &categories, name, &promise::rules()?);
    Ok(drawn(app, visit, words(visit.client.language).title, path, &main))
}

/// The address of an empty form about the same.
fn address(filled: &Filled) -> String {
    match filled.station {
        Some(station) if filled.is_by_code => format!("{PATH}?station={station}&via=code"),
        Some(station) => format!("{PATH}?station={station}"),
        None => PATH.to_owned(),
    }
}
