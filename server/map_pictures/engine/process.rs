//! One process of the engine: a request on its standard input, a picture on its standard output.

use std::io;
use std::path::Path;
use std::process::Stdio;

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::basemap::scene::Scene;

/// The most bytes of an answer: a picture of 1024 by 1024 pixels that cannot be compressed takes 4 MiB.
const MOST_BYTES: u32 = 8 << 20;
/// The first byte of an answer that is a picture, and of one that says what is wrong.
const PICTURE: u8 = 0;
const WRONG: u8 = 1;

/// Why a process gave no picture.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// It does not start, or it ended.
    #[error("it does not answer: {0}")]
    Ended(#[from] io::Error),
    /// It answered what nobody can read.
    #[error("its answer cannot be read")]
    Nonsense,
    /// It refused the request and is ready for the next.
    #[error("it refused: {0}")]
    Refused(String),
}

/// A running process; it is killed when this is dropped.
pub(super) struct Process {
    _child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

/// What stands before the tile's bytes, on a line of its own.
#[derive(Serialize)]
struct Line<'a> {
    size: u16,
    tile_bytes: usize,
    layers: Vec<Layer<'a>>,
}

#[derive(Serialize)]
struct Layer<'a> {
    name: &'a str,
    colour: &'a str,
}

/// A request as the program reads it: a picture of `size` pixels a side.
pub(super) fn request(scene: &Scene, size: u16) -> Vec<u8> {
    let tile = scene.tile();
    let layers = scene.layers.iter().map(|l| Layer { name: l.name, colour: l.colour }).collect();
    let line = Line { size, tile_bytes: tile.len(), layers };
    // Names and numbers can always be written.
    let mut bytes = serde_json::to_vec(&line).unwrap_or_default();
    bytes.push(b'\n');
    bytes.extend(tile);
    bytes
}

impl Process {
    /// Starts the program, which may take so many MiB of memory.
    ///
    /// # Errors
    /// [`Fault::Ended`] where it does not start.
    pub(super) fn start(program: &Path, memory_mb: u64) -> Result<Self, Fault> {
        let mut child = command(program, memory_mb).spawn()?;
        let gone = || Fault::Ended(io::ErrorKind::BrokenPipe.into());
        let stdin = child.stdin.take().ok_or_else(gone)?;
        let stdout = BufReader::new(child.stdout.take().ok_or_else(gone)?);
        Ok(Self { _child: child, stdin, stdout })
    }

    /// Sends a request and waits for its picture: the bytes of a PNG.
    ///
    /// # Errors
    /// After [`Fault::Refused`] the process can be asked again, after any other it cannot.
    pub(super) async fn draw(&mut self, request: &[u8]) -> Result<Vec<u8>, Fault> {
        self.stdin.write_all(request).await?;
        self.stdin.flush().await?;
        let kind = self.stdout.read_u8().await?;
        let length = self.stdout.read_u32().await?;
        if length > MOST_BYTES || !matches!(kind, PICTURE | WRONG) {
            return Err(Fault::Nonsense);
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        self.stdout.read_exact(&mut bytes).await?;
        if kind == PICTURE {
            return Ok(bytes);
        }
        Err(Fault::Refused(String::from_utf8_lossy(&bytes).chars().take(200).collect()))
    }
}

fn command(program: &Path, memory_mb: u64) -> Command {
    let mut command = Command::new(program);
    command.args(["--memory-mb", &memory_mb.to_string()]);
    // The settings of a service, its secrets among them, are no business of a graphics driver. The one variable that it
    // may know says which driver to use.
    command.env_clear();
    if let Some(driver) = std::env::var_os("VK_ICD_FILENAMES") {
        command.env("VK_ICD_FILENAMES", driver);
    }
    // Mesa would keep files in the home folder and look for a display.
    command.env("MESA_SHADER_CACHE_DISABLE", "true").env("NODEVICE_SELECT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command
}
