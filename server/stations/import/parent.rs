//! Starts the limited reading process, and takes a sheet from its output without trusting it.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

use super::child::{Limits, Line, SUBCOMMAND};
use super::read_error::ReadError;
use super::sheet::{Bounds, Collect, Output, Sheet, SheetRow};

/// Bytes of one line of a child: a row of the widest table of plain cells, escapes included.
const LINE_BYTES: u64 = 8 << 20;
/// Bytes of the pipe's buffer.
const BUFFER_BYTES: usize = 1 << 18;

/// Reads a file in a limited process of `program`, which has to serve the subcommand `read-sheet`.
///
/// `progress` is called with the number of rows read so far. A process that uses more than its limits, or
/// that ends without an answer, gives an error and nothing else; dropping the future kills it.
pub async fn read_in_child(
    program: &Path,
    file: &Path,
    limits: &Limits,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Sheet, ReadError> {
    let reading = read(program, file, limits, progress);
    let wall_clock = Duration::from_secs(limits.time_s);
    tokio::time::timeout(wall_clock, reading).await.unwrap_or(Err(ReadError::TooSlow))
}

/// Where a child finds what its parent writes to it.
const STDIN: &str = "/dev/stdin";

/// Reads the contents of a file in the same way; they go through a pipe, so that no copy lies on the disk.
pub async fn read_bytes_in_child(program: &Path, bytes: &[u8], limits: &Limits) -> Result<Sheet, ReadError> {
    let reading = async {
        let fault = |e: std::io::Error| ReadError::Unreadable { reason: e.to_string() };
        let mut command = command(program, Path::new(STDIN), limits);
        let mut child = command.stdin(Stdio::piped()).spawn().map_err(fault)?;
        let Some(mut stdin) = child.stdin.take() else { return Err(ReadError::Crashed) };
        let writing = async move {
            // A child that has read enough goes away; what it says is the answer.
            let _ = stdin.write_all(bytes).await;
        };
        let (read, ()) = tokio::join!(answer(child, limits, &|_| {}), writing);
        read
    };
    let wall_clock = Duration::from_secs(limits.time_s);
    tokio::time::timeout(wall_clock, reading).await.unwrap_or(Err(ReadError::TooSlow))
}

/// The program that is running, to read files by itself.
pub fn this_program() -> Result<PathBuf, ReadError> {
    std::env::current_exe().map_err(|e| ReadError::Unreadable { reason: e.to_string() })
}

async fn read(
    program: &Path,
    file: &Path,
    limits: &Limits,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Sheet, ReadError> {
    let fault = |e: std::io::Error| ReadError::Unreadable { reason: e.to_string() };
    answer(command(program, file, limits).spawn().map_err(fault)?, limits, progress).await
}

/// What a child answers, and why it ends where it answers nothing.
async fn answer(
    mut child: Child,
    limits: &Limits,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Sheet, ReadError> {
    let fault = |e: std::io::Error| ReadError::Unreadable { reason: e.to_string() };
    let Some(stdout) = child.stdout.take() else { return Err(ReadError::Crashed) };
    let mut stdout = BufReader::with_capacity(BUFFER_BYTES, stdout);
    let taken = take_sheet(&mut stdout, &limits.bounds(), progress).await;
    if taken != Err(ReadError::Crashed) {
        return taken;
    }
    // The output ended early: how the process ended says why.
    drop(stdout);
    Err(why(child.wait().await.map_err(fault)?))
}

fn command(program: &Path, file: &Path, limits: &Limits) -> Command {
    let mut command = Command::new(program);
    command.arg(SUBCOMMAND);
    command.args(["--file-bytes", &limits.file_bytes.to_string()]);
    command.args(["--cells", &limits.cells.to_string()]);
    command.args(["--memory-bytes", &limits.memory_bytes.to_string()]);
    command.args(["--time-s", &limits.time_s.to_string()]);
    if limits.areas {
        command.arg("--areas");
    }
    command.arg("--").arg(file);
    // The settings of a service, its secrets among them, are no business of a reader of foreign files.
    command.env_clear();
    // The allocator of the service takes address space ahead, which would void the limit on it.
    command.env("MIMALLOC_ARENA_RESERVE", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command
}

/// Takes the lines of a child; `Crashed` when they end before the last one.
async fn take_sheet(
    lines: &mut (impl AsyncBufRead + Unpin),
    bounds: &Bounds,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Sheet, ReadError> {
    let mut sheet = Collect::default();
    let mut line = Vec::new();
    for rows in 0..=bounds.rows {
        line.clear();
        let read = (&mut *lines).take(LINE_BYTES).read_until(b'\n', &mut line).await;
        if read.is_err() || !line.ends_with(b"\n") {
            return Err(ReadError::Crashed);
        }
        match serde_json::from_slice(&line).map_err(|_| ReadError::Crashed)? {
            Line::Header(header) => sheet.header(header)?,
            Line::Row(number, cells) => {
                sheet.row(SheetRow::new(number, cells))?;
                progress(rows);
            }
            Line::RowWithFormulas(number, cells, formulas) => {
                sheet.row(SheetRow { number, cells, formulas })?;
                progress(rows);
            }
            Line::End => return sheet.finish(),
            Line::Error(error) => return Err(error),
        }
    }
    Err(ReadError::TooManyRows { limit: bounds.rows })
}

/// Why a process ended without its last line.
#[cfg(unix)]
fn why(status: ExitStatus) -> ReadError {
    use std::os::unix::process::ExitStatusExt;

    // The numbers of POSIX. A failed allocation aborts, the stack's end is a fault of the segment, and the
    // hard limit of processor time kills.
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    const SEGMENT: i32 = 11;
    const CPU_TIME: i32 = 24;
    match status.signal() {
        Some(ABORT | SEGMENT) => ReadError::OutOfMemory,
        Some(KILL | CPU_TIME) => ReadError::TooSlow,
        _ => ReadError::Crashed,
    }
}

/// Why a process ended without its last line.
#[cfg(not(unix))]
fn why(_: ExitStatus) -> ReadError {
    ReadError::Crashed
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds::COMMAND_LINE;
    const HEADER: &str =
        r#"{"header":{"format":"csv","encoding":"utf-8","heading_row":1,"headings":["name"]}}"#;

    async fn take(lines: &[&str], bounds: &Bounds) -> Result<Sheet, ReadError> {
        let text: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
        take_sheet(&mut text.as_bytes(), bounds, &|_| {}).await
    }

    #[tokio::test]
    async fn lines_become_a_sheet() {
        let sheet = take(&[HEADER, r#"{"row":[2,["甲"]]}"#, r#""end""#], &BOUNDS).await.unwrap();
        assert_eq!(sheet.header.headings, ["name"]);
        assert_eq!(sheet.rows, [SheetRow::new(2, vec!["甲".into()])]);
    }

    #[tokio::test]
    async fn what_ends_early_or_is_no_line_is_a_crash() {
        for lines in [&[][..], &[HEADER], &[HEADER, "nonsense"], &[HEADER, r#"{"row":[2]}"#]] {
            assert_eq!(take(lines, &BOUNDS).await, Err(ReadError::Crashed), "{lines:?}");
        }
        let unended = format!("{HEADER}\n\"end\"");
        assert_eq!(take_sheet(&mut unended.as_bytes(), &BOUNDS, &|_| {}).await, Err(ReadError::Crashed));
    }

    #[tokio::test]
    async fn more_rows_than_the_bound_are_refused() {
        let bounds = Bounds { rows: 2, ..BOUNDS };
        let row = r#"{"row":[2,["x"]]}"#;
        let result = take(&[HEADER, row, row, row, r#""end""#], &bounds).await;
        assert_eq!(result, Err(ReadError::TooManyRows { limit: 2 }));
    }

    #[tokio::test]
    async fn a_program_that_cannot_be_started_is_a_fault() {
        let result =
            read_in_child(Path::new("/no/such/program"), Path::new("x"), &Limits::UPLOAD, &|_| {}).await;
        assert!(result.unwrap_err().is_fault());
    }
}
