//! Pages: each station once, however many there are, and also while one is added.

use std::collections::BTreeSet;

use yizhan::ids::StationId;
use yizhan::stations::model::{Host, Status};
use yizhan::stations::service;

use super::{STATIONS, ids, link, local};
use crate::arrange::{facts, place, scattered};
use crate::harness::{Town, on_sqlite};

impl Town {
    /// Stores so many stations, scattered over the city.
    async fn crowd(&self, count: u32) -> BTreeSet<StationId> {
        let now = self.app.clock.now();
        let facts = scattered(count).enumerate().map(|(i, at)| {
            let mut facts = facts(&format!("第{i}驿站"));
            (facts.position, facts.host) = (place(at), Host::ALL.get(i % 7).copied());
            facts.hours = Some("08:00-18:00".to_owned());
            facts
        });
        let stations: Vec<_> = facts.map(|facts| service::register(facts, Status::Open, now)).collect();
        service::put_all(&self.app.db, &stations, now).await.expect("stored");
        self.follow().await;
        stations.iter().map(|station| station.id).collect()
    }
}

/// The ids, of which none may come twice.
fn once(features: &[serde_json::Value]) -> BTreeSet<String> {
    let all = ids(features);
    let set: BTreeSet<_> = all.iter().cloned().collect();
    assert_eq!(set.len(), all.len(), "a station came twice");
    set
}

both_engines! {
    async fn the_pages_hold_each_of_250_stations_once(t: Town) {
        let made: BTreeSet<_> = t.crowd(250).await.iter().map(ToString::to_string).collect();
        for limit in ["", "1", "7", "50", "250", "9999"] {
            let found = t.items_of_all_pages(&[("limit", limit)]).await;
            assert_eq!(once(&found), made, "limit {limit}");
        }
        let page = t.items().json().await;
        assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&250.into(), &50.into()));
        assert_eq!(t.items().with("limit", 250).json().await["links"].as_array().unwrap().len(), 2, "no next page");
        for wrong in ["0", "-1", "x", "1.5"] {
            assert_eq!(t.items().with("limit", wrong).send().await.status, 400, "{wrong}");
        }
        assert_eq!(t.items().with("cursor", "x").send().await.status, 400);
    }

    async fn what_is_added_between_two_pages_moves_nothing(t: Town) {
        let made: BTreeSet<_> = t.crowd(60).await.iter().map(ToString::to_string).collect();
        let first = t.items().with("limit", 20).json().await;
        let added = t.station("后来的").open().await.id.to_string();
        let second = t.get(local(&link(&first, "next").unwrap())).json().await;
        assert_eq!(second["numberMatched"], 61);
        let mut all = first["features"].as_array().unwrap().clone();
        let mut page = second;
        loop {
            all.extend(page["features"].as_array().unwrap().clone());
            let Some(next) = link(&page, "next") else { break };
            page = t.get(local(&next)).json().await;
        }
        let found = once(&all);
        assert!(made.is_subset(&found), "none is lost");
        assert!(found.iter().all(|id| made.contains(id) || *id == added));
    }

    async fn the_next_page_keeps_every_parameter(t: Town) {
        t.demonstrate().await;
        let query = [
            ("limit", "3"),
            ("filter", "name LIKE '%支行%' AND capacity >= 10"),
            ("host", "bank"),
            ("bbox", "39,119,41,120"),
            ("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/4490"),
            ("crs", "http://www.opengis.net/def/crs/EPSG/0/3857"),
            ("datetime", "2026-11-24T23:30:00+08:00"),
        ];
        let paged = t.items_of_all_pages(&query).await;
        let whole = t.items_of_all_pages(&[&query[1..], &[("limit", "1000")]].concat()).await;
        assert!(paged.len() > 6 && paged == whole, "{} {}", paged.len(), whole.len());
        let reply = query.iter().fold(t.items(), |ask, (name, value)| ask.with(name, value)).send().await;
        let next = link(&reply.json(), "next").unwrap();
        assert_eq!(reply.next_page().unwrap(), local(&next), "the header and the body say the same");
    }
}

#[tokio::test]
async fn the_pages_hold_each_of_20000_stations_once() {
    on_sqlite(async |t: Town| {
        let made: BTreeSet<_> = t.crowd(20_000).await.iter().map(ToString::to_string).collect();
        let found = t.items_of_all_pages(&[("limit", "1000")]).await;
        assert_eq!(once(&found), made);
        let page =
            t.get(format!("{STATIONS}/items")).with("limit", 1_001).with("filter", "is_open").json().await;
        assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&20_000.into(), &1_000.into()));
    })
    .await;
}
