//! The measured service: its data folder filled, and started on it.

use std::ffi::OsStr;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;

use crate::process::{Server, free_address, pinned, timed};

/// The instant at which the service's clock stands, so that every run asks about the same states: a Tuesday
/// morning.
pub(crate) const AT: &str = "2026-11-24T10:00:00+08:00";

/// A program and a data folder that it is started on.
#[derive(Debug)]
pub(crate) struct Service {
    program: PathBuf,
    data: TempDir,
    core: Option<usize>,
}

impl Service {
    /// A new, empty data folder.
    pub(crate) fn new(program: &Path, core: Option<usize>) -> io::Result<Self> {
        let program = program.canonicalize()?;
        Ok(Self { program, data: tempfile::tempdir()?, core })
    }

    /// Runs a command of the program on the data folder and gives its seconds.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<f64, String> {
        let data = self.data.path().to_string_lossy();
        let all: Vec<&str> = arguments.iter().copied().chain(["--data", &data]).collect();
        timed(&self.program, &all)
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.data.path()
    }

    /// Starts serving.
    pub(crate) fn serve(&self) -> io::Result<Server> {
        self.serve_with(&[])
    }

    /// Starts serving with more settings in its environment.
    pub(crate) fn serve_with(&self, settings: &[(&str, &OsStr)]) -> io::Result<Server> {
        let address = free_address()?;
        let mut command = pinned(&self.program, self.core);
        command
            .args(["serve", "--listen", &address.to_string()])
            .args(["--admin-listen", &free_address()?.to_string()])
            .arg("--data")
            .arg(self.data.path())
            .env_remove("DATABASE_URL")
            .env("YIZHAN__CLOCK__FIXED", AT)
            .env("YIZHAN__LOG__LEVEL", "error")
            .envs(settings.iter().copied())
            .stderr(Stdio::inherit());
        Server::start(command, address)
    }
}

/// Starts the peer that answers everything with so many bytes.
pub(crate) fn hello(bytes: usize, core: Option<usize>) -> io::Result<Server> {
    let address: SocketAddr = free_address()?;
    let mut command = pinned(&std::env::current_exe()?, core);
    command.args(["hello", "--listen", &address.to_string(), "--bytes", &bytes.to_string()]);
    Server::start(command, address)
}
