//! What became of a report, for whoever has its number and receipt.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use super::context::Context;
use super::layout::About;
use super::report::{kept_by_nobody, kind_word};
use super::visit::{View, Visit};
use super::words::Words;
use super::{grievance, icon, layout, time};
use crate::app::App;
use crate::calendar::{Counted, Deadline, Why};
use crate::error::Error;
use crate::http::form::Form;
use crate::http::proxy::ClientAddress;
use crate::pace::Purpose;
use crate::reports::model::{Action, Kind, ReportState, Verdict};
use crate::reports::service::{self, Tracked};
use crate::stations::model::FacilityCode;

/// Where it is.
pub(super) const PATH: &str = "/reports";

/// `GET /reports`
pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Response {
    drawn(&app, &visit, &asking(&visit.context(&app), None))
}

/// `POST /reports`
pub(super) async fn show(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    visit: Visit,
    sent: Form,
) -> Result<Response, Error> {
    app.pace.count(Purpose::Track, address, app.clock.now())?;
    let (number, receipt) =
        (sent.text("number").unwrap_or_default(), sent.text("receipt").unwrap_or_default());
    let context = visit.context(&app);
    match service::track(&app, number, receipt).await {
        Ok(tracked) => Ok(kept_by_nobody(drawn(&app, &visit, &told(&context, &tracked)?))),
        Err(Error::NotFound(_)) => {
            let mut response = drawn(&app, &visit, &asking(&context, Some(number)));
            *response.status_mut() = StatusCode::NOT_FOUND;
            Ok(kept_by_nobody(response))
        }
        Err(other) => Err(other),
    }
}

fn drawn(app: &App, visit: &Visit, main: &Markup) -> Response {
    let view = View {
        title: visit.context(app).words.reports_title.to_owned(),
        is_demonstration: false,
        main: main.clone(),
        about: About::default(),
    };
    visit.drawn(app, view, |asked| match asked.language {
        Some(language) => format!("{PATH}?lang={}", language.of("zh", "en")),
        None => PATH.to_owned(),
    })
}

/// The form; after a try that failed with the number that was given.
fn asking(context: &Context<'_>, tried: Option<&str>) -> Markup {
    let words = context.words;
    html! {
        (head(words))
        (layout::answer(context, &html! {
            form.ask method="post" action=(PATH) aria-labelledby="title" {
                h1 #title { (words.reports_title) }
                p.cap { (words.reports_lead) }
                @if tried.is_some() {
                    div.note.bad role="alert" { (icon::icon("warn")) p { b { (words.reports_wrong_title) } (words.reports_wrong) } }
                }
                div {
                    label for="number" { (words.report_number) }
                    input #number name="number" autocomplete="off" autocapitalize="characters" maxlength="40" required value=[tried];
                }
                div {
                    label for="receipt" { (words.report_receipt) }
                    input #receipt name="receipt" autocomplete="off" autocapitalize="characters" maxlength="40" required;
                }
                button.btn.wide { (words.reports_show) }
            }
            // What the phone itself remembers, which its script puts here.
            div.ways data-own-reports {}
        }))
    }
}

fn head(words: &Words) -> Markup {
    html! {
        header.top.sheet data-part="top" { a.btn.plain.back href="/" { (icon::icon("back")) (words.to_start) } }
    }
}

fn told(context: &Context<'_>, tracked: &Tracked) -> Result<Markup, Error> {
    let (words, case) = (context.words, tracked.case()?);
    let facility = case.facility.map(|code: FacilityCode| context.word(code));
    Ok(html! {
        (head(words))
        (layout::answer(context, &html! {
            section.case {
                p.cap { (tracked.number()) " · " (kind(words, case.kind, facility)) }
                h1 { a href={ "/stations/" (tracked.station_id()) } { (tracked.station_name()) } }
                (standing(context, tracked, case.state))
                @if let (Some(verdict), Some(answer)) = (case.verdict, tracked.answer()) {
                    div.reply { b { (verdict_word(words, verdict)) } p { (answer) } }
                }
            }
            section.track {
                h2 { (words.track_steps) }
                ol.steps {
                    @for (day, action) in &case.steps {
                        li { (icon::icon("check")) b { (action_word(words, *action)) } p { (time::date(words, *day)) } }
                    }
                    @if case.state == ReportState::Open {
                        li.todo { (icon::icon("clock")) b { (words.track_due.with(time::date(words, tracked.deadline.due))) } }
                    }
                }
            }
            section.track { (calendar(context, &tracked.deadline)) }
            div.ways {
                a.btn.quiet.wide href=(PATH) { (words.reports_other) }
                (grievance::entry(context, &format!("station={}&report={}", tracked.station_id(), tracked.number())))
                (layout::hotline(words))
            }
        }))
    })
}

