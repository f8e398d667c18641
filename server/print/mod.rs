//! Pages for the printer: PDF with an embedded subset of a Chinese font, drawn from plain shapes.
//!
//! Pure: no clock, no network, nothing random, so the same drawing gives the same bytes. Lengths are points
//! (1/72 inch) and positions count from the upper left corner of a page, downwards.

mod document;
mod font;
mod icons;
mod page;
mod path;
mod picture;
mod text;

pub use document::Document;
pub use font::{Font, MISSING};
pub use icons::icon;
pub use page::{A4, Colour, Page, Style};
pub use path::Path;
pub use picture::Picture;
pub use text::{Fit, fit, wrapped};
