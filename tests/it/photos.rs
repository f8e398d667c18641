//! Photos of the door: added by the program, shown by every server, and clean of what a camera wrote beside them.

use std::path::Path;
use std::process::Command;

use image::{DynamicImage, GenericImageView, ImageFormat};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;
use yizhan::stations::follow::follow;
use yizhan::stations::model::{Station, Status};
use yizhan::stations::photo::picture::Picture;
use yizhan::stations::photo::refused::Refused;

use crate::client::text;
use crate::harness::Town;
use crate::limits::DEADLINE;
use crate::program::Run;
use crate::snapped::{CANARY, drawn, encoded, holds, jpeg_bomb, phone_photo, png_bomb};
use crate::tables::numbers;

const COUNT: &str = "SELECT COUNT(*) FROM station_photo";

impl Town {
    async fn numbered(&self, code: &str) -> Station {
        self.station("有照片的站").fact(|f| f.code = Some(code.to_owned())).open().await
    }

    /// `yizhan photo add`.
    async fn add(&self, station: &str, file: &Path) -> Run {
        let file = file.to_str().expect("a path");
        self.program(["photo", "add", "--station", station, file]).await
    }

    async fn added(&self, station: &str, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let run = self.add(station, &self.file(name, bytes)).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        run.said.split(' ').next().expect("an id").to_owned()
    }

    async fn photos(&self, station: &Station) -> Vec<Value> {
        let sheet = self.get(format!("/api/v1/stations/{}", station.id)).json().await;
        sheet["properties"]["photos"].as_array().expect("photos").clone()
    }
}

