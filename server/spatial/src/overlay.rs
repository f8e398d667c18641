//! Shapes of a base map in a tile or a window: projected, simplified for its scale, and cut to it and its buffer.

use geo::{BoundingRect, Coord, Geometry, LineString, MapCoords, Polygon, Rect, Simplify};

use crate::clip;
use crate::mvt::{Layer, Pixel, Value};
use crate::position::Position;
use crate::tile::{Square, TileCoord, mercator, mercator_degrees};

/// The buffer drawn around a tile so that strokes meet across its edge: one part in so many of its side,
/// which makes 64 of 4096 pixels.
pub const BUFFER_PART: u32 = 64;

/// What a shape may lose when it is simplified: 2 of 4096 pixels, a quarter of a pixel of a 512-pixel tile.
const TOLERANCE_PART: f64 = 2048.0;

/// Adds what a tile shows of a geometry in WGS-84 degrees as one feature; nothing if it shows none.
///
/// A collection adds one feature for each of its members. Longitudes are not wrapped: a shape that crosses
/// the antimeridian has to be split there, as RFC 7946 asks.
pub fn add_geometry(
    layer: &mut Layer,
    tile: TileCoord,
    geometry: &Geometry<f64>,
    id: Option<u64>,
    tags: &[(&str, Value<'_>)],
) {
    let sheet = Sheet::new(tile.into(), layer.extent());
    if !geometry.bounding_rect().is_some_and(|rect| sheet.may_show(&rect)) {
        return;
    }
    match geometry {
        Geometry::Point(point) => points(layer, tile, &[*point], id, tags),
        Geometry::MultiPoint(all) => points(layer, tile, &all.0, id, tags),
        Geometry::Line(line) => layer.line(&sheet.line(&LineString::from(*line)), id, tags),
        Geometry::LineString(line) => layer.line(&sheet.line(line), id, tags),
        Geometry::MultiLineString(lines) => {
            let parts: Vec<_> = lines.iter().flat_map(|line| sheet.line(line)).collect();
            layer.line(&parts, id, tags);
        }
        Geometry::Polygon(polygon) => layer.polygon(&[sheet.polygon(polygon)], id, tags),
        Geometry::MultiPolygon(polygons) => {
            let parts: Vec<_> = polygons.iter().map(|polygon| sheet.polygon(polygon)).collect();
            layer.polygon(&parts, id, tags);
        }
        Geometry::Rect(rect) => layer.polygon(&[sheet.polygon(&rect.to_polygon())], id, tags),
        Geometry::Triangle(triangle) => layer.polygon(&[sheet.polygon(&triangle.to_polygon())], id, tags),
        Geometry::GeometryCollection(members) => {
            for member in members {
                add_geometry(layer, tile, member, id, tags);
            }
        }
    }
}

/// Points of the tile without its buffer, so that each of them is on one tile only.
fn points(
    layer: &mut Layer,
    tile: TileCoord,
    points: &[geo::Point<f64>],
    id: Option<u64>,
    tags: &[(&str, Value<'_>)],
) {
    let extent = layer.extent();
    for position in points.iter().filter_map(|point| Position::new(point.x(), point.y()).ok()) {
        if TileCoord::containing(position, tile.z()) == Some(tile) {
            layer.point(tile.local(mercator(position), extent), id, tags);
        }
    }
}

/// What a tile or a window shows of lines and polygons, in its pixels.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outlines {
    /// Polygons, each its exterior ring followed by its holes; rings are not closed and wind either way.
    pub polygons: Vec<Vec<Vec<Pixel>>>,
    /// Lines.
    pub lines: Vec<Vec<Pixel>>,
}

impl Outlines {
    /// Adds what a tile or a window of `extent` pixels a side shows of a geometry in WGS-84 degrees; points have
    /// no outline.
    pub fn add(&mut self, square: impl Into<Square>, extent: u32, geometry: &Geometry<f64>) {
        let sheet = Sheet::new(square.into(), extent);
        if geometry.bounding_rect().is_some_and(|rect| sheet.may_show(&rect)) {
            self.add_placed(extent, &geometry.map_coords(|coord| Coord::from(sheet.place(coord))));
        }
    }

    /// The same for a geometry that is in pixels of the sheet already, such as one of another tile moved to it.
    pub fn add_placed(&mut self, extent: u32, geometry: &Geometry<f64>) {
        let cutter = Cutter::new(extent);
        if !geometry.bounding_rect().is_some_and(|rect| cutter.may_show(&rect)) {
            return;
        }
        match geometry {
            Geometry::LineString(line) => self.lines.extend(cutter.line(line)),
            Geometry::MultiLineString(lines) => self.lines.extend(lines.iter().flat_map(|l| cutter.line(l))),
            Geometry::Polygon(polygon) => self.polygons.extend(cutter.shown(polygon)),
            Geometry::MultiPolygon(all) => self.polygons.extend(all.iter().filter_map(|p| cutter.shown(p))),
            Geometry::GeometryCollection(members) => {
                members.iter().for_each(|member| self.add_placed(extent, member));
            }
            _ => {}
        }
    }
}

/// The sheet that one tile or window is drawn on, in its pixels.
struct Sheet {
    square: Square,
    extent: u32,
    cutter: Cutter,
}

impl Sheet {
    fn new(square: Square, extent: u32) -> Sheet {
        Sheet { square, extent, cutter: Cutter::new(extent) }
    }

    /// Whether the box of a shape in degrees meets the sheet.
    fn may_show(&self, shape: &Rect<f64>) -> bool {
        let corner = |degrees| Coord::from(self.place(degrees));
        self.cutter.may_show(&Rect::new(corner(shape.min()), corner(shape.max())))
    }

    fn place(&self, degrees: Coord<f64>) -> clip::Place {
        self.square.place(mercator_degrees(degrees.x, degrees.y), self.extent)
    }

    fn line(&self, line: &LineString<f64>) -> Vec<Vec<Pixel>> {
        self.cutter.line(&line.map_coords(|coord| Coord::from(self.place(coord))))
    }

    fn polygon(&self, polygon: &Polygon<f64>) -> Vec<Vec<Pixel>> {
        self.cutter.polygon(&polygon.map_coords(|coord| Coord::from(self.place(coord))))
    }
}

/// Cuts what is in pixels of a sheet to it and its buffer.
struct Cutter {
    sheet: clip::Rect,
    tolerance: f64,
}

impl Cutter {
    fn new(extent: u32) -> Cutter {
        let buffer = f64::from(extent / BUFFER_PART);
        let end = f64::from(extent) + buffer;
        let sheet = clip::Rect { min: [-buffer; 2], max: [end; 2] };
        Cutter { sheet, tolerance: f64::from(extent) / TOLERANCE_PART }
    }

    /// Whether the box of a shape meets the sheet.
    fn may_show(&self, shape: &Rect<f64>) -> bool {
        let (min, max) = (shape.min(), shape.max());
        let meets =
            |axis: usize, min: f64, max: f64| min <= self.sheet.max[axis] && max >= self.sheet.min[axis];
        meets(0, min.x, max.x) && meets(1, min.y, max.y)
    }

    fn line(&self, line: &LineString<f64>) -> Vec<Vec<Pixel>> {
        self.sheet.clip_line(&self.simplified(line)).into_iter().map(pixels).collect()
    }

    fn polygon(&self, polygon: &Polygon<f64>) -> Vec<Vec<Pixel>> {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| pixels(self.sheet.clip_ring(&self.simplified(ring))))
            .collect()
    }

    /// The polygon without the rings of which nothing is on the sheet; none if its exterior is one.
    fn shown(&self, polygon: &Polygon<f64>) -> Option<Vec<Vec<Pixel>>> {
        let mut rings = self.polygon(polygon);
        if rings.first()?.is_empty() {
            return None;
        }
        rings.retain(|ring| !ring.is_empty());
        Some(rings)
    }

    /// Simplified as a whole and before it is cut, so that neighbouring tiles agree on the result.
    fn simplified(&self, line: &LineString<f64>) -> Vec<clip::Place> {
        line.simplify(self.tolerance).coords().map(|coord| [coord.x, coord.y]).collect()
    }
}

fn pixels(places: Vec<clip::Place>) -> Vec<Pixel> {
    places.into_iter().map(pixel).collect()
}

fn pixel([x, y]: clip::Place) -> Pixel {
    #[expect(clippy::cast_possible_truncation, reason = "the place is on the sheet")]
    let pixel = (x.round() as i32, y.round() as i32);
    pixel
}
