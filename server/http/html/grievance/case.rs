//! A case as its reporter reads it: where it stands, until when, what was done and said.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Timelike};
use maud::{Markup, html};

use super::super::context::Context;
use super::super::{icon, layout, time};
use super::track::{Sent, faults};
use super::words::{Said, words};
use super::{TRACK, calendar, head, talk};
use crate::error::{Error, FieldError, Words};
use crate::grievance::model::{Grade, Identity, Outcome, State};
use crate::grievance::workflow::Action;
use crate::grievance::{ToldStep, ToldTracked};

/// What a page shows.
pub(super) struct Shown<'a> {
    /// The case, as the interface tells it.
    pub(super) case: &'a ToldTracked,
    /// What led here.
    pub(super) sent: &'a Sent,
    /// Why what was asked was not done.
    pub(super) wrong: &'a [FieldError],
    /// The key of the next message.
    pub(super) key: String,
    /// Whether what was asked was done.
    pub(super) has_done: bool,
}

/// The main part of the page.
pub(super) fn main(context: &Context<'_>, shown: &Shown<'_>) -> Result<Markup, Error> {
    let (said, case) = (words(context.language), shown.case);
    let state: State = read(&case.state)?;
    let identity: Identity = read(&case.identity)?;
    let is_waiting = is_waiting(state);
    Ok(html! {
        (head(context, said, &context.asked.page_href(TRACK)))
        (layout::answer(context, &html! {
            (faults(context, said, shown.wrong))
            (did(said, shown))
            section.case {
                p.cap { (case.number) " · " (case.category.name) " · " (identity.words().of(context.language)) }
                h1 { (case.state_words) }
                @if let Some(department) = &case.department { p { (said.department.with(department)) } }
                @if is_waiting { (standing(context, said, case)) }
                (result(context, said, case)?)
            }
            (talk::question(context, said, shown))
            @if is_waiting { section.track { (calendar::calendar(context, said, &case.due)) } }
            (steps(context, said, case, is_waiting))
            (talk::wrote(said, shown))
            (talk::messages(context, said, shown))
            (talk::forms(context, said, shown, identity))
            div.ways { a.btn.quiet.wide href=(context.asked.page_href(TRACK)) { (said.track_other) } (layout::hotline(context.words)) }
        }))
    })
}

/// A code of the case, which the service itself wrote.
fn read<C: FromStr>(text: &str) -> Result<C, Error> {
    text.parse().map_err(|_| Error::Internal(format!("{text} is no code")))
}

/// Whether an answer is still to come.
fn is_waiting(state: State) -> bool {
    state.is_open() && !matches!(state, State::Answered | State::CalledBack | State::Appealed)
}

/// What was done by the form that led here.
fn did(said: &Said, shown: &Shown<'_>) -> Markup {
    let done = match shown.sent.action.filter(|_| shown.has_done) {
        Some(Action::Message | Action::Inform) => said.message_sent,
        Some(Action::Withdraw) => said.done_withdraw,
        Some(Action::Reopen) => said.done_reopen,
        Some(Action::Appeal) => said.done_appeal,
        _ => return html! {},
    };
    html! { p.did role="status" { (icon::icon("check")) span { (done) } } }
}

/// How much time is left, and until when.
fn standing(context: &Context<'_>, said: &Said, case: &ToldTracked) -> Markup {
    let (due, now) = (&case.due, context.when.now);
    let left = (due.at.date_naive() - now.date_naive()).num_days();
    let is_late = !due.paused && due.at < now;
    let big = match left {
        _ if due.paused => said.paused.to_owned(),
        0 if is_late => said.late_today.to_owned(),
        ..=0 if is_late => said.late.with(-left),
        ..=0 => said.today.to_owned(),
        _ => said.left.with(left),
    };
    html! {
        div.due.late[is_late] {
            b { (big) }
            @if due.paused { p { (said.paused_means) } }
            @else { p { span.cap { (said.latest) } br; (moment(context, due.at)) } }
            @if due.first_at < due.at && !due.paused { p.cap { (said.extended.with(moment(context, due.first_at))) } }
            @if due.provisional { p.cap { (said.provisional) } }
        }
    }
}

/// A day with its hour: `2月25日 周三 17:30`.
fn moment(context: &Context<'_>, at: DateTime<chrono::FixedOffset>) -> String {
    format!("{} {}:{:02}", time::date(context.words, at.date_naive()), at.hour(), at.minute())
}

/// An instant, or a day, as the interface tells it.
pub(super) fn when(context: &Context<'_>, told: &str) -> String {
    if let Ok(day) = told.parse::<NaiveDate>() {
        return time::date(context.words, day);
    }
    DateTime::parse_from_rfc3339(told).map_or_else(|_| told.to_owned(), |at| moment(context, at))
}

fn result(context: &Context<'_>, said: &Said, case: &ToldTracked) -> Result<Markup, Error> {
    let of = |words: Words| words.of(context.language).to_owned();
    let outcome =
        case.outcome.as_deref().map(read::<Outcome>).transpose()?.map(|outcome| of(outcome.words()));
    let grade = case.grade.as_deref().map(read::<Grade>).transpose()?.map(|grade| of(grade.words()));
    Ok(html! {
        @if let Some(outcome) = outcome { p { b { (said.outcome.with(outcome)) } } }
        @if let Some(grade) = grade { p { (said.grade.with(grade)) } }
    })
}

/// What was done, and what is still to come.
fn steps(context: &Context<'_>, said: &Said, case: &ToldTracked, is_waiting: bool) -> Markup {
    // Messages stand by themselves.
    let is_step = |step: &&ToldStep| step.action != Action::Message.as_str();
    let done: Vec<&ToldStep> = case.timeline.iter().filter(is_step).collect();
    let last = done.len().saturating_sub(1);
    let is_called =
        [State::CalledBack, State::Closed, State::Archived].iter().any(|s| s.as_str() == case.state);
    let will_call = is_waiting || (!is_called && case.state == State::Answered.as_str());
    html! {
        section.track {
            h2 { (said.steps) }
            ol.steps {
                @for (place, step) in done.into_iter().enumerate() {
                    li.current[is_waiting && place == last] {
                        (icon::icon(if is_waiting && place == last { "clock" } else { "check" }))
                        b { (step.words) } p { (when(context, &step.at)) }
                    }
                }
                @if is_waiting {
                    li.todo { (icon::icon("list")) b { (said.step_answer) }
                        @if !case.due.paused { p { (said.step_answer_by.with(moment(context, case.due.at))) } } }
                }
                @if will_call && case.identity != Identity::Anonymous.as_str() {
                    li.todo { (icon::icon("call")) b { (said.step_call) } p { (said.step_call_means) } }
                }
            }
        }
    }
}
