//! A place for a service that is not there yet: a data folder, and a database without tables, on each engine.

use std::fs;
use std::path::PathBuf;

use crate::harness::{Town, on_blank_postgres};
use crate::program::{Run, ended, program};

/// A data folder, and a database that has no tables.
pub(crate) struct Place {
    pub(crate) data: PathBuf,
    pub(crate) url: String,
}

/// A city in which one step publishes a station.
pub(crate) const ONE_STEP: &str =
    "INSERT INTO city_setting (one, version, union_name, name_zh, name_en, hotline, approval)
    VALUES (1, 1, '总工会', '秦皇岛', 'Qinhuangdao', '12351', 'one_step')";

impl Place {
    /// Runs the built program.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Run {
        let mut command = program(&self.data, &self.url);
        command.args(arguments);
        ended(command).await
    }

    /// Opens the service.
    pub(crate) async fn town(&self) -> Town {
        Town::open(&self.data, Some(self.url.clone())).await
    }
}

/// A fresh data folder; with the secret of a town, which an operator keeps apart from the backups.
fn data(of: Option<&Town>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(town) = of {
        let secret = town.app.config.storage.data.join("secret.key");
        fs::copy(secret, folder.path().join("secret.key")).expect("the secret is copied");
    }
    folder
}

/// Does something at a fresh place of each engine that is there; returns how many there were.
pub(crate) async fn at_each_engine(of: Option<&Town>, act: impl AsyncFn(Place)) -> usize {
    let folder = data(of);
    let url = format!("sqlite:{}", folder.path().join("other.db").display());
    act(Place { data: folder.path().to_owned(), url }).await;
    let folder = data(of);
    let other = on_blank_postgres(async |url| act(Place { data: folder.path().to_owned(), url }).await).await;
    1 + usize::from(other.is_some())
}
