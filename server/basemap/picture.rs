//! A tile of the built-in base map as a picture, for the strip above a phone's list: it needs no WebGL, no code and
//! hardly any bytes. Ground, water and borders only; words would be cut at the edges of the tiles.

use std::fmt::Write;

use geo::Geometry;
use spatial::{Outlines, TileCoord};

use super::draw::Drawing;
use super::shapes::{COAST, LAND, SEA, WATERS};

/// Units to a side of a picture, which is shown 256 pixels wide.
const SIDE: u32 = 1024;

/// The colours of a picture; those of the page's style sheet `tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    /// For a light page.
    Light,
    /// For a dark page.
    Dark,
}

pub(super) struct Palette {
    pub(super) land: &'static str,
    pub(super) sea: &'static str,
    pub(super) river: &'static str,
    pub(super) border: &'static str,
}

pub(super) const LIGHT: Palette =
    Palette { land: "#F5F1E4", sea: "#BFDFEA", river: "#A5D0DF", border: "#9A9482" };
const DARK: Palette = Palette { land: "#1B231F", sea: "#10262E", river: "#1A3A45", border: "#5E6B62" };

/// Draws a tile as SVG.
pub(super) fn draw(drawing: &Drawing, tile: TileCoord, theme: Theme) -> String {
    let colours = if theme == Theme::Dark { DARK } else { LIGHT };
    let shown = |shapes: &mut dyn Iterator<Item = Geometry<f64>>| {
        let mut outlines = Outlines::default();
        shapes.for_each(|shape| outlines.add(tile, SIDE, &shape));
        outlines
    };
    let sea = shown(&mut std::iter::once(Geometry::MultiPolygon(SEA.clone())));
    let land = shown(&mut std::iter::once(Geometry::MultiPolygon(LAND.clone())));
    let coast = shown(&mut COAST.iter().cloned().map(Geometry::LineString));
    let is_drawn = |kind: &str| ["lake", "river"].contains(&kind);
    let water = shown(&mut WATERS.iter().filter(|w| is_drawn(&w.kind)).map(|w| w.shape.clone()));
    let borders = shown(&mut drawing.borders.iter().map(|b| b.line.clone()));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"256\" height=\"256\" viewBox=\"0 0 {SIDE} {SIDE}\">\
         <rect width=\"{SIDE}\" height=\"{SIDE}\" fill=\"{}\"/>",
        colours.land
    );
    fill(&mut svg, &sea.polygons, colours.sea);
    fill(&mut svg, &land.polygons, colours.land);
    fill(&mut svg, &water.polygons, colours.sea);
    stroke(&mut svg, &water.lines, colours.river, "stroke-width=\"9\"");
    stroke(&mut svg, &coast.lines, colours.river, "stroke-width=\"8\"");
    stroke(&mut svg, &borders.lines, colours.border, "stroke-width=\"4\" stroke-dasharray=\"24 8 4 8\"");
    svg + "</svg>"
}

/// A hole is told by the even-odd rule.
fn fill(svg: &mut String, polygons: &[Vec<Vec<(i32, i32)>>], colour: &str) {
    if !polygons.is_empty() {
        let path: String = polygons.iter().flatten().map(|ring| path(ring) + "z").collect();
        let _ = write!(svg, "<path fill=\"{colour}\" fill-rule=\"evenodd\" d=\"{path}\"/>");
    }
}

fn stroke(svg: &mut String, lines: &[Vec<(i32, i32)>], colour: &str, how: &str) {
    if !lines.is_empty() {
        let path: String = lines.iter().map(|line| path(line)).collect();
        let _ = write!(
            svg,
            "<path fill=\"none\" stroke=\"{colour}\" stroke-linejoin=\"round\" {how} d=\"{path}\"/>"
        );
    }
}

/// A line in relative steps, which are short.
fn path(line: &[(i32, i32)]) -> String {
    let mut said = String::with_capacity(line.len() * 8);
    let mut before = (0, 0);
    for (n, (x, y)) in line.iter().copied().enumerate() {
        let _ = match n {
            0 => write!(said, "M{x} {y}l"),
            _ => write!(said, "{} {} ", x - before.0, y - before.1),
        };
        before = (x, y);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_by_steps() {
        assert_eq!(path(&[(10, 20), (13, 16), (13, 20)]), "M10 20l3 -4 0 4 ");
    }

    #[test]
    fn the_coast_parts_land_from_sea_in_both_themes() {
        let drawing = Drawing::new(&[]);
        let beidaihe = TileCoord::new(11, 1703, 776).expect("a tile");
        for (theme, palette) in [(Theme::Light, LIGHT), (Theme::Dark, DARK)] {
            let svg = draw(&drawing, beidaihe, theme);
            assert!(
                svg.contains(palette.sea) && svg.contains(palette.land) && svg.ends_with("</svg>"),
                "{svg}"
            );
            assert!(!svg.contains(if theme == Theme::Dark { LIGHT.sea } else { DARK.sea }));
        }
    }
}
