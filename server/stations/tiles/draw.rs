//! What stands in a tile: clusters below the cluster zoom, single stations from there on.

use spatial::tile::{inverse, mercator};
use spatial::{Cell, Cluster, Datum, MortonKey, Position, TileCoord};

use crate::ids::StationId;
use crate::stations::model::Host;
use crate::stations::query::Filter;
use crate::stations::snapshot::{Entry, Moment, Snapshot};
use crate::stations::state::State;

/// From this zoom on tiles hold single stations.
pub const CLUSTER_ZOOM: u8 = 13;
/// A tile has 2^3 × 2^3 cells, each of 64 pixels.
const CELL_DEPTH: u8 = 3;
/// How far from the middle of its cell a cluster may stand, in parts of the cell: so two of them are never
/// nearer than 38 pixels, and their figures can be read.
const FROM_MIDDLE: f64 = 0.2;

/// Something drawn in a tile.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn<'a> {
    /// Several stations at one place of the map.
    Cluster {
        /// Their mean on the map, drawn towards the middle of their cell, in Web Mercator units of 0 to 1.
        at: [f64; 2],
        /// How many there are.
        point_count: u32,
        /// How many of them are open.
        open_count: u32,
        /// The first zoom at which they part.
        expansion_zoom: u8,
    },
    /// One station.
    Station {
        /// Where it stands on the map, in Web Mercator units of 0 to 1.
        at: [f64; 2],
        /// Which one.
        id: StationId,
        /// What it is called.
        name: &'a str,
        /// The kind of place that houses it.
        host: Option<Host>,
        /// Its state.
        state: State,
        /// Its facilities that can be used at this instant, one bit each (see the TileJSON's legend).
        facilities: u64,
    },
}

impl Drawn<'_> {
    /// Where it stands, in Web Mercator units of 0 to 1.
    pub fn at(&self) -> [f64; 2] {
        match self {
            Self::Cluster { at, .. } | Self::Station { at, .. } => *at,
        }
    }

    /// Where it stands, in the coordinate system of its tile.
    pub fn position(&self) -> Position {
        inverse(self.at())
    }
}

/// What a filter at an instant leaves of a tile whose positions are in a coordinate system.
pub fn draw<'a>(
    snapshot: &'a Snapshot,
    datum: Datum,
    tile: TileCoord,
    filter: &Filter,
    moment: &Moment,
) -> Vec<Drawn<'a>> {
    let (chosen, index) = (filter.at(*moment), snapshot.tiles(datum));
    if tile.z() >= CLUSTER_ZOOM {
        let slots = index.in_tile(tile).iter();
        return slots
            .filter_map(|s| snapshot.entry(*s))
            .filter(|e| chosen.has(e))
            .map(|e| single(e, datum, moment))
            .collect();
    }
    let clustered = |cell: Cell<'_>| {
        let entries = cell.members().filter_map(|(slot, key)| Some((snapshot.entry(slot)?.as_ref(), key)));
        let members: Vec<_> = entries.filter(|(e, _)| chosen.has(e)).collect();
        match members[..] {
            [(alone, _)] => Some(single(alone, datum, moment)),
            _ => cluster(&members, tile.z(), moment),
        }
    };
    index.cells(tile, CELL_DEPTH).filter_map(clustered).collect()
}

fn cluster<'a>(members: &[(&'a Entry, MortonKey)], zoom: u8, moment: &Moment) -> Option<Drawn<'a>> {
    let cluster = Cluster::of(members.iter().map(|(_, key)| *key))?;
    let open = members.iter().filter(|(e, _)| e.is_open(moment)).count();
    Some(Drawn::Cluster {
        at: apart(cluster.mean(), zoom),
        point_count: cluster.count(),
        open_count: u32::try_from(open).unwrap_or(u32::MAX),
        expansion_zoom: cluster.expansion_zoom(zoom, CELL_DEPTH, CLUSTER_ZOOM),
    })
}

/// A place drawn towards the middle of its cell, so that clusters of neighbouring cells stand apart.
fn apart(mean: [f64; 2], zoom: u8) -> [f64; 2] {
    let across = 2_f64.powi(i32::from(zoom + CELL_DEPTH));
    mean.map(|part| {
        let middle = (part * across).floor() + 0.5;
        (part * across).clamp(middle - FROM_MIDDLE, middle + FROM_MIDDLE) / across
    })
}

fn single<'a>(entry: &'a Entry, datum: Datum, moment: &Moment) -> Drawn<'a> {
    let state = entry.state(moment).state;
    let usable = entry.facilities().filter(|f| state.is_open() && f.is_usable(moment));
    Drawn::Station {
        at: mercator(datum.from_wgs84(entry.position())),
        id: entry.station.id,
        name: &entry.station.facts.name,
        host: entry.station.facts.host,
        state,
        facilities: usable.fold(0, |mask, f| mask | f.facility.code.bit()),
    }
}