fn kind(words: &Words, kind: Kind, facility: Option<&str>) -> String {
    let word = kind_word(words, kind);
    facility.map_or_else(|| word.to_owned(), |facility| format!("{word}{}{facility}", words.comma))
}

fn standing(context: &Context<'_>, tracked: &Tracked, state: ReportState) -> Markup {
    let words = context.words;
    let left = (tracked.deadline.due - context.when.now.date_naive()).num_days();
    let (big, small) = match (state, left) {
        (ReportState::Answered, _) => {
            (words.track_answered.to_owned(), tracked.owner.of(context.language).to_owned())
        }
        (ReportState::Open, 0) => (words.track_today.to_owned(), words.track_open.to_owned()),
        (ReportState::Open, 1..) => (words.track_left.with(left), words.track_open.to_owned()),
        (ReportState::Open, _) => (words.track_late.with(-left), words.track_open.to_owned()),
    };
    let is_late = state == ReportState::Open && left < 0;
    let day = time::date(words, tracked.deadline.due);
    html! {
        div.due.late[is_late] {
            b { (big) }
            p { (small) }
            @if state == ReportState::Open { p.cap { (words.report_answer_by.fill(&[("owner", &tracked.owner.of(context.language)), ("day", &day)])) } }
            @if tracked.deadline.provisional { p.cap { (words.report_provisional) } }
        }
    }
}

fn verdict_word(words: &Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => words.verdict_confirmed,
        Verdict::Unfounded => words.verdict_unfounded,
        Verdict::Unclear => words.verdict_unclear,
    }
}

fn action_word(words: &Words, action: Action) -> &'static str {
    match action {
        Action::Received | Action::Redacted => words.action_received,
        Action::Taken => words.action_taken,
        Action::HandedOver => words.action_handed_over,
        Action::Answered => words.action_answered,
    }
}

/// The weeks from the day of receipt to the last day: each day counted or left out, and why.
fn calendar(context: &Context<'_>, deadline: &Deadline) -> Markup {
    let words = context.words;
    let total = deadline.days.iter().filter_map(|day| day.number).max().unwrap_or(0);
    let first = deadline.days.first().map_or(deadline.due, |day| day.date);
    let monday = first - Days::new(first.weekday().num_days_from_monday().into());
    let sunday = deadline.due + Days::new((6 - deadline.due.weekday().num_days_from_monday()).into());
    let weeks: Vec<NaiveDate> = monday.iter_days().take_while(|day| *day <= sunday).step_by(7).collect();
    let day = |date: NaiveDate| deadline.days.iter().find(|day| day.date == date);
    html! {
        h2 { (words.track_days.with(total)) }
        table.cal {
            thead { tr { @for weekday in words.weekdays { th scope="col" { (weekday) } } } }
            tbody {
                @for week in weeks {
                    tr { @for date in week.iter_days().take(7) { (cell(context, date, day(date), deadline.due)) } }
                }
            }
        }
        p.cap { (words.track_basis) }
    }
}

fn cell(context: &Context<'_>, date: NaiveDate, day: Option<&Counted>, due: NaiveDate) -> Markup {
    let words = context.words;
    let is_today = date == context.when.now.date_naive();
    let Some(counted) = day else { return html! { td.out { (date.day()) } } };
    let note = match (&counted.why, counted.number) {
        (Why::Begun, _) => words.track_begun.to_owned(),
        (_, Some(number)) => words.track_number.with(number),
        (Why::Holiday(name), _) => context.language.of(name.as_str(), words.holiday).to_owned(),
        _ => String::new(),
    };
    html! {
        td.begun[counted.why == Why::Begun].counted[counted.number.is_some()].last[date == due].today[is_today]
            title=(counted.why.words().of(context.language)) {
            (date.day()) @if !note.is_empty() { small { (note) } }
        }
    }
}
