//! What a reporter is told of his case.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::desk::state;
use super::super::links::ToldPublicLink;
use super::super::record::read;
use super::super::store::EventRow;
use super::super::tracking::Tracked;
use super::super::workflow::Action;
use super::{Named, Telling, ToldErased, ToldFile, category, when};
use crate::calendar::clock::ToldDue;
use crate::error::Error;
use crate::language::Language;

/// A case as its reporter is told of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrackedGrievance)]
pub(crate) struct ToldTracked {
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) state_words: String,
    pub(crate) kind: String,
    pub(crate) channel: String,
    pub(crate) category: Named,
    pub(crate) identity: String,
    /// How often it was begun, from 1 on.
    pub(crate) round: i64,
    /// When it came; of an anonymous one the day.
    pub(crate) received: String,
    /// What was written; null: erased.
    #[schema(required)]
    pub(crate) text: Option<String>,
    /// Since when what it said is erased, and when that is final.
    #[schema(required)]
    pub(crate) erased: Option<ToldErased>,
    /// Until when it is answered, and how that came to be.
    pub(crate) due: ToldDue,
    /// The department that sees to it.
    #[schema(required)]
    pub(crate) department: Option<String>,
    /// What was done, the first first.
    pub(crate) timeline: Vec<ToldStep>,
    /// What was said on both sides, the first first.
    pub(crate) messages: Vec<ToldMessage>,
    /// The files of the case as it was filed.
    pub(crate) attachments: Vec<ToldFile>,
    /// What the answer comes to.
    #[schema(required)]
    pub(crate) outcome: Option<String>,
    /// The grade that was given when it was called back.
    #[schema(required)]
    pub(crate) grade: Option<String>,
    /// The stations and reports that it leads to, and what became of them.
    pub(crate) links: Vec<ToldPublicLink>,
    /// What its reporter may do now: inform, message, withdraw, reopen, appeal.
    pub(crate) allowed: Vec<&'static str>,
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceStep)]
pub(crate) struct ToldStep {
    /// When; what an anonymous reporter did himself names the day.
    pub(crate) at: String,
    pub(crate) action: String,
    /// The same for people.
    pub(crate) words: String,
}

/// Something that was said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceSaid)]
pub(crate) struct ToldMessage {
    /// `reporter` or `staff`.
    pub(crate) from: &'static str,
    pub(crate) at: String,
    /// What was done with these words.
    pub(crate) action: String,
    pub(crate) text: String,
    pub(crate) attachments: Vec<ToldFile>,
}

impl ToldTracked {
    /// Tells it.
    pub(crate) fn new(tracked: &Tracked, language: Language) -> Result<Self, Error> {
        let t = Telling { names: &tracked.names, frame: &tracked.frame, language };
        let row = &tracked.row;
        let due = t.frame.clock().due(&tracked.case.clock, t.frame.now);
        let submitted = tracked.events.iter().find(|(event, _)| event.action == Action::Submit.as_str());
        let files = |event: &EventRow| ToldFile::of(&tracked.attachments, &event.id);
        Ok(Self {
            number: row.number.clone(),
            state: row.state.clone(),
            state_words: state(row)?.words().of(language).to_owned(),
            kind: row.kind.clone(),
            channel: row.channel.clone(),
            category: category(&row.category, &t),
            identity: row.identity.clone(),
            round: row.round,
            received: when(row.received_ms, tracked.case.identity, t.frame.zone),
            text: tracked.text.clone(),
            erased: ToldErased::of(row.erased_ms, t.frame),
            due: ToldDue::new(&due, language),
            department: t.names.department(row.department_id.as_deref()),
            timeline: tracked.events.iter().map(|(e, _)| step(e, tracked, &t)).collect::<Result<_, _>>()?,
            messages: tracked
                .events
                .iter()
                .filter_map(|(e, words)| said(e, words.as_ref()?, tracked, &t))
                .collect(),
            attachments: submitted.map(|(event, _)| files(event)).unwrap_or_default(),
            outcome: row.outcome.clone(),
            grade: row.grade.clone(),
            links: tracked.links.iter().filter_map(|link| ToldPublicLink::of(link, &t)).collect(),
            allowed: tracked.allowed.iter().map(|action| action.as_str()).collect(),
        })
    }
}

/// When something was done: what the reporter of an anonymous case did himself names the day.
fn at(event: &EventRow, tracked: &Tracked, t: &Telling<'_>) -> String {
    let own = is_own(event).then_some(tracked.case.identity);
    when(event.at_ms, own.unwrap_or(super::Identity::Named), t.frame.zone)
}

/// Whether the reporter did it himself.
fn is_own(event: &EventRow) -> bool {
    let own =
        [Action::Submit, Action::Inform, Action::Message, Action::Withdraw, Action::Reopen, Action::Appeal];
    event.account_id.is_none() && own.iter().any(|action| action.as_str() == event.action)
}

fn step(event: &EventRow, tracked: &Tracked, t: &Telling<'_>) -> Result<ToldStep, Error> {
    let action: Action = read(&event.action)?;
    Ok(ToldStep {
        at: at(event, tracked, t),
        words: action.told().of(t.language).to_owned(),
        action: event.action.clone(),
    })
}

/// Whether what was said with a step is for the reporter too.
fn is_told(event: &EventRow) -> bool {
    // What was said to the next department when a case was passed on is for staff.
    let inner = [Action::Dispatch, Action::Return, Action::Supervise, Action::SignOff, Action::CallBack];
    event.is_public && !inner.iter().any(|action| action.as_str() == event.action)
}

/// Whether the reporter is shown the files of an event: those he filed with, and those of messages.
pub(in super::super) fn shows_files(event: &EventRow) -> bool {
    event.action == Action::Submit.as_str() || (is_told(event) && event.words.is_some())
}

fn said(event: &EventRow, words: &str, tracked: &Tracked, t: &Telling<'_>) -> Option<ToldMessage> {
    is_told(event).then(|| ToldMessage {
        from: if is_own(event) { "reporter" } else { "staff" },
        at: at(event, tracked, t),
        action: event.action.clone(),
        text: words.to_owned(),
        attachments: ToldFile::of(&tracked.attachments, &event.id),
    })
}
