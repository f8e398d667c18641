//! A backup that is being written: a folder under another name until it is whole and on the disk.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::manifest::SUMS;
use super::{Failed, at, refused};
use crate::secrets::hex;

/// A folder that becomes a backup when it is finished, and is removed where it is not.
#[derive(Debug)]
pub(super) struct Draft {
    target: PathBuf,
    folder: PathBuf,
    sums: String,
    bytes: u64,
    finished: bool,
}

/// A file of it: compressed, then summed, then written.
pub(super) struct Packed {
    name: String,
    path: PathBuf,
    to: GzEncoder<Summed>,
}

struct Summed {
    to: BufWriter<File>,
    sum: Sha256,
    bytes: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Draft {
    /// Begins a backup that will be `target`.
    pub(super) fn begin(target: &Path) -> Result<Self, Failed> {
        let shown = target.display();
        if target.exists() && fs::read_dir(target).map_or(true, |mut entries| entries.next().is_some()) {
            return Err(refused(
                format!("{shown} 已存在且不是空文件夹；请给一个新文件夹的名字。"),
                format!("{shown} exists and is no empty folder; name a new one"),
            ));
        }
        let name = target.file_name().ok_or_else(|| {
            refused(format!("{shown} 不是文件夹的名字。"), format!("{shown} is no name of a folder"))
        })?;
        let folder = target.with_file_name(format!("{}.unfinished", name.to_string_lossy()));
        if folder.exists() {
            let other = folder.display();
            return Err(refused(
                format!("{other} 已存在：另一个备份正在进行或曾中断；确认后删除它再试。"),
                format!(
                    "{other} exists: another backup is running or was cut short; remove it when sure, and try again"
                ),
            ));
        }
        // It holds hashes of passwords and what staff wrote: nobody else reads it.
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(at(&folder))?;
        Ok(Self { target: target.to_owned(), folder, sums: String::new(), bytes: 0, finished: false })
    }

    /// Begins a compressed file.
    pub(super) fn pack(&self, name: String) -> Result<Packed, Failed> {
        let (path, file) = self.create(&name)?;
        let to = Summed { to: BufWriter::new(file), sum: Sha256::new(), bytes: 0 };
        Ok(Packed { name, path, to: GzEncoder::new(to, Compression::fast()) })
    }

    /// Ends a compressed file: it is on the disk.
    pub(super) fn packed(&mut self, file: Packed) -> Result<(), Failed> {
        let Packed { name, path, to } = file;
        let Summed { to, sum, bytes } = to.finish().map_err(at(&path))?;
        to.into_inner().map_err(|e| at(&path)(e.into_error()))?.sync_all().map_err(at(&path))?;
        self.note(&name, sum, bytes);
        Ok(())
    }

    /// Writes a plain file.
    pub(super) fn plain(&mut self, name: &str, text: &str) -> Result<(), Failed> {
        let (path, mut file) = self.create(name)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(at(&path))?;
        self.note(name, Sha256::new_with_prefix(text), text.len() as u64);
        Ok(())
    }

    fn create(&self, name: &str) -> Result<(PathBuf, File), Failed> {
        let path = self.folder.join(name);
        let file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(at(&path))?;
        Ok((path, file))
    }

    fn note(&mut self, name: &str, sum: Sha256, bytes: u64) {
        self.sums = format!("{}{}  {name}\n", self.sums, hex(&sum.finalize()));
        self.bytes += bytes;
    }

    /// Gives the folder its name once all of it is on the disk. Returns how many bytes it has.
    pub(super) fn finish(mut self) -> Result<u64, Failed> {
        let sums = std::mem::take(&mut self.sums);
        self.plain(SUMS, &sums)?;
        sync_folder(&self.folder)?;
        fs::rename(&self.folder, &self.target).map_err(at(&self.target))?;
        self.finished = true;
        let parent = self.target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        sync_folder(parent)?;
        Ok(self.bytes)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            // What remains is refused by its name, so a failure to remove it does no harm.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Packed {
    /// Adds a line.
    pub(super) fn line(&mut self, mut line: String) -> Result<(), Failed> {
        line.push('\n');
        self.to.write_all(line.as_bytes()).map_err(at(&self.path))
    }
}

fn sync_folder(folder: &Path) -> Result<(), Failed> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(at(folder))
}
