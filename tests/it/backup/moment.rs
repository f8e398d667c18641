//! A backup that is made while the service writes shows one moment.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;
use yizhan::accounts::Actor;
use yizhan::stations::model::Status;
use yizhan::stations::service;
use yizhan::{backup, in_tx};

use super::{manifest, rows};
use crate::arrange::facts;
use crate::audit::entry;
use crate::harness::{NOW, Town};

/// How many backups are made beside the writers.
const BACKUPS: usize = 6;
/// Each writes to two tables in one transaction: a station with its change, and an entry of the log.
const WRITERS: usize = 4;

const PUBLISHED: &str = "INSERT INTO station_change (revision, station_id)
    SELECT revision, 'both' FROM registry";

async fn write(t: &Town) {
    let now = t.app.clock.now();
    let station = service::register(facts("站"), Status::Open, now);
    service::put_all(&t.app.db, &[station], now).await.expect("stored");
    let mut tx = t.app.db.begin().await.expect("a transaction");
    let raise = "UPDATE registry SET revision = revision + 1";
    in_tx!(tx, c => sqlx::query(raise).execute(c).await.map(drop)).expect("raised");
    in_tx!(tx, c => sqlx::query(PUBLISHED).execute(c).await.map(drop)).expect("noted");
    yizhan::audit::record(&mut tx, &Actor::command(), now, &entry(0)).await.expect("recorded");
    tx.commit().await.expect("committed");
}

/// A column of the only row of a table.
fn one(rows: &[String], column: usize) -> i64 {
    let row: Vec<Value> = serde_json::from_str(&rows[0]).expect("a row");
    row[column].as_i64().expect("a number")
}

both_engines! {
    async fn a_backup_beside_writers_is_of_one_moment(t: Town) {
        let done = AtomicBool::new(false);
        let writer = async || while !done.load(Ordering::Relaxed) { write(&t).await };
        let saver = async {
            let mut revisions = Vec::new();
            for number in 0..BACKUPS {
                let folder = t.app.config.storage.data.join(format!("saved-{number}"));
                t.sign().await;
                backup::save(&t.app.db, &t.witness(), &folder, NOW.parse().unwrap(), &|_, _| {}).await.unwrap();
                revisions.push(consistent(&folder));
            }
            done.store(true, Ordering::Relaxed);
            revisions
        };
        let writers = async { tokio::join!(writer(), writer(), writer(), writer()) };
        let (revisions, _) = tokio::join!(saver, writers);
        assert!(revisions.is_sorted() && revisions[0] < revisions[BACKUPS - 1], "writers went on: {revisions:?}");
        assert_eq!(WRITERS, 4);
    }
}

/// Checks that the tables of a backup belong together; returns its revision.
fn consistent(folder: &std::path::Path) -> i64 {
    let rows = rows(folder);
    let revision = one(&rows["registry"], 1);
    let (stations, both) =
        rows["station_change"].iter().partition::<Vec<_>, _>(|row| !row.contains("\"both\""));
    assert_eq!(i64::try_from(rows["station_change"].len()), Ok(revision), "each revision has one change");
    assert_eq!(rows["station"].len(), stations.len());
    let written = rows["audit"].iter().filter(|row| row.contains("object-0")).count();
    assert!(written >= both.len(), "an entry for each of the second kind");
    assert_eq!(Ok(one(&rows["audit_chain"], 1)), i64::try_from(rows["audit"].len()));
    for table in manifest(folder)["tables"].as_array().expect("tables") {
        let name = table["name"].as_str().expect("a name");
        assert_eq!(table["rows"].as_u64(), Some(rows[name].len() as u64), "{name}");
    }
    revision
}
