//! A deadline as a calendar: each day counted or left out, and why.

use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use super::super::context::Context;
use super::words::Said;
use crate::calendar::clock::{DueDay, ToldDue};

/// The weeks from the first day to the last, with the sentence that explains them.
pub(super) fn calendar(context: &Context<'_>, said: &Said, due: &ToldDue) -> Markup {
    let last = due.at.date_naive();
    let first = due.days.first().map_or(last, |day| day.date).min(last);
    let monday = first - Days::new(first.weekday().num_days_from_monday().into());
    let sunday = last + Days::new((6 - last.weekday().num_days_from_monday()).into());
    let weeks: Vec<NaiveDate> = monday.iter_days().take_while(|day| *day <= sunday).step_by(7).collect();
    let day = |date: NaiveDate| due.days.iter().find(|day| day.date == date);
    html! {
        h2 { (title(said, due)) }
        table.cal {
            thead { tr { @for weekday in context.words.weekdays { th scope="col" { (weekday) } } } }
            tbody {
                @for week in weeks {
                    tr { @for date in week.iter_days().take(7) { (cell(context, said, date, day(date), last)) } }
                }
            }
        }
        p.cap { (due.text) }
    }
}

fn title(said: &Said, due: &ToldDue) -> String {
    let counted = due.days.iter().filter(|day| day.number.is_some());
    let total = counted.clone().filter_map(|day| day.number).max();
    let are_working = counted.clone().all(|day| day.why != "every_day");
    match total {
        Some(total) if are_working => said.how_days.with(total),
        _ => said.how.to_owned(),
    }
}

fn cell(
    context: &Context<'_>,
    said: &Said,
    date: NaiveDate,
    day: Option<&DueDay>,
    last: NaiveDate,
) -> Markup {
    let is_today = date == context.when.now.date_naive();
    let Some(day) = day else {
        return html! { td.out.today[is_today] { (date.day()) @if is_today { small { (said.cell_today) } } } };
    };
    let is_counted = day.number.is_some() || day.minutes.is_some_and(|minutes| minutes > 0);
    let is_stopped = day.paused && !is_counted;
    html! {
        td.begun[day.why == "begun"].counted[is_counted].last[date == last].today[is_today] title=(day.text) {
            (date.day())
            @for note in notes(said, day, is_stopped, (is_today, is_counted)) { small { (note) } }
        }
    }
}

/// What a day is, in a word or two.
fn notes(said: &Said, day: &DueDay, is_stopped: bool, (is_today, is_counted): (bool, bool)) -> Vec<String> {
    let number = match (day.number, day.minutes) {
        (Some(number), _) => Some(said.cell_number.with(number)),
        (None, Some(minutes)) if minutes > 0 => Some(said.cell_minutes.with(minutes)),
        _ => None,
    };
    let what = match day.why {
        "begun" if !is_counted => Some(said.cell_begun.to_owned()),
        "made_up" => Some(said.cell_made_up.to_owned()),
        "holiday" => Some(holiday(said, day)),
        _ if is_stopped => Some(said.cell_paused.to_owned()),
        _ => None,
    };
    let today = is_today.then(|| said.cell_today.to_owned());
    number.into_iter().chain(what).chain(today).collect()
}

/// The name of the holiday as the reason says it before `放假`; in English there is none.
fn holiday(said: &Said, day: &DueDay) -> String {
    let name = day.text.split_once("放假").map(|(name, _)| name).filter(|name| !name.is_empty());
    name.unwrap_or(said.cell_holiday).to_owned()
}
