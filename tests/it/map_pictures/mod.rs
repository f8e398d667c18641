//! Pictures of the map around a station: what they show, who draws them, and what happens when nobody can.

mod engine;
mod place;
mod shown;

use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::StatusCode;
use image::{Rgb, RgbImage};
use tokio::time::timeout;
use yizhan::stations::model::Station;

use crate::client::{Ask, Reply};
use crate::harness::{Town, not_here};

/// The colours of the overview, those of the page's light theme; and of the pin's head.
pub(crate) const LAND: Rgb<u8> = Rgb([0xF5, 0xF1, 0xE4]);
pub(crate) const SEA: Rgb<u8> = Rgb([0xBF, 0xDF, 0xEA]);
pub(crate) const PINE: Rgb<u8> = Rgb([0x0B, 0x5A, 0x47]);

/// A place by the harbour: sea in the south, land in the north.
pub(crate) const SHORE: (f64, f64) = (119.6, 39.91);

/// How long a picture may take with all that is asked again.
const DEADLINE: Duration = Duration::from_mins(1);

/// Asks for the picture of a station.
pub(crate) fn map<'t>(t: &'t Town, station: &Station) -> Ask<'t> {
    t.get(format!("/api/v1/stations/{}/map.png", station.id))
}

/// The answer to whoever comes again as often as the service asks him to, which on a loaded machine is busy.
pub(crate) async fn patiently<'t>(ask: impl Fn() -> Ask<'t>) -> Reply {
    let asking = async {
        loop {
            let reply = ask().send().await;
            if reply.status != StatusCode::SERVICE_UNAVAILABLE {
                return reply;
            }
        }
    };
    timeout(DEADLINE, asking).await.expect("a picture in the end")
}

/// The pixels of an answer.
pub(crate) fn pixels(reply: &Reply) -> RgbImage {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "image/png");
    image::load_from_memory(&reply.body).expect("a picture").to_rgb8()
}

/// Keeps a picture where a person finds it.
pub(crate) fn keep(name: &str, picture: &RgbImage) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("map-pictures");
    std::fs::create_dir_all(&folder).unwrap();
    picture.save(folder.join(format!("{name}.png"))).unwrap();
}

/// Whether two colours are the same to the eye.
pub(crate) fn is_like(a: Rgb<u8>, b: Rgb<u8>) -> bool {
    (0..3).all(|part| a.0[part].abs_diff(b.0[part]) <= 3)
}

/// The part of the pixels that are of a colour.
pub(crate) fn share(picture: &RgbImage, colour: Rgb<u8>) -> f64 {
    let found = picture.pixels().filter(|pixel| is_like(**pixel, colour));
    found.fold(0.0, |count, _| count + 1.0) / f64::from(picture.width() * picture.height())
}

/// The engine that was built for tests; without it the test says that it was skipped.
pub(crate) fn engine() -> Option<PathBuf> {
    let found = std::env::var_os("YIZHAN_TEST_POSTER").map(PathBuf::from);
    if found.is_none() {
        let wanted = std::env::var_os("YIZHAN_NO_SKIP").is_none();
        assert!(wanted, "YIZHAN_NO_SKIP is set, but YIZHAN_TEST_POSTER names no program");
        not_here("yizhan-poster (YIZHAN_TEST_POSTER names no program)");
    }
    found
}

/// A map of streets of another city, which is not part of the project.
pub(crate) fn florence() -> Option<PathBuf> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/osm/firenze_protomaps_z0-14.pmtiles");
    let found = Some(PathBuf::from(file)).filter(|file| file.exists());
    if found.is_none() {
        not_here("the Protomaps file of Florence");
    }
    found
}
