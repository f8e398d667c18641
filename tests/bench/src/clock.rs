//! Time as a benchmark reads it: of one thread on its processor, and on the wall.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// How long this thread has run on a processor.
pub(crate) fn thread_cpu() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// A point in time on the wall.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wall(Instant);

impl Wall {
    /// Now.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures the real clock, nothing else")]
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// Seconds since then.
    pub(crate) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
