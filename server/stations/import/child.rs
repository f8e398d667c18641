//! Reads a file in a process of its own that limits its memory and its time before it opens the file.
//!
//! A crafted workbook can make any reader ask for gigabytes. The parent starts its own program with the
//! hidden subcommand `read-sheet`; the child limits itself and writes the sheet to standard output as lines
//! of JSON: [`Line::Header`], many [`Line::Row`], and [`Line::End`] or [`Line::Error`].

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use rlimit::Resource;
use serde::{Deserialize, Serialize};

use super::read::read_file;
use super::read_error::ReadError;
use super::sheet::{Bounds, CELLS, FILE_BYTES, Header, Output, SheetRow, UPLOAD_BYTES, UPLOAD_CELLS};

/// The hidden subcommand that [`run`] serves.
pub const SUBCOMMAND: &str = "read-sheet";

/// What a reading process may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Args)]
pub struct Limits {
    /// Bytes of the file.
    #[arg(long, default_value_t = UPLOAD_BYTES)]
    pub file_bytes: u64,
    /// Cells of all rows together.
    #[arg(long, default_value_t = UPLOAD_CELLS)]
    pub cells: usize,
    /// Bytes of address space on top of what the program has when it starts.
    #[arg(long, default_value_t = 256 << 20)]
    pub memory_bytes: u64,
    /// Seconds of processor time, and of time on the wall.
    #[arg(long, default_value_t = 20)]
    pub time_s: u64,
    /// Whether features of GeoJSON may be areas.
    #[arg(long)]
    pub areas: bool,
}

impl Limits {
    /// For a file that somebody uploads.
    pub const UPLOAD: Self = Self {
        file_bytes: UPLOAD_BYTES,
        cells: UPLOAD_CELLS,
        memory_bytes: 256 << 20,
        time_s: 20,
        areas: false,
    };
    /// For a file that the operator imports on the command line.
    pub const COMMAND_LINE: Self =
        Self { file_bytes: FILE_BYTES, cells: CELLS, memory_bytes: 1 << 30, time_s: 300, areas: false };
}

impl Limits {
    /// How much of a file is read.
    pub fn bounds(&self) -> Bounds {
        let bounds = Bounds::new(self.file_bytes, self.cells);
        if self.areas { bounds.with_areas() } else { bounds }
    }
}

/// The arguments of the hidden subcommand.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct ReadSheet {
    /// What the process may use.
    #[command(flatten)]
    pub limits: Limits,
    /// The file to read.
    pub file: PathBuf,
}

/// One line of a child's output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Once, first.
    Header(Header),
    /// Each row: its number and its cells.
    Row(u32, Vec<String>),
    /// A row of which some cells, by their columns, are formulas.
    RowWithFormulas(u32, Vec<String>, Vec<usize>),
    /// Last, when everything was read.
    End,
    /// Last, when the file cannot be read.
    Error(ReadError),
}

/// What the hidden subcommand does: limits this process, reads the file, writes it to `stdout`.
///
/// An error is one of writing, or of setting the limits; what is wrong with the file is written as a line.
pub fn run(command: &ReadSheet, stdout: impl Write) -> io::Result<()> {
    limit_this_process(&command.limits)?;
    write_sheet(&command.file, &command.limits.bounds(), stdout)
}

fn write_sheet(path: &Path, bounds: &Bounds, stdout: impl Write) -> io::Result<()> {
    let mut lines = Lines { to: BufWriter::with_capacity(1 << 16, stdout), failed: None };
    let result = read_file(path, bounds, &mut lines);
    if let Some(error) = lines.failed.take() {
        return Err(error);
    }
    lines.write(&result.map_or_else(Line::Error, |()| Line::End))?;
    lines.to.flush()
}

fn limit_this_process(limits: &Limits) -> io::Result<()> {
    let address_space = virtual_bytes() + limits.memory_bytes;
    let wanted = [
        (Resource::AS, address_space),
        (Resource::CPU, limits.time_s),
        // No copy of somebody's file is left behind.
        (Resource::CORE, 0),
    ];
    for (resource, limit) in wanted.into_iter().filter(|(resource, _)| resource.is_supported()) {
        resource.set(limit, limit)?;
    }
    Ok(())
}

/// The address space that this process has taken already: an allocator may reserve much more than it uses.
/// 0 where the system does not tell.
fn virtual_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib =
        status.lines().find_map(|line| line.strip_prefix("VmSize:")?.split_whitespace().next()?.parse().ok());
    kib.map_or(0, |kib: u64| kib << 10)
}

struct Lines<W: Write> {
    to: BufWriter<W>,
    failed: Option<io::Error>,
}

impl<W: Write> Lines<W> {
    fn write(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.to, line)?;
        self.to.write_all(b"\n")
    }

    /// A reader only knows errors of the file, so that of the pipe is kept aside.
    fn send(&mut self, line: &Line) -> Result<(), ReadError> {
        self.write(line).map_err(|error| {
            self.failed = Some(error);
            ReadError::Crashed
        })
    }
}

impl<W: Write> Output for Lines<W> {
    fn header(&mut self, header: Header) -> Result<(), ReadError> {
        self.send(&Line::Header(header))
    }

    fn row(&mut self, row: SheetRow) -> Result<(), ReadError> {
        let SheetRow { number, cells, formulas } = row;
        self.send(&if formulas.is_empty() {
            Line::Row(number, cells)
        } else {
            Line::RowWithFormulas(number, cells, formulas)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_written_as_lines() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "name,lon\n甲,119\n").unwrap();
        let mut out = Vec::new();
        write_sheet(file.path(), &Limits::UPLOAD.bounds(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(
            lines[0].starts_with(r#"{"header":{"format":"csv","encoding":"utf-8","heading_row":1"#),
            "{text}"
        );
        assert_eq!(lines[1..], [r#"{"row":[2,["甲","119"]]}"#, r#""end""#]);
    }

    #[test]
    fn what_is_wrong_with_the_file_is_the_last_line() {
        let mut out = Vec::new();
        write_sheet(Path::new("/no/such/file"), &Limits::UPLOAD.bounds(), &mut out).unwrap();
        let line: Line = serde_json::from_slice(&out).unwrap();
        assert!(matches!(line, Line::Error(ReadError::Unreadable { .. })), "{line:?}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_address_space_taken_is_known() {
        assert!(virtual_bytes() > 1 << 20);
    }
}
