//! The checker: compares what clients were told with the tables. It knows nothing of the service's own code.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AssertSqlSafe;
use yizhan::db::{Db, Tx};
use yizhan::in_tx;

use super::client::{Line, Log};

/// A case as the table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) version: i64,
    pub(super) state: String,
}

/// What the database holds at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Each case by its number.
    pub(super) cases: BTreeMap<String, Row>,
    /// Each case's events: place, action and the state after it.
    pub(super) events: BTreeMap<String, Vec<(i64, String, String)>>,
    /// How many entries the audit log has of each case.
    pub(super) audited: BTreeMap<String, usize>,
    /// The cases for which the clock waits, each as often as it does.
    pub(super) waiting: Vec<String>,
    /// The cases that have a round.
    pub(super) rounds: BTreeSet<String>,
    /// The last number that was counted.
    pub(super) counted: usize,
}

const CASES: &str = "SELECT number || '|' || id || '|' || version || '|' || state FROM grievance";
const EVENTS: &str =
    "SELECT grievance_id || '|' || place || '|' || action || '|' || to_state FROM grievance_event
    ORDER BY grievance_id, place";
const AUDITED: &str = "SELECT object_id FROM audit WHERE object_kind = 'grievance'";
const WAITING: &str = "SELECT object_id FROM job WHERE kind = 'grievance_clock' AND state = 'waiting'";
const ROUNDS: &str = "SELECT grievance_id FROM grievance_round WHERE round = 1";
const COUNTED: &str = "SELECT CAST(last AS TEXT) FROM grievance_counter";

impl Found {
    /// Reads the tables as of one moment.
    pub(super) async fn read(db: &Db) -> Self {
        let mut tx = db.begin_reading().await.expect("a transaction");
        let mut found = Self::default();
        for line in texts(&mut tx, CASES).await {
            let [number, id, version, state] = parts(&line);
            let row = Row { id, version: version.parse().expect("a version"), state };
            found.cases.insert(number, row);
        }
        for line in texts(&mut tx, EVENTS).await {
            let [id, place, action, state] = parts(&line);
            found.events.entry(id).or_default().push((place.parse().expect("a place"), action, state));
        }
        for id in texts(&mut tx, AUDITED).await {
            *found.audited.entry(id).or_default() += 1;
        }
        found.waiting = texts(&mut tx, WAITING).await;
        found.rounds = texts(&mut tx, ROUNDS).await.into_iter().collect();
        found.counted = texts(&mut tx, COUNTED).await.first().map_or(0, |n| n.parse().expect("a number"));
        tx.rollback().await.expect("ended");
        found
    }
}

async fn texts(tx: &mut Tx, sql: &'static str) -> Vec<String> {
    in_tx!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await).expect("the database answers")
}

fn parts(line: &str) -> [String; 4] {
    let parts: Vec<_> = line.split('|').map(str::to_owned).collect();
    parts.try_into().expect("four parts")
}

/// Everything that contradicts what clients were told, or itself.
pub(super) fn check(found: &Found, log: &Log) -> Vec<String> {
    let mut wrong = Vec::new();
    let numbers = (1..=found.counted).map(|n| format!("2026-{n:06}"));
    if !found.cases.keys().cloned().eq(numbers) {
        let there: Vec<_> = found.cases.keys().collect();
        wrong.push(format!("{} were counted, and there are {there:?}", found.counted));
    }
    check_filings(found, log, &mut wrong);
    let ids: BTreeSet<&String> = log.lines.iter().map(|line| &line.id).collect();
    for id in ids {
        let of: Vec<_> = log.lines.iter().filter(|line| line.id == *id).collect();
        check_steps(found, &of, &mut wrong);
    }
    for (number, row) in &found.cases {
        check_whole(found, number, row, &mut wrong);
    }
    wrong
}

