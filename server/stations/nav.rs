//! Links into navigation apps, each in the coordinate system and order that the app expects.
//!
//! The forms are those of the apps' public URI documentation. The signboard name and the entrance are used,
//! because they are what a person looks for on the door, and where it is.

use serde::Serialize;
use spatial::{Datum, Position};
use utoipa::ToSchema;

use super::model::Facts;

/// One link for each app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Nav {
    /// Amap 高德: GCJ-02, longitude first.
    pub amap: String,
    /// Baidu 百度: GCJ-02 by declaration, latitude first.
    pub baidu: String,
    /// Tencent 腾讯: GCJ-02, latitude first.
    pub tencent: String,
    /// Apple: WGS-84 as its documentation says; inside China its datum is disputed.
    pub apple: String,
    /// RFC 5870: WGS-84.
    pub geo: String,
}

/// How this service names itself to the apps.
const SOURCE: &str = "yizhan";

impl Nav {
    /// The links to a station.
    pub fn to(facts: &Facts) -> Self {
        let name = encode(facts.signboard.as_deref().unwrap_or(&facts.name));
        let address = encode(facts.address.as_deref().unwrap_or(&facts.name));
        let (lon, lat) = degrees(Datum::Gcj02.from_wgs84(facts.way_in()));
        let (wgs_lon, wgs_lat) = degrees(facts.way_in());
        Self {
            amap: format!(
                "https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=walk&src={SOURCE}&callnative=1"
            ),
            baidu: format!(
                "https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={address}\
                 &coord_type=gcj02&output=html&src=webapp.{SOURCE}.{SOURCE}"
            ),
            tencent: format!(
                "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to={name}&tocoord={lat},{lon}\
                 &coord_type=2&referer={SOURCE}"
            ),
            apple: format!("https://maps.apple.com/?daddr={wgs_lat},{wgs_lon}&dirflg=w"),
            geo: format!("geo:{wgs_lat},{wgs_lon}?q={wgs_lat},{wgs_lon}({name})"),
        }
    }
}

/// Longitude and latitude to six decimals, 11 cm, which every app accepts.
fn degrees(position: Position) -> (String, String) {
    (format!("{:.6}", position.lon()), format!("{:.6}", position.lat()))
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    let byte = |b: u8| match b {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}
