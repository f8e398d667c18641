//! One station with all that its sheet shows.

use serde_json::{Value, json};
use spatial::Datum;
use yizhan::stations::model::Status;

use crate::arrange::{CENTRE, place};
use crate::client::text;
use crate::harness::Town;

impl Town {
    async fn sheet(&self, id: impl std::fmt::Display, at: &str) -> Value {
        self.get(format!("/api/v1/stations/{id}")).with("at", at).json().await
    }
}

both_engines! {
    async fn the_way_there_is_linked_for_every_app(t: Town) {
        let station = t.station("内部名")
            .fact(|f| f.signboard = Some("驿站 A&B".to_owned()))
            .fact(|f| f.address = Some("文化路#1".to_owned()))
            .open().await;
        let sheet = t.sheet(station.id, crate::harness::NOW).await;
        let nav = &sheet["properties"]["nav"];
        let there = Datum::Gcj02.from_wgs84(place(CENTRE));
        let (lon, lat) = (format!("{:.6}", there.lon()), format!("{:.6}", there.lat()));
        let name = "%E9%A9%BF%E7%AB%99%20A%26B";
        let address = "%E6%96%87%E5%8C%96%E8%B7%AF%231";
        assert_eq!(nav["amap"], format!("https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=walk&src=yizhan&callnative=1"));
        assert_eq!(nav["baidu"], format!("https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={address}&coord_type=gcj02&output=html&src=webapp.yizhan.yizhan"));
        assert_eq!(nav["tencent"], format!("https://apis.map.qq.com/uri/v1/routeplan?type=walk&to={name}&tocoord={lat},{lon}&coord_type=2&referer=yizhan"));
        assert_eq!(nav["apple"], "https://maps.apple.com/?daddr=39.930000,119.600000&dirflg=w");
        assert_eq!(nav["geo"], format!("geo:39.930000,119.600000?q=39.930000,119.600000({name})"));
        assert!(place(CENTRE).geodesic_m(there) > 400.0, "the two systems differ here");
    }

    async fn the_week_knows_holidays_and_makeup_days(t: Town) {
        let station = t.station("站").hours("Mo-Fr 09:00-12:00,13:00-17:00; PH off").open().await;
        // Spring Festival 2026: off from 02-15 to 02-23, worked on Saturday 02-14 and 02-28.
        let sheet = t.sheet(station.id, "2026-02-13T10:00:00+08:00").await;
        let week = sheet["properties"]["week"].as_array().unwrap();
        assert_eq!(week.len(), 7);
        let day = |i: usize| (text(&week[i]["date"]), week[i]["kind"].clone(), week[i]["spans"].as_array().unwrap().len());
        assert_eq!(day(0), ("2026-02-13".to_owned(), Value::Null, 2));
        assert_eq!(day(1), ("2026-02-14".to_owned(), json!("work"), 2));
        assert_eq!(day(2), ("2026-02-15".to_owned(), json!("off"), 0));
        assert_eq!(week[2]["holiday"], "春节");
        assert_eq!(week[0]["spans"], json!([["09:00", "12:00"], ["13:00", "17:00"]]));
    }

    async fn a_span_past_midnight_belongs_to_its_evening(t: Town) {
        let station = t.station("夜").hours("22:00-06:00").open().await;
        let sheet = t.sheet(station.id, crate::harness::NOW).await;
        assert_eq!(sheet["properties"]["week"][0]["spans"], json!([["22:00", "30:00"]]));
    }

    async fn without_certain_hours_there_is_no_week(t: Town) {
        let station = t.station("站").uncertain("看情况").open().await;
        let sheet = t.sheet(station.id, crate::harness::NOW).await;
        let told = &sheet["properties"];
        assert_eq!((&told["state"], &told["week"], &told["hours"]), (&json!("unknown"), &Value::Null, &Value::Null));
        assert_eq!(told["hours_text"], "看情况");
    }

    async fn what_is_not_public_is_not_found(t: Town) {
        let open = t.station("公开").open().await;
        let draft = t.station("草稿").store(Status::Draft).await;
        let retired = t.station("撤了").store(Status::Retired).await;
        let unknown = "01890000-0000-7000-8000-000000000000".to_owned();
        assert_eq!(t.get(format!("/api/v1/stations/{}", open.id)).send().await.status, 200);
        let garbage = ["x", "%00", "%F0%9F%92%A9", "..%2F..%2Fetc", "1e308"].map(str::to_owned);
        for id in [draft.id.to_string(), retired.id.to_string(), unknown].into_iter().chain(garbage) {
            let reply = t.get(format!("/api/v1/stations/{id}")).send().await;
            assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (404, &json!("not_found")), "{id}");
        }
    }

    async fn the_sheet_is_given_in_the_system_asked_for(t: Town) {
        let station = t.station("站").open().await;
        for datum in Datum::ALL {
            let sheet = t.get(format!("/api/v1/stations/{}", station.id)).with("out_crs", datum.as_str()).json().await;
            let told: [f64; 2] = serde_json::from_value(sheet["geometry"]["coordinates"].clone()).unwrap();
            let there = datum.from_wgs84(place(CENTRE));
            assert!(place((told[0], told[1])).geodesic_m(there) < 0.02, "{datum}");
            assert_eq!(sheet["crs"], datum.as_str());
        }
    }
}
