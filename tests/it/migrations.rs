//! Migrations lead forward: a database of the first tables keeps every row and answers the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use yizhan::db::catalogue::{self, Table};
use yizhan::db::{Db, migrate};
use yizhan::{city, in_tx};

use crate::client::text;
use crate::harness::Town;
use crate::place::{Place, at_each_engine};
use crate::tables::{numbers, rows_of};

/// Files that databases have applied. A byte changed here would make every such database refuse to start.
const APPLIED: [(&str, &str); 21] = [
    ("0001_registry.sql", "bd335ff044603f46d2deba2f3d53f8a15f43147c6d922d9fad75323b86b4e54d"),
    ("0002_city.sql", "b73ca21fe906d3b5ca44bc9eab535a55d3172642975b9938b119d63a2c646835"),
    ("sqlite/0003_station_photo.sql", "d6b3a3d40a39fe1c4bc07746907cdbbbefe6c58deb0fd73715c5aa200d805285"),
    ("postgres/0003_station_photo.sql", "9306b251f8b31308afa0608aee9714f094b5debfb40c75672aa0db781d2a4752"),
    ("0004_accounts.sql", "e0c65d5bba47e8d4ba5b0e5000bca3d2d034b9537d9275ec55f5375a45a2a8cc"),
    ("0005_audit.sql", "805b42715edbbd6b00fa1db5008a0634ef500b87e0a10e15518c4a82047a1aa5"),
    ("0006_station_life.sql", "d37c96e6c3ab2dd6a83749f8b76663da26f7dd96bd819e2bbe688ca41abb8be1"),
    ("sqlite/0007_files.sql", "d6b27c3b57a84d21132479daa607a9f6343209ee1d95e24699a56fa23cadf488"),
    ("postgres/0007_files.sql", "83a672d3cab8402c6dfbb5abd9f1b2a051205920926fa66016a69e3d088ce1c7"),
    ("0008_imports.sql", "e9e0238ca38dc6022c7166573d39bd817c3db17ff9db642e347a4d12cd87625e"),
    ("0009_word.sql", "4199637c8334a0c02274634a438d01c3e1af82c173e864bd639967e6c9fdff77"),
    ("0010_inspections.sql", "1b6c9f532e27e0ab8e139e7878787154fe5390310db41a1ca8c2d815ce3cd691"),
    ("0011_jobs.sql", "16a263c1abc85d8476597f15add8d76c480cf14e330f7da8eedaae5c2c4de246"),
    ("0012_grievance.sql", "d46badd818f01c9f39f07ec666c62950b42eceb2195c85bbb866bdacb0852ef7"),
    ("sqlite/0013_grievance_files.sql", "30a473b5c54fedbe0336645cfcdf2db943659ccf01c273c13647ee39b2ef350b"),
    ("postgres/0013_grievance_files.sql", "3b24c87a1af242fe739774fde4b0829706c5056ade44422fc8883cdc69f94b59"),
    ("0014_benefits.sql", "8f93f46452f21308dc65eaf0796097869a53ace73c39031173cf9dff979834d5"),
    ("0015_grievance_more.sql", "f27c7107ecb10c6cd53b2739baf739a8cafe0483ed86412fbcec92197bcf4c5b"),
    ("sqlite/0016_ledger.sql", "b39e4766d0d827d16cd7c152970d256215f90fcd19b1aa1ade4787f7c973cef5"),
    ("postgres/0016_ledger.sql", "e8ba783e7fad9a059230e7ab87ec96447b38ab631ff0b567ec14bf2b23180f52"),
    ("0017_planning.sql", "584c788061241d806b10c047d671b4f885b1bed808cedd869fa768b1e69d096c"),
];
/// The last migration of the databases that the fixture stands for.
const FIRST_TABLES: i64 = 3;

#[test]
fn an_applied_migration_is_never_edited() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("server/migrations");
    for (name, sum) in APPLIED {
        let found = Sha256::digest(fs::read(folder.join(name)).expect(name));
        let found = found.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(found, sum, "{name} was edited; write a new migration instead");
    }
}

