//! What the queue is asked.

use chrono::{NaiveDate, TimeDelta};

use super::frame::Frame;
use super::model::{Channel, Clearance, Kind, State, Urgency};
use super::store::{Awaiting, Cursor, Wanted};
use crate::accounts::{Actor, Permission};
use crate::error::Error;
use crate::http::params::Params;
use crate::ids::{DepartmentId, GrievanceId, SessionId};
use crate::stations::listing::district;

/// How many cases a page has that names no limit, and the most it has.
pub(super) const PAGE: (usize, usize) = (50, 200);
/// The most characters of a part of a number, or of a code.
const TEXT_CHARS: usize = 40;

/// Reads the question for the queue.
pub(super) fn queue(
    mut p: Params,
    actor: &Actor,
    frame: &Frame,
) -> Result<(Wanted, Option<Cursor>, usize), Error> {
    let wanted = wanted(&mut p, actor, frame);
    let limit = p.limit(PAGE.0, PAGE.1);
    let after = p.text("cursor").and_then(|text| {
        let read = cursor(&text);
        if read.is_none() {
            p.refuse(
                "cursor",
                "unreadable",
                "请用上一页给的 next 翻页。",
                "use what the page before says in `next`",
            );
        }
        read
    });
    p.finish()?;
    Ok((wanted, after, limit))
}

/// Which cases are asked for.
pub(super) fn wanted(p: &mut Params, actor: &Actor, frame: &Frame) -> Wanted {
    let channel: Option<Channel> = p.code("channel", || listed(Channel::ALL.iter().map(|c| c.as_str())));
    let kind: Option<Kind> = p.code("kind", || listed(Kind::ALL.iter().map(|c| c.as_str())));
    let urgency: Option<Urgency> = p.code("urgency", || listed(Urgency::ALL.iter().map(|c| c.as_str())));
    let state: Option<State> = p.code("state", || listed(State::ALL.iter().map(|c| c.as_str())));
    let clearance = p.code("publication", || listed(Clearance::ALL.iter().map(|c| c.as_str())));
    let is_id = ("要写编号。", "must be an id");
    let department: Option<DepartmentId> = p.value("department", is_id.0, is_id.1);
    let session: Option<SessionId> = p.value("session", is_id.0, is_id.1);
    let is_open = p.flag("open");
    let open = State::ALL.iter().filter(|state| state.is_open()).map(|state| state.as_str());
    Wanted {
        states: match state {
            Some(state) => vec![state.as_str()],
            None if is_open => open.collect(),
            None => Vec::new(),
        },
        channel: channel.map(Channel::as_str),
        kind: kind.map(Kind::as_str),
        urgency: urgency.map(Urgency::as_str),
        category: short(p, "category"),
        district: district(p),
        department: department.map(|id| id.to_string()),
        handler: handler(p, actor),
        session: session.map(|id| id.to_string()),
        waiting: waiting(p, actor),
        overdue_ms: p.flag("overdue").then(|| frame.now.timestamp_millis()),
        due_ms: p.flag("due_today").then(|| day(frame, frame.today())),
        supervised: p.flag("supervised"),
        received_ms: received(p, frame),
        clearance,
        number: short(p, "number"),
    }
}

fn listed(codes: impl Iterator<Item = &'static str>) -> String {
    codes.collect::<Vec<_>>().join(", ")
}

/// A code or a part of a number.
pub(super) fn short(p: &mut Params, name: &'static str) -> Option<String> {
    let text = p.text(name)?;
    let is_fine = text.chars().count() <= TEXT_CHARS && !text.contains(['%', '_', '\\']);
    if !is_fine {
        p.refuse(
            name,
            "unreadable",
            "太长，或有不能用的字符。",
            "is too long, or has characters that cannot be in it",
        );
    }
    is_fine.then_some(text)
}

/// `me`: cases in which the reader has the next move.
fn waiting(p: &mut Params, actor: &Actor) -> Option<Awaiting> {
    let text = p.text("waiting_for")?;
    if text != "me" {
        p.refuse("waiting_for", "unreadable", "要写 me。", "must be me");
        return None;
    }
    let desks = [
        (Permission::GrievanceIntake, &[State::Submitted][..]),
        (Permission::GrievanceReferee, &[State::Returned]),
        (Permission::GrievanceCallBack, &[State::Answered, State::CalledBack]),
        (Permission::GrievanceSupervise, &[State::Appealed]),
    ];
    let own = desks.iter().filter(|(permission, _)| actor.may_anywhere(*permission));
    Some(Awaiting {
        account: actor.account.map(|id| id.to_string()).unwrap_or_default(),
        states: own.flat_map(|(_, states)| *states).map(|state| state.as_str()).collect(),
        extensions: actor.may_anywhere(Permission::GrievanceSupervise),
    })
}

/// `me`, or an account.
fn handler(p: &mut Params, actor: &Actor) -> Option<String> {
    let text = p.text("handler")?;
    if text == "me" {
        return Some(actor.account.map(|id| id.to_string()).unwrap_or(text));
    }
    let account = text.parse::<crate::ids::AccountId>().ok();
    if account.is_none() {
        p.refuse("handler", "unreadable", "要写 me 或账号的编号。", "must be me, or the id of an account");
    }
    account.map(|id| id.to_string())
}

/// The instants of a local day.
fn day(frame: &Frame, day: NaiveDate) -> (i64, i64) {
    let next = day + TimeDelta::days(1);
    (frame.midnight(day).timestamp_millis(), frame.midnight(next).timestamp_millis())
}

/// Days from and to which cases came in, both included.
fn received(p: &mut Params, frame: &Frame) -> Option<(i64, i64)> {
    let words = ("要写日期，例如 2026-02-13。", "must be a day, such as 2026-02-13");
    let from: Option<NaiveDate> = p.value("from", words.0, words.1);
    let to: Option<NaiveDate> = p.value("to", words.0, words.1);
    if from.is_none() && to.is_none() {
        return None;
    }
    let begin = from.map_or(0, |from| day(frame, from).0);
    Some((begin, to.map_or(i64::MAX, |to| day(frame, to).1)))
}

fn cursor(text: &str) -> Option<Cursor> {
    let (due_ms, id) = text.split_once('.')?;
    let id: GrievanceId = id.parse().ok()?;
    Some((due_ms.parse().ok()?, id.to_string()))
}
