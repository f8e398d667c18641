//! The list: filters, search, a window of the map, and pages.

use std::collections::BTreeSet;

use serde_json::json;
use spatial::Datum;
use yizhan::stations::model::{FacilityCode, Host, Status};

use crate::arrange::{CENTRE, place};
use crate::client::text;
use crate::harness::Town;

both_engines! {
    async fn the_pages_hold_each_station_once(t: Town) {
        t.demonstrate().await;
        let pages = t.list().with("limit", 40).pages().await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [40, 40, 40, 40, 40, 40, 28]);
        let ids: Vec<_> = pages.iter().flatten().map(|f| text(&f["id"])).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 268);
        let default = t.list().pages().await;
        assert_eq!(default[0].len(), 50);
        // More than the most is cut to it; a page that ends with the last station has no next.
        assert_eq!(t.list().with("limit", 5_000).pages().await.iter().map(Vec::len).collect::<Vec<_>>(), [200, 68]);
        assert_eq!(t.list().with("limit", 134).pages().await.len(), 2);
    }

    async fn the_next_page_keeps_every_filter(t: Town) {
        t.demonstrate().await;
        let ask = || t.list().with("host", "bank").with("q", "海港 支行").with("at", "2026-11-24T23:30:00+08:00");
        let whole = ask().with("limit", 200).features().await;
        assert!(whole.len() > 3, "{}", whole.len());
        let paged = ask().with("limit", 3).all().await;
        assert_eq!(paged, whole);
        let reply = ask().with("limit", 1).send().await;
        let next = reply.next_page().unwrap();
        assert!(next.contains("host=bank") && next.contains("limit=1") && next.contains("cursor="), "{next}");
    }

    async fn links_name_the_public_address(t: Town) {
        t.station("一").open().await;
        t.station("二").open().await;
        let public = t.reopened(|config| "https://yizhan.example.cn/".clone_into(&mut config.server.public_url)).await;
        let reply = public.list().with("limit", 1).send().await;
        assert!(reply.header("link").starts_with("<https://yizhan.example.cn/api/v1/stations?limit=1&cursor="));
    }

    async fn stations_are_chosen_by_district_host_state_and_facility(t: Town) {
        t.station("海港").district("130302").host(Host::Bank).open().await;
        t.station("北戴河").district("130304").host(Host::Park).facility(FacilityCode::Water).open().await;
        t.station("关着").district("130304").hours("14:00-16:00").facility(FacilityCode::Water).open().await;
        t.station("停用").district("130304").store(Status::Suspended).await;
        let ask = |name: &str, value: &str| t.list().with(name, value);
        assert_eq!(ask("district", "130304").names().await, ["北戴河", "关着", "停用"]);
        assert_eq!(ask("host", "bank,park").names().await, ["海港", "北戴河"]);
        assert_eq!(ask("state", "closed,suspended").names().await, ["关着", "停用"]);
        assert_eq!(ask("facility", "water").names().await, ["北戴河"]);
        assert_eq!(ask("open", "now").names().await, ["海港", "北戴河"]);
        assert_eq!(ask("district", "130304").with("state", "open").names().await, ["北戴河"]);
        assert!(ask("district", "130399").names().await.is_empty());
    }

    async fn only_what_is_public_is_listed(t: Town) {
        for status in Status::ALL {
            t.station(status.as_str()).store(*status).await;
        }
        assert_eq!(t.list().names().await, ["open", "suspended"]);
    }

    async fn a_time_describes_and_open_filters_by_it(t: Town) {
        t.station("白天").hours("08:00-18:00").open().await;
        t.station("夜里").hours("22:00-06:00").open().await;
        let night = "2026-11-25T01:00:00+08:00";
        let told = t.list().with("at", night).json().await;
        let states: Vec<_> = told["features"].as_array().unwrap().iter().map(|f| text(&f["properties"]["state"])).collect();
        assert_eq!((states, &told["at"]), (vec!["closed".to_owned(), "open".to_owned()], &json!(night)));
        assert_eq!(t.list().with("open", night).names().await, ["夜里"]);
        // The same instant in another zone is told in the city's.
        assert_eq!(t.list().with("open", "2026-11-24T17:00:00Z").json().await["at"], night);
        assert_eq!(t.list().with("open", "now").names().await, ["白天"]);
    }

    async fn a_window_of_the_map_is_read_in_its_own_system(t: Town) {
        let (lon, lat) = CENTRE;
        t.station("中").open().await;
        t.station("东").at(lon + 0.02, lat).open().await;
        let window = |lon: f64, lat: f64| format!("{},{},{},{}", lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001);
        assert_eq!(t.list().with("bbox", window(lon, lat)).names().await, ["中"]);
        assert_eq!(t.list().with("bbox", "119,39,120,41").names().await, ["中", "东"]);
        for datum in [Datum::Gcj02, Datum::Bd09] {
            let there = datum.from_wgs84(place(CENTRE));
            let ask = t.list().with("bbox", window(there.lon(), there.lat()));
            assert_eq!(ask.with("crs", datum.as_str()).names().await, ["中"], "{datum}");
        }
        let there = Datum::Gcj02.from_wgs84(place(CENTRE));
        assert!(t.list().with("bbox", window(there.lon(), there.lat())).names().await.is_empty());
        for wrong in ["1,2,3", "a,b,c,d", "120,39,119,41", "119,41,120,39", "119,39,120,91", "NaN,39,120,41"] {
            assert_eq!(t.list().with("bbox", wrong).send().await.status, 400, "{wrong}");
        }
    }

    async fn the_search_reads_name_signboard_number_and_address(t: Town) {
        t.station("海港支行").fact(|f| f.signboard = Some("劳动者驿站 ABC".to_owned())).open().await;
        t.station("海港油站").fact(|f| f.code = Some("QHD-0007".to_owned())).open().await;
        t.station("公园").fact(|f| f.address = Some("海港区文化路１５号".to_owned())).open().await;
        let ask = |q: &str| t.list().with("q", q);
        assert_eq!(ask("海港").names().await, ["海港支行", "海港油站", "公园"]);
        assert_eq!(ask("海港 油").names().await, ["海港油站"]);
        assert_eq!(ask("abc").names().await, ["海港支行"]);
        assert_eq!(ask("ＡＢＣ").names().await, ["海港支行"]);
        assert_eq!(ask("qhd-0007").names().await, ["海港油站"]);
        assert_eq!(ask("15号").names().await, ["公园"]);
        assert!(ask("没有的").names().await.is_empty());
        assert_eq!(ask(&"长".repeat(101)).send().await.status, 400);
    }

    async fn the_search_reads_pinyin_and_initials(t: Town) {
        t.station("重庆路工会驿站").open().await;
        t.station("建设银行长城支行").fact(|f| f.signboard = Some("户外劳动者驿站".to_owned())).open().await;
        t.station("女职工之家").district("130302").open().await;
        t.station("公园").district("130304").fact(|f| f.address = Some("海滨路１５号".to_owned())).open().await;
        let found = async |q: &str| t.list().with("q", q).names().await;
        for (q, names) in [
            ("chongqinglu", vec!["重庆路工会驿站"]),
            ("zhong qing", vec!["重庆路工会驿站"]),
            ("CQL", vec!["重庆路工会驿站"]),
            ("yinhang", vec!["建设银行长城支行"]),
            ("yin'xing", vec!["建设银行长城支行"]),
            ("ＹＩＮＨＡＮＧ changcheng", vec!["建设银行长城支行"]),
            ("hwldzyz", vec!["建设银行长城支行"]),
            ("yizhan", vec!["重庆路工会驿站", "建设银行长城支行"]),
            ("nvzhigong", vec!["女职工之家"]),
            ("nü", vec!["女职工之家"]),
            // The district is read in Chinese, pinyin, initials and English.
            ("海港区", vec!["女职工之家"]),
            ("haigang", vec!["女职工之家"]),
            ("hai gang", vec!["女职工之家"]),
            ("hgq", vec!["女职工之家"]),
            ("beidaihe district", vec!["公园"]),
            ("bdhq gongyuan", vec!["公园"]),
            ("haibinlu15hao", vec!["公园"]),
            ("yizhan yinhang gongyuan", vec![]),
        ] {
            assert_eq!(found(q).await, names, "{q}");
        }
    }

    async fn a_search_goes_with_every_other_filter(t: Town) {
        t.demonstrate().await;
        let whole = t.list().with("q", "haigang").with("host", "bank").with("limit", 200).ids().await;
        assert_eq!(whole, t.list().with("q", "海港").with("host", "bank").with("limit", 200).ids().await);
        assert!(whole.len() > 5 && whole.is_sorted(), "{whole:?}");
        let tile = t.get("/tiles/stations/0/0/0.geojson").with("q", "haigang").with("host", "bank").json().await;
        assert_eq!(tile["features"][0]["properties"]["point_count"], whole.len());
    }
}
