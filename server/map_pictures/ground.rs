//! What pictures are cut from: the operator's streets, or the built-in overview.

use std::fmt::Display;
use std::sync::{Arc, OnceLock};

use spatial::{Position, Window};

use crate::basemap::Drawing;
use crate::basemap::scene::{Scene, Streets, overview, streets};
use crate::city::City;
use crate::config::{self, MapKind};
use crate::error::Error;

/// The ground that a side shows, in metres: a few blocks around the door, or the coast and districts around it.
const STREETS_M: f64 = 1_200.0;
const OVERVIEW_M: f64 = 20_000.0;

/// Where grounds are cut from.
pub(super) struct Ground {
    city: Arc<City>,
    /// Worked out for the first picture, which takes a while.
    drawing: Arc<OnceLock<Drawing>>,
    streets: Option<Streets>,
    map: config::Map,
}

/// A ground, cut for one picture.
pub(super) struct Cut {
    /// What is drawn.
    pub(super) scene: Scene,
    /// How many metres a side shows.
    pub(super) side_m: f64,
    /// Who made the map, and its approval number.
    pub(super) credits: String,
}

impl Ground {
    /// Opens the operator's file, where the settings name one; without it there is the overview alone.
    pub(super) async fn open(map: &config::Map, city: Arc<City>) -> Self {
        let streets = match map.kind {
            MapKind::Pmtiles => Streets::open(&map.file).await.inspect_err(tell).ok(),
            MapKind::Builtin | MapKind::Raster | MapKind::Wmts => None,
        };
        Self { city, drawing: Arc::default(), streets, map: map.clone() }
    }

    /// The ground around a position: streets where the operator's file has them.
    ///
    /// # Errors
    /// [`Error::Internal`] where the process is ending.
    pub(super) async fn around(&self, at: Position) -> Result<Cut, Error> {
        if let Some(source) = &self.streets {
            let window = Window::new(at, STREETS_M);
            match streets(source, window).await {
                Ok(Some(scene)) => return Ok(self.cut(scene, window, MapKind::Pmtiles)),
                Ok(None) => {}
                Err(fault) => tell(&fault),
            }
        }
        let (city, drawing) = (self.city.clone(), self.drawing.clone());
        let window = Window::new(at, OVERVIEW_M);
        let drawing = move || {
            let drawing = drawing.get_or_init(|| Drawing::new(&city.districts));
            overview(&city, drawing, window)
        };
        let scene = tokio::task::spawn_blocking(drawing).await?;
        Ok(self.cut(scene, window, MapKind::Builtin))
    }

    fn cut(&self, scene: Scene, window: Window, kind: MapKind) -> Cut {
        let mut credits = scene.credits.clone();
        // Another map's makers and number say nothing about the overview.
        if kind == self.map.kind {
            if !self.map.credits.is_empty() {
                credits = format!("{credits} {}", self.map.credits);
            }
            if !self.map.approval_number.is_empty() {
                credits = format!("{credits} 审图号：{}", self.map.approval_number);
            }
        }
        Cut { scene, side_m: window.side_m(), credits }
    }
}

fn tell(fault: &impl Display) {
    tracing::warn!(%fault, "map pictures show the overview instead of map.file");
}
