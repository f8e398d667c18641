//! The registry as a file: what comes back changes nothing, and what looks like a formula is none.

use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use yizhan::accounts::Role;
use yizhan::stations::model::{Access, Entrance, Facility, FacilityCode, Status, Trade, Working};

use crate::arrange::place;
use crate::client::text;
use crate::harness::Town;

/// The coordinate systems of a file.
const DATUMS: [&str; 3] = ["wgs84", "gcj02", "bd09"];

impl Town {
    /// The demonstration and stations with everything that a cell can hold.
    async fn exported_stock(&self) {
        self.demonstrate().await;
        let notes = "第一行\n第二行，有“引号”\"和逗号,";
        self.station("=1+1")
            .district("130302")
            .fact(|f| {
                f.code = Some("+86-1".to_owned());
                f.signboard = Some("@SUM(A1:A9)".to_owned());
                f.aliases = vec!["-老站".to_owned(), "海港旧驿站".to_owned()];
                f.address = Some("'=HYPERLINK(\"x\")".to_owned());
                f.notes = Some(notes.to_owned());
                f.phone = Some("+86 335 3012345".to_owned());
                f.keeper_name = Some("张三".to_owned());
                f.keeper_phone = Some("13800138000".to_owned());
                f.access = vec![Access::Ring, Access::OpenDoor];
                f.trades = vec![Trade::ALL[2], Trade::ALL[0]];
                f.other_facilities = vec!["按摩椅".to_owned(), "=热水".to_owned()];
                f.area_m2 = Some(35.25);
                f.entrance = Some(Entrance {
                    position: place((119.6005, 39.9305)),
                    floor: Some("一层".to_owned()),
                    side: None,
                });
            })
            .facility(FacilityCode::ToolsPump)
            .broken(FacilityCode::Water)
            .open()
            .await;
        // Without a number a row is known by its name and its place, wherever conversion puts it.
        for i in 0..40_u32 {
            let (lon, lat) = (119.5 + f64::from(i) * 0.001_000_05, 39.9 + f64::from(i) * 0.000_500_05);
            let status = [Status::Open, Status::Draft, Status::Suspended, Status::Rejected][(i % 4) as usize];
            let draft = self.station("无号驿站").at(lon, lat).district("130302");
            let draft = if i % 3 == 0 { draft.uncertain("看情况，问门卫") } else { draft };
            draft
                .fact(|f| {
                    f.facilities.push(Facility {
                        count: Some(3),
                        working: Working::Ok,
                        ..Facility::plain(FacilityCode::Seat)
                    });
                })
                .store(status)
                .await;
        }
    }

    async fn export(&self, format: &str, crs: &str) -> PathBuf {
        let file = self.app.config.storage.data.join(format!("out-{crs}.{format}"));
        let out = file.to_str().unwrap().to_owned();
        let run = self.program(["export", "--format", format, "--crs", crs, "--out", &out]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        file
    }
}

/// The rows of a workbook's only sheet as texts.
fn rows(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

both_engines! {
    async fn what_was_exported_comes_back_and_changes_nothing(t: Town) {
        t.exported_stock().await;
        let all = 268 + 41;
        for format in ["csv", "xlsx", "geojson"] {
            for crs in DATUMS {
                let file = t.export(format, crs).await;
                let run = t.program(["import".as_ref(), file.as_os_str(), "--crs".as_ref(), crs.as_ref(), "--json".as_ref()]).await;
                assert_eq!(run.status, Some(0), "{format} {crs}: {}", run.said);
                let report: Value = serde_json::from_str(&run.said).unwrap();
                assert_eq!((&report["updates"], &report["created"]), (&serde_json::json!([]), &0.into()), "{format} {crs}: {}", report["updates"]);
                assert_eq!(report["unchanged"], all, "{format} {crs}");
            }
        }
    }

    async fn a_file_holds_what_the_caller_may_see(t: Town) {
        t.station("海港的").district("130302").fact(|f| f.keeper_name = Some("李四".to_owned())).store(Status::Draft).await;
        t.station("别处的").district("130304").open().await;
        let clerk = t.staff("clerk", Role::District, "130302").await;
        let reply = t.get("/api/v1/stations/export?format=csv").by(&clerk).send().await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "text/csv; charset=utf-8"));
        let root = t.staff("root", Role::Admin, "").await;
        let noted = t.get("/api/v1/audit").with("action", "station.export").by(&root).json().await;
        assert_eq!((&noted["items"][0]["by"]["name"], &noted["items"][0]["detail"]["stations"]), (&"clerk".into(), &1.into()));
        assert_eq!(reply.header("content-disposition"), "attachment; filename=\"stations-20261124.csv\"");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(reply.body.starts_with(b"\xEF\xBB\xBF"), "a spreadsheet needs the mark");
        let told = reply.text();
        assert!(told.contains("海港的") && told.contains("李四") && told.contains("draft") && !told.contains("别处的"), "{told}");
        let none = t.get("/api/v1/stations/export?format=csv&status=open").by(&clerk).send().await.text();
        assert_eq!(none.lines().count(), 1, "{none}");
        let english = t.get("/api/v1/stations/export?format=csv&q=haigang").header("accept-language", "en").by(&clerk).send().await.text();
        assert!(english.contains("opening hours") && english.contains("海港的"), "{english}");
        let inspector = t.staff("inspector", Role::Inspector, "130302").await;
        assert_eq!(t.get("/api/v1/stations/export").by(&inspector).send().await.status, 403);
        assert_eq!(t.get("/api/v1/stations/export").send().await.status, 401);
        for wrong in ["format=pdf", "format=amap&crs=bd09", "colour=red"] {
            assert_eq!(t.get(format!("/api/v1/stations/export?{wrong}")).by(&clerk).send().await.status, 400, "{wrong}");
        }
    }