/// Every filing that was answered is there, under one number and receipt, and nothing else is.
fn check_filings(found: &Found, log: &Log, wrong: &mut Vec<String>) {
    let mut answered = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for filing in &log.filings {
        let Some(number) = &filing.number else { continue };
        if !found.cases.contains_key(number) {
            wrong.push(format!("{filing:?} was acknowledged and is lost"));
        }
        let slip = (number, &filing.receipt);
        if *answered.entry(&filing.key).or_insert(slip) != slip {
            wrong.push(format!("{filing:?} was told otherwise before"));
        }
        if *numbers.entry(number).or_insert(&filing.key) != &filing.key {
            wrong.push(format!("{filing:?} has the number of another"));
        }
    }
    let open: BTreeSet<&String> =
        log.filings.iter().map(|f| &f.key).filter(|key| !answered.contains_key(key)).collect();
    let unknown: Vec<_> = found.cases.keys().filter(|number| !numbers.contains_key(number)).collect();
    if unknown.len() > open.len() {
        wrong.push(format!("nobody filed all of {unknown:?}, or one is there twice; unanswered: {open:?}"));
    }
}

/// What was acknowledged last is there, or what was asked for after it and never answered.
fn check_steps(found: &Found, of: &[&Line], wrong: &mut Vec<String>) {
    let number = &of[0].number;
    let Some(row) = found.cases.get(number) else { return wrong.push(format!("{number} is lost")) };
    let last = of.iter().rposition(|line| line.is_known).unwrap_or(0);
    let is = |line: &&&Line| (row.version, &row.state) == (line.version, &line.state);
    if !of[last..].iter().any(|line| is(&line)) {
        wrong.push(format!("{number} is {row:?}, and was told to be {:?}", &of[last..]));
    }
    let events = found.events.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    for line in of.iter().filter(|line| line.is_known) {
        if !events.iter().any(|(place, _, state)| (*place, state) == (line.version, &line.state)) {
            wrong.push(format!("the history lacks {line:?}"));
        }
    }
}

