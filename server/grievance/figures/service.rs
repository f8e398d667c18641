//! Figures of a period, and the cases behind each.

use std::collections::BTreeMap;

use super::asked::{After, Asked, Behind};
use super::model::{By, Hit, Measure, Outcome, Share};
use super::period::Period;
use super::store::{self, FigureRow, SubjectRow};
use crate::accounts::{Actor, Permission, Reach};
use crate::app::App;
use crate::calendar::clock::Standing;
use crate::error::{Error, FieldError};
use crate::grievance::desk::{self, Seen};
use crate::grievance::frame::Frame;
use crate::grievance::record::{read, run};
use crate::grievance::store::{Within, by_ids};

/// The most rounds that one question reads.
const MOST_ROUNDS: usize = 200_000;
/// The most rows of one table of figures, those with the most cases first.
const MOST_ROWS: usize = 500;

/// A round and what it counts for.
pub(in super::super) struct Round {
    /// Its row.
    pub(super) row: FigureRow,
    /// What is known of it.
    pub(super) outcome: Outcome,
}

/// The rounds of which anything may count in a period, within somebody's reach.
///
/// # Errors
/// [`Error::Refused`] where there are more than are read at once.
pub(in super::super) async fn load(
    app: &App,
    reach: &Reach,
    frame: &Frame,
    period: Period,
) -> Result<Vec<Round>, Error> {
    let within = Within { reach, account: None };
    let rows = store::rounds(&app.db, &within, period.instants(frame), MOST_ROUNDS).await?;
    if rows.len() > MOST_ROUNDS {
        let zh = format!("这段时间里超过 {MOST_ROUNDS} 轮，请缩短统计期。");
        let en = format!("more than {MOST_ROUNDS} rounds fall into it; take a shorter one");
        return Err(Error::Refused(vec![FieldError::new("period", "too_many", zh, en)]));
    }
    rows.into_iter().map(|row| round(row, frame)).collect()
}

fn round(row: FigureRow, frame: &Frame) -> Result<Round, Error> {
    let mut outcome = Outcome {
        round: row.round,
        received_ms: row.received_ms,
        due_ms: row.due_ms,
        is_overdue: false,
        answered_ms: row.answered_ms,
        called_back_ms: row.called_back_ms,
        is_solved: row.is_solved,
        grade: row.grade.as_deref().map(read).transpose()?,
    };
    // A clock that stands still, or has ended, is not late by the mere passing of time.
    if let Some(clock) = &row.clock {
        let due = frame.clock().due(&run(clock)?, frame.now);
        outcome.due_ms = due.at.timestamp_millis();
        outcome.is_overdue = frame.clock().state(&due, frame.now).standing == Standing::Overdue;
    }
    Ok(Round { row, outcome })
}

/// The rounds that count for a measure between two instants.
pub(in super::super) fn counted(
    rounds: &[Round],
    measure: Measure,
    (from_ms, to_ms): (i64, i64),
) -> impl Iterator<Item = (&Round, Hit)> {
    let hit = move |round| Outcome::hit(round, measure).filter(|hit| (from_ms..to_ms).contains(&hit.at_ms));
    rounds.iter().filter_map(move |round| hit(&round.outcome).map(|hit| (round, hit)))
}

/// Shares by what is counted.
pub(in super::super) type Shares = BTreeMap<Measure, Share>;

/// What all of it comes to.
pub(in super::super) fn totals(rounds: &[Round], span: (i64, i64)) -> Shares {
    let mut shares = Shares::new();
    for measure in Measure::ALL {
        let share = shares.entry(*measure).or_default();
        counted(rounds, *measure, span).for_each(|(_, hit)| share.add(hit));
    }
    shares
}

/// The figures of a period.
pub(super) struct Figures {
    /// All of it.
    pub(super) totals: Shares,
    /// Each part, those with the most cases first; months in their order.
    pub(super) rows: Vec<(String, Shares)>,
    /// How many parts are left out.
    pub(super) left_out: usize,
    /// The closed list of subjects, where they are told apart.
    pub(super) subjects: Vec<SubjectRow>,
}

/// Counts what was asked for.
pub(super) async fn figures(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    asked: &Asked,
) -> Result<Figures, Error> {
    let reach = actor.reach(Permission::GrievanceFigures);
    let rounds = load(app, &reach, frame, asked.period).await?;
    let span = asked.period.instants(frame);
    let mut rows: Vec<_> = grouped(&rounds, asked.by, span, frame).into_iter().collect();
    rows.sort_by_key(|(_, shares)| std::cmp::Reverse(weight(shares)));
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    if asked.by == By::Month {
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let subjects = if asked.by == By::Subject { store::subjects(&app.db).await? } else { Vec::new() };
    Ok(Figures { totals: totals(&rounds, span), rows, left_out, subjects })
}

fn grouped(rounds: &[Round], by: By, span: (i64, i64), frame: &Frame) -> BTreeMap<String, Shares> {
    let mut groups: BTreeMap<String, Shares> = BTreeMap::new();
    for measure in Measure::ALL {
        for (round, hit) in counted(rounds, *measure, span) {
            let group = groups.entry(by.key(&round.row, hit, frame.zone)).or_default();
            group.entry(*measure).or_default().add(hit);
        }
    }
    groups
}

fn weight(shares: &Shares) -> u32 {
    shares.values().map(|share| share.denominator).max().unwrap_or_default()
}

/// A round behind a figure, with its case.
pub(super) struct Listed {
    /// The case.
    pub(super) seen: Seen,
    /// The round.
    pub(super) round: Round,
    /// How it counts.
    pub(super) hit: Hit,
}

/// The cases behind a figure, the latest first, and how many there are.
pub(super) async fn behind(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    asked: &Behind,
) -> Result<(Vec<Listed>, usize, Option<After>), Error> {
    let reach = actor.reach(Permission::GrievanceFigures);
    let rounds = load(app, &reach, frame, asked.period).await?;
    let span = asked.period.instants(frame);
    let mut hits: Vec<(After, Hit)> = counted(&rounds, asked.measure, span)
        .filter(|(round, hit)| asked.holds(&round.row, *hit, frame))
        .map(|(round, hit)| (After::of(&round.row, hit), hit))
        .collect();
    let total = hits.len();
    hits.sort_by(|(a, _), (b, _)| b.cmp(a));
    if let Some(after) = &asked.after {
        hits.retain(|(at, _)| at < after);
    }
    let has_more = hits.len() > asked.limit;
    hits.truncate(asked.limit);
    let next = hits.last().filter(|_| has_more).map(|(at, _)| at.clone());
    Ok((listed(app, actor, rounds, hits).await?, total, next))
}

/// Reads the cases of a page.
async fn listed(
    app: &App,
    actor: &Actor,
    rounds: Vec<Round>,
    hits: Vec<(After, Hit)>,
) -> Result<Vec<Listed>, Error> {
    let ids: Vec<String> = hits.iter().map(|(at, _)| at.id.clone()).collect();
    let cases: BTreeMap<_, _> =
        by_ids(&app.db, &ids).await?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut rounds: BTreeMap<_, _> =
        rounds.into_iter().map(|round| ((round.row.id.clone(), round.row.round), round)).collect();
    let one = |(at, hit): (After, Hit)| {
        let (row, round) = (cases.get(&at.id)?.clone(), rounds.remove(&(at.id.clone(), at.round))?);
        Some(desk::glimpsed(app, actor, row).map(|seen| Listed { seen, round, hit }))
    };
    hits.into_iter().filter_map(one).collect()
}
