//! `[poster]`: the program that draws map pictures in processes of its own.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The most processes at the same time; each takes 110 to 160 MB.
const MOST_PROCESSES: usize = 8;
/// The times that a picture may be given, in milliseconds; a whole answer has two seconds.
const TIMEOUTS_MS: std::ops::RangeInclusive<u64> = 100..=1_500;
/// The memory that a process may be given, in MiB; with less the graphics driver does not start.
const MEMORY_MB: std::ops::RangeInclusive<u64> = 512..=65_536;

/// `[poster]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poster {
    pub program: PathBuf,
    pub processes: usize,
    pub timeout_ms: u64,
    pub memory_mb: u64,
}

impl Poster {
    /// The program, where one is set.
    pub fn program(&self) -> Option<&PathBuf> {
        Some(&self.program).filter(|program| !program.as_os_str().is_empty())
    }

    /// How long a picture may take, the wait for a process included.
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }

    /// What is wrong with these settings: the key, and the remedy.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=MOST_PROCESSES).contains(&self.processes) {
            return Err(format!("poster.processes: 1 to {MOST_PROCESSES}"));
        }
        if !TIMEOUTS_MS.contains(&self.timeout_ms) {
            return Err(format!("poster.timeout_ms: {} to {}", TIMEOUTS_MS.start(), TIMEOUTS_MS.end()));
        }
        if !MEMORY_MB.contains(&self.memory_mb) {
            return Err(format!("poster.memory_mb: {} to {}", MEMORY_MB.start(), MEMORY_MB.end()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_process_can_live_with_is_refused_with_its_key() {
        let whole = Poster { program: PathBuf::new(), processes: 1, timeout_ms: 1_000, memory_mb: 1_024 };
        assert_eq!((whole.check(), whole.program()), (Ok(()), None));
        for (wrong, key) in [
            (Poster { processes: 0, ..whole.clone() }, "poster.processes"),
            (Poster { processes: 9, ..whole.clone() }, "poster.processes"),
            (Poster { timeout_ms: 99, ..whole.clone() }, "poster.timeout_ms"),
            (Poster { timeout_ms: 1_501, ..whole.clone() }, "poster.timeout_ms"),
            (Poster { memory_mb: 511, ..whole.clone() }, "poster.memory_mb"),
        ] {
            assert!(wrong.check().expect_err("refused").starts_with(key), "{wrong:?}");
        }
    }
}
