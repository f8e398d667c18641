//! A real grid, a large layer, and two who replace one at the same time.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use yizhan::accounts::Role;
use yizhan::planning::demand::service;

use crate::client::text;
use crate::harness::Town;

/// The grid of Porto Alegre (r5r, MIT licence), where the machine has it; elsewhere it says aloud that it has not.
fn hexgrid() -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let file = |at: &Path| at.join("shared/data/osm/porto_alegre_hexgrid.csv");
    let found = folder.map(file).find_map(|path| std::fs::read(path).ok());
    if found.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: the hexgrid of Porto Alegre is not here");
    }
    found
}

both_engines! {
    async fn the_hexgrid_of_porto_alegre_is_a_layer(t: Town) {
        let Some(file) = hexgrid() else { return };
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let options = json!({ "name": "Porto Alegre", "source": "r5r", "as_of": "2019" });
        let told = t.demand(&planner, &file, &options).await;
        let rows: Vec<(f64, f64, f64)> = String::from_utf8(file.clone()).unwrap().lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[1].parse().unwrap(), cells[2].parse().unwrap(), cells[3].parse().unwrap())
        }).collect();
        let lived: Vec<_> = rows.iter().filter(|(.., people)| *people > 0.0).collect();
        let people: f64 = lived.iter().map(|(.., people)| people).sum();
        assert_eq!((told["rows"].as_u64(), told["points"].as_u64()), (Some(rows.len() as u64), Some(lived.len() as u64)));
        assert_eq!((told["people"].as_f64(), &told["outside"]), (Some(people), &told["points"]));
        assert_eq!(told["more_problems"].as_u64(), Some((rows.len() - lived.len()) as u64 - 100));
        let kept = service::layer(&t.app, None).await.unwrap();
        for (point, (lon, lat, people)) in kept.points.iter().zip(&lived) {
            assert_eq!((point.position.lon(), point.position.lat(), point.people), (*lon, *lat, *people));
        }
        let jobs = json!({ "code": "jobs", "mapping": { "population": null, "jobs": "weight" } });
        assert!(t.demand(&planner, &file, &jobs).await["people"].as_u64() > Some(0));
        assert_eq!(service::layer(&t.app, Some("jobs")).await.unwrap().layer.code, "jobs");
    }

    async fn two_who_replace_a_layer_at_once_leave_one_of_both_whole(t: Town) {
        let root = t.staff("root", Role::Planner, "1303").await;
        let elsewhere = t.reopened(|_| {}).await;
        let file = |people: u32, rows: u32| {
            let mut file = "lon,lat,weight\n".to_owned();
            for n in 0..rows {
                let _ = writeln!(file, "{},39.93,{people}", 119.5 + f64::from(n) * 0.0001);
            }
            file
        };
        let (one, other) = (file(1, 900), file(2, 1_100));
        for _ in 0..3 {
            let (none, zone) = (json!({ "name": "一" }), json!({ "name": "二" }));
            let (a, b) = tokio::join!(t.demand(&root, one.as_bytes(), &none), elsewhere.demand(&root, other.as_bytes(), &zone));
            let last = if a["layer"]["version"].as_i64() > b["layer"]["version"].as_i64() { &a } else { &b };
            for town in [&t, &elsewhere] {
                let kept = service::layer(&town.app, None).await.unwrap();
                let people: BTreeSet<u64> = kept.points.iter().map(|p| p.people.to_bits()).collect();
                assert_eq!(people.len(), 1, "never some of both");
                assert_eq!((kept.layer.name.clone(), Some(kept.points.len() as u64)), (text(&last["layer"]["name"]), last["points"].as_u64()));
            }
        }
        assert!(t.verified().await.ok);
    }

    async fn a_large_layer_is_read_once_and_kept(t: Town) {
        let planner = t.staff("planner", Role::Planner, "1303").await;
        let ring = json!([[[119.0, 39.9], [119.25, 39.9], [119.25, 40.2], [119.0, 40.2], [119.0, 39.9]]]);
        let geometry = json!({ "type": "Polygon", "coordinates": ring });
        let feature = json!({ "type": "Feature", "geometry": geometry, "properties": { "weight": 100_000 } });
        let file = json!({ "type": "FeatureCollection", "features": [feature] }).to_string();
        let told = t.demand(&planner, file.as_bytes(), &json!({})).await;
        let points = usize::try_from(told["points"].as_u64().unwrap()).unwrap();
        assert!(points > 50_000, "more than are read or written at once: {points}");
        let (begin, elsewhere) = (yizhan::time::steady(), t.reopened(|_| {}).await);
        let (a, b) = tokio::join!(service::layer(&elsewhere.app, None), service::layer(&elsewhere.app, Some("default")));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!(std::sync::Arc::ptr_eq(&a, &b), "read once");
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
        assert_eq!((a.points.len(), a.layer.points), (points, points));
        let sum: f64 = a.points.iter().map(|p| p.people).sum();
        assert!((sum - 100_000.0).abs() < 1e-3, "{sum}");
        assert_eq!(a.points, service::layer(&t.app, None).await.unwrap().points, "in the order of the file");
    }
}