/// Rows as the first tables had them: public, suspended and draft stations, notices past, present and without
/// an end, and a photo.
const ROWS: [&str; 10] = [
    "UPDATE registry SET revision = 7",
    "INSERT INTO station (id, version, status, demonstration, code, name, signboard, district, address, lon, lat, crs,
        build, partner, host, form, hours, hours_text, facilities, other_facilities, access, trades, no_phone, phone,
        opened_on, capacity, area_m2, notes, rating, last_confirmed_ms, created_ms, changed_ms)
     VALUES ('019303a0-0000-7000-8000-000000000001', 4, 'open', FALSE, 'HG-1', '海港驿站', '港城驿站', '130302',
        '文化路1号', 119.60000000000001, 39.93, 'gcj02', 'co_built', '银行', 'bank', 'room', '24/7', NULL,
        '[{\"code\":\"water\",\"working\":\"ok\"},{\"code\":\"heating\",\"working\":\"broken\",\"season\":\"11-15/03-15\"}]',
        '[\"针线盒\"]', '[]', '[]', TRUE, '0335-1234567', '2024-05-01', 12, 35.5, '备注', 3, 1700000000000,
        1690000000000, 1700000000001)",
    "INSERT INTO station (id, version, status, demonstration, name, lon, lat, crs, hours_text, facilities,
        other_facilities, access, trades, created_ms, changed_ms)
     VALUES ('019303a0-0000-7000-8000-000000000002', 1, 'suspended', TRUE, '暂停的站', -0.1, 1e-7, 'wgs84', '看天',
        '[]', '[]', '[]', '[]', 1, 2)",
    "INSERT INTO station (id, version, status, demonstration, name, lon, lat, crs, facilities, other_facilities,
        access, trades, created_ms, changed_ms)
     VALUES ('019303a0-0000-7000-8000-000000000003', 1, 'draft', FALSE, '草稿', 119.7, 39.9, 'wgs84', '[]', '[]', '[]',
        '[]', 1, 2)",
    "INSERT INTO station_change (revision, station_id) VALUES (1, '019303a0-0000-7000-8000-000000000001'),
        (2, '019303a0-0000-7000-8000-000000000002'), (7, '*')",
    "INSERT INTO notice (id, station_id, effect, from_ms, to_ms, reason, created_ms)
     VALUES ('019303a0-0000-7000-8000-0000000000a1', '019303a0-0000-7000-8000-000000000001', 'closed',
        1795000000000, 1796000000000, '设备检修', 5)",
    "INSERT INTO notice (id, station_id, effect, from_ms, to_ms, reason, created_ms)
     VALUES ('019303a0-0000-7000-8000-0000000000a2', '019303a0-0000-7000-8000-000000000001', 'open', 1, 2, '过去了', 6)",
    "INSERT INTO notice (id, station_id, effect, from_ms, to_ms, reason, created_ms)
     VALUES ('019303a0-0000-7000-8000-0000000000a3', '019303a0-0000-7000-8000-000000000002', 'closed', 7, NULL, '另行通知', 7)",
    "INSERT INTO calendar_day (day, kind, name) VALUES ('2031-10-01', 'off', '国庆节')",
    "INSERT INTO calendar_year (year) VALUES (2031)",
];
const LARGE: &[u8] = b"the large picture";
const PHOTO: &str = "INSERT INTO station_photo (id, station_id, rank, caption, width, height, added_ms, hash, large, small)
    VALUES ('019303a0-0000-7000-8000-0000000000b1', '019303a0-0000-7000-8000-000000000001', 1, '北门', 4, 3, 9, 'h', $1, $2)";

/// A database as the program of the first tables left it.
async fn first_tables(place: &Place) -> Db {
    let db = Db::connect(&place.url).await.expect("the database opens");
    let mut tx = db.begin().await.expect("a transaction");
    migrate::within(&mut tx, FIRST_TABLES).await.expect("migrated");
    tx.commit().await.expect("committed");
    city::fill(&db).await.expect("filled");
    let mut tx = db.begin().await.expect("a transaction");
    for sql in ROWS {
        in_tx!(tx, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(drop)).expect(sql);
    }
    let (large, small) = (LARGE.to_vec(), b"small".to_vec());
    in_tx!(tx, c => sqlx::query(PHOTO).bind(large).bind(small).execute(c).await.map(drop)).expect("a photo");
    tx.commit().await.expect("committed");
    db
}

