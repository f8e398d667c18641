//! The registry follows its database: every change, in order, none lost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use spatial::{Datum, Position};
use sqlx::AssertSqlSafe;
use tokio::task::JoinSet;
use yizhan::app;
use yizhan::in_tx;
use yizhan::language::Language;
use yizhan::stations::model::{FacilityCode, Station, Status};
use yizhan::stations::query::{Filter, Frame, NearestQuery};
use yizhan::stations::snapshot::Entry;
use yizhan::stations::{Ground, Registry, Snapshot, service};

use crate::arrange::{CENTRE, facts, place, scattered};
use crate::harness::Town;
use crate::tables::{numbers, texts};

/// Writers at the same time.
const WRITERS: usize = 12;
/// Stations that each of them writes, one after the other.
const WRITES: usize = 8;
const REVISION: &str = "SELECT revision FROM registry";

impl Town {
    /// Another process's registry over the same database.
    async fn second(&self) -> Registry {
        self.second_on(self.ground().await).await
    }

    async fn second_on(&self, ground: Ground) -> Registry {
        Registry::open(self.app.db.clone(), ground, self.app.clock).await.unwrap()
    }

    async fn ground(&self) -> Ground {
        app::ground(&self.app.db, &self.app.config).await.unwrap()
    }

    async fn revision(&self) -> i64 {
        numbers(&self.app.db, REVISION).await[0]
    }

    fn new_station(&self, name: &str) -> Station {
        service::register(facts(name), Status::Open, self.app.clock.now())
    }
}

/// Everything that a snapshot answers from, in an order that does not depend on how it was made.
fn content(snapshot: &Snapshot) -> Vec<String> {
    let mut lines: Vec<_> = snapshot
        .entries()
        .map(|e| {
            let Entry { station, notices, facility_notices, photos, mask, search, .. } = &**e;
            format!("{station:?} {notices:?} {facility_notices:?} {photos:?} {mask:x} {search:?}")
        })
        .collect();
    lines.extend(scattered(6).map(|from| format!("{:?}", nearest(snapshot, place(from)))));
    let world = spatial::TileCoord::new(0, 0, 0).unwrap();
    let mut drawn: Vec<_> = snapshot
        .tiles(Datum::Wgs84)
        .in_tile(world)
        .iter()
        .map(|s| snapshot.entry(*s).unwrap().station.id)
        .collect();
    drawn.sort_unstable();
    lines.push(format!("{drawn:?}"));
    let hours = (0..240).map(|hour| snapshot.version(start(snapshot) + TimeDelta::hours(hour)));
    lines.extend(hours.map(|version| format!("{version:?}")));
    lines
}

fn start(snapshot: &Snapshot) -> chrono::DateTime<chrono::FixedOffset> {
    snapshot.zone().instant(snapshot.day().and_hms_opt(0, 0, 0).unwrap())
}

fn nearest(snapshot: &Snapshot, from: Position) -> Vec<(String, String)> {
    let frame =
        Frame { at: start(snapshot) + TimeDelta::hours(10), out_crs: Datum::Wgs84, language: Language::En };
    let filter = Filter { facilities: vec![FacilityCode::Water], ..Filter::default() };
    let query = NearestQuery { from, limit: 20, within_m: 50_000.0, filter, frame };
    let features = snapshot.nearest(&query).features;
    features.iter().map(|f| (f.properties.id.to_string(), format!("{:?}", f.properties.distance_m))).collect()
}

/// Which stations each revision has, by what the database noted.
async fn noted(t: &Town) -> BTreeMap<i64, BTreeSet<String>> {
    let rows =
        texts(&t.app.db, "SELECT CAST(revision AS TEXT) || ' ' || station_id FROM station_change".to_owned())
            .await;
    let mut noted: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let (revision, id) = row.split_once(' ').unwrap();
        noted.entry(revision.parse().unwrap()).or_default().insert(id.to_owned());
    }
    noted
}

