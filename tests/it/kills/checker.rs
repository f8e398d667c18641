//! The checker: compares what clients were told with what the database holds. It reads the tables by itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::AssertSqlSafe;
use yizhan::db::{Db, Tx};
use yizhan::in_tx;

use super::writer::{Line, Log, Said};

/// A station or one of its versions, as the tables have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) status: String,
}

/// What the database holds at one moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) stations: BTreeMap<String, Row>,
    /// Each station's versions.
    pub(crate) history: BTreeMap<String, Vec<Row>>,
    /// How many entries the audit log has of each station.
    pub(crate) audited: BTreeMap<String, usize>,
    /// Each notice with its station and its reason.
    pub(crate) notices: BTreeMap<String, (String, String)>,
    /// The notices that the audit log has an announcement of.
    pub(crate) announced: Vec<String>,
    /// The revisions that something changed in, in order.
    pub(crate) changes: Vec<i64>,
    pub(crate) revision: i64,
}

const STATIONS: &str = "SELECT id || '|' || version || '|' || status || '|' || name FROM station";
const VERSIONS: &str = "SELECT station_id || '|' || version || '|' || status || '|' || facts FROM station_version ORDER BY station_id, version";
const AUDITED: &str = "SELECT object_id FROM audit WHERE object_kind = 'station'";
const NOTICES: &str = "SELECT id || '|' || station_id || '|' || reason FROM notice";
const ANNOUNCED: &str = "SELECT object_id FROM audit WHERE action = 'notice.announce' ORDER BY object_id";
const CHANGES: &str = "SELECT DISTINCT CAST(revision AS TEXT) FROM station_change";
const REVISION: &str = "SELECT CAST(revision AS TEXT) FROM registry";

impl Found {
    /// Reads the tables as of one moment.
    pub(crate) async fn read(db: &Db) -> Self {
        let mut tx = db.begin_reading().await.expect("a transaction");
        let mut found = Self::default();
        for line in texts(&mut tx, STATIONS).await {
            let (id, row) = row(&line, str::to_owned);
            found.stations.insert(id, row);
        }
        for line in texts(&mut tx, VERSIONS).await {
            let name = |facts: &str| {
                serde_json::from_str::<Value>(facts).expect("facts")["name"]
                    .as_str()
                    .expect("a name")
                    .to_owned()
            };
            let (id, row) = row(&line, name);
            found.history.entry(id).or_default().push(row);
        }
        for id in texts(&mut tx, AUDITED).await {
            *found.audited.entry(id).or_default() += 1;
        }
        for line in texts(&mut tx, NOTICES).await {
            let [id, station, reason] = line.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{line}") };
            found.notices.insert(id.to_owned(), (station.to_owned(), reason.to_owned()));
        }
        found.announced = texts(&mut tx, ANNOUNCED).await;
        let number = |text: &String| text.parse::<i64>().expect("a number");
        found.changes = texts(&mut tx, CHANGES).await.iter().map(number).collect();
        found.changes.sort_unstable();
        found.revision = number(&texts(&mut tx, REVISION).await[0]);
        tx.rollback().await.expect("ended");
        found
    }
}

async fn texts(tx: &mut Tx, sql: &'static str) -> Vec<String> {
    in_tx!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await).expect("the database answers")
}

/// Reads `id|version|status|rest`.
fn row(line: &str, name: impl Fn(&str) -> String) -> (String, Row) {
    let mut parts = line.splitn(4, '|');
    let mut part = || parts.next().expect("four parts");
    let (id, version, status) = (part().to_owned(), part().parse().expect("a version"), part().to_owned());
    (id, Row { version, status, name: name(part()) })
}

impl Row {
    fn is(&self, line: &Line) -> bool {
        (self.version, &self.name, &self.status) == (line.version, &line.name, &line.status)
    }
}

