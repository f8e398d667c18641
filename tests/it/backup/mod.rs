//! The drill: a town is saved and restored, on the same engine and on the other, and it is the same town.

mod damage;
mod moment;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;
use yizhan::accounts::Role;

use crate::client::text;
use crate::harness::Town;
use crate::place::{Place, at_each_engine};
use crate::tables::execute;

/// How far the revision leaps in a restore.
const LEAP: i64 = 1_000_000;
/// Tables that differ after a restore: the leap, the entry of the restore itself, what does not outlive it.
const DIFFERENT: [&str; 7] =
    ["registry", "station_change", "audit", "audit_chain", "session", "invitation", "idempotency"];

impl Town {
    async fn backup(&self, name: &str) -> PathBuf {
        let folder = self.app.config.storage.data.join(name);
        let run = self.program(["backup", folder.to_str().expect("a path")]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        folder
    }

    /// A town with something in every part of it.
    async fn lively(&self) {
        self.demonstrate().await;
        let station = self.station("有照片的站").fact(|f| f.code = Some("HG-1".to_owned())).open().await;
        self.close(station.id, "2026-11-24T09:00:00+08:00", Some("2026-11-24T12:00:00+08:00")).await;
        let mut picture = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([if x < y { 200 } else { 20 }, 30, 90]))
            .write_to(&mut picture, image::ImageFormat::Png)
            .expect("a picture");
        let file = self.file("door.png", picture.into_inner());
        let run = self.program(["photo", "add", "--station", "HG-1", file.to_str().expect("a path")]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        self.staff("banshi", Role::District, "130302").await;
        self.keeper("zhanzhang", &[station.id]).await;
        for number in 0..5 {
            self.note(&yizhan::accounts::Actor::command(), &crate::audit::entry(number)).await;
        }
        self.sign().await;
    }

    /// What the public is answered, without the revision.
    async fn answers(&self) -> Vec<String> {
        let mut answers = Vec::new();
        for page in self.list().with("limit", 200).pages().await {
            answers.extend(page.iter().map(ToString::to_string));
        }
        let ids = self.list().with("q", "有照片").ids().await;
        let sheet = self.get(format!("/api/v1/stations/{}", ids[0])).json().await;
        let photo = self.get(text(&sheet["properties"]["photos"][0]["url"])).send().await;
        answers.push(format!("{:?}", photo.body));
        for path in [
            format!("/api/v1/stations/{}", ids[0]),
            "/api/v1/stations/nearest?lat=39.93&lon=119.6&limit=50".to_owned(),
            "/api/v1/stations?state=closed_by_notice".to_owned(),
            "/tiles/stations/9/425/194.geojson".to_owned(),
            "/api/v1/offline/130302.json".to_owned(),
        ] {
            let mut answer = self.get(path).json().await;
            answer.as_object_mut().expect("an object").remove("revision");
            answers.push(answer.to_string());
        }
        answers
    }
}

/// The rows of each table of a backup, in any order.
fn rows(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let names = manifest(folder)["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .map(|t| text(&t["name"]))
        .collect::<Vec<_>>();
    names
        .into_iter()
        .map(|name| (name.clone(), sorted_lines(&folder.join(format!("{name}.jsonl.gz")))))
        .collect()
}

fn sorted_lines(file: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(File::open(file).expect("a file")).read_to_string(&mut text).expect("text");
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).expect("a manifest")).expect("JSON")
}

