//! The built program over a town's database: what it says, and how it ends.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::harness::Town;

/// What the program said and how it ended.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) said: String,
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_yizhan"));
        command.arg("--data").arg(&config.storage.data).args(["--database-url", &config.database_url()]);
        command
            .env("YIZHAN__CLOCK__FIXED", &config.clock.fixed)
            .env("LANG", "zh_CN.UTF-8")
            .env_remove("LC_ALL");
        command.envs(environment.iter().copied()).args(arguments);
        let ended = tokio::task::spawn_blocking(move || command.output()).await.expect("a task");
        let Output { status, stdout, stderr } = ended.expect("the program runs");
        self.follow().await;
        let said = if stdout.is_empty() { stderr } else { stdout };
        Run { status: status.code(), said: String::from_utf8(said).expect("UTF-8") }
    }

    /// A file of the town.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.app.config.storage.data.join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }
}
