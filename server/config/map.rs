//! `[map]`: the base map that the page draws, and which combinations of its settings make no map.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use spatial::Datum;

use super::template::Template;
use crate::basemap::archive;

/// The most addresses drawn over each other, and the most names for `{s}`.
const MOST_URLS: usize = 8;
const MOST_SUBDOMAINS: usize = 16;
/// The deepest zoom of a tile that may be named.
const DEEPEST_ZOOM: u8 = 22;
/// Sides of a tile in pixels that a map can be drawn with.
const TILE_SIZES: [u16; 2] = [256, 512];

/// `[map]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    pub kind: MapKind,
    pub file: PathBuf,
    pub urls: Vec<String>,
    pub subdomains: Vec<String>,
    pub datum: MapDatum,
    pub tile_size: u16,
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub credits: String,
    pub approval_number: String,
}

/// What the base map is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum MapKind {
    /// The overview that this server draws.
    Builtin,
    /// One Protomaps file that this server hands out.
    Pmtiles,
    /// Pictures by an address with `{z} {x} {y}`.
    Raster,
    /// The same; a WMTS is asked by an address that holds its parameters.
    Wmts,
}

/// The coordinate system that the pictures of a base map are drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", try_from = "String")]
pub enum MapDatum {
    /// WGS-84, and CGCS2000, which is equal to it here.
    Wgs84,
    /// Amap and Tencent.
    Gcj02,
    /// Baidu: known, so that it can be refused with its reason.
    Bd09,
}

impl Map {
    /// Whether the base map comes by addresses of tiles.
    pub fn is_remote(&self) -> bool {
        matches!(self.kind, MapKind::Raster | MapKind::Wmts)
    }

    /// The coordinate system that positions are drawn in.
    pub fn drawn_in(&self) -> Datum {
        if self.is_remote() && self.datum == MapDatum::Gcj02 { Datum::Gcj02 } else { Datum::Wgs84 }
    }

    /// The addresses of each layer, the lowest first, with every name for `{s}` filled in.
    pub fn layers(&self) -> Vec<Vec<String>> {
        if !self.is_remote() {
            return Vec::new();
        }
        self.urls.iter().map(|url| Template(url).expanded(&self.subdomains)).collect()
    }

    /// The other hosts that a page asks for tiles, as a content security policy names them.
    pub fn origins(&self) -> BTreeSet<String> {
        self.layers().iter().flatten().filter_map(|url| Template(url).origin()).collect()
    }

    /// What is wrong with these settings together: the key, and the remedy.
    pub(super) fn check(&self) -> Result<(), String> {
        match self.kind {
            MapKind::Builtin => self.has_no(&["file", "urls", "subdomains", "datum"]),
            MapKind::Pmtiles => {
                self.has_no(&["urls", "subdomains", "datum"]).and_then(|()| self.check_file())
            }
            MapKind::Raster | MapKind::Wmts => self.has_no(&["file"]).and_then(|()| self.check_tiles()),
        }
    }

    /// Refuses settings that this kind would pass over in silence.
    fn has_no(&self, keys: &[&str]) -> Result<(), String> {
        let is_set = |key: &str| match key {
            "file" => !self.file.as_os_str().is_empty(),
            "urls" => !self.urls.is_empty(),
            "subdomains" => !self.subdomains.is_empty(),
            _ => self.datum != MapDatum::Wgs84,
        };
        let kind = self.kind.as_str();
        match keys.iter().find(|key| is_set(key)) {
            Some(&"file") => Err(format!(
                "map.file is not used by map.kind = \"{kind}\"; take it out, or set map.kind = \"pmtiles\""
            )),
            Some(key) => Err(format!(
                "map.{key} is not used by map.kind = \"{kind}\"; take it out, or set map.kind = \"raster\" or \"wmts\""
            )),
            None => Ok(()),
        }
    }

    fn check_file(&self) -> Result<(), String> {
        if self.file.as_os_str().is_empty() {
            return Err(
                "map.file is empty; give the path of a Protomaps file for map.kind = \"pmtiles\"".to_owned()
            );
        }
        archive::check(&self.file).map_err(|why| format!("map.file: {}: {why}", self.file.display()))
    }

    fn check_tiles(&self) -> Result<(), String> {
        if self.urls.is_empty() || self.urls.len() > MOST_URLS {
            let kind = self.kind.as_str();
            return Err(format!(
                "map.urls needs 1 to {MOST_URLS} addresses of tiles for map.kind = \"{kind}\""
            ));
        }
        if self.datum == MapDatum::Bd09 {
            let why = "Baidu cuts its tiles by a grid of its own, which is not Web Mercator";
            return Err(format!(
                "map.datum = \"bd09\" cannot be drawn: {why}; use tiles in wgs84, cgcs2000 or gcj02"
            ));
        }
        if !TILE_SIZES.contains(&self.tile_size) {
            return Err(format!(
                "map.tile_size is {}; tiles have 256 or 512 pixels to a side",
                self.tile_size
            ));
        }
        if self.min_zoom > self.max_zoom || self.max_zoom > DEEPEST_ZOOM {
            let (min, max) = (self.min_zoom, self.max_zoom);
            return Err(format!(
                "map.min_zoom {min} and map.max_zoom {max} must be in order and at most {DEEPEST_ZOOM}"
            ));
        }
        self.check_subdomains()?;
        self.urls.iter().try_for_each(|url| {
            Template(url).check(&self.subdomains).map_err(|why| format!("map.urls: {url}: {why}"))
        })
    }