both_engines! {
    async fn a_town_comes_back_on_either_engine(t: Town) {
        t.lively().await;
        let (answers, saved, before) = (t.answers().await, t.backup("saved").await, t.verified().await);
        let revision = t.snapshot().revision();
        assert!(before.ok && answers.len() > 260);
        let tried = at_each_engine(Some(&t), async |place| {
            let run = place.run(&["restore", saved.to_str().unwrap(), "--json"]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            let report: Value = serde_json::from_str(&run.said).unwrap();
            assert_eq!((&report["audit"]["ok"], &report["revision"]), (&true.into(), &(revision + LEAP).into()), "{report}");

            let town = place.town().await;
            assert_eq!(town.answers().await, answers);
            let after = town.verified().await;
            assert!(after.ok && after.rows == before.rows + 1, "{after:?}");
            let again = town.backup("again").await;
            let (old, new) = (rows(&saved), rows(&again));
            assert!(old.len() > 20 && old["station"].len() > 260 && old["station_photo"].len() == 1);
            for (table, rows) in &old {
                if !DIFFERENT.contains(&table.as_str()) {
                    assert_eq!(rows, &new[table], "{table}");
                }
            }
            assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
            let audit = new["audit"].iter().filter(|row| !old["audit"].contains(row)).collect::<Vec<_>>();
            assert!(audit.len() == 1 && audit[0].contains("database.restore"), "{audit:?}");
            assert!(new["session"].is_empty() && !old["session"].is_empty(), "nobody is signed in any more");
        })
        .await;
        assert_eq!(tried, if std::env::var_os("YIZHAN_TEST_POSTGRES").is_some() { 2 } else { 1 });
    }

    async fn only_an_empty_database_is_filled_and_only_a_new_folder_written(t: Town) {
        t.station("站").open().await;
        let saved = t.backup("saved").await;
        let saved = saved.to_str().unwrap();
        let before = crate::tables::dump(&t.app.db).await;
        for (arguments, told) in [
            (["restore", saved], "不是空的"),
            (["restore", t.app.config.storage.data.to_str().unwrap()], "SHA256SUMS"),
            (["restore", "/no such folder"], "SHA256SUMS"),
            (["backup", saved], "不是空文件夹"),
        ] {
            let run = t.program(arguments).await;
            assert_eq!(run.status, Some(1), "{arguments:?}: {}", run.said);
            assert!(run.said.contains(told), "{arguments:?}: {}", run.said);
        }
        assert_eq!(crate::tables::dump(&t.app.db).await, before);
        let empty = t.app.config.storage.data.join("empty");
        fs::create_dir(&empty).unwrap();
        assert_eq!(t.backup("empty").await, empty);

        let run = t.program(["backup", t.app.config.storage.data.join("door.key/new").to_str().unwrap()]).await;
        assert_eq!(run.status, Some(0), "folders on the way are made: {}", run.said);
        let nowhere = Place { data: t.app.config.storage.data.join("none"), url: "sqlite:/no such file.db".to_owned() };
        let run = nowhere.run(&["backup", "/tmp/never"]).await;
        assert!(run.status == Some(1) && run.said.contains("/no such file.db"), "{:?} {}", run.status, run.said);
    }

    async fn a_backup_holds_no_secret_key_and_is_for_its_owner_alone(t: Town) {
        use std::os::unix::fs::PermissionsExt;
        t.lively().await;
        let saved = t.backup("saved").await;
        let key = fs::read_to_string(t.app.config.storage.data.join("secret.key")).unwrap();
        for entry in fs::read_dir(&saved).unwrap().map(Result::unwrap) {
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
            let is_packed = entry.path().extension().is_some_and(|e| e == "gz");
            let lines = if is_packed { sorted_lines(&entry.path()) } else { vec![fs::read_to_string(entry.path()).unwrap()] };
            assert!(lines.iter().all(|line| !line.contains(key.trim())), "{entry:?}");
        }
        assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o700);
    }

    async fn without_the_secret_a_restore_says_that_the_signatures_are_strange(t: Town) {
        t.lively().await;
        let saved = t.backup("saved").await;
        let tried = at_each_engine(Some(&t), async |place| {
            fs::remove_file(place.data.join("secret.key")).unwrap();
            let run = place.run(&["restore", saved.to_str().unwrap()]).await;
            assert_eq!(run.status, Some(1), "{}", run.said);
            assert!(run.said.contains("secret.key") && run.said.contains("已恢复"), "{}", run.said);
            assert_eq!(place.town().await.answers().await, t.answers().await, "everything else is there");
        })
        .await;
        assert!(tried > 0);
    }

    async fn an_older_witness_is_kept_when_its_database_is_replaced(t: Town) {
        t.lively().await;
        let saved = t.backup("saved").await;
        t.note(&yizhan::accounts::Actor::command(), &crate::audit::entry(9)).await;
        t.sign().await;
        let lost = fs::read_to_string(t.witness().path()).unwrap();
        let tried = at_each_engine(Some(&t), async |place| {
            fs::copy(t.witness().path(), place.data.join("audit-heads.jsonl")).unwrap();
            let run = place.run(&["restore", saved.to_str().unwrap()]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            let aside = run.said.lines().find_map(|l| l.split_once("移到 ")).expect("told where").1;
            assert_eq!(fs::read_to_string(aside).unwrap(), lost);
            assert!(place.town().await.verified().await.ok);
        })
        .await;
        assert!(tried > 0);
        execute(&t.app.db, "UPDATE registry SET revision = revision").await;
    }
}
