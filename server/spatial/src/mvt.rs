//! Writing vector tiles (Mapbox Vector Tile specification 2.1): layers of points, lines and polygons.

use std::collections::HashMap;

use crate::path::{Path, Winding};
use crate::protobuf::Message;

/// Pixels to a side of a tile, unless there is reason for another number.
pub const EXTENT: u32 = 4096;

/// A pixel of a tile, `x` to the east and `y` down; outside of `0..extent` it is in the buffer.
pub type Pixel = (i32, i32);

/// The value of a tag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Str(&'a str),
    /// A whole number.
    Int(i64),
    /// A whole number that is not negative.
    Uint(u64),
    /// Yes or no.
    Bool(bool),
    /// A number.
    Double(f64),
}

/// Features that are drawn together. Keys and values that come twice are written once.
#[derive(Debug, Clone)]
pub struct Layer {
    name: String,
    extent: u32,
    features: Message,
    feature_count: usize,
    keys: Dictionary,
    values: Dictionary,
}

/// Texts or encoded values by the number the features refer to, and the same already written as fields.
#[derive(Debug, Clone, Default)]
struct Dictionary {
    numbers: HashMap<Vec<u8>, u32>,
    fields: Message,
}

const POINT: u64 = 1;
const LINE_STRING: u64 = 2;
const POLYGON: u64 = 3;

/// Field numbers of the messages in `vector_tile.proto`, by message.
mod field {
    pub(super) const TILE_LAYER: u32 = 3;
    pub(super) const LAYER_NAME: u32 = 1;
    pub(super) const LAYER_FEATURE: u32 = 2;
    pub(super) const LAYER_KEY: u32 = 3;
    pub(super) const LAYER_VALUE: u32 = 4;
    pub(super) const LAYER_EXTENT: u32 = 5;
    pub(super) const LAYER_VERSION: u32 = 15;
    pub(super) const FEATURE_ID: u32 = 1;
    pub(super) const FEATURE_TAGS: u32 = 2;
    pub(super) const FEATURE_TYPE: u32 = 3;
    pub(super) const FEATURE_GEOMETRY: u32 = 4;
    pub(super) const VALUE_STRING: u32 = 1;
    pub(super) const VALUE_DOUBLE: u32 = 3;
    pub(super) const VALUE_INT: u32 = 4;
    pub(super) const VALUE_UINT: u32 = 5;
    pub(super) const VALUE_BOOL: u32 = 7;
}

impl Layer {
    /// A layer without features, for tiles of `extent` pixels a side (usually [`EXTENT`]).
    pub fn new(name: &str, extent: u32) -> Layer {
        Layer {
            name: name.to_owned(),
            extent,
            features: Message::default(),
            feature_count: 0,
            keys: Dictionary::default(),
            values: Dictionary::default(),
        }
    }

    /// Pixels to a side.
    pub fn extent(&self) -> u32 {
        self.extent
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.feature_count
    }

    /// Whether there are no features; such a layer is left out of the tile.
    pub fn is_empty(&self) -> bool {
        self.feature_count == 0
    }

    /// Adds a point.
    pub fn point(&mut self, at: Pixel, id: Option<u64>, tags: &[(&str, Value<'_>)]) {
        let mut path = Path::default();
        path.point(at);
        self.feature(POINT, &path, id, tags);
    }

    /// Adds a feature of one or more lines. Lines of fewer than two different pixels are left out, and the
    /// feature too if none remains.
    pub fn line(&mut self, lines: &[Vec<Pixel>], id: Option<u64>, tags: &[(&str, Value<'_>)]) {
        let mut path = Path::default();
        for line in lines {
            path.line(line);
        }
        self.feature(LINE_STRING, &path, id, tags);
    }

    /// Adds a feature of one or more polygons, each its exterior ring followed by its holes.
    ///
    /// Rings may be closed or not and wind either way: they are written as the specification asks,
    /// exteriors with positive area in the tile's coordinates and holes with negative. Rings without area
    /// are left out, a polygon with its exterior, and the feature too if none remains.
    pub fn polygon(&mut self, polygons: &[Vec<Vec<Pixel>>], id: Option<u64>, tags: &[(&str, Value<'_>)]) {
        let mut path = Path::default();
        for rings in polygons {
            let Some((exterior, holes)) = rings.split_first() else { continue };
            if path.ring(exterior, Winding::Positive) {
                for hole in holes {
                    path.ring(hole, Winding::Negative);
                }
            }
        }
        self.feature(POLYGON, &path, id, tags);
    }

    fn feature(&mut self, kind: u64, path: &Path, id: Option<u64>, tags: &[(&str, Value<'_>)]) {
        if path.commands().is_empty() {
            return;
        }
        let mut feature = Message::with_capacity(64);
        if let Some(id) = id {
            feature.uint(field::FEATURE_ID, id);
        }
        let mut numbers = Vec::with_capacity(2 * tags.len());
        for (key, value) in tags {
            numbers.push(self.keys.number(field::LAYER_KEY, key.as_bytes()));
            numbers.push(self.values.number(field::LAYER_VALUE, &value.encoded()));
        }
        feature.packed(field::FEATURE_TAGS, &numbers);
        feature.uint(field::FEATURE_TYPE, kind);
        feature.packed(field::FEATURE_GEOMETRY, path.commands());
        self.features.message(field::LAYER_FEATURE, &feature);
        self.feature_count += 1;
    }

    fn encoded(&self) -> Message {
        let mut layer = Message::default();
        layer.uint(field::LAYER_VERSION, 2);
        layer.bytes(field::LAYER_NAME, self.name.as_bytes());
        layer.append(&self.features);
        layer.append(&self.keys.fields);
        layer.append(&self.values.fields);
        layer.uint(field::LAYER_EXTENT, u64::from(self.extent));
        layer
    }
}

/// The bytes of a tile; layers without features are left out, and a tile without any is empty.
pub fn encode(layers: &[Layer]) -> Vec<u8> {
    let mut tile = Message::default();
    for layer in layers.iter().filter(|layer| !layer.is_empty()) {
        tile.message(field::TILE_LAYER, &layer.encoded());
    }
    tile.into_bytes()
}

impl Dictionary {
    /// The number of `bytes`, which become field `field` of the layer when they come for the first time.
    fn number(&mut self, field: u32, bytes: &[u8]) -> u32 {
        if let Some(known) = self.numbers.get(bytes) {
            return *known;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.fields.bytes(field, bytes);
        self.numbers.insert(bytes.to_vec(), next);
        next
    }
}

impl Value<'_> {
    fn encoded(&self) -> Vec<u8> {
        let mut value = Message::with_capacity(48);
        match *self {
            Value::Str(text) => value.bytes(field::VALUE_STRING, text.as_bytes()),
            Value::Int(number) => value.uint(field::VALUE_INT, number.cast_unsigned()),
            Value::Uint(number) => value.uint(field::VALUE_UINT, number),
            Value::Bool(yes) => value.uint(field::VALUE_BOOL, u64::from(yes)),
            Value::Double(number) => value.double(field::VALUE_DOUBLE, number),
        }
        value.into_bytes()
    }
}
