//! What the forms at the door are sent to. Each answers with the page again, so that a reload repeats nothing.

use axum::extract::{Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use chrono::{NaiveDate, NaiveTime};

use super::parts::Said;
use super::{keeper_page, path};
use crate::app::App;
use crate::door::keeper::{Keeper, links};
use crate::door::{proposals, visits};
use crate::error::{Error, FieldError};
use crate::http::form::Form;
use crate::http::html::visit::Visit;
use crate::http::origin::Scheme;
use crate::http::proxy::ClientAddress;
use crate::http::session;
use crate::ids::StationId;
use crate::pace::Purpose;
use crate::stations::model::{FacilityCode, Trade, Working};

/// The mark on a phone that it said that it is here; it holds nothing but the station, for an hour.
const MARK: &str = "yizhan_here";
const MARK_S: u32 = 3_600;

fn station_id(text: &str) -> Result<StationId, Error> {
    text.parse().map_err(|_| Error::NotFound("station"))
}

/// Whether a phone said in the last hour that it is at a station.
pub(super) fn is_marked(headers: &HeaderMap, id: StationId) -> bool {
    let mark = format!("{MARK}={id}");
    let cookies = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).any(|pair| pair.trim() == mark)
}

/// `POST /q/{id}/visit`: somebody is here. A phone that said so within the hour is not counted again.
pub(super) async fn visit(
    State(app): State<App>,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    scheme: Scheme,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Error> {
    let id = station_id(&id)?;
    if !is_marked(&headers, id) {
        let trade = form.text("trade").and_then(|code| code.parse::<Trade>().ok());
        visits::count(&app, id, trade, address).await?;
    }
    let secure = if scheme.is_https() { "; Secure" } else { "" };
    let mark = format!("{MARK}={id}; Path=/q/{id}; Max-Age={MARK_S}; HttpOnly; SameSite=Lax{secure}");
    let headers = AppendHeaders([(SET_COOKIE, mark), (LOCATION, format!("{}?done=here", path(id)))]);
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// `POST /q/{id}/keeper`: the keeper does something. Without a link that is good there is no such page.
pub(super) async fn keep(
    State(app): State<App>,
    Path(id): Path<String>,
    ClientAddress(address): ClientAddress,
    scheme: Scheme,
    headers: HeaderMap,
    visit: Visit,
    form: Form,
) -> Result<Response, Error> {
    let id = station_id(&id)?;
    app.pace.count(Purpose::KeeperLink, address, app.clock.now())?;
    let keeper = links::at(&app, &session::keeper(scheme, &headers), id).await?;
    let keeper = keeper.ok_or(Error::NotFound("keeper_link"))?;
    match done(&keeper, &form).await {
        Ok(Next::Done(what)) => {
            let on = format!("{}?done={what}", path(id));
            Ok((StatusCode::SEE_OTHER, [(LOCATION, on)]).into_response())
        }
        Ok(Next::Look(text)) => {
            let calendar = &visit.snapshot.city().calendar;
            let read = proposals::understood(&text, calendar);
            let words = read.map(|hours| hours.describe(visit.client.language));
            keeper_page(&app, &visit, &keeper, Said { hours: Some((text, words)), ..Said::default() }).await
        }
        Err(error) => {
            let said = Said::wrong(error, visit.client.language)?;
            keeper_page(&app, &visit, &keeper, said).await
        }
    }
}

/// What comes after a deed.
enum Next {
    /// The page, which says what was done.
    Done(String),
    /// The page, with what written hours come to.
    Look(String),
}

async fn done(keeper: &Keeper, form: &Form) -> Result<Next, Error> {
    let done = |what: &str| Ok(Next::Done(what.to_owned()));
    match form.text("do").unwrap_or_default() {
        "open" => {
            keeper.open_today().await?;
            done("open")
        }
        "right" => {
            keeper.right().await?;
            done("right")
        }
        "facility" => facility(keeper, form).await,
        "close" => {
            let (from, to) = days(form)?;
            keeper.close(from, to, form.text("reason").unwrap_or_default()).await?;
            done("closed#closed")
        }
        "close_part" => {
            let (day, from, to) = hours_of_a_day(form)?;
            keeper.close_part(day, from, to, form.text("reason").unwrap_or_default()).await?;
            done("closed#closed")
        }
        "changed" => {
            keeper.changed(form.text("text").unwrap_or_default()).await?;
            done("changed")
        }
        "reopen" => {
            let notice = form.text("notice").and_then(|id| id.parse().ok());
            keeper.reopen(notice.ok_or(Error::NotFound("notice"))?).await?;
            done("reopened#closed")
        }
        "hours" => hours(keeper, form).await,
        _ => Err(FieldError::new("do", "unknown_code", "没有这个动作。", "there is no such deed").into()),
    }
}

async fn facility(keeper: &Keeper, form: &Form) -> Result<Next, Error> {
    let code: Option<FacilityCode> = form.text("facility").and_then(|code| code.parse().ok());
    let code = code.ok_or(Error::NotFound("facility"))?;
    let to: Option<Working> = form.text("to").and_then(|to| to.parse().ok());
    let to = to.ok_or_else(|| {
        FieldError::new("to", "unknown_code", "要写 ok 或 broken。", "must be ok or broken")
    })?;
    keeper.facility(code, to).await?;
    Ok(Next::Done(format!("{to}&what={code}#{code}")))
}

/// The one day of a button, or the two days of the fields.
fn days(form: &Form) -> Result<(NaiveDate, NaiveDate), Error> {
    if form.text("day").is_some() {
        return day(form, "day").map(|day| (day, day));
    }
    Ok((day(form, "from")?, day(form, "to")?))
}

fn day(form: &Form, name: &'static str) -> Result<NaiveDate, Error> {
    let read = form.text(name).and_then(|text| text.parse::<NaiveDate>().ok());
    read.ok_or_else(|| FieldError::new(name, "unreadable", "请选一天。", "choose a day").into())
}

/// A day with the hours between which it is closed.
fn hours_of_a_day(form: &Form) -> Result<(NaiveDate, NaiveTime, NaiveTime), Error> {
    let clock = |name: &'static str| {
        let read = form.text(name).and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok());
        let wrong = || FieldError::new(name, "unreadable", "请选几点几分。", "choose a time");
        read.ok_or_else(|| Error::Refused(vec![wrong()]))
    };
    Ok((day(form, "day")?, clock("from")?, clock("to")?))
}

async fn hours(keeper: &Keeper, form: &Form) -> Result<Next, Error> {
    let text = proposals::checked(form.text("text"))?;
    if form.text("sure").is_none() {
        return Ok(Next::Look(text));
    }
    keeper.propose(&text).await?;
    Ok(Next::Done("hours#hours".to_owned()))
}
