//! Layers at the command line: what is said, and which status it ends with.

use std::ffi::OsString;
use std::path::Path;

use serde_json::{Value, json};
use yizhan::planning::demand::service;

use super::{HALLS, PEOPLE};
use crate::harness::Town;
use crate::program::Run;

impl Town {
    /// Runs `demand` or `service-points` with a file where one is named.
    async fn layer_command(&self, words: &[&str], file: Option<&Path>) -> Run {
        let mut arguments: Vec<OsString> = words.iter().map(Into::into).collect();
        arguments.extend(file.map(|file| file.as_os_str().to_owned()));
        self.program(arguments).await
    }
}

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.said).unwrap_or_else(|e| panic!("{e}: {}", run.said))
}

both_engines! {
    async fn demand_is_imported_listed_and_removed(t: Town) {
        let good = t.file("people.csv", "x,y,jobs\n119.6,39.93,30\n119.5,39.93,20\n");
        let dry = t.layer_command(&["demand", "import", "--map", "jobs=weight", "--dry-run", "--json"], Some(&good)).await;
        assert_eq!((dry.status, &report(&dry)["people"]), (Some(0), &json!(50)), "{}", dry.said);
        assert!(service::layer(&t.app, None).await.unwrap().layer.stand_in);
        let words = ["demand", "import", "--map", "jobs=weight", "--crs", "gcj02", "--layer", "jobs", "--name", "岗位", "--source", "统计局", "--licence", "CC BY 4.0", "--trade", "courier"];
        let run = t.layer_command(&words, Some(&good)).await;
        assert_eq!((run.status, run.said.trim()), (Some(0), "jobs：2 行，2 个点，50 人；0 个点在本市之外"));
        let kept = service::layer(&t.app, Some("jobs")).await.unwrap();
        assert_eq!((kept.layer.name.as_str(), kept.layer.licence.as_str(), kept.layer.trades.len()), ("岗位", "CC BY 4.0", 1));

        let bad = t.file("bad.csv", "lon,lat,weight\n119.6,39.93,x\n");
        let refused = t.layer_command(&["demand", "import", "--layer", "jobs"], Some(&bad)).await;
        assert_eq!((refused.status, refused.said.contains("row 2 weight")), (Some(1), true), "{}", refused.said);
        let refused = t.layer_command(&["demand", "import", "--json", "--dry-run"], Some(&bad)).await;
        assert_eq!((refused.status, &report(&refused)["errors"][0]["code"]), (Some(1), &json!("not_a_number")));
        let broken = t.layer_command(&["demand", "import"], Some(&t.file("x.pdf", "%PDF-1.7"))).await;
        assert_eq!(broken.status, Some(1), "{}", broken.said);
        let missing = t.layer_command(&["demand", "import", "no such file"], None).await;
        let wrong = t.layer_command(&["demand", "import", "--map", "jobs"], Some(&good)).await;
        assert_eq!((missing.status, wrong.status), (Some(2), Some(2)));

        let list = t.layer_command(&["demand", "list"], None).await;
        assert_eq!((list.status, list.said.starts_with("jobs\t岗位\t2 points\t50 people")), (Some(0), true), "{}", list.said);
        let gone = t.layer_command(&["demand", "remove", "jobs"], None).await;
        let again = t.layer_command(&["demand", "remove", "jobs"], None).await;
        assert_eq!((gone.status, again.status), (Some(0), Some(1)));
        assert!(service::layer(&t.app, None).await.unwrap().layer.stand_in);
        assert!(t.verified().await.ok);
    }

    async fn areas_come_by_the_command_line_too(t: Town) {
        let ring = json!([[[119.5, 39.92], [119.52, 39.92], [119.52, 39.94], [119.5, 39.94], [119.5, 39.92]]]);
        let feature = json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": ring }, "properties": { "人数": 500 } });
        let file = t.file("areas.geojson", json!({ "type": "FeatureCollection", "features": [feature] }).to_string());
        let run = t.layer_command(&["demand", "import", "--json"], Some(&file)).await;
        assert_eq!((run.status, &report(&run)["people"]), (Some(0), &json!(500)), "{}", run.said);
        assert!(report(&run)["points"].as_u64() > Some(300));
    }

    async fn service_points_are_imported_listed_and_removed(t: Town) {
        let file = t.file("halls.csv", HALLS);
        let run = t.layer_command(&["service-points", "import", "--layer", "halls", "--name", "社保大厅"], Some(&file)).await;
        assert_eq!((run.status, run.said.trim()), (Some(0), "halls：2 行，2 个点；1 个时间读不准，0 个点在本市之外"));
        let list = t.layer_command(&["service-points", "list"], None).await;
        assert_eq!(list.said.trim(), "halls\t社保大厅\t2 points");
        let nameless = t.file("people.csv", PEOPLE);
        let refused = t.layer_command(&["service-points", "import", "--layer", "halls"], Some(&nameless)).await;
        assert_eq!(refused.status, Some(1), "{}", refused.said);
        assert_eq!(t.layer_command(&["service-points", "remove", "halls"], None).await.status, Some(0));
        assert_eq!(t.layer_command(&["service-points", "remove", "halls"], None).await.status, Some(1));
    }
}