    async fn no_cell_is_a_formula(t: Town) {
        t.exported_stock().await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let csv = t.get("/api/v1/stations/export?format=csv").by(&admin).send().await.body;
        let mut table = csv::Reader::from_reader(&csv[3..]);
        let is_live = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mut neutralised = 0;
        for record in table.records() {
            for cell in &record.unwrap() {
                assert!(!is_live(cell) || cell.parse::<f64>().is_ok(), "{cell}");
                neutralised += usize::from(cell.starts_with('\''));
            }
        }
        assert!(neutralised >= 5, "{neutralised}");
        for format in ["xlsx", "amap", "baidu", "tencent"] {
            let file = t.get(format!("/api/v1/stations/export?format={format}")).by(&admin).send().await.body;
            let path = t.file("told.xlsx", &file);
            let mut book: Xlsx<_> = open_workbook(&path).unwrap();
            assert_eq!(book.worksheet_formula("Sheet1").unwrap().used_cells().count(), 0, "{format}");
            let range = book.worksheet_range_at(0).unwrap().unwrap();
            let texts = range.used_cells().filter_map(|(.., cell)| if let Data::String(text) = cell { Some(text) } else { None });
            assert!(texts.clone().count() > 40 && !texts.clone().any(|text| is_live(text)), "{format}");
        }
    }

    async fn each_map_has_its_own_system_and_columns(t: Town) {
        t.station("内部名").district("130302").at(119.6, 39.93).hours("Mo-Fr 09:00-17:00; PH off").fact(|f| {
            f.signboard = Some("工会驿站".to_owned());
            f.phone = Some("0335-1/0335-2222".to_owned());
            f.entrance = Some(Entrance { position: place((119.601, 39.931)), floor: None, side: None });
        }).facility(FacilityCode::Water).open().await;
        t.station("草稿").store(Status::Draft).await;
        t.station("停用").store(Status::Suspended).await;
        let admin = t.staff("admin", Role::Admin, "").await;
        let package = async |map: &str| rows(t.get(format!("/api/v1/stations/export?format={map}")).by(&admin).send().await.body);
        let amap = package("amap").await;
        assert_eq!(amap[0], ["名称", "分类", "地址", "经度", "纬度", "电话", "营业时间", "区县", "描述"]);
        assert_eq!(amap.len(), 2, "only what is open");
        let row = &amap[1];
        assert_eq!((row[0].as_str(), row[5].as_str(), row[7].as_str()), ("工会驿站", "0335-1;0335-2222", "海港区"));
        assert!(row[6].contains("9:00–17:00") && row[8].contains("饮水"), "{row:?}");
        // The door, in the map's own system: GCJ-02 lies about 500 m off, BD-09 more than a kilometre.
        let from = place((119.601, 39.931));
        let off = |lon: &str, lat: &str| place((lon.parse().unwrap(), lat.parse().unwrap())).geodesic_m(from);
        assert!((300.0..900.0).contains(&off(&row[3], &row[4])), "{row:?}");
        let baidu = package("baidu").await;
        assert_eq!(baidu[0][3..5], ["纬度", "经度"]);
        assert!((900.0..2_000.0).contains(&off(&baidu[1][4], &baidu[1][3])), "{baidu:?}");
        let tencent = package("tencent").await;
        assert_eq!((&tencent[1][1], &tencent[1][2]), (&row[3], &row[4]));
    }

    async fn a_sequence_is_one_feature_a_record(t: Town) {
        for name in ["甲", "乙"] {
            t.station(name).facility(FacilityCode::Water).open().await;
        }
        let admin = t.staff("admin", Role::Admin, "").await;
        let reply = t.get("/api/v1/stations/export?format=geojsonseq&crs=gcj02").by(&admin).send().await;
        assert_eq!(reply.header("content-type"), "application/geo+json-seq");
        let told = reply.text();
        let records: Vec<Value> = told.split('\u{1e}').skip(1).map(|r| serde_json::from_str(r.strip_suffix('\n').unwrap()).unwrap()).collect();
        let names: Vec<_> = records.iter().map(|r| text(&r["properties"]["name"])).collect();
        assert_eq!((names, told.starts_with('\u{1e}')), (vec!["甲".to_owned(), "乙".to_owned()], true));
        assert_eq!((&records[0]["type"], &records[0]["crs"]), (&"Feature".into(), &"gcj02".into()));
        assert_eq!(records[0]["properties"]["facilities"][0]["code"], "water");
    }
}