/// Everything that contradicts what clients were told, or itself.
pub(crate) fn check(found: &Found, log: &Log) -> Vec<String> {
    let (lines, mut wrong) = (&log.lines, Vec::new());
    check_notices(found, log, &mut wrong);
    let known: BTreeSet<&String> = lines.iter().filter_map(|line| line.id.as_ref()).collect();
    for id in &known {
        let of = lines.iter().filter(|line| line.id.as_ref() == Some(id)).collect::<Vec<_>>();
        check_station(found, id, &of, &mut wrong);
    }
    let wished: BTreeSet<&String> =
        lines.iter().filter(|line| line.id.is_none()).map(|line| &line.name).collect();
    let mut names = BTreeSet::new();
    for (id, row) in &found.stations {
        if !known.contains(id) && !wished.contains(&row.name) {
            wrong.push(format!("nobody wrote {id} {row:?}"));
        }
        if !names.insert(&row.name) {
            wrong.push(format!("{} is there twice", row.name));
        }
        check_whole(found, id, row, &mut wrong);
    }
    let seen = lines.iter().map(|line| line.revision).max().unwrap_or_default();
    if seen > found.revision {
        wrong.push(format!("revision {seen} was shown, and {} is the last", found.revision));
    }
    if !found.changes.iter().copied().eq(1..=found.revision) {
        wrong.push(format!("revisions up to {} with gaps: {:?}", found.revision, found.changes));
    }
    wrong
}

/// What was acknowledged last is there, or what was asked for after it and never answered.
fn check_station(found: &Found, id: &str, of: &[&Line], wrong: &mut Vec<String>) {
    let Some(row) = found.stations.get(id) else { return wrong.push(format!("{id} is lost")) };
    let last = of.iter().rposition(|line| line.said != Said::Unanswered);
    let allowed = &of[last.unwrap_or(0)..];
    if !allowed.iter().any(|line| row.is(line)) {
        wrong.push(format!("{id} is {row:?}, and was told to be {allowed:?}"));
    }
    let history = found.history.get(id).map(Vec::as_slice).unwrap_or_default();
    for line in of.iter().filter(|line| line.said != Said::Unanswered) {
        if !history.iter().any(|version| version.is(line)) {
            wrong.push(format!("the history lacks {line:?}"));
        }
    }
}

/// Every notice that was answered is there, none is there twice, and each has its audit entry.
fn check_notices(found: &Found, log: &Log, wrong: &mut Vec<String>) {
    for notice in &log.notices {
        let is_there =
            |id: &String| found.notices.get(id) == Some(&(notice.station.clone(), notice.reason.clone()));
        if notice.id.as_ref().is_some_and(|id| !is_there(id)) {
            wrong.push(format!("{notice:?} is lost"));
        }
    }
    let mut wished: BTreeSet<_> = log.notices.iter().map(|n| (&n.station, &n.reason)).collect();
    for (id, (station, reason)) in &found.notices {
        if !wished.remove(&(station, reason)) {
            wrong.push(format!("nobody announced {id} {reason}, or it is there twice"));
        }
    }
    if !found.notices.keys().eq(&found.announced) {
        wrong.push(format!("notices {:?}, audited {:?}", found.notices.keys(), found.announced));
    }
}

/// A station, its history and the audit log were written together.
fn check_whole(found: &Found, id: &str, row: &Row, wrong: &mut Vec<String>) {
    let history = found.history.get(id).map(Vec::as_slice).unwrap_or_default();
    if !history.iter().map(|version| version.version).eq(1..=row.version) || history.last() != Some(row) {
        wrong.push(format!("the history of {id} {row:?} is {history:?}"));
    }
    let audited = found.audited.get(id).copied().unwrap_or_default();
    if i64::try_from(audited) != Ok(row.version) {
        wrong.push(format!("{audited} audit entries of {id} {row:?}"));
    }
}

/// Everything in which the public list differs from the database.
pub(crate) fn check_index(found: &Found, listed: &[(String, String, bool)]) -> Vec<String> {
    let public = |row: &&Row| row.status == "open" || row.status == "suspended";
    let expected: BTreeSet<(String, String, bool)> = found
        .stations
        .iter()
        .filter(|(_, row)| public(row))
        .map(|(id, row)| (id.clone(), row.name.clone(), row.status == "suspended"))
        .collect();
    let shown: BTreeSet<_> = listed.iter().cloned().collect();
    expected
        .symmetric_difference(&shown)
        .map(|differs| format!("list and database differ in {differs:?}"))
        .collect()
}