    fn check_subdomains(&self) -> Result<(), String> {
        let is_name = |name: &String| {
            let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
            (1..=63).contains(&name.len()) && name.bytes().all(allowed)
        };
        if self.subdomains.len() > MOST_SUBDOMAINS || !self.subdomains.iter().all(is_name) {
            return Err(format!(
                "map.subdomains takes at most {MOST_SUBDOMAINS} names such as \"t0\" or \"a\""
            ));
        }
        if !self.subdomains.is_empty() && !self.urls.iter().any(|url| url.contains("{s}")) {
            return Err("map.subdomains is given, but no address in map.urls holds {s}".to_owned());
        }
        Ok(())
    }
}

impl MapKind {
    /// The name in the settings and on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::Pmtiles => "pmtiles",
            Self::Raster => "raster",
            Self::Wmts => "wmts",
        }
    }
}

impl TryFrom<String> for MapKind {
    type Error = &'static str;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        let all = [Self::Builtin, Self::Pmtiles, Self::Raster, Self::Wmts];
        let found = all.into_iter().find(|kind| kind.as_str() == name);
        found.ok_or("map.kind must be \"builtin\", \"pmtiles\", \"raster\" or \"wmts\"")
    }
}

impl TryFrom<String> for MapDatum {
    type Error = &'static str;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.as_str() {
            "wgs84" | "cgcs2000" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" => Ok(Self::Bd09),
            _ => Err("map.datum must be \"wgs84\", \"cgcs2000\" or \"gcj02\""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIANDITU: &str =
        "https://{s}.tianditu.gov.cn/img_w/wmts?LAYER=img&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=key";

    fn raster(urls: &[&str]) -> Map {
        Map {
            kind: MapKind::Raster,
            file: PathBuf::new(),
            urls: urls.iter().map(|&url| url.to_owned()).collect(),
            subdomains: Vec::new(),
            datum: MapDatum::Wgs84,
            tile_size: 256,
            min_zoom: 0,
            max_zoom: 18,
            credits: String::new(),
            approval_number: String::new(),
        }
    }

    fn refused(map: &Map) -> String {
        map.check().expect_err("refused")
    }

    #[test]
    fn subdomains_are_filled_in_and_name_the_hosts() {
        let subdomains = vec!["t0".to_owned(), "t1".to_owned()];
        let map = Map {
            subdomains,
            ..raster(&[TIANDITU, "https://b.example:8443/{z}/{x}/{y}.png", "/own/{z}/{x}/{y}.png"])
        };
        assert_eq!(map.check(), Ok(()));
        assert_eq!(map.layers().iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
        assert!(map.layers()[0][1].starts_with("https://t1.tianditu.gov.cn/img_w/"));
        let origins: Vec<_> = map.origins().into_iter().collect();
        assert_eq!(
            origins,
            ["https://b.example:8443", "https://t0.tianditu.gov.cn", "https://t1.tianditu.gov.cn"]
        );
    }

    #[test]
    fn what_makes_no_map_is_refused_with_its_key() {
        let whole = raster(&["https://a.example/{z}/{x}/{y}.png"]);
        let with = |change: fn(&mut Map)| {
            let mut map = whole.clone();
            change(&mut map);
            refused(&map)
        };
        for (told, key) in [
            (with(|m| m.urls.clear()), "map.urls"),
            (with(|m| m.datum = MapDatum::Bd09), "map.datum"),
            (with(|m| m.tile_size = 300), "map.tile_size"),
            (with(|m| m.min_zoom = 19), "map.min_zoom"),
            (with(|m| m.max_zoom = 30), "map.max_zoom"),
            (with(|m| m.subdomains = vec!["a".into()]), "map.subdomains"),
            (with(|m| m.file = "x.pmtiles".into()), "map.file"),
            (with(|m| m.kind = MapKind::Builtin), "map.urls"),
            (with(|m| m.kind = MapKind::Pmtiles), "map.urls"),
        ] {
            assert!(told.contains(key), "{told}");
        }
    }

    #[test]
    fn only_a_remote_map_is_drawn_in_another_datum() {
        let mut map = raster(&["https://a.example/{z}/{x}/{y}.png"]);
        assert_eq!(map.drawn_in(), Datum::Wgs84);
        map.datum = MapDatum::Gcj02;
        assert_eq!(map.drawn_in(), Datum::Gcj02);
    }
}
