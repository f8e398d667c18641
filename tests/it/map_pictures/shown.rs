//! What a picture shows, who may ask for it, and where it is used.

use axum::http::StatusCode;
use serde_json::Value;
use yizhan::accounts::Role;
use yizhan::stations::model::Status;

use super::{LAND, PINE, SEA, SHORE, florence, is_like, keep, map, patiently, pixels, share};
use crate::harness::Town;

both_engines! {
    async fn a_picture_shows_the_ground_around_the_pin(t: Town) {
        let station = t.station("码头驿站").at(SHORE.0, SHORE.1).open().await;
        for size in [256, 512, 1024] {
            let reply = patiently(|| map(&t, &station).with("size", size)).await;
            let picture = pixels(&reply);
            assert_eq!(picture.dimensions(), (size, size));
            keep(&format!("overview-{size}"), &picture);
            assert!(share(&picture, LAND) > 0.2 && share(&picture, SEA) > 0.2, "land and sea at {size}");
            // The tip of the pin is the middle; its head is above.
            let tip = picture.get_pixel(size / 2, size / 2 - size / 100 - 1);
            assert!(is_like(*tip, PINE), "{tip:?} at {size}");
            assert!(!is_like(*picture.get_pixel(size / 2, size / 2 + size / 60), PINE), "nothing below the tip");
            assert!(reply.body.len() < 300_000, "{} bytes at {size}", reply.body.len());
        }
    }

    async fn a_picture_that_a_client_has_is_not_sent_again(t: Town) {
        let station = t.station("码头驿站").at(SHORE.0, SHORE.1).open().await;
        let first = patiently(|| map(&t, &station)).await;
        assert_eq!(pixels(&first).dimensions(), (512, 512), "what is usual");
        let tag = first.header("etag").to_owned();
        assert_eq!(first.header("cache-control"), "no-cache");
        let again = patiently(|| map(&t, &station).header("if-none-match", tag.clone())).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(again.header("etag"), tag);
        let other = patiently(|| map(&t, &station).with("size", 300).header("if-none-match", tag.clone())).await;
        assert_eq!(pixels(&other).dimensions(), (300, 300), "another picture");
    }

    async fn what_is_no_size_and_what_is_no_public_station_is_refused(t: Town) {
        let station = t.station("码头驿站").open().await;
        for size in ["255", "1025", "-1", "big", "99999999999"] {
            let reply = map(&t, &station).with("size", size).send().await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{size}");
            let problem: Value = reply.json();
            assert_eq!(problem["errors"][0]["field"], "size", "{problem}");
            assert!(problem["errors"][0]["detail"].to_string().contains("256"), "the remedy: {problem}");
        }
        let unknown = map(&t, &station).with("colour", "red").send().await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        let draft = t.station("还没开").store(Status::Draft).await;
        assert_eq!(map(&t, &draft).send().await.status, StatusCode::NOT_FOUND, "not public");
        for id in ["nonsense", "019303a0-0000-7000-8000-000000000000"] {
            let reply = t.get(format!("/api/v1/stations/{id}/map.png")).send().await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{id}");
        }
    }

    async fn a_link_in_a_chat_shows_the_map(t: Town) {
        let station = t.station("码头驿站").open().await;
        let page = t.get(format!("/stations/{}", station.id)).send().await.text();
        let (_, rest) = page.split_once("property=\"og:image\" content=\"").expect("a picture for the link");
        let address = rest.split('"').next().unwrap();
        let path = address.strip_prefix("http://town.test").expect("the whole address");
        assert_eq!(pixels(&patiently(|| t.get(path)).await).dimensions(), (1024, 1024));
    }

    async fn a_door_card_shows_the_map(t: Town) {
        let root = t.staff("root", Role::Admin, "").await;
        let station = t.station("码头驿站").at(SHORE.0, SHORE.1).store(Status::Draft).await;
        let card = t.get(format!("/api/v1/stations/{}/door-card.pdf", station.id)).by(&root).send().await;
        assert_eq!(card.status, StatusCode::OK, "{}", card.text());
        let Some(pictures) = pictures(&card.body) else { return };
        assert_eq!(pictures.lines().skip(2).count(), 1, "{pictures}");
        assert!(pictures.contains(" 512   512 "), "{pictures}");
    }

    async fn streets_are_shown_where_the_operators_map_has_them(t: Town) {
        let Some(file) = florence() else { return };
        let t = t.reopened(|config| {
            config.map.kind = yizhan::config::MapKind::Pmtiles;
            config.map.file = file;
        }).await;
        let florence = t.station("Santa Croce").at(11.2603, 43.7687).open().await;
        let picture = pixels(&patiently(|| map(&t, &florence)).await);
        keep("streets", &picture);
        assert!(share(&picture, LAND) < 0.9 && share(&picture, SEA) < 0.5, "streets, houses and the Arno");
        let white = image::Rgb([0xFF, 0xFF, 0xFF]);
        assert!(share(&picture, white) > 0.05, "streets: {}", share(&picture, white));
        let home = t.station("码头驿站").at(SHORE.0, SHORE.1).open().await;
        let picture = pixels(&patiently(|| map(&t, &home)).await);
        assert!(share(&picture, SEA) > 0.2, "beyond the file there is the overview");
    }
}

/// What poppler says of a document's pictures; nothing without it, which other tests of cards tell.
fn pictures(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let told = std::process::Command::new("pdfimages").arg("-list").arg(file.path()).output().ok()?;
    Some(String::from_utf8(told.stdout).unwrap())
}
