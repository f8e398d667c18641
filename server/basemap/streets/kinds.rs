//! What the features of a Protomaps tile are, told by their layer and tags.

use fast_mvt::{MvtFeatureRef, MvtResult, MvtValueRef};

use crate::basemap::stroke::Stroke;

/// The tags of a feature.
pub(super) struct Tags<'a>(Vec<(&'a str, MvtValueRef<'a>)>);

/// Ground that is a polygon, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    /// Grounds of schools, hospitals, works.
    BuiltUp,
    /// Parks, woods, grass.
    Green,
    /// Seas, lakes, wide rivers.
    Water,
    /// A building.
    Building,
}

/// What is a line, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// A brook or a ditch.
    Stream,
    /// A river or a canal.
    River,
    /// A railway above ground.
    Rail,
    /// A way on foot or by bicycle.
    Path,
    /// A drive, or a street for people on foot.
    Service,
    /// A street.
    Minor,
    /// A tertiary road.
    Medium,
    /// A primary or secondary road.
    Major,
    /// A motorway.
    Highway,
}

const GREEN: [&str; 25] = [
    "allotments",
    "cemetery",
    "dog_park",
    "forest",
    "garden",
    "golf_course",
    "grass",
    "grassland",
    "heath",
    "meadow",
    "national_park",
    "nature_reserve",
    "orchard",
    "park",
    "pitch",
    "playground",
    "protected_area",
    "recreation_ground",
    "scrub",
    "stadium",
    "village_green",
    "vineyard",
    "wetland",
    "wood",
    "zoo",
];
const BUILT_UP: [&str; 13] = [
    "aerodrome",
    "barracks",
    "college",
    "commercial",
    "hospital",
    "industrial",
    "kindergarten",
    "military",
    "naval_base",
    "railway",
    "retail",
    "school",
    "university",
];
/// Water nobody finds their way by.
const NO_WATER: [&str; 2] = ["swimming_pool", "fountain"];
/// Keys of OpenStreetMap in the older files, where `pmap:kind` says little.
const OLDER_KEYS: [&str; 6] = ["landuse", "leisure", "natural", "amenity", "waterway", "railway"];

impl<'a> Tags<'a> {
    /// Those of a feature.
    pub(super) fn of(feature: MvtFeatureRef<'a>) -> MvtResult<Self> {
        feature.properties_vec().map(Self)
    }

    /// The text of the first of these keys that has one.
    pub(super) fn text(&self, keys: &[&str]) -> Option<&'a str> {
        let text = |key: &&str| {
            let found = self.0.iter().find(|(name, _)| name == key)?;
            if let MvtValueRef::String(text) = found.1 { Some(text).filter(|t| !t.is_empty()) } else { None }
        };
        keys.iter().find_map(text)
    }

    /// Whether it lies under the ground.
    fn is_below(&self) -> bool {
        self.0.iter().any(|(key, value)| match (*key, *value) {
            ("is_tunnel", MvtValueRef::Bool(is_below)) => is_below,
            ("pmap:level", MvtValueRef::Int(level) | MvtValueRef::SInt(level)) => level < 0,
            ("pmap:level", MvtValueRef::Double(level)) => level < 0.0,
            ("pmap:level", MvtValueRef::Float(level)) => level < 0.0,
            _ => false,
        })
    }

    /// What it is: `kind` or `pmap:kind`, or, where that is no answer, what OpenStreetMap has.
    pub(super) fn kind(&self) -> &'a str {
        let kind =
            self.text(&["kind", "pmap:kind"]).filter(|kind| !["other", "waterway", "railway"].contains(kind));
        kind.or_else(|| self.text(&OLDER_KEYS)).unwrap_or_default()
    }

    /// What kind of road it is, in the words of OpenStreetMap.
    fn detail(&self) -> &'a str {
        self.text(&["kind_detail", "pmap:kind_detail", "highway"]).unwrap_or_default()
    }
}

/// What a polygon of a layer is; none if it is not drawn.
pub(super) fn area(layer: &str, tags: &Tags<'_>) -> Option<Area> {
    let kind = tags.kind();
    match layer {
        "water" if !NO_WATER.contains(&kind) => Some(Area::Water),
        "buildings" => Some(Area::Building),
        "landuse" | "natural" if GREEN.contains(&kind) => Some(Area::Green),
        "landuse" if BUILT_UP.contains(&kind) => Some(Area::BuiltUp),
        _ => None,
    }
}

/// What a line of a layer is; none if it is not drawn.
pub(super) fn way(layer: &str, tags: &Tags<'_>) -> Option<Way> {
    match layer {
        "water" | "physical_line" => match tags.kind() {
            "river" | "canal" => Some(Way::River),
            "stream" | "ditch" | "drain" => Some(Way::Stream),
            _ => None,
        },
        "roads" => road(tags),
        "transit" if !tags.is_below() && tags.text(&["railway"]).is_some() => Some(Way::Rail),
        _ => None,
    }
}

fn road(tags: &Tags<'_>) -> Option<Way> {
    match tags.text(&["kind", "pmap:kind"])? {
        "highway" => Some(Way::Highway),
        "major_road" => Some(Way::Major),
        "medium_road" => Some(Way::Medium),
        "minor_road" if tags.detail() == "service" => Some(Way::Service),
        "minor_road" => Some(Way::Minor),
        "rail" if !tags.is_below() => Some(Way::Rail),
        "path" | "other" if tags.detail() == "pedestrian" => Some(Way::Service),
        "path" | "other" if !tags.is_below() => Some(Way::Path),
        _ => None,
    }
}

impl Area {
    /// All of them, the lowest first.
    pub(super) const ALL: [Self; 4] = [Self::BuiltUp, Self::Green, Self::Water, Self::Building];

    /// Name of its layer and its colour: those of the page, `protomaps.ts` in the light look.
    pub(super) fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::BuiltUp => ("built_up", "#F0EADA"),
            Self::Green => ("green", "#DCE9CC"),
            Self::Water => ("water", "#BFDFEA"),
            Self::Building => ("building", "#E7E0CE"),
        }
    }
}

impl Way {
    /// All of them, the lowest first.
    pub(super) const ALL: [Self; 9] = [
        Self::Stream,
        Self::River,
        Self::Rail,
        Self::Path,
        Self::Service,
        Self::Minor,
        Self::Medium,
        Self::Major,
        Self::Highway,
    ];
    /// Those drawn as water.
    pub(super) const WATER: [Self; 2] = [Self::Stream, Self::River];
    /// Those drawn as roads with an edge.
    pub(super) const ROADS: [Self; 5] =
        [Self::Service, Self::Minor, Self::Medium, Self::Major, Self::Highway];

    /// How it is drawn, in a window of about a kilometre.
    pub(super) fn stroke(self) -> Stroke {
        let pixels_of_512 = match self {
            Self::Stream => 1.5,
            Self::River => 5.0,
            Self::Rail => 1.3,
            Self::Path => 1.2,
            Self::Service => 2.6,
            Self::Minor => 4.4,
            Self::Medium => 6.0,
            Self::Major => 7.5,
            Self::Highway => 9.0,
        };
        Stroke::solid(pixels_of_512 / 512.0)
    }

    /// The same with the edges on both sides.
    pub(super) fn edged(self) -> Stroke {
        Stroke::solid(self.stroke().width + 2.0 / 512.0)
    }
}
