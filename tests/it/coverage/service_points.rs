//! Service points beside stations: the 15-minute service circle, and coverage by either.

use serde_json::json;

use super::stage::{People, figure};
use crate::arrange::place;
use crate::harness::Town;

const PATH: &str = "/api/v1/coverage";

both_engines! {
    async fn a_hall_counts_where_it_is_asked_for(t: Town) {
        t.station("岗亭").at(119.6, 39.93).hours("24/7").open().await;
        let here = |lon, count| People { at: place((lon, 39.931)), count, trade: "" };
        let planner = t.with_people(&[here(119.6, 40), here(119.7, 60), here(119.75, 100)]).await;
        let halls = "name,lon,lat,hours\n社保大厅,119.7,39.93,Mo-Fr 09:00-17:00; PH off\n分厅,119.75,39.93,\n";
        let options = json!({ "code": "social_security_hall", "name": "社保大厅" });
        t.bring(&planner, "/api/v1/service-points", halls, options).await;
        let noon = ("at", "2026-11-25T12:00:00+08:00");
        let night = ("at", "2026-11-25T23:00:00+08:00");
        let covered = async |pairs: &[(&str, &str)]| {
            let told = t.coverage(&planner, PATH, pairs).await;
            (figure(&told, "covered")["numerator"].clone(), figure(&told, "service_circle")["numerator"].clone())
        };
        assert_eq!(covered(&[noon]).await, (json!(40), json!(160)));
        assert_eq!(covered(&[noon, ("of", "service_points")]).await, (json!(60), json!(160)), "unknown is not open");
        assert_eq!(covered(&[noon, ("of", "either")]).await, (json!(100), json!(160)));
        assert_eq!(covered(&[night, ("of", "either")]).await, (json!(40), json!(160)));
        let asked = [noon, ("of", "either"), ("layer", "social_security_hall")];
        assert_eq!(covered(&asked).await.0, json!(100));
    }
}
