//! A damaged backup is refused before anything is written.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{manifest, sorted_lines};
use crate::chance::Chance;
use crate::harness::Town;
use crate::place::at_each_engine;
use crate::tables::names;

/// A copy of a backup that can be spoilt.
fn copy(saved: &Path, to: &Path) -> PathBuf {
    let _ = fs::remove_dir_all(to);
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(saved).expect("a backup").map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
    to.to_owned()
}

/// Writes the checksums anew, as somebody who wants to hide a change would.
fn sum_anew(folder: &Path) {
    let old = fs::read_to_string(folder.join("SHA256SUMS")).expect("checksums");
    let line = |line: &str| {
        let name = line.split_once("  ").expect("a name").1;
        let sum = Sha256::digest(fs::read(folder.join(name)).expect("a file"));
        let sum = sum.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        format!("{sum}  {name}\n")
    };
    let sums: String = old.lines().map(line).collect();
    fs::write(folder.join("SHA256SUMS"), sums).expect("written");
}

fn with_manifest(folder: &Path, change: impl FnOnce(&mut Value)) {
    let mut told = manifest(folder);
    change(&mut told);
    fs::write(folder.join("manifest.json"), told.to_string()).expect("written");
    sum_anew(folder);
}

fn pack(file: &Path, lines: &[String]) {
    let mut packed = GzEncoder::new(fs::File::create(file).expect("a file"), Compression::fast());
    for line in lines {
        writeln!(packed, "{line}").expect("written");
    }
    packed.finish().expect("packed");
}

/// Every way in which a backup is spoilt, each in a folder of its own name.
fn spoilt(saved: &Path, within: &Path) -> Vec<PathBuf> {
    let mut chance = Chance::new(7);
    let mut all = Vec::new();
    let names: Vec<_> =
        fs::read_dir(saved).expect("a backup").map(|e| e.expect("a file").file_name()).collect();
    for name in &names {
        let shown = name.to_string_lossy();
        let flipped = copy(saved, &within.join(format!("flipped-{shown}")));
        let mut bytes = fs::read(flipped.join(name)).expect("a file");
        let at = chance.index(bytes.len());
        bytes[at] ^= 1 << chance.index(7);
        fs::write(flipped.join(name), bytes).expect("written");
        let lacking = copy(saved, &within.join(format!("lacking-{shown}")));
        fs::remove_file(lacking.join(name)).expect("removed");
        all.extend([flipped, lacking]);
    }
    let mut spoil = |name: &str, change: &dyn Fn(&Path)| {
        let folder = copy(saved, &within.join(name));
        change(&folder);
        all.push(folder);
    };
    let station = "station.jsonl.gz";
    spoil("count", &|f| {
        with_manifest(f, |m| m["tables"][0]["rows"] = (m["tables"][0]["rows"].as_u64().unwrap() + 1).into());
    });
    spoil("heads", &|f| with_manifest(f, |m| m["heads"] = 9.into()));
    spoil("newer-form", &|f| with_manifest(f, |m| m["format"] = 2.into()));
    spoil("newer-schema", &|f| with_manifest(f, |m| m["schema"] = 9_999.into()));
    spoil("older-schema", &|f| with_manifest(f, |m| m["schema"] = 3.into()));
    spoil("other-column", &|f| with_manifest(f, |m| m["tables"][0]["columns"][0]["name"] = "x".into()));
    spoil("other-table", &|f| with_manifest(f, |m| m["tables"][0]["name"] = "../x".into()));
    spoil("lost-row", &|f| {
        let lines = sorted_lines(&f.join(station));
        pack(&f.join(station), &lines[1..]);
        sum_anew(f);
    });
    spoil("row-twice", &|f| {
        let mut lines = sorted_lines(&f.join(station));
        lines.swap_remove(0);
        lines.push(lines[0].clone());
        pack(&f.join(station), &lines);
        sum_anew(f);
    });
    spoil("odd-row", &|f| {
        pack(&f.join(station), &["[1]".to_owned()]);
        sum_anew(f);
    });
    spoil("orphan", &|f| {
        pack(&f.join(station), &[]);
        with_manifest(f, |m| {
            let tables = m["tables"].as_array_mut().expect("tables");
            tables.iter_mut().find(|t| t["name"] == "station").expect("a table")["rows"] = 0.into();
        });
    });
    all
}

both_engines! {
    async fn a_damaged_backup_is_refused_with_nothing_written(t: Town) {
        for name in ["一", "二", "三"] {
            let station = t.station(name).open().await;
            t.close(station.id, "2026-11-24T09:00:00+08:00", None).await;
        }
        t.sign().await;
        let saved = t.backup("saved").await;
        let within = tempfile::tempdir().unwrap();
        let spoilt = spoilt(&saved, within.path());
        assert!(spoilt.len() > 60, "{}", spoilt.len());
        at_each_engine(Some(&t), async |place| {
            let db = yizhan::db::Db::connect(&place.url).await.unwrap();
            let witness = yizhan::audit::Witness::of(&place.data);
            for folder in &spoilt {
                let refused = yizhan::backup::restore(&db, &witness, folder, t.app.clock.now(), &|_, _| {}).await;
                assert!(refused.is_err(), "{} was restored", folder.display());
                assert_eq!(names(&db).await, [] as [String; 0], "{} left something", folder.display());
                assert!(!witness.path().exists());
            }
            // The place is as good as new.
            let run = place.run(&["restore", saved.to_str().unwrap()]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            db.close().await;
        })
        .await;
    }

    async fn a_damaged_file_is_named_by_the_program(t: Town) {
        t.station("站").open().await;
        let saved = t.backup("saved").await;
        fs::write(saved.join("station.jsonl.gz"), "x").unwrap();
        at_each_engine(Some(&t), async |place| {
            let run = place.run(&["restore", saved.to_str().unwrap()]).await;
            assert_eq!(run.status, Some(1), "{}", run.said);
            assert!(run.said.contains("station.jsonl.gz 已损坏"), "{}", run.said);
        })
        .await;
    }
}
