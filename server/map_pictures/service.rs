//! Making pictures: within a time, a few at once, and kept for whoever asks again.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use spatial::Position;
use tiny_skia::Pixmap;
use tokio::sync::Semaphore;

use super::engine::Engine;
use super::ground::{Cut, Ground};
use super::overlay::Overlay;
use super::{painter, png};
use crate::city::City;
use crate::config::Config;
use crate::error::Error;
use crate::pictures::Kept;
use crate::print;

/// The most bytes of pictures kept.
const MOST_BYTES: usize = 32 << 20;
/// How many are drawn by this process at the same time; more would keep other requests waiting.
const DRAWING: usize = 2;
/// How many may be on their way.
const MOST_WAITING: usize = 64;
/// How long a picture may take, the wait included: for whoever looks at a page, and for whoever prints.
const PATIENCE: Duration = Duration::from_millis(1_900);
const PATIENCE_OF_PAPER: Duration = Duration::from_secs(10);
/// The height of letters on a picture of up to 512 pixels; on larger ones they grow with it.
const LETTERS_PX: f32 = 14.0;
const LETTERS_OF: u16 = 512;
/// On paper, where a side is 6 cm: 300 pixels an inch, and letters of 8 points.
const PAPER: Look = Look { size: 512, letters_px: 24.0, patience: PATIENCE_OF_PAPER };
/// Up to so many at once the engine draws pictures for paper. Whoever prints more waits for all of them, and the service
/// draws on all processors what the engine draws one after the other.
const FEW: usize = 8;

/// Draws pictures of the map around positions.
pub struct MapPictures {
    ground: Ground,
    engine: Option<Engine>,
    line: Semaphore,
    drawing: Arc<Semaphore>,
    kept: Kept<Wanted>,
}

/// What is kept: the bits of a picture's longitude and latitude, its pixels a side, and whether it is for paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Wanted {
    at: [u64; 2],
    size: u16,
    on_paper: bool,
}

/// How large a picture and its letters are, in pixels, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    size: u16,
    letters_px: f32,
    patience: Duration,
}

impl MapPictures {
    /// Opens what the settings name.
    pub async fn open(config: &Config, city: Arc<City>) -> Self {
        Self {
            ground: Ground::open(&config.map, city).await,
            engine: Engine::new(&config.poster),
            line: Semaphore::new(MOST_WAITING),
            drawing: Arc::new(Semaphore::new(DRAWING)),
            kept: Kept::new(MOST_BYTES),
        }
    }

    /// Works out the ground before anybody asks for it, draws a picture with the engine and tells in the log whether
    /// that works, so that whoever runs the service learns it once, at the start.
    pub async fn prepare(&self, middle: Position) {
        match (self.ground.around(middle).await, &self.engine) {
            (Ok(cut), Some(engine)) => engine.introduce(&cut.scene).await,
            (Ok(_), None) => {}
            (Err(why), _) => tracing::warn!(%why, "map pictures were not prepared"),
        }
    }

    /// The PNG file of a picture of `size` pixels a side.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where too many others wait, or where it would take too long.
    pub async fn png(&self, at: Position, size: u16) -> Result<Bytes, Error> {
        let wanted = Wanted { size, ..Wanted::of(at) };
        if let Some(file) = self.kept.get(&wanted) {
            return Ok(file);
        }
        let grown = f32::from(size.max(LETTERS_OF)) / f32::from(LETTERS_OF);
        let look = Look { size, letters_px: LETTERS_PX * grown, patience: PATIENCE };
        let make = |picture: &Pixmap| png::write(picture).map(Bytes::from);
        let file = self.made(at, look, self.engine.as_ref(), make).await?;
        self.kept.insert(wanted, file.clone());
        Ok(file)
    }

    /// Pictures for paper, in the order of the positions; none where one cannot be made, which is told in the log:
    /// nobody's paper is held up by it.
    pub async fn for_paper(&self, positions: &[Position]) -> Vec<Option<print::Picture>> {
        let engine = self.engine.as_ref().filter(|_| positions.len() <= FEW);
        let making = stream::iter(positions.iter().copied()).map(|at| async move {
            let made = self.on_paper(at, engine).await;
            made.inspect_err(|why| tracing::warn!(%why, "printed without a map")).ok()
        });
        making.buffered(DRAWING).collect().await
    }

    async fn on_paper(&self, at: Position, engine: Option<&Engine>) -> Result<print::Picture, Error> {
        let wanted = Wanted { size: PAPER.size, on_paper: true, ..Wanted::of(at) };
        if let Some(packed) = self.kept.get(&wanted) {
            return Ok(print::Picture::new(packed, PAPER.size));
        }
        let make = |picture: &Pixmap| Ok(print::Picture::pack(&png::rgb(picture)));
        let packed = self.made(at, PAPER, engine, make).await?;
        self.kept.insert(wanted, packed.clone());
        Ok(print::Picture::new(packed, PAPER.size))
    }

    /// Draws a picture and makes something of it.
    async fn made(
        &self,
        at: Position,
        look: Look,
        engine: Option<&Engine>,
        make: impl FnOnce(&Pixmap) -> Result<Bytes, Error> + Send + 'static,
    ) -> Result<Bytes, Error> {
        let _place = self.line.try_acquire().map_err(|_| busy())?;
        let making = async {
            let cut = self.ground.around(at).await?;
            let filled = match engine {
                Some(engine) => engine.draw(&cut.scene, look.size).await,
                None => None,
            };
            let turn = self.drawing.clone().acquire_owned().await.map_err(|_| busy())?;
            let drawing = tokio::task::spawn_blocking(move || {
                // The turn ends with the work, also where whoever asked has gone.
                let _turn = turn;
                make(&whole(&cut, filled, look)?)
            });
            drawing.await?
        };
        tokio::time::timeout(look.patience, making).await.unwrap_or_else(|_| Err(busy()))
    }
}

impl Wanted {
    /// A picture of a place, without its size.
    fn of(at: Position) -> Self {
        Self { at: [at.lon().to_bits(), at.lat().to_bits()], size: 0, on_paper: false }
    }
}

/// The ground, filled here where the engine did not, and what stands on it.
fn whole(cut: &Cut, filled: Option<Pixmap>, look: Look) -> Result<Pixmap, Error> {
    let filled = filled.or_else(|| painter::paint(&cut.scene, look.size));
    let mut picture = filled.ok_or_else(|| Error::Internal("a map picture has no size".to_owned()))?;
    let overlay =
        Overlay { scene: &cut.scene, side_m: cut.side_m, credits: &cut.credits, letters_px: look.letters_px };
    overlay.draw(&mut picture)?;
    Ok(picture)
}

fn busy() -> Error {
    Error::Unavailable { retry_s: 2, reason: "too many map pictures are asked for".to_owned() }
}
