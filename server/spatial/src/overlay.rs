//! Shapes of a base map in a tile: projected, simplified for its zoom, and cut to the tile and its buffer.

use geo::{BoundingRect, Coord, Geometry, LineString, Polygon, Rect, Simplify};

use crate::clip;
use crate::mvt::{Layer, Pixel, Value};
use crate::position::Position;
use crate::tile::{TileCoord, mercator, mercator_degrees};

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
    let drawing = Drawing::new(tile, layer.extent());
    if !geometry.bounding_rect().is_some_and(|rect| drawing.may_show(&rect)) {
        return;
    }
    match geometry {
        Geometry::Point(point) => drawing.points(layer, &[*point], id, tags),
        Geometry::MultiPoint(points) => drawing.points(layer, &points.0, id, tags),
        Geometry::Line(line) => layer.line(&drawing.line(&LineString::from(*line)), id, tags),
        Geometry::LineString(line) => layer.line(&drawing.line(line), id, tags),
        Geometry::MultiLineString(lines) => {
            let parts: Vec<_> = lines.iter().flat_map(|line| drawing.line(line)).collect();
            layer.line(&parts, id, tags);
        }
        Geometry::Polygon(polygon) => layer.polygon(&[drawing.polygon(polygon)], id, tags),
        Geometry::MultiPolygon(polygons) => {
            let parts: Vec<_> = polygons.iter().map(|polygon| drawing.polygon(polygon)).collect();
            layer.polygon(&parts, id, tags);
        }
        Geometry::Rect(rect) => layer.polygon(&[drawing.polygon(&rect.to_polygon())], id, tags),
        Geometry::Triangle(triangle) => layer.polygon(&[drawing.polygon(&triangle.to_polygon())], id, tags),
        Geometry::GeometryCollection(members) => {
            for member in members {
                add_geometry(layer, tile, member, id, tags);
            }
        }
    }
}

/// What a tile shows of lines and polygons, in its pixels.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outlines {
    /// The rings of polygons; a hole is told by the even-odd rule.
    pub rings: Vec<Vec<Pixel>>,
    /// Lines.
    pub lines: Vec<Vec<Pixel>>,
}

impl Outlines {
    /// Adds what a tile of `extent` pixels a side shows of a geometry in WGS-84 degrees; points have no outline.
    pub fn add(&mut self, tile: TileCoord, extent: u32, geometry: &Geometry<f64>) {
        let drawing = Drawing::new(tile, extent);
        if !geometry.bounding_rect().is_some_and(|rect| drawing.may_show(&rect)) {
            return;
        }
        match geometry {
            Geometry::LineString(line) => self.lines.extend(drawing.line(line)),
            Geometry::MultiLineString(lines) => self.lines.extend(lines.iter().flat_map(|l| drawing.line(l))),
            Geometry::Polygon(polygon) => self.rings.extend(drawing.polygon(polygon)),
            Geometry::MultiPolygon(all) => self.rings.extend(all.iter().flat_map(|p| drawing.polygon(p))),
            Geometry::GeometryCollection(members) => members.iter().for_each(|g| self.add(tile, extent, g)),
            _ => {}
        }
    }
}

/// The sheet that one tile is drawn on, in its pixels.
struct Drawing {
    tile: TileCoord,
    extent: u32,
    sheet: clip::Rect,
}

impl Drawing {
    fn new(tile: TileCoord, extent: u32) -> Drawing {
        let buffer = f64::from(extent / BUFFER_PART);
        let end = f64::from(extent) + buffer;
        Drawing { tile, extent, sheet: clip::Rect { min: [-buffer; 2], max: [end; 2] } }
    }

    /// Whether the box of a shape in degrees meets the sheet.
    fn may_show(&self, shape: &Rect<f64>) -> bool {
        let [west, south] = self.place(shape.min());
        let [east, north] = self.place(shape.max());
        let (min, max) = (self.sheet.min, self.sheet.max);
        west <= max[0] && east >= min[0] && north <= max[1] && south >= min[1]
    }

    fn place(&self, degrees: Coord<f64>) -> clip::Place {
        self.tile.local_exact(mercator_degrees(degrees.x, degrees.y), self.extent)
    }

    /// Points of the tile without its buffer, so that each of them is on one tile only.
    fn points(
        &self,
        layer: &mut Layer,
        points: &[geo::Point<f64>],
        id: Option<u64>,
        tags: &[(&str, Value<'_>)],
    ) {
        for position in points.iter().filter_map(|point| Position::new(point.x(), point.y()).ok()) {
            if TileCoord::containing(position, self.tile.z()) == Some(self.tile) {
                layer.point(self.tile.local(mercator(position), self.extent), id, tags);
            }
        }
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

    /// Simplified as a whole and before it is cut, so that neighbouring tiles agree on the result.
    fn simplified(&self, line: &LineString<f64>) -> Vec<clip::Place> {
        let projected: LineString<f64> = line.coords().map(|coord| Coord::from(self.place(*coord))).collect();
        let tolerance = f64::from(self.extent) / TOLERANCE_PART;
        projected.simplify(tolerance).coords().map(|coord| [coord.x, coord.y]).collect()
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
