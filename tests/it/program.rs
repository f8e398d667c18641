//! The built program over a town's database: what it says, and how it ends.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::{NOW, Town};

/// What the program said and how it ended.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) said: String,
}

/// The built program over a data folder and a database, with the clock of the tests.
pub(crate) fn program(data: &Path, database_url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yizhan"));
    command.arg("--data").arg(data).args(["--database-url", database_url]);
    command.env("YIZHAN__CLOCK__FIXED", NOW).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL");
    command
}

/// Runs a command to its end.
pub(crate) async fn ended(mut command: Command) -> Run {
    let ended = tokio::task::spawn_blocking(move || command.output()).await.expect("a task");
    let Output { status, stdout, stderr } = ended.expect("the program runs");
    let said = if stdout.is_empty() { stderr } else { stdout };
    Run { status: status.code(), said: String::from_utf8(said).expect("UTF-8") }
}

impl Town {
    /// Runs a command; the registry follows.
    pub(crate) async fn program<A: Into<OsString>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
        self.program_in(&[], arguments).await
    }

    /// Runs a command in an environment.
    pub(crate) async fn program_in(&self, environment: &[(&str, &str)], arguments: Vec<OsString>) -> Run {
        let config = &self.app.config;
        let mut command = program(&config.storage.data, &config.database_url());
        command.env("YIZHAN__CLOCK__FIXED", &config.clock.fixed);
        command.envs(environment.iter().copied()).args(arguments);
        let run = ended(command).await;
        self.follow().await;
        run
    }

    /// A file of the town.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.app.config.storage.data.join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }
}
