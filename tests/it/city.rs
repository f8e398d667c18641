//! A new database: districts, calendar and words, and no station until somebody brings one.

use std::collections::BTreeSet;

use yizhan::city;
use yizhan::stations::demo;
use yizhan::stations::model::{Access, Build, FacilityCode, Form, Host, Trade};
use yizhan::vocabulary::Coded;

use crate::client::text;
use crate::harness::Town;
use crate::tables::{dump, execute, numbers, texts};

/// The codes of a vocabulary in the database and in the program.
async fn codes<C: Coded>(t: &Town) -> (BTreeSet<String>, BTreeSet<String>) {
    let stored = texts(&t.app.db, format!("SELECT code FROM vocabulary WHERE kind = '{}'", C::KIND)).await;
    (stored.into_iter().collect(), C::all().iter().map(|c| c.code().to_owned()).collect())
}

both_engines! {
    async fn a_new_town_knows_its_districts_and_holidays_and_has_no_station(t: Town) {
        let snapshot = t.snapshot();
        assert!(snapshot.is_empty());
        assert_eq!(snapshot.revision(), 0);
        let names: Vec<_> = snapshot.city().districts.iter().map(|d| (d.adcode.to_string(), d.name.clone())).collect();
        let expected = [
            ("130302", "海港区"), ("130303", "山海关区"), ("130304", "北戴河区"), ("130306", "抚宁区"),
            ("130321", "青龙满族自治县"), ("130322", "昌黎县"), ("130324", "卢龙县"),
        ];
        assert_eq!(names, expected.map(|(code, name)| (code.to_owned(), name.to_owned())));
        assert_eq!(numbers(&t.app.db, "SELECT year FROM calendar_year ORDER BY year").await, [2023, 2024, 2025, 2026]);
        let of_2026 = "SELECT COUNT(*) FROM calendar_day WHERE day LIKE '2026-%' GROUP BY kind ORDER BY kind";
        assert_eq!(numbers(&t.app.db, of_2026).await, [33, 6], "days off and make-up workdays of the notice for 2026");
    }

    async fn every_code_of_the_program_has_its_words(t: Town) {
        let all = [
            codes::<Build>(&t).await, codes::<Host>(&t).await, codes::<Form>(&t).await, codes::<FacilityCode>(&t).await,
            codes::<Access>(&t).await, codes::<Trade>(&t).await,
        ];
        for (stored, coded) in all {
            assert_eq!(stored, coded);
        }
        let empty = "SELECT code FROM vocabulary WHERE zh = '' OR en = ''".to_owned();
        assert!(texts(&t.app.db, empty).await.is_empty());
    }

    async fn filling_twice_changes_nothing(t: Town) {
        let first = dump(&t.app.db).await;
        assert!(first["vocabulary"].len() > 60 && first["district"].len() == 7);
        city::fill(&t.app.db).await.unwrap();
        assert_eq!(dump(&t.app.db).await, first);
        // What the operator took out of a town stays out.
        execute(&t.app.db, "DELETE FROM district WHERE adcode = '130321'").await;
        city::fill(&t.app.db).await.unwrap();
        assert_eq!(numbers(&t.app.db, "SELECT COUNT(*) FROM district").await, [6]);
    }

    async fn the_demonstration_comes_and_goes_and_leaves_real_stations_alone(t: Town) {
        let real = t.station("真的").district("130302").open().await;
        t.close(real.id, "2026-11-24T09:00:00+08:00", None).await;
        let before = dump(&t.app.db).await;
        t.demonstrate().await;
        let (zone, now) = (t.app.config.zone(), t.app.clock.now());
        assert_eq!(t.snapshot().len(), 269);
        assert_eq!(demo::load(&t.app.db, zone, now).await.unwrap(), 268);
        t.follow().await;
        assert_eq!(t.snapshot().len(), 269);
        assert_eq!(demo::remove(&t.app.db, now).await.unwrap(), 268);
        assert_eq!(demo::remove(&t.app.db, now).await.unwrap(), 0);
        t.follow().await;
        assert_eq!(t.list().names().await, ["真的"]);
        let after = dump(&t.app.db).await;
        for table in ["station", "notice", "district", "vocabulary", "calendar_day"] {
            assert_eq!(after[table], before[table], "{table}");
        }
    }

    async fn the_demonstration_has_the_published_totals(t: Town) {
        t.demonstrate().await;
        let all = t.list().with("limit", 200).all().await;
        assert_eq!(all.len(), 268);
        let recent = all.iter().filter(|f| text(&f["properties"]["opened_on"]).as_str() >= "2023-08-01");
        assert_eq!(recent.count(), 114);
        for feature in &all {
            let told = &feature["properties"];
            assert_eq!(told["demonstration"], true);
            assert!(text(&told["signboard"]).contains("演示"));
        }
    }
}