both_engines! {
    async fn a_photo_comes_and_goes_on_every_server(t: Town) {
        let station = t.numbered("HG-1").await;
        let second = t.at(crate::harness::NOW).await;
        let (stop, stopping) = watch::channel(false);
        let following = tokio::spawn(follow(second.app.registry.clone(), stopping));
        assert_eq!(t.photos(&station).await, [] as [Value; 0]);

        let file = t.file("door.jpg", phone_photo(1_000, 600));
        let file = file.to_str().expect("a path");
        let run = t.program(["photo", "add", "--station", "HG-1", file, "--caption", " 北门，橙色招牌 "]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let shown = async {
            loop {
                if let Some(photo) = second.photos(&station).await.pop() {
                    return photo;
                }
                tokio::task::yield_now().await;
            }
        };
        let photo = timeout(DEADLINE, shown).await.expect("the other server follows");
        assert_eq!((&photo["width"], &photo["height"], &photo["caption"]), (&600.into(), &1_000.into(), &"北门，橙色招牌".into()));

        let id = text(&photo["id"]);
        let (large, small) = (text(&photo["url"]), text(&photo["small_url"]));
        assert_eq!((large.as_str(), small.as_str()), (&*format!("/photos/{id}.jpg"), &*format!("/photos/{id}-small.jpg")));
        let run = t.program(["photo", "list", "--station", &station.id.to_string()]).await;
        assert_eq!(run.said.trim_end(), format!("{id} 600×1000 2026-11-24 北门，橙色招牌"));

        assert_eq!(t.program(["photo", "remove", &id]).await.status, Some(0));
        let gone = async {
            while second.get(&large).send().await.status != 404 {
                tokio::task::yield_now().await;
            }
        };
        timeout(DEADLINE, gone).await.expect("the other server follows");
        assert_eq!((t.get(&small).send().await.status.as_u16(), t.photos(&station).await.len()), (404, 0));
        assert_eq!(t.program(["photo", "remove", &id]).await.status, Some(1), "it is gone already");
        stop.send(true).expect("the other server is told to stop");
        following.await.expect("it stops");
    }

    async fn a_picture_is_upright_clean_and_kept_for_good(t: Town) {
        let station = t.numbered("HG-1").await;
        let id = t.added("HG-1", "door.jpg", phone_photo(1_800, 900)).await;
        for (file, size) in [(format!("{id}.jpg"), (800, 1_600)), (format!("{id}-small.jpg"), (480, 960))] {
            let reply = t.get(format!("/photos/{file}")).send().await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "image/jpeg"));
            assert_eq!(reply.header("content-length"), reply.body.len().to_string());
            assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(reply.header("etag"), format!("\"{file}\""));
            assert!(reply.header("content-encoding").is_empty());
            assert!(!holds(&reply.body, CANARY) && !holds(&reply.body, b"Exif"), "{file}");
            let picture = image::load_from_memory_with_format(&reply.body, ImageFormat::Jpeg).expect("a picture");
            assert_eq!(picture.dimensions(), size);
            // Turned a quarter clockwise, the upper left corner is the upper right one.
            let red = |x, y| picture.to_rgb8().get_pixel(x, y)[0] > 150;
            assert!(red(size.0 - 10, 10) && !red(10, 10) && !red(size.0 - 10, size.1 - 10), "{file}");

            let again = t.get(format!("/photos/{file}")).header("if-none-match", reply.header("etag")).send().await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
            assert_eq!(again.header("cache-control"), reply.header("cache-control"));
            let head = t.ask(axum::http::Method::HEAD, format!("/photos/{file}")).send().await;
            assert_eq!((head.header("content-length"), head.body.len()), (reply.header("content-length"), 0));
        }
        assert_eq!(t.photos(&station).await.len(), 1);
        for other in [id.clone(), format!("{id}.png"), format!("{id}-tiny.jpg"), format!("{}.jpg", id.to_uppercase()),
            format!("{}.jpg", id.replace('-', "")), "01890000-0000-7000-8000-000000000000.jpg".into(), "..%2F1.jpg".into()]
        {
            assert_eq!(t.get(format!("/photos/{other}")).send().await.status, 404, "{other}");
        }
        assert_eq!(t.get(format!("/photos/{id}.jpg?x=1")).send().await.status, 400);
    }

    async fn every_known_kind_of_picture_is_taken(t: Town) {
        let station = t.numbered("HG-1").await;
        // The kind is read from the content; the name does not matter.
        let first = t.added("HG-1", "a.png", encoded(&drawn(90, 60), ImageFormat::Png)).await;
        let second = t.added("HG-1", "b.jpg", encoded(&drawn(60, 90), ImageFormat::WebP)).await;
        let third = t.added(&station.id.to_string(), "c", encoded(&drawn(70, 70), ImageFormat::Jpeg)).await;
        let ids: Vec<_> = t.photos(&station).await.iter().map(|p| text(&p["id"])).collect();
        assert_eq!(ids, [first.as_str(), &second, &third], "in the order in which they were added");
        let again = t.added("HG-1", "a again.png", encoded(&drawn(90, 60), ImageFormat::Png)).await;
        assert_eq!((again, t.photos(&station).await.len()), (first, 3), "the same picture twice is one");
    }

    async fn a_station_has_at_most_eight_photos(t: Town) {
        t.numbered("HG-1").await;
        for side in 1..=8 {
            t.added("HG-1", "door.png", encoded(&drawn(20 + side, 20), ImageFormat::Png)).await;
        }
        let revision = t.snapshot().revision();
        let run = t.add("HG-1", &t.file("ninth.png", encoded(&drawn(40, 20), ImageFormat::Png))).await;
        assert_eq!(run.status, Some(1));
        assert!(run.said.contains("最多 8 张"), "{}", run.said);
        assert_eq!((numbers(&t.app.db, COUNT).await, t.snapshot().revision()), (vec![8], revision));
    }

    async fn what_is_no_picture_is_refused_in_words(t: Town) {
        t.numbered("HG-1").await;
        let picture = encoded(&drawn(200, 100), ImageFormat::Jpeg);
        let png = encoded(&drawn(200, 100), ImageFormat::Png);
        for (name, bytes, told) in [
            ("text.jpg", b"\xe9\xa9\xbf\xe7\xab\x99, no picture".to_vec(), "不是 JPEG"),
            ("empty.jpg", Vec::new(), "不是 JPEG"),
            ("animated.jpg", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), "不是 JPEG"),
            ("half.png", png[..png.len() / 2].to_vec(), "已损坏"),
            ("head.jpg", picture[..40].to_vec(), "已损坏"),
            ("large.jpg", vec![0xff; (10 << 20) + 1], "10 MiB"),
        ] {
            let run = t.add("HG-1", &t.file(name, bytes)).await;
            assert_eq!(run.status, Some(1), "{name}: {}", run.said);
            assert!(run.said.contains(told), "{name}: {}", run.said);
        }
        let good = t.file("good.jpg", picture);
        let stranger = t.add("XX-9", &good).await;
        assert_eq!(stranger.status, Some(1), "{}", stranger.said);
        assert!(stranger.said.contains("XX-9"));
        let long = "长".repeat(201);
        for caption in ["两\n行", &long] {
            let run = t.program(["photo", "add", "--station", "HG-1", good.to_str().unwrap(), "--caption", caption]).await;
            assert_eq!((run.status, run.said.contains("200")), (Some(1), true), "{}", run.said);
        }
        assert_eq!(t.add("HG-1", Path::new("no such file.jpg")).await.status, Some(2));
        assert_eq!(t.program(["photo", "remove", "none"]).await.status, Some(2));
        assert_eq!(numbers(&t.app.db, COUNT).await, [0]);
    }

    async fn a_bomb_is_refused_before_it_takes_memory(t: Town) {
        t.numbered("HG-1").await;
        for (name, bomb, size) in [("bomb.png", png_bomb(), "60000 × 60000"), ("bomb.jpg", jpeg_bomb(), "65500 × 65500")] {
            assert!(matches!(Picture::read(&bomb), Err(Refused::TooManyPixels(Some(_)))), "{name}");
            let file = t.file(name, bomb);
            // With three gigabytes for everything, ten of pixels would end the program otherwise.
            let mut program = Command::new("sh");
            program.args(["-c", "ulimit -v 3000000 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_yizhan")]);
            program.arg("--data").arg(&t.app.config.storage.data).args(["--database-url", &t.app.config.database_url()]);
            program.args(["photo", "add", "--station", "HG-1"]).arg(&file).env("LC_ALL", "en_US.UTF-8");
            let output = tokio::task::spawn_blocking(move || program.output()).await.unwrap().expect("the program runs");
            let said = String::from_utf8_lossy(&output.stdout);
            assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
            assert!(said.contains(size) && said.contains("40 megapixels"), "{said}");
        }
        // As many pixels as are allowed, in one colour, are taken.
        let wide = DynamicImage::ImageLuma8(image::GrayImage::from_pixel(40_000, 20, image::Luma([90])));
        t.added("HG-1", "wide.png", encoded(&wide.into_rgb8(), ImageFormat::Png)).await;
    }

    async fn a_photo_is_as_public_as_its_station(t: Town) {
        let mut station = t.numbered("HG-1").await;
        let id = t.added("HG-1", "door.png", encoded(&drawn(90, 60), ImageFormat::Png)).await;
        let address = format!("/photos/{id}.jpg");
        assert_eq!(t.get(&address).send().await.status, 200);
        for (status, seen) in [(Status::Retired, 404), (Status::Suspended, 200), (Status::Draft, 404), (Status::Open, 200)] {
            station.status = status;
            t.put(&station).await;
            assert_eq!(t.get(&address).send().await.status, seen, "{status}");
        }
        let fresh = t.at(crate::harness::NOW).await;
        assert_eq!(fresh.photos(&station).await.len(), 1, "read whole, it is the same");
    }

    async fn photos_of_the_demonstration_go_with_it(t: Town) {
        t.demonstrate().await;
        let station = t.list().with("limit", 1).ids().await.remove(0);
        t.added(&station, "door.png", encoded(&drawn(90, 60), ImageFormat::Png)).await;
        assert_eq!(t.program(["demo", "--remove"]).await.status, Some(0));
        assert_eq!(numbers(&t.app.db, COUNT).await, [0]);
    }
}
