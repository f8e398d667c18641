//! Promise kept: its definition against brute force, and what observes.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use yizhan::accounts::Role;
use yizhan::ids::StationId;
use yizhan::observations::{self, Observation, Source};

use crate::arrange::instant;
use crate::chance::Chance;
use crate::client::text;
use crate::harness::Town;

impl Town {
    async fn seen(
        &self,
        station: StationId,
        at: DateTime<Utc>,
        source: Source,
        is_open: bool,
        is_posted: bool,
    ) {
        let object = if source == Source::Report { format!("report at {at}") } else { String::new() };
        let mut tx = self.app.db.begin().await.unwrap();
        let seen = Observation { station, at, source, object, is_open, is_posted };
        observations::observe(&mut tx, &seen).await.unwrap();
        tx.commit().await.unwrap();
    }
}

both_engines! {
    async fn the_rate_is_hours_found_open_by_all_of_hours_looked_at(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let s = t.station("海港驿站").district("130302").open().await;
        let at = |text: &str| instant(&format!("2026-11-{text}:00+08:00")).with_timezone(&Utc);
        let kept = || t.get(format!("/api/v1/stations/{}/promise?from=2026-11-16&to=2026-11-24", s.id)).by(&clerk).json();
        for (when, source, is_open, is_posted, open, of, days) in [
            ("16T09:10", Source::Keeper, true, true, 1, 1, 1),
            ("16T09:50", Source::Visit, true, true, 1, 1, 1),
            // The least favourable of an hour wins, whoever saw it.
            ("16T09:55", Source::Report, false, true, 0, 1, 1),
            ("16T09:59", Source::Inspection, true, true, 0, 1, 1),
            ("16T10:00", Source::Keeper, true, true, 1, 2, 1),
            // Outside the posted hours nothing counts, nor does it hide what was seen inside.
            ("16T22:00", Source::Visit, false, false, 1, 2, 1),
            ("17T08:10", Source::Visit, true, false, 1, 2, 1),
            ("17T08:40", Source::Visit, false, true, 1, 3, 2),
            ("17T08:45", Source::Visit, true, false, 1, 3, 2),
            ("18T09:00", Source::Keeper, true, true, 2, 4, 3),
            ("19T09:00", Source::Keeper, true, true, 3, 5, 4),
        ] {
            t.seen(s.id, at(when), source, is_open, is_posted).await;
            let told = kept().await;
            assert_eq!((&told["open"], &told["of"], &told["days"]), (&json!(open), &json!(of), &json!(days)), "{when}");
            assert_eq!(told["rate"], Value::Null, "no rate under five days");
        }
        // A minute before midnight in the city is that day, whatever day it is in Greenwich.
        t.seen(s.id, at("19T23:59"), Source::Visit, true, true).await;
        assert_eq!(kept().await["days"], 4);
        t.seen(s.id, at("20T00:00"), Source::Visit, true, true).await;
        let told = kept().await;
        assert_eq!((&told["open"], &told["of"], &told["days"], &told["rate"]), (&json!(5), &json!(7), &json!(5), &json!(5.0 / 7.0)));
        assert!(text(&told["definition"]).contains("不足 5 天"));
        let day = t.get(format!("/api/v1/stations/{}/promise?from=2026-11-17&to=2026-11-17", s.id)).by(&clerk);
        assert_eq!(day.json().await["of"], 1);
        for query in ["from=2026-11-25&to=2026-11-24", "from=2024-01-01&to=2026-11-24", "from=soon"] {
            let reply = t.get(format!("/api/v1/stations/{}/promise?{query}", s.id)).by(&clerk).send().await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}");
        }
        let stranger = t.staff("stranger", Role::District, "130304").await;
        let reply = t.get(format!("/api/v1/stations/{}/promise", s.id)).by(&stranger).send().await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }

    async fn it_agrees_with_the_definition_taken_word_for_word(t: Town) {
        let stations = [t.station("一").open().await.id, t.station("二").open().await.id, t.station("三").open().await.id];
        let (zone, mut chance) = (t.app.config.zone(), Chance::new(20_261_124));
        let begin = instant("2026-11-01T00:00:00+08:00").with_timezone(&Utc);
        let mut all = Vec::new();
        for _ in 0..400 {
            let at = begin + TimeDelta::minutes(chance.of(0..=14_399));
            let source = Source::ALL[chance.index(Source::ALL.len())];
            let seen = (stations[chance.index(3)], at, source, chance.index(4) > 0, chance.index(5) > 0);
            t.seen(seen.0, seen.1, seen.2, seen.3, seen.4).await;
            all.push(seen);
        }
        let (from, to) = (begin + TimeDelta::days(1), begin + TimeDelta::days(8));
        let told = observations::promise_by_station(&t.app.db, zone, from, to).await.unwrap();
        for station in stations {
            let inside = all.iter().filter(|seen| seen.0 == station && seen.4 && (from..to).contains(&seen.1));
            let mut hours: BTreeMap<i64, bool> = BTreeMap::new();
            for seen in inside {
                let open = hours.entry(seen.1.timestamp() / 3_600).or_insert(true);
                *open &= seen.3;
            }
            let days: BTreeSet<_> = hours.keys().map(|hour| zone.from_ms(hour * 3_600_000).date_naive()).collect();
            let open = hours.values().filter(|open| **open).count();
            let found = told[&station];
            assert_eq!((found.open, found.of, found.days), (i64::try_from(open).unwrap(), i64::try_from(hours.len()).unwrap(), i64::try_from(days.len()).unwrap()));
            assert!(found.of > 50 && found.open > 0 && found.open < found.of, "{found:?} proves something");
            assert_eq!(observations::promise(&t.app.db, zone, station, from, to).await.unwrap(), found);
        }
    }

    async fn the_sheet_of_a_station_says_how_it_kept_its_hours(t: Town) {
        let s = t.station("海港驿站").district("130302").open().await;
        let read = async |language: &str| {
            let reply = t.get(format!("/stations/{}", s.id)).header("accept-language", language).send().await;
            assert_eq!(reply.status, StatusCode::OK);
            reply.text()
        };
        let at = |text: &str| instant(&format!("2026-{text}:00+08:00")).with_timezone(&Utc);
        for (when, is_open) in [("10-25T09:00", false), ("10-26T09:00", true), ("11-01T09:00", true), ("11-02T09:00", true)] {
            t.seen(s.id, at(when), Source::Visit, is_open, true).await;
        }
        t.seen(s.id, at("11-03T09:00"), Source::Visit, true, true).await;
        assert!(!read("zh").await.contains("按时开门"), "four of the last thirty days prove nothing");
        t.seen(s.id, at("11-23T09:00"), Source::Visit, true, true).await;
        t.seen(s.id, at("11-24T09:00"), Source::Visit, false, true).await;
        assert!(read("zh").await.contains("按时开门：近 30 天有人看过 6 个小时，5 个小时开着（83%）"));
        let english = read("en").await;
        assert!(english.contains("open in 5 of 6 hours that somebody looked at in the last 30 days (83%)"));
        t.app.db.close().await;
        assert!(!read("zh").await.contains("按时开门"), "without a database the sheet stands, and does not say it");
    }

    async fn reports_and_keepers_observe_within_posted_hours_only(t: Town) {
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let open = t.station("开着").district("130302").hours("Mo-Su 08:00-18:00").open().await;
        let shut = t.station("关着").district("130302").hours("Mo-Su 18:00-20:00").open().await;
        let unsure = t.station("不清楚").district("130302").uncertain("看情况").open().await;
        let keeper = t.keeper("keeper", &[open.id, shut.id]).await;
        let kept = async |id: StationId| {
            let told = t.get(format!("/api/v1/stations/{id}/promise")).by(&clerk).json().await;
            (told["open"].as_i64().unwrap(), told["of"].as_i64().unwrap())
        };
        let confirm = async |id: StationId, by| {
            let reply = t.post(format!("/api/v1/stations/{id}/confirmations")).by(by);
            assert_eq!(reply.sending(json!({ "how": "keeper" })).send().await.status, StatusCode::CREATED);
        };
        confirm(open.id, &clerk).await;
        assert_eq!(kept(open.id).await, (0, 0), "who sits in an office has not seen the door");
        confirm(open.id, &keeper).await;
        confirm(shut.id, &keeper).await;
        assert_eq!((kept(open.id).await, kept(shut.id).await), ((1, 1), (0, 0)));
        let slip = t.locked(open.id).await;
        t.locked(shut.id).await;
        t.locked(unsure.id).await;
        assert_eq!((kept(open.id).await, kept(shut.id).await, kept(unsure.id).await), ((0, 1), (0, 0), (0, 0)));
        let answer = json!({ "verdict": "unfounded", "answer": "当时开着，走错了门" });
        assert_eq!(t.answer(&slip, &clerk, answer).await.status, StatusCode::OK);
        assert_eq!(kept(open.id).await, (1, 1), "an unfounded report is taken back, the keeper's word stands");
    }
}
