//! The operator's base map: a file handed out by ranges, hosts that a page may load from, tiles in its datum.

use std::collections::BTreeSet;

use axum::http::Method;
use fast_mvt::MvtValue;
use serde_json::{Value, json};
use spatial::{Datum, Position, TileCoord};
use yizhan::config::{MapDatum, MapKind};

use crate::arrange::{CENTRE, place};
use crate::client::Reply;
use crate::harness::Town;
use crate::tiles::{features, path, tiles_around, whole};

const ARCHIVE: &str = "/tiles/base.pmtiles";

impl Town {
    /// The same town with a Protomaps file of these bytes.
    async fn with_archive(&self, bytes: &[u8]) -> Self {
        let file = self.file("town.pmtiles", bytes);
        self.reopened(|config| {
            config.map.kind = MapKind::Pmtiles;
            config.map.file = file;
        })
        .await
    }

    /// What the program says of settings from the environment, and how it ends.
    async fn told_of(&self, settings: &[(&str, &str)]) -> (Option<i32>, String) {
        let run = self.program_in(settings, vec!["check-config".into()]).await;
        (run.status, run.said)
    }
}

fn bytes() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(1000).collect()
}

/// The sources that a policy allows for something.
fn sources(reply: &Reply, directive: &str) -> Vec<String> {
    let policy = reply.header("content-security-policy").split(';').map(str::trim);
    let found = policy.filter_map(|part| part.strip_prefix(directive)?.strip_prefix(' '));
    found.flat_map(|sources| sources.split(' ')).map(str::to_owned).collect()
}

