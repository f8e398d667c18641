//! The engine: a few processes of `yizhan-poster`, each of which draws one picture at a time.
//!
//! Nothing that it does can hurt the service. A process that panics, hangs or answers nonsense is ended and the caller
//! draws the picture itself; after several in a row the engine rests for a while.

mod process;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tiny_skia::Pixmap;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use self::process::{Fault, Process, request};
use super::png;
use crate::basemap::scene::Scene;
use crate::config::Poster;

/// After so many failures in a row the engine rests.
const MOST_FAILURES: u32 = 3;
/// How long it rests.
const REST: Duration = Duration::from_mins(1);

/// How long the first picture may take, and its size: a driver that was never used is slow to start.
const FIRST: Duration = Duration::from_secs(10);
const FIRST_SIZE: u16 = 256;
const WITHOUT: &str = "map pictures are drawn without the engine; `yizhan-poster --check` says what it lacks";

/// Processes that draw.
pub(super) struct Engine {
    settings: Poster,
    places: Semaphore,
    idle: Mutex<Vec<Process>>,
    health: Mutex<Health>,
}

/// How the engine has been lately.
#[derive(Debug, Default)]
struct Health {
    failures: u32,
    rests_until: Option<Instant>,
}

impl Engine {
    /// The engine of the settings; none where no program is set.
    pub(super) fn new(settings: &Poster) -> Option<Self> {
        settings.program()?;
        Some(Self {
            settings: settings.clone(),
            places: Semaphore::new(settings.processes),
            idle: Mutex::default(),
            health: Mutex::default(),
        })
    }

    /// Draws a scene with `size` pixels a side; nothing where that takes too long or fails, which is told in the log.
    pub(super) async fn draw(&self, scene: &Scene, size: u16) -> Option<Pixmap> {
        if self.rests() {
            return None;
        }
        let drawing = tokio::time::timeout(self.settings.timeout(), self.drawn(request(scene, size), size));
        match drawing.await {
            Ok(Ok(picture)) => {
                self.health().failures = 0;
                Some(picture)
            }
            Ok(Err(fault)) => self.failed(&fault.to_string()),
            Err(_) => self.failed("it takes too long"),
        }
    }

    /// Draws a first picture and tells in the log whether the engine works.
    pub(super) async fn introduce(&self, scene: &Scene) {
        let program = self.settings.program.display();
        match tokio::time::timeout(FIRST, self.drawn(request(scene, FIRST_SIZE), FIRST_SIZE)).await {
            Ok(Ok(_)) => tracing::info!(%program, "map pictures are drawn by the engine"),
            Ok(Err(fault)) => tracing::warn!(%program, %fault, "{WITHOUT}"),
            Err(_) => tracing::warn!(%program, fault = "it takes too long", "{WITHOUT}"),
        }
    }

    /// The process is put back only after its picture, so that one whose caller goes away in between is ended.
    async fn drawn(&self, request: Vec<u8>, size: u16) -> Result<Pixmap, Fault> {
        let _place = self.places.acquire().await.map_err(|_| Fault::Nonsense)?;
        let idle = locked(&self.idle).pop();
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(&self.settings.program, self.settings.memory_mb)?,
        };
        let answer = process.draw(&request).await;
        if matches!(answer, Ok(_) | Err(Fault::Refused(_))) {
            locked(&self.idle).push(process);
        }
        png::read(&answer?, size).ok_or(Fault::Nonsense)
    }

    /// Whether it is being left alone.
    fn rests(&self) -> bool {
        self.health().rests_until.is_some_and(|until| Instant::now() < until)
    }

    fn failed(&self, why: &str) -> Option<Pixmap> {
        let mut health = self.health();
        health.failures += 1;
        if health.failures >= MOST_FAILURES {
            *health = Health { failures: 0, rests_until: Some(Instant::now() + REST) };
            let (program, rest_s) = (self.settings.program.display(), REST.as_secs());
            tracing::warn!(%program, why, rest_s, "map pictures are drawn without the engine for a while");
        } else {
            tracing::debug!(why, "a map picture is drawn without the engine");
        }
        None
    }

    fn health(&self) -> std::sync::MutexGuard<'_, Health> {
        locked(&self.health)
    }
}

fn locked<T>(held: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
