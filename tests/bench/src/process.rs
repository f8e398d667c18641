//! Servers as processes of their own, each on its processor, ended when they are dropped.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::clock::Wall;

/// How long a server may take until it answers.
const STARTING_S: f64 = 120.0;
/// How often a starting server is asked.
const ASK_EVERY: Duration = Duration::from_millis(2);

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it answers.
    pub(crate) address: SocketAddr,
    /// From its start to its first answer.
    pub(crate) start_s: f64,
}

/// A command that runs on one processor, where one is given.
pub(crate) fn pinned(program: &Path, core: Option<usize>) -> Command {
    match core {
        None => Command::new(program),
        Some(core) => {
            let mut command = Command::new("taskset");
            command.arg("--cpu-list").arg(core.to_string()).arg(program);
            command
        }
    }
}

/// An address on this machine that nobody listens on.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

impl Server {
    /// Starts a server that listens on `address`, and waits until `/readyz` answers 200.
    pub(crate) fn start(mut command: Command, address: SocketAddr) -> io::Result<Self> {
        let start = Wall::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut server = Self { child, address, start_s: 0.0 };
        while !ready(address) {
            if let Some(status) = server.child.try_wait()? {
                return Err(io::Error::other(format!("the server ended at its start: {status}")));
            }
            if start.seconds() > STARTING_S {
                return Err(io::Error::other("the server did not answer in time"));
            }
            std::thread::sleep(ASK_EVERY);
        }
        server.start_s = start.seconds();
        Ok(server)
    }

    /// Memory that the process holds, in MiB.
    pub(crate) fn resident_mib(&self) -> io::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| io::Error::other("no VmRSS"))
    }
}

impl Drop for Server {
    /// Tells the server to stop and waits until it has.
    fn drop(&mut self) {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

fn ready(address: SocketAddr) -> bool {
    let ask = || -> io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(answer.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

/// Runs a command to its end and gives its time in seconds, or what it said when it failed.
pub(crate) fn timed<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Result<f64, String> {
    let start = Wall::now();
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(start.seconds());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Err(format!("{} ({first})", output.status))
}
