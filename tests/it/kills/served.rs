//! The built program, serving on ports of its own, until it is killed.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use crate::place::Place;
use crate::program::program;

/// A service in a process of its own.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Reads on, so that the log never fills the pipe.
    log: Option<JoinHandle<()>>,
}

impl Served {
    /// Starts the service at a place and reads from its log where it answers.
    pub(crate) fn start(place: &Place) -> Self {
        let mut command = program(&place.data, &place.url);
        command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]);
        command
            .env("YIZHAN__ACCOUNTS__TOTP", "optional")
            .env("YIZHAN__LOG__FORMAT", "json")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a log")).lines().map_while(Result::ok);
        let address = lines.by_ref().find_map(|line| {
            let line: serde_json::Value = serde_json::from_str(&line).ok()?;
            line["address"].as_str()?.parse().ok()
        });
        let log = Some(std::thread::spawn(move || lines.for_each(drop)));
        let Some(address) = address else { panic!("the service ended: {:?}", child.wait()) };
        Self { child, address, log }
    }

    /// Ends it at once, whatever it is doing.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("it is gone");
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("told").success());
        self.child.wait().expect("it is gone")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(log) = self.log.take() {
            let _ = log.join();
        }
    }
}
