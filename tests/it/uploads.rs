//! Files that anybody may send: read once, written anew, named by one request, or gone after an hour.

use axum::body::Body;
use axum::http::StatusCode;
use chrono::TimeDelta;
use image::ImageFormat;
use yizhan::ids::PictureId;
use yizhan::pictures::{UsedFor, claim, picture};
use yizhan::stations::photo::Size;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::snapped::{CANARY, drawn, encoded, holds, jpeg_bomb, phone_photo, png_bomb};
use crate::tables::numbers;

const COUNT: &str = "SELECT COUNT(*) FROM picture";

async fn send(t: &Town, kind: &str, bytes: Vec<u8>) -> Reply {
    t.post("/api/v1/uploads").header("content-type", kind).body(Body::from(bytes)).send().await
}

/// A file in a form, as a page without script sends it.
fn form(field: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--line\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: x/y\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--line--\r\n"].concat()
}

async fn uploaded(t: &Town, bytes: Vec<u8>) -> PictureId {
    let reply = send(t, "image/jpeg", bytes).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    text(&reply.json()["id"]).parse().unwrap()
}

/// What is no picture, or more than one thing at once, with the code that it is refused with.
fn harmful() -> Vec<(&'static str, Vec<u8>)> {
    let jpeg = encoded(&drawn(60, 40), ImageFormat::Jpeg);
    vec![
        ("a page", b"<html><script>alert(1)</script>".to_vec()),
        ("a drawing with a script", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("a film of one picture", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec()),
        ("a page that says it is a film", b"GIF89a/*<script>*/=1;".to_vec()),
        ("a list in a zip", b"PK\x03\x04\x14\0\0\0\x08\0".repeat(40)),
        ("a PNG bomb", png_bomb()),
        ("a JPEG bomb", jpeg_bomb()),
        ("half a picture", jpeg[..jpeg.len() / 2].to_vec()),
        ("a head alone", jpeg[..40].to_vec()),
        ("nothing", Vec::new()),
    ]
}

both_engines! {
    async fn what_a_camera_wrote_beside_the_pixels_is_gone(t: Town) {
        let polyglot = [phone_photo(400, 240), b"<script>alert('tail')</script>PK\x05\x06".to_vec()].concat();
        let id = uploaded(&t, polyglot).await;
        assert_eq!(picture(&t.app.db, id, Size::Large).await.unwrap(), None, "it belongs to nobody yet");
        let mut tx = t.app.db.begin().await.unwrap();
        claim(&mut tx, id, UsedFor::Report, "one", t.app.clock.now()).await.unwrap();
        let again = claim(&mut tx, id, UsedFor::Finding, "two", t.app.clock.now()).await;
        assert!(again.is_err(), "a picture is named once");
        tx.commit().await.unwrap();
        for size in [Size::Large, Size::Small] {
            let bytes = picture(&t.app.db, id, size).await.unwrap().expect("a picture");
            assert!(!holds(&bytes, CANARY) && !holds(&bytes, b"Exif") && !holds(&bytes, b"script"));
            assert!(image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).is_ok());
        }
    }

    async fn a_form_and_a_bare_file_are_the_same(t: Town) {
        let png = encoded(&drawn(60, 40), ImageFormat::Png);
        let reply = send(&t, "multipart/form-data; boundary=line", form("file", "门.png", &png)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let other = send(&t, "multipart/form-data; boundary=line", form("photo", "x", &png)).await;
        assert_eq!((other.status, text(&other.json()["errors"][0]["code"])), (StatusCode::BAD_REQUEST, "missing".into()));
        let torn = send(&t, "multipart/form-data; boundary=line", form("file", "x", &png)[..200].to_vec()).await;
        assert_eq!((torn.status, text(&torn.json()["errors"][0]["code"])), (StatusCode::BAD_REQUEST, "unreadable".into()));
        assert_eq!(send(&t, "application/json", png).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }

    async fn what_nobody_names_within_an_hour_is_gone(t: Town) {
        let id = uploaded(&t, phone_photo(100, 60)).await;
        let late = t.app.clock.now() + TimeDelta::minutes(61);
        let mut tx = t.app.db.begin().await.unwrap();
        assert!(claim(&mut tx, id, UsedFor::Report, "one", late).await.is_err());
        tx.rollback().await.unwrap();
        let later = t.at("2026-11-24T11:30:00+08:00").await;
        uploaded(&later, phone_photo(120, 60)).await;
        assert_eq!(numbers(&t.app.db, COUNT).await, [1], "the next upload sweeps");
    }

    async fn two_hundred_harmful_files_in_a_row_change_nothing(t: Town) {
        let harmful = harmful();
        for (what, bytes) in harmful.iter().cycle().take(200) {
            let reply = send(&t, "image/jpeg", bytes.clone()).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", reply.text());
            assert_eq!(text(&reply.json()["errors"][0]["field"]), "file");
        }
        assert_eq!(numbers(&t.app.db, COUNT).await, [0]);
        uploaded(&t, phone_photo(100, 60)).await;
    }

    async fn a_file_beyond_the_bound_is_refused(t: Town) {
        let reply = send(&t, "image/jpeg", vec![0xff; (10 << 20) + 1]).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        let reply = send(&t, "multipart/form-data; boundary=line", form("file", "x", &vec![0xff; 12 << 20])).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
