//! What the board counts.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::watch::Scope;
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::Seen;
use crate::grievance::figures::{Period, Shares, load, totals};
use crate::grievance::frame::Frame;
use crate::grievance::model::State;
use crate::grievance::store::{
    self, BusyRow, CategoryCount, CountRow, MonthRow, Wanted, Within, busy, by_category, by_month,
};

/// How many cases that are due next are told.
pub(super) const MOST_DUE: usize = 30;
/// How many categories are told.
const MOST_CATEGORIES: i64 = 8;
/// How many months of the trend, this one included.
const TREND_MONTHS: u32 = 12;
/// The states in which a handler's clock runs.
const RUNNING: [State; 5] =
    [State::Submitted, State::Dispatched, State::Returned, State::Accepted, State::InProgress];

/// What was counted.
pub(super) struct Counts {
    /// By what days the rates are.
    pub(super) year: Period,
    /// The rates of the year.
    pub(super) rates: Shares,
    /// The cases of each state.
    pub(super) states: Vec<CountRow>,
    /// The open cases of each department.
    pub(super) departments: Vec<BusyRow>,
    /// What came in and was closed.
    pub(super) trend: Vec<MonthRow>,
    /// The most frequent categories of the year.
    pub(super) categories: Vec<CategoryCount>,
    /// What is due next.
    pub(super) due: Vec<Seen>,
}

/// Counts what a scope holds.
pub(super) async fn count(app: &App, frame: &Frame, scope: &Scope) -> Result<Counts, Error> {
    let within = Within { reach: &scope.reach, account: scope.account.clone() };
    let (db, year) = (&app.db, Period::year_of(frame.today()));
    let span = year.instants(frame);
    let now_ms = frame.now.timestamp_millis();
    let tomorrow_ms = frame.midnight(frame.today() + TimeDelta::days(1)).timestamp_millis();
    let running =
        Wanted { states: RUNNING.iter().map(|state| state.as_str()).collect(), ..Wanted::default() };
    let next = store::page(db, &within, &running, None, MOST_DUE).await?;
    let seen = |row: store::GrievanceRow| Ok::<_, Error>(Seen { case: row.case(&[])?, summary: None, row });
    Ok(Counts {
        rates: totals(&load(app, &scope.reach, frame, year).await?, span),
        year,
        states: store::counts(db, &within, &Wanted::default(), now_ms).await?,
        departments: busy(db, &within, now_ms, tomorrow_ms).await?,
        trend: by_month(db, &within, &months(frame)).await?,
        categories: by_category(db, &within, span, MOST_CATEGORIES).await?,
        due: next.into_iter().take(MOST_DUE).map(seen).collect::<Result<_, _>>()?,
    })
}

/// The months of the trend, the earliest first: name, first instant, first instant after it.
fn months(frame: &Frame) -> Vec<(String, i64, i64)> {
    let this = frame.today().with_day(1).unwrap_or(frame.today());
    let begin = |back: u32| this.checked_sub_months(Months::new(back)).unwrap_or(this);
    let after = |month: NaiveDate| month.checked_add_months(Months::new(1)).unwrap_or(month);
    let ms = |day: NaiveDate| frame.midnight(day).timestamp_millis();
    let one = |month: NaiveDate| (month.format("%Y-%m").to_string(), ms(month), ms(after(month)));
    (0..TREND_MONTHS).rev().map(begin).map(one).collect()
}