async fn tables(db: &Db) -> Vec<Table> {
    let mut tx = db.begin_reading().await.expect("a transaction");
    let tables = catalogue::tables(&mut tx).await.expect("tables");
    tx.rollback().await.expect("ended");
    tables
}

/// Every row of some tables, in the columns named.
async fn content(db: &Db, tables: &[Table]) -> BTreeMap<String, Vec<String>> {
    let mut content = BTreeMap::new();
    for table in tables {
        let columns: Vec<_> = table.columns.iter().map(|c| c.name.clone()).collect();
        content.insert(table.name.clone(), rows_of(db, &table.name, &columns).await);
    }
    content
}

/// What the public learns of the stations of the fixture.
async fn check_answers(t: &Town) {
    let features = t.list().features().await;
    let told = |i: usize, key: &str| features[i]["properties"][key].clone();
    assert_eq!((told(0, "name"), told(1, "name"), features.len()), ("海港驿站".into(), "暂停的站".into(), 2));
    assert_eq!((told(0, "state"), told(1, "state")), ("closed_by_notice".into(), "suspended".into()));
    assert_eq!(features[0]["geometry"]["coordinates"][0], 119.6);
    assert_eq!(told(0, "facilities").as_array().unwrap().len(), 2);
    assert_eq!(told(0, "phone"), "0335-1234567");
    let later = t.list().with("at", "2027-01-05T10:00:00+08:00").features().await;
    assert_eq!(later[0]["properties"]["state"], "open", "the notice is over by then");
    let sheet = t.get("/api/v1/stations/019303a0-0000-7000-8000-000000000001").json().await;
    let notices = sheet["properties"]["notices"].as_array().unwrap();
    assert_eq!((notices.len(), text(&notices[0]["reason"])), (1, "设备检修".to_owned()));
    let photo = &sheet["properties"]["photos"][0];
    assert_eq!(
        (text(&photo["caption"]), t.get(text(&photo["url"])).send().await.body),
        ("北门".to_owned(), LARGE.to_vec())
    );
    let draft = t.get("/api/v1/stations/019303a0-0000-7000-8000-000000000003").send().await;
    assert_eq!(draft.status, 404);
}

#[tokio::test]
async fn a_database_of_the_first_tables_is_brought_forward() {
    let tried = at_each_engine(None, async |place| {
        let db = first_tables(&place).await;
        let old = tables(&db).await;
        let before = content(&db, &old).await;
        db.close().await;
        assert!(old.len() == 10 && before.values().all(|rows| !rows.is_empty()), "{:?}", before.keys());

        let town = place.town().await;
        assert_eq!(content(&town.app.db, &old).await, before, "no row is lost or changed");
        assert!(tables(&town.app.db).await.len() > old.len());
        let [version] = numbers(&town.app.db, "SELECT MAX(version) FROM _sqlx_migrations").await[..] else {
            panic!()
        };
        assert_eq!(version, migrate::latest());
        check_answers(&town).await;
        check_answers(&place.town().await).await;
        assert!(town.verified().await.ok);
    })
    .await;
    assert!(tried > 0);
}

#[tokio::test]
async fn a_backup_of_the_first_tables_is_restored_into_the_present_ones() {
    let saved = tempfile::tempdir().expect("a folder");
    let next = std::sync::atomic::AtomicUsize::new(0);
    at_each_engine(None, async |place| {
        first_tables(&place).await.close().await;
        let folder = saved.path().join(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string());
        let folder = folder.to_str().expect("a path");
        let run = place.run(&["backup", folder]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let db = Db::attach(&place.url).await.expect("the database opens");
        assert_eq!(tables(&db).await.len(), 10, "a backup changes no table");
        db.close().await;
        let restored = at_each_engine(None, async |other| {
            let run = other.run(&["restore", folder]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            check_answers(&other.town().await).await;
        })
        .await;
        assert!(restored > 0);
    })
    .await;
}
