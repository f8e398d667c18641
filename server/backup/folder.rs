//! A backup that is being read. It is checked whole before anything is made of it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::cell::Cell;
use super::manifest::{FORMAT, HEADS, MANIFEST, Manifest, Part, SUMS};
use super::{Failed, at, refused};
use crate::audit::Head;
use crate::db::migrate;
use crate::secrets::hex;

/// The most bytes of a line: a photo of 10 MiB in base64, and much besides.
const MOST_LINE_BYTES: u64 = 64 << 20;
/// The most bytes of the manifest and of the checksums.
const MOST_TEXT_BYTES: u64 = 1 << 20;

/// A whole and undamaged backup.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    pub(super) manifest: Manifest,
}

/// The lines of a compressed file.
pub(super) struct Lines {
    path: PathBuf,
    from: BufReader<GzDecoder<File>>,
}

impl Folder {
    /// Reads the checksums, then every file, then the manifest.
    pub(super) fn open(path: &Path) -> Result<Self, Failed> {
        let sums = sums(path)?;
        for (name, expected) in &sums {
            let file = path.join(name);
            match sum(&file) {
                Ok(found) if found == *expected => {}
                Ok(_) => return Err(damaged(&file)),
                Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(missing(&file)),
                Err(e) => return Err(at(&file)(e)),
            }
        }
        let file = path.join(MANIFEST);
        let manifest: Manifest = serde_json::from_str(&text(&file)?).map_err(|_| other_form(&file))?;
        if manifest.format > FORMAT || manifest.schema > migrate::latest() {
            return Err(newer(&manifest));
        }
        for name in manifest.files() {
            if !sums.contains_key(&name) {
                return Err(missing(&path.join(name)));
            }
        }
        Ok(Self { path: path.to_owned(), manifest })
    }

    /// The rows of a table.
    pub(super) fn rows(&self, part: &Part) -> Result<Lines, Failed> {
        self.lines(&part.file())
    }

    /// The heads of the audit chain that were witnessed.
    pub(super) fn heads(&self) -> Result<Vec<Head>, Failed> {
        let mut lines = self.lines(HEADS)?;
        let mut heads = Vec::new();
        while let Some(line) = lines.next()? {
            heads.push(serde_json::from_str(&line).map_err(|_| damaged(&lines.path))?);
        }
        let is_whole = u64::try_from(heads.len()) == Ok(self.manifest.heads);
        if is_whole { Ok(heads) } else { Err(damaged(&lines.path)) }
    }

    /// A refusal of a table whose rows are not what the manifest says.
    pub(super) fn contradicts(&self, part: &Part) -> Failed {
        damaged(&self.path.join(part.file()))
    }

    fn lines(&self, name: &str) -> Result<Lines, Failed> {
        let path = self.path.join(name);
        let file = File::open(&path).map_err(at(&path))?;
        Ok(Lines { path, from: BufReader::new(GzDecoder::new(file)) })
    }
}

impl Lines {
    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<String>, Failed> {
        let mut line = String::new();
        let read = (&mut self.from).take(MOST_LINE_BYTES).read_line(&mut line);
        if read.map_err(|_| damaged(&self.path))? == 0 {
            return Ok(None);
        }
        line.pop().filter(|end| *end == '\n').ok_or_else(|| damaged(&self.path))?;
        Ok(Some(line))
    }

    /// The next row; `None` at the end.
    pub(super) fn row(&mut self, part: &Part) -> Result<Option<Vec<Cell>>, Failed> {
        let Some(line) = self.next()? else { return Ok(None) };
        let values: Vec<Value> = serde_json::from_str(&line).map_err(|_| damaged(&self.path))?;
        if values.len() != part.columns.len() {
            return Err(damaged(&self.path));
        }
        let cells = values.into_iter().zip(&part.columns).map(|(v, c)| Cell::from_json(c.kind, v));
        cells.collect::<Option<_>>().ok_or_else(|| damaged(&self.path)).map(Some)
    }
}

/// The checksum of each file by its name.
fn sums(folder: &Path) -> Result<BTreeMap<String, String>, Failed> {
    let file = folder.join(SUMS);
    if !file.is_file() {
        let shown = folder.display();
        return Err(refused(
            format!("{shown} 不是完整的备份：缺 {SUMS}。请给 `yizhan backup` 写成的文件夹。"),
            format!(
                "{shown} is no whole backup: {SUMS} is missing; name a folder that `yizhan backup` wrote"
            ),
        ));
    }
    let text = text(&file)?;
    let entry = |line: &str| {
        let (sum, name) = line.split_once("  ")?;
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        (name.bytes().all(is_plain) && !name.starts_with('.')).then(|| (name.to_owned(), sum.to_owned()))
    };
    text.lines().map(entry).collect::<Option<_>>().ok_or_else(|| damaged(&file))
}

fn text(file: &Path) -> Result<String, Failed> {
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => missing(file),
        _ => at(file)(e),
    })?;
    opened.take(MOST_TEXT_BYTES).read_to_end(&mut bytes).map_err(at(file))?;
    String::from_utf8(bytes).map_err(|_| damaged(file))
}

fn sum(file: &Path) -> io::Result<String> {
    let (mut file, mut sum) = (fs::File::open(file)?, Sha256::new());
    let mut part = vec![0; 1 << 16];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hex(&sum.finalize())),
            read => sum.update(&part[..read]),
        }
    }
}

fn damaged(file: &Path) -> Failed {
    let shown = file.display();
    refused(
        format!("{shown} 已损坏，与备份时写下的不符；请换一份备份。什么都没有写入。"),
        format!(
            "{shown} is damaged: it is not what the backup wrote; take another backup. Nothing was written"
        ),
    )
}

fn missing(file: &Path) -> Failed {
    let shown = file.display();
    refused(
        format!("备份缺文件 {shown}；请换一份备份。什么都没有写入。"),
        format!("the backup lacks {shown}; take another backup. Nothing was written"),
    )
}

fn other_form(file: &Path) -> Failed {
    let shown = file.display();
    refused(
        format!("读不懂 {shown}：可能由更新的版本写成。请用写它的版本恢复。什么都没有写入。"),
        format!(
            "{shown} cannot be read: a newer program may have written it; restore with that. Nothing was written"
        ),
    )
}

fn newer(manifest: &Manifest) -> Failed {
    let Manifest { service, schema, format, .. } = manifest;
    refused(
        format!(
            "备份由更新的版本 {service}（格式 {format}，结构 {schema}）写成；请用该版本恢复。什么都没有写入。"
        ),
        format!(
            "a newer program, {service} (form {format}, schema {schema}), wrote the backup; restore with that. Nothing was written"
        ),
    )
}
