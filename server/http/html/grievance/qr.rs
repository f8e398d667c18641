//! A QR code as a picture in the page: one path, because the content security policy allows no inline style.

use std::fmt::Write as _;

use fast_qr::qr::QRBuilder;
use maud::{Markup, html};

/// Blank modules on each side (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// The code of an address; nothing where it is too long for one.
pub(super) fn picture(address: &str, label: &str) -> Markup {
    let Ok(code) = QRBuilder::new(address).build() else { return html! {} };
    let side = code.size + 2 * QUIET;
    let dark = (0..code.size)
        .flat_map(|y| (0..code.size).map(move |x| (x, y)))
        .filter(|(x, y)| code[*y][*x].value());
    let mut path = String::new();
    for (x, y) in dark {
        let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
    }
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            path d=(path) {}
        }
    }
}
