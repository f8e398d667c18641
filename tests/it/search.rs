//! One text finds districts, places and stations, the best first.

use spatial::Datum;
use yizhan::ids::StationId;
use yizhan::language::Language;
use yizhan::stations::query::{Frame, MAX_SEARCH};
use yizhan::stations::search::MAX_STATIONS;

use crate::arrange::{CENTRE, instant, place};
use crate::harness::{NOW, Town};

const FRAME: fn() -> Frame = || Frame { at: instant(NOW), out_crs: Datum::Wgs84, language: Language::ZhCn };

/// What a search names: districts, places, stations, and how many stations there are.
type Named = (Vec<String>, Vec<String>, Vec<String>, usize);

impl Town {
    fn searched(&self, text: &str, near: Option<(f64, f64)>) -> Named {
        let snapshot = self.snapshot();
        let found = snapshot.search(text, near.map(place), &FRAME());
        let districts = found.districts.iter().map(|d| d.name.clone()).collect();
        let places = found.places.iter().map(|p| p.name.clone()).collect();
        (
            districts,
            places,
            found.stations.iter().map(|f| f.properties.name.to_owned()).collect(),
            found.total,
        )
    }
}

both_engines! {
    async fn districts_places_and_stations_are_found_by_any_of_their_names(t: Town) {
        t.station("山海关驿站").district("130303").open().await;
        for typed in ["山海关", "shanhaiguan", "shan hai guan", "SHG"] {
            let (districts, places, stations, total) = t.searched(typed, None);
            assert_eq!((districts, places), (vec!["山海关区".to_owned()], vec!["Shanhaiguan".to_owned()]), "{typed}");
            assert_eq!((stations, total), (vec!["山海关驿站".to_owned()], 1), "{typed}");
        }
        assert_eq!(t.searched("Beidaihe", None).0, ["北戴河区"]);
        assert_eq!(t.searched("laoting", None).1, ["Laoting"]);
        assert_eq!(t.searched("乐亭", None).1, ["Laoting"]);
        for nothing in ["", "  \u{3000}", "没有的地方", "'", &"山".repeat(MAX_SEARCH + 1)] {
            assert_eq!(t.searched(nothing, None), Named::default(), "{nothing}");
        }
    }

    async fn the_name_itself_comes_before_its_spelling_and_the_address(t: Town) {
        t.station("公园").fact(|f| f.address = Some("海港路".to_owned())).open().await;
        t.station("新海港站").open().await;
        t.station("海港站").open().await;
        t.station("海岗").open().await;
        t.station("旧").fact(|f| f.signboard = Some("海港".to_owned())).open().await;
        assert_eq!(t.searched("海港", None).2, ["旧", "海港站", "新海港站", "公园"]);
        assert_eq!(t.searched("haigang", None).2, ["新海港站", "海港站", "海岗", "旧", "公园"]);
    }

    async fn of_equally_good_ones_the_nearest_comes_first(t: Town) {
        let (lon, lat) = CENTRE;
        for (name, east) in [("驿站远", 0.3), ("驿站近", 0.001), ("驿站中", 0.02)] {
            t.station(name).at(lon + east, lat).open().await;
        }
        assert_eq!(t.searched("驿站", None).2, ["驿站远", "驿站近", "驿站中"]);
        assert_eq!(t.searched("yz", Some(CENTRE)).2, ["驿站近", "驿站中", "驿站远"]);
        let snapshot = t.snapshot();
        let far = |near| snapshot.search("驿站近", near, &FRAME()).stations[0].properties.distance_m;
        assert_eq!((far(None), far(Some(place(CENTRE)))), (None, Some(85.5)));
    }

    async fn a_search_is_bounded_and_says_how_many_there_are(t: Town) {
        t.demonstrate().await;
        let snapshot = t.snapshot();
        let found = snapshot.search("驿站", Some(place(CENTRE)), &FRAME());
        assert!(found.total > MAX_STATIONS, "{}", found.total);
        assert_eq!(found.stations.len(), MAX_STATIONS);
        let ids: Vec<StationId> = snapshot.search("h", None, &FRAME()).stations.iter().map(|f| f.properties.id).collect();
        assert!(ids.len() <= MAX_STATIONS);
        assert_eq!(t.list().with("q", "驿站").with("limit", 200).all().await.len(), found.total);
        let some = snapshot.search("a", None, &FRAME());
        assert_eq!((some.districts.len(), some.places.len()), (6, 8));
    }
}