both_engines! {
    async fn a_file_is_handed_out_by_ranges(t: Town) {
        assert_eq!(t.get(ARCHIVE).send().await.status, 404, "the built-in map has no file");
        let (t, all) = (t.with_archive(&bytes()).await, bytes());
        let whole = t.get(ARCHIVE).header("accept-encoding", "gzip, br").send().await;
        assert_eq!((whole.status.as_u16(), &whole.body), (200, &all));
        assert_eq!((whole.header("accept-ranges"), whole.header("content-encoding")), ("bytes", ""));
        assert_eq!(whole.header("content-type"), "application/vnd.pmtiles");
        for (range, from, to) in [("bytes=0-6", 0, 7), ("bytes=990-", 990, 1000), ("bytes=-10", 990, 1000), ("bytes=999-5000", 999, 1000)] {
            let part = t.get(ARCHIVE).header("range", range).send().await;
            assert_eq!((part.status.as_u16(), part.body.as_slice()), (206, &all[from..to]), "{range}");
            assert_eq!(part.header("content-range"), format!("bytes {from}-{}/1000", to - 1));
            assert_eq!(part.header("etag"), whole.header("etag"));
        }
        let beyond = t.get(ARCHIVE).header("range", "bytes=1000-").send().await;
        assert_eq!((beyond.status.as_u16(), beyond.header("content-range")), (416, "bytes */1000"));
        let several = t.get(ARCHIVE).header("range", "bytes=0-1,5-6").send().await;
        assert_eq!((several.status.as_u16(), several.body.len()), (200, 1000));
        let head = t.ask(Method::HEAD, ARCHIVE).send().await;
        assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "1000", 0));
        assert_eq!(t.get(ARCHIVE).with("colour", "red").send().await.status, 400);
    }

    async fn a_range_of_a_file_that_was_replaced_is_the_whole_of_the_new_one(t: Town) {
        let t = t.with_archive(&bytes()).await;
        let tag = t.get(ARCHIVE).send().await.header("etag").to_owned();
        assert!(tag.starts_with('"'), "only a strong tag holds for ranges: {tag}");
        let ask = async |tag: &str| t.get(ARCHIVE).header("range", "bytes=0-6").header("if-range", tag).send().await;
        assert_eq!(ask(&tag).await.status, 206);
        assert_eq!(t.get(ARCHIVE).header("if-none-match", &*tag).send().await.status, 304);
        t.file("town.pmtiles", [7; 500]);
        let anew = ask(&tag).await;
        assert_eq!((anew.status.as_u16(), anew.body), (200, vec![7; 500]));
        assert_ne!(anew.headers["etag"], tag.as_str());
    }

    async fn a_page_may_load_from_the_hosts_of_its_base_map_and_from_no_others(t: Town) {
        let t = t.reopened(|config| {
            let map = &mut config.map;
            map.kind = MapKind::Wmts;
            map.datum = MapDatum::Gcj02;
            let urls = ["https://{s}.tiles.example/img?z={z}&x={x}&y={y}", "https://names.example:8443/{z}/{x}/{y}.png"];
            map.urls = urls.map(str::to_owned).to_vec();
            map.subdomains = vec!["t0".to_owned(), "t1".to_owned()];
            map.credits = "<天地图>".into();
            map.approval_number = "GS(2026)0001号".into();
        }).await;
        let page = t.get("/").header("accept", "text/html").send().await;
        let hosts = ["https://names.example:8443", "https://t0.tiles.example", "https://t1.tiles.example"];
        assert_eq!(sources(&page, "connect-src"), [&["'self'"], &hosts[..]].concat());
        assert_eq!(sources(&page, "img-src"), [&["'self'", "data:", "blob:"], &hosts[..]].concat());
        for own in ["script-src", "style-src", "worker-src", "font-src", "form-action"] {
            assert_eq!(sources(&page, own), ["'self'"], "{own}");
        }
        let text = page.text();
        assert!(text.contains("&lt;天地图&gt;") && text.contains("GS(2026)0001号"));
        assert!(!text.contains("GSHHG"), "the credits are those of the map that is shown");
        let stated = text.split("data-basemap=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("stated");
        let stated: Value = serde_json::from_str(&stated.replace("&quot;", "\"").replace("&amp;", "&")).unwrap();
        assert_eq!((&stated["kind"], &stated["datum"]), (&json!("wmts"), &json!("gcj02")));
        assert_eq!(stated["layers"][0][1], "https://t1.tiles.example/img?z={z}&x={x}&y={y}");
        assert!(!stated.to_string().contains("{s}"));
    }

    async fn a_base_map_that_cannot_be_drawn_ends_the_start_with_the_key_and_the_remedy(t: Town) {
        let (kind, urls) = ("YIZHAN__MAP__KIND", "YIZHAN__MAP__URLS");
        let short = t.file("short.pmtiles", b"PMTiles");
        let short = short.to_str().unwrap();
        let tiles = "https://a.example/{z}/{x}/{y}.png";
        for (settings, key, remedy) in [
            (vec![(kind, "globe")], "map.kind", "builtin"),
            (vec![(kind, "pmtiles")], "map.file", "give the path"),
            (vec![(kind, "pmtiles"), ("YIZHAN__MAP__FILE", "no such.pmtiles")], "map.file", "give the path"),
            (vec![(kind, "pmtiles"), ("YIZHAN__MAP__FILE", short)], "map.file", "copy it again"),
            (vec![(kind, "raster")], "map.urls", "addresses"),
            (vec![(urls, tiles)], "map.urls", "set map.kind"),
            (vec![(kind, "raster"), (urls, "https://a.example/{z}/{x}/{y}?tk={key}")], "map.urls", "write its value"),
            (vec![(kind, "raster"), (urls, tiles), ("YIZHAN__MAP__DATUM", "bd09")], "map.datum", "gcj02"),
            (vec![(kind, "raster"), (urls, tiles), ("YIZHAN__MAP__DATUM", "ed50")], "map.datum", "wgs84"),
        ] {
            let (status, said) = t.told_of(&settings).await;
            assert_eq!(status, Some(2), "{settings:?}: {said}");
            assert!(said.contains(key) && said.contains(remedy), "{settings:?}: {said}");
        }
        let two = format!("{tiles} https://{{s}}.example/{{z}}/{{x}}/{{y}}");
        let good = [(kind, "wmts"), (urls, &*two), ("YIZHAN__MAP__SUBDOMAINS", "t0 t1"), ("YIZHAN__MAP__DATUM", "cgcs2000")];
        let (status, said) = t.told_of(&good).await;
        assert_eq!(status, Some(0), "{said}");
        assert!(said.contains("\"t1\"") && said.contains("\"wgs84\""), "{said}");
    }

    async fn on_a_shifted_map_each_station_is_in_one_tile_where_it_is_drawn(t: Town) {
        t.demonstrate().await;
        let stations = t.list().with("limit", 200).all().await;
        let position = |f: &Value| -> Position {
            let [lon, lat] = serde_json::from_value(f["geometry"]["coordinates"].clone()).unwrap();
            place((lon, lat))
        };
        let both = |f: &Value| [position(f), Datum::Gcj02.from_wgs84(position(f))];
        let drawn: Vec<_> = stations.iter().flat_map(both).collect();
        for z in [0, 8, 12, 13, 16] {
            let (mut counted, mut open, mut ids) = (0, [0, 0], BTreeSet::new());
            for (set, open) in ["gcj02/stations", "stations"].into_iter().zip(&mut open) {
                for (x, y) in tiles_around(&drawn, z) {
                    let tile = TileCoord::new(z, x, y).unwrap();
                    for feature in features(&t.get(path(set, tile, "mvt")).send().await) {
                        let is_open = feature.get("state").is_some_and(|s| ["open", "closing_soon"].iter().any(|o| *s == MvtValue::String((*o).to_owned())));
                        *open += feature.get("open_count").map_or(u64::from(is_open), whole);
                        if set == "stations" {
                            continue;
                        }
                        counted += feature.get("point_count").map_or(1, whole);
                        if let Some(MvtValue::String(id)) = feature.get("id") {
                            assert!(ids.insert(id.clone()), "{id} is in two tiles of zoom {z}");
                        }
                    }
                }
            }
            assert_eq!(counted, 268, "zoom {z}");
            assert_eq!(open[0], open[1], "zoom {z}");
            assert!(z < 13 || ids.len() == 268);
        }
    }

    async fn a_tile_of_the_shifted_set_says_where_a_station_is_drawn(t: Town) {
        t.station("站").open().await;
        let drawn = Datum::Gcj02.from_wgs84(place(CENTRE));
        let tile = TileCoord::containing(drawn, 16).unwrap();
        assert_ne!(Some(tile), TileCoord::containing(place(CENTRE), 16), "the shift is more than a tile");
        let told = t.get(path("gcj02/stations", tile, "geojson")).json().await;
        let [lon, lat]: [f64; 2] = serde_json::from_value(told["features"][0]["geometry"]["coordinates"].clone()).unwrap();
        assert!((lon - drawn.lon()).abs() < 1e-6 && (lat - drawn.lat()).abs() < 1e-6, "{lon} {lat}");
        assert_eq!(told["crs"], "gcj02");
        let document = t.get("/tiles/gcj02/stations.json").with("open", "now").json().await;
        assert_eq!(document["tiles"], json!(["http://town.test/tiles/gcj02/stations/{z}/{x}/{y}.mvt?open=now"]));
        assert_eq!(document["crs"], "gcj02");
        assert_eq!(t.get("/tiles/stations.json").json().await["crs"], "wgs84");
    }
}
