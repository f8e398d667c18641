//! The driver of Vulkan: Mesa's lavapipe, which draws with the processor and so alike on every machine.
//!
//! The loader reads from the environment which driver to take, and a process does not change its own environment
//! safely. So where something is missing there, the program starts itself anew in place of itself.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// Where Debian's mesa-vulkan-drivers describes its drivers.
const DRIVERS: &str = "/usr/share/vulkan/icd.d";
/// Where the loader looks for the driver.
const DRIVER: &str = "VK_ICD_FILENAMES";
/// Mesa's choice among devices would connect to a display, and its store of shaders writes files in the home folder.
const MESA: [(&str, &str); 2] = [("NODEVICE_SELECT", "1"), ("MESA_SHADER_CACHE_DISABLE", "true")];

/// Why no driver can be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DriverError {
    #[error("{DRIVERS} describes no lavapipe; install mesa-vulkan-drivers, or name a driver in {DRIVER}")]
    Missing,
    #[error("the program cannot start itself anew: {0}")]
    Start(#[from] io::Error),
}

/// Sees to an environment in which the loader finds the driver. Returns where it is there already.
pub(crate) fn choose() -> Result<(), DriverError> {
    let mut wanted: Vec<(&str, OsString)> = MESA.map(|(key, value)| (key, value.into())).to_vec();
    wanted.retain(|(key, _)| env::var_os(key).is_none());
    if env::var_os(DRIVER).is_none() {
        wanted.push((DRIVER, find(Path::new(DRIVERS)).ok_or(DriverError::Missing)?.into()));
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let program = env::current_exe()?;
    Err(Command::new(program).args(env::args_os().skip(1)).envs(wanted).exec().into())
}

/// The description of lavapipe in a folder, such as `lvp_icd.x86_64.json`.
fn find(folder: &Path) -> Option<PathBuf> {
    let paths = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let is_lavapipe = |path: &PathBuf| {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        name.starts_with("lvp_icd.") && path.extension() == Some(OsStr::new("json"))
    };
    paths.filter(is_lavapipe).min()
}
