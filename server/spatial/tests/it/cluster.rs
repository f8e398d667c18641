//! Tiles and clusters of slots against counting position by position.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use spatial::tile::{MAX_ZOOM, inverse};
use spatial::{Cluster, MortonKey, Position, TileCoord, TileIndex};

use crate::strategies::{at, position};

type Tiles = BTreeMap<(u32, u32), BTreeSet<u32>>;

/// Which slots each tile of a zoom holds, by asking for every single position.
fn tiles(positions: &[Position], z: u8) -> Tiles {
    let mut tiles = Tiles::new();
    for (slot, position) in (0..).zip(positions) {
        let tile = TileCoord::containing(*position, z).expect("a zoom that exists");
        tiles.entry((tile.x(), tile.y())).or_default().insert(slot);
    }
    tiles
}

fn index(positions: &[Position]) -> TileIndex {
    TileIndex::build((0..).zip(positions.iter().copied()))
}

fn set(slots: &[u32]) -> BTreeSet<u32> {
    slots.iter().copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_slot_is_in_exactly_one_tile_of_each_zoom(positions in vec(position(), 0..120)) {
        let index = index(&positions);
        for z in 0..=MAX_ZOOM {
            let mut count = 0;
            for ((x, y), expected) in tiles(&positions, z) {
                let slots = index.in_tile(TileCoord::new(z, x, y).unwrap());
                count += slots.len();
                prop_assert_eq!(set(slots), expected);
            }
            prop_assert_eq!(count, positions.len());
        }
    }

    /// A cell of a tile is a tile some zooms deeper, as long as such tiles exist.
    #[test]
    fn the_cells_of_a_tile_are_the_tiles_below_it(
        positions in vec(position(), 1..120), z in 0..=MAX_ZOOM, depth in 0_u8..=6, pick: prop::sample::Index
    ) {
        let index = index(&positions);
        let tile = TileCoord::containing(*pick.get(&positions), z).unwrap();
        let cells: Vec<BTreeSet<u32>> = index.cells(tile, depth).map(|cell| set(cell.slots)).collect();
        let inside = |(x, y): &(u32, u32)| (x >> depth, y >> depth) == (tile.x(), tile.y());
        let expected: BTreeSet<BTreeSet<u32>> =
            tiles(&positions, z + depth).into_iter().filter(|(at, _)| inside(at)).map(|(_, slots)| slots).collect();
        prop_assert_eq!(cells.len(), expected.len());
        prop_assert_eq!(cells.iter().cloned().collect::<BTreeSet<_>>(), expected);
        let in_order: Vec<u32> = index.cells(tile, depth).flat_map(|cell| cell.slots.to_vec()).collect();
        prop_assert_eq!(in_order, index.in_tile(tile));
    }

    #[test]
    fn the_mean_of_a_cluster_stands_in_its_cell(positions in vec(position(), 1..60), z in 0_u8..=14) {
        let depth = 2;
        let index = index(&positions);
        for ((x, y), _) in tiles(&positions, z) {
            for cell in index.cells(TileCoord::new(z, x, y).unwrap(), depth) {
                let cluster = Cluster::of(cell.keys.iter().copied()).unwrap();
                prop_assert_eq!(cluster.count() as usize, cell.slots.len());
                let home = TileCoord::containing(positions[cell.slots[0] as usize], z + depth);
                let [u, v] = cluster.mean();
                let tile = home.unwrap();
                let (px, py) = tile.local([u, v], 4096);
                prop_assert!((0..4096).contains(&px) && (0..4096).contains(&py), "{tile:?} {px} {py}");
            }
        }
    }

    #[test]
    fn a_cluster_comes_apart_at_its_expansion_zoom(positions in vec(position(), 2..8), depth in 0_u8..=4) {
        let single_zoom = 16;
        let cells_at = |z: u8| tiles(&positions, z + depth).len();
        let cluster = Cluster::of(positions.iter().map(|position| MortonKey::of(*position))).unwrap();
        let from = (0..single_zoom).find(|z| cells_at(*z) > 1).unwrap_or(single_zoom);
        prop_assert_eq!(cluster.expansion_zoom(0, depth, single_zoom), from.max(1));
    }
}

#[test]
fn slots_in_one_place_never_come_apart() {
    let positions = [at(119.6, 39.9); 5];
    let cluster = Cluster::of(positions.map(MortonKey::of)).unwrap();
    assert_eq!(cluster.expansion_zoom(3, 4, 14), 14);
    let tile = TileCoord::containing(positions[0], 16).unwrap();
    assert_eq!(index(&positions).cells(tile, u8::MAX).count(), 1);
    assert_eq!(index(&positions).in_tile(tile), [0, 1, 2, 3, 4]);
}

#[test]
fn nothing_has_no_cluster_and_no_cells() {
    assert_eq!(Cluster::of([]), None);
    let world = TileCoord::new(0, 0, 0).unwrap();
    assert_eq!(TileIndex::default().cells(world, 4).count(), 0);
}

#[test]
fn the_mean_of_two_is_between_them() {
    let pair = [at(10.0, 0.0), at(20.0, 0.0)];
    let mean = inverse(Cluster::of(pair.map(MortonKey::of)).unwrap().mean());
    assert!(mean.geodesic_m(at(15.0, 0.0)) < 0.01, "{mean:?}");
}