/// A case, its events, its round, the audit log and the clock's job were written together.
fn check_whole(found: &Found, number: &str, row: &Row, wrong: &mut Vec<String>) {
    let events = found.events.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let is_whole = events.iter().map(|(place, ..)| *place).eq(1..=row.version)
        && events.first().is_some_and(|(_, action, _)| action == "submit")
        && events.last().is_some_and(|(.., state)| *state == row.state);
    if !is_whole {
        wrong.push(format!("the history of {number} {row:?} is {events:?}"));
    }
    let audited = found.audited.get(&row.id).copied().unwrap_or_default();
    if audited != events.len() {
        wrong.push(format!("{audited} audit entries of {number} {row:?}"));
    }
    let waiting = found.waiting.iter().filter(|id| **id == row.id).count();
    if waiting != usize::from(row.state != "closed") {
        wrong.push(format!("{waiting} clocks wait for {number} {row:?}"));
    }
    if !found.rounds.contains(&row.id) {
        wrong.push(format!("{number} has no round"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::client::Filing;
    use super::*;

    fn line(is_known: bool, version: i64, state: &str) -> Line {
        let (id, number) = ("a".to_owned(), "2026-000001".to_owned());
        Line { is_known, id, number, version, state: state.to_owned() }
    }

    fn filing(key: &str, number: Option<&str>) -> Filing {
        Filing { key: key.to_owned(), number: number.map(str::to_owned), receipt: "1".to_owned() }
    }

    /// Two cases: one dispatched and told so, one filed without an answer.
    fn good() -> (Found, Log) {
        let row =
            |id: &str, version, state: &str| Row { id: id.to_owned(), version, state: state.to_owned() };
        let event = |place, action: &str, state: &str| (place, action.to_owned(), state.to_owned());
        let first = event(1, "submit", "submitted");
        let found = Found {
            cases: [("2026-000001", row("a", 2, "dispatched")), ("2026-000002", row("b", 1, "submitted"))]
                .map(|(number, row)| (number.to_owned(), row))
                .into(),
            events: [
                ("a".to_owned(), vec![first.clone(), event(2, "dispatch", "dispatched")]),
                ("b".to_owned(), vec![first]),
            ]
            .into(),
            audited: [("a".to_owned(), 2), ("b".to_owned(), 1)].into(),
            waiting: vec!["a".to_owned(), "b".to_owned()],
            rounds: ["a".to_owned(), "b".to_owned()].into(),
            counted: 2,
        };
        let lines = vec![line(true, 1, "submitted"), line(true, 2, "dispatched"), line(false, 3, "accepted")];
        let filings =
            vec![filing("x", None), filing("x", Some("2026-000001")), filing("y", None), filing("z", None)];
        (found, Log { filings, lines })
    }

    fn after(spoil: impl FnOnce(&mut Found, &mut Log)) -> Vec<String> {
        let (mut found, mut log) = good();
        spoil(&mut found, &mut log);
        check(&found, &log)
    }

    #[test]
    fn a_good_state_is_good_whether_or_not_the_unanswered_was_written() {
        assert_eq!(after(|_, _| ()), [] as [String; 0]);
        let written = after(|found, _| {
            found.cases.get_mut("2026-000001").expect("a").version = 3;
            "accepted".clone_into(&mut found.cases.get_mut("2026-000001").expect("a").state);
            let events = found.events.get_mut("a").expect("a");
            events.push((3, "accept".to_owned(), "accepted".to_owned()));
            found.audited.insert("a".to_owned(), 3);
        });
        assert_eq!(written, [] as [String; 0]);
    }

    #[test]
    fn every_seeded_fault_is_found() {
        type Spoil = fn(&mut Found, &mut Log);
        let faults: [(&str, Spoil); 16] = [
            ("an answer to a filing before the commit", |_, log| {
                log.filings.push(filing("z", Some("2026-000003")));
            }),
            ("an answer to a step before the commit", |_, log| log.lines[2].is_known = true),
            ("a case that was lost", |found, _| drop(found.cases.remove("2026-000001"))),
            ("a case that is there twice", |found, log| {
                log.filings.truncate(3);
                let twin = Row { id: "c".to_owned(), ..found.cases["2026-000002"].clone() };
                found.cases.insert("2026-000003".to_owned(), twin);
                found.events.insert("c".to_owned(), found.events["b"].clone());
                found.audited.insert("c".to_owned(), 1);
                found.waiting.push("c".to_owned());
                found.rounds.insert("c".to_owned());
                found.counted = 3;
            }),
            ("two numbers for one key", |_, log| log.filings.push(filing("x", Some("2026-000002")))),
            ("one number for two keys", |_, log| log.filings.push(filing("y", Some("2026-000001")))),
            ("another receipt for the same key", |_, log| {
                log.filings.push(Filing { receipt: "2".to_owned(), ..log.filings[1].clone() });
            }),
            ("a number with a gap", |found, _| found.counted = 3),
            ("a step that was taken back", |found, _| {
                found.cases.get_mut("2026-000001").expect("a").version = 1;
                "submitted".clone_into(&mut found.cases.get_mut("2026-000001").expect("a").state);
                found.events.get_mut("a").expect("a").truncate(1);
                found.audited.insert("a".to_owned(), 1);
            }),
            ("a step without its event", |found, _| found.events.get_mut("a").expect("a").truncate(1)),
            ("a case without its first event", |found, _| drop(found.events.remove("b"))),
            ("an event that was changed", |found, _| {
                "accepted".clone_into(&mut found.events.get_mut("a").expect("a")[1].2);
            }),
            ("a step without its audit entry", |found, _| {
                found.audited.insert("a".to_owned(), 1);
            }),
            ("an audit entry without its step", |found, _| {
                found.audited.insert("b".to_owned(), 2);
            }),
            ("a case without a clock", |found, _| drop(found.waiting.pop())),
            ("a case without its round", |found, _| found.rounds.clear()),
        ];
        for (what, spoil) in faults {
            assert!(!after(spoil).is_empty(), "{what} was not found");
        }
    }
}