both_engines! {
    async fn every_kind_of_change_is_followed(t: Town) {
        let mut station = t.station("站").open().await;
        assert_eq!((t.list().names().await, t.snapshot().revision()), (vec!["站".to_owned()], 1));
        "新名".clone_into(&mut station.facts.name);
        station.facts.position = place((119.7, 39.9));
        t.put(&station).await;
        assert_eq!(t.nearest(119.7, 39.9).with("within_m", 10).names().await, ["新名"]);
        assert!(t.nearest(CENTRE.0, CENTRE.1).with("within_m", 10).ids().await.is_empty());
        t.close(station.id, "2026-11-24T09:00:00+08:00", Some("2026-11-24T12:00:00+08:00")).await;
        assert_eq!(t.list().with("state", "closed_by_notice").names().await, ["新名"]);
        station.status = Status::Suspended;
        t.put(&station).await;
        assert_eq!(t.list().with("state", "suspended").names().await, ["新名"]);
        station.status = Status::Retired;
        t.put(&station).await;
        assert!(t.list().names().await.is_empty());
        assert_eq!(t.get(format!("/api/v1/stations/{}", station.id)).send().await.status, 404);
        station.status = Status::Open;
        t.put(&station).await;
        assert_eq!(t.list().names().await, ["新名"]);
        assert_eq!((t.snapshot().revision(), t.revision().await), (6, 6));
        let reply = t.list().send().await;
        assert_eq!(reply.header("x-registry-revision"), "6");
    }

    async fn without_its_database_the_map_answers_and_says_so(t: Town) {
        t.station("站").open().await;
        assert_eq!(t.list().send().await.header("x-registry-stale"), "");
        t.app.db.close().await;
        assert!(t.app.registry.catch_up().await.is_err());
        let reply = t.list().send().await;
        assert_eq!((reply.status.as_u16(), reply.header("x-registry-revision")), (200, "1"));
        assert_eq!(reply.header("warning"), "110 - \"Response is Stale\"");
        assert_eq!(reply.header("x-registry-stale"), crate::harness::NOW);
        let changed = t.get("/api/v1/stations/changes?since=0").json().await;
        assert_eq!(changed["items"].as_array().unwrap().len(), 1, "what changed is told from memory");
    }

    async fn the_index_equals_the_database_after_every_change(t: Town) {
        let ground = t.ground().await;
        let mut stations: Vec<Station> = Vec::new();
        for (i, at) in scattered(60).enumerate() {
            let now = t.app.clock.now();
            match i % 6 {
                0..3 => {
                    let draft = t.station(&format!("站{i}")).at(at.0, at.1).facility(FacilityCode::Water);
                    stations.push(draft.hours(["24/7", "08:00-18:00", "Mo-Fr 09:00-17:00; PH off"][i % 3]).open().await);
                }
                3 => {
                    let moved = &mut stations[i / 2];
                    moved.facts.position = place(at);
                    moved.version += 1;
                    service::put_all(&t.app.db, std::slice::from_ref(moved), now).await.unwrap();
                }
                4 => {
                    let changed = &mut stations[i / 3];
                    changed.status = [Status::Suspended, Status::Retired, Status::Open][i / 6 % 3];
                    service::put_all(&t.app.db, std::slice::from_ref(changed), now).await.unwrap();
                }
                _ => t.close(stations[i / 4].id, "2026-11-24T11:00:00+08:00", Some("2026-11-25T11:00:00+08:00")).await,
            }
            t.follow().await;
            let fresh = t.second_on(ground.clone()).await;
            assert_eq!(content(&t.snapshot()), content(&fresh.snapshot()), "after change {i}");
        }
        assert_eq!((stations.len(), t.snapshot().len()), (30, 27));
    }

    async fn many_changes_at_once_are_read_anew(t: Town) {
        t.station("真的").facility(FacilityCode::Water).open().await;
        let second = t.second().await;
        t.demonstrate().await;
        t.demonstrate().await;
        let many: Vec<_> = (0..300).map(|i| t.new_station(&format!("站{i}"))).collect();
        service::put_all(&t.app.db, &many, t.app.clock.now()).await.unwrap();
        t.follow().await;
        second.catch_up().await.unwrap();
        assert_eq!(second.snapshot().len(), 569);
        assert_eq!(content(&second.snapshot()), content(&t.snapshot()));
        assert_eq!(content(&second.snapshot()), content(&t.second().await.snapshot()));
    }

    async fn a_second_process_sees_what_the_first_wrote(t: Town) {
        let second = t.at(crate::harness::NOW).await;
        t.station("站").open().await;
        assert!(second.list().names().await.is_empty());
        second.follow().await;
        assert_eq!(second.list().names().await, ["站"]);
        let revision = service::put_all(&t.app.db, &[t.new_station("又一站")], t.app.clock.now()).await.unwrap();
        let seen = second.app.registry.at_least(revision).await.unwrap();
        assert_eq!((seen.revision(), seen.len()), (2, 2));
    }

    async fn twelve_writers_leave_no_gap_and_hide_nothing_from_a_follower(t: Town) {
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let t = t.clone();
            writers.spawn(async move {
                let mut revisions = Vec::new();
                for write in 0..WRITES {
                    let station = t.new_station(&format!("站{writer}.{write}"));
                    revisions.push(service::put_all(&t.app.db, &[station], t.app.clock.now()).await.unwrap());
                }
                revisions
            });
        }
        // Meanwhile a follower catches up again and again; each snapshot is checked when all is written.
        let second = t.second().await;
        let mut seen: Vec<(i64, BTreeSet<String>)> = Vec::new();
        let mut revisions = Vec::new();
        while !writers.is_empty() {
            second.catch_up().await.unwrap();
            let snapshot = second.snapshot();
            seen.push((snapshot.revision(), snapshot.entries().map(|e| e.station.id.to_string()).collect()));
            while let Some(done) = writers.try_join_next() {
                let of_one = done.unwrap();
                assert!(of_one.is_sorted(), "{of_one:?}");
                revisions.extend(of_one);
            }
        }
        revisions.sort_unstable();
        assert_eq!(revisions, (1..=96).collect::<Vec<i64>>());
        assert_eq!(t.revision().await, 96);
        let noted = noted(&t).await;
        assert_eq!(noted.keys().copied().collect::<Vec<_>>(), revisions);
        for (revision, ids) in seen {
            let expected: BTreeSet<_> = noted.range(..=revision).flat_map(|(_, ids)| ids.clone()).collect();
            assert!(ids.is_superset(&expected), "a follower at revision {revision} misses a station");
        }
        second.catch_up().await.unwrap();
        assert_eq!(second.snapshot().len(), 96);
    }

    async fn a_revision_without_the_row_lock_would_be_given_twice(t: Town) {
        // SQLite has one writer, whose transaction keeps every other from beginning.
        if !t.is_postgres() {
            let tx = t.app.db.begin().await.unwrap();
            let second = tokio::time::timeout(std::time::Duration::from_millis(50), t.app.db.begin()).await;
            assert!(second.is_err(), "a second writer began beside the first");
            tx.rollback().await.unwrap();
            return;
        }
        // Two writers read the revision first and write it afterwards, as a careless service might.
        let (mut a, mut b) = (t.app.db.begin().await.unwrap(), t.app.db.begin().await.unwrap());
        let first: i64 = in_tx!(a, c => sqlx::query_scalar(REVISION).fetch_one(c).await).unwrap();
        let second: i64 = in_tx!(b, c => sqlx::query_scalar(REVISION).fetch_one(c).await).unwrap();
        let write = |revision: i64| AssertSqlSafe(format!("UPDATE registry SET revision = {}", revision + 1));
        in_tx!(a, c => sqlx::query(write(first)).execute(c).await.map(drop)).unwrap();
        a.commit().await.unwrap();
        in_tx!(b, c => sqlx::query(write(second)).execute(c).await.map(drop)).unwrap();
        b.commit().await.unwrap();
        assert_eq!((first, second, t.revision().await), (0, 0, 1), "two writers, one revision");
        // The service's own way: the second writer waits for the first, and gets the next one.
        let mut a = t.app.db.begin().await.unwrap();
        let raised: i64 =
            in_tx!(a, c => sqlx::query_scalar("UPDATE registry SET revision = revision + 1 RETURNING revision").fetch_one(c).await).unwrap();
        let (db, station, now) = (t.app.db.clone(), t.new_station("站"), t.app.clock.now());
        let waiting = tokio::spawn(async move { service::put_all(&db, &[station], now).await });
        until_one_waits(&t).await;
        assert!(!waiting.is_finished());
        a.commit().await.unwrap();
        assert_eq!((raised, waiting.await.unwrap().unwrap()), (2, 3));
    }
}

/// Asks PostgreSQL until some transaction waits for a lock of another.
async fn until_one_waits(t: &Town) {
    const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let asked = async {
        while numbers(&t.app.db, WAITING).await[0] == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), asked).await.expect("the second writer waits");
}
