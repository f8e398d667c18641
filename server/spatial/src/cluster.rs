//! All slots of a tile and their clusters, from one array in Morton order, without an index per zoom.

use crate::position::Position;
use crate::tile::{GRID_BITS, TileCoord, grid};

/// The place of a position on the Z-shaped curve through the finest Mercator grid (2^32 cells a side).
///
/// The cells of every tile of every zoom are one stretch of the curve (Morton 1966).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MortonKey(u64);

impl MortonKey {
    /// The key of the cell that holds the position.
    pub fn of(position: Position) -> MortonKey {
        let [x, y] = grid(position);
        MortonKey(spread(x) | spread(y) << 1)
    }

    /// The first and the last key in a tile.
    fn range(tile: TileCoord) -> (MortonKey, MortonKey) {
        let first = spread(tile.x()) | spread(tile.y()) << 1;
        let below = below(tile.z());
        let last_inside = u64::MAX.checked_shr(64 - below).unwrap_or(0);
        let first = first.checked_shl(below).unwrap_or(0);
        (MortonKey(first), MortonKey(first | last_inside))
    }

    /// Column and row of the cell in the finest grid.
    fn cell(self) -> [u32; 2] {
        [gather(self.0), gather(self.0 >> 1)]
    }

    /// The key with everything finer than `level` halvings of the world left out.
    fn prefix(self, level: u8) -> u64 {
        self.0.checked_shr(below(level)).unwrap_or(0)
    }
}

/// Bits of a key that are finer than `level` halvings of the world.
fn below(level: u8) -> u32 {
    2 * u32::from(GRID_BITS.saturating_sub(level))
}

/// Slots in Morton order.
#[derive(Debug, Clone, Default)]
pub struct TileIndex {
    keys: Vec<MortonKey>,
    slots: Vec<u32>,
}

impl TileIndex {
    /// Sorts the slots by the curve, and by number where they stand in one cell.
    pub fn build(points: impl IntoIterator<Item = (u32, Position)>) -> TileIndex {
        let mut members: Vec<(MortonKey, u32)> =
            points.into_iter().map(|(slot, position)| (MortonKey::of(position), slot)).collect();
        members.sort_unstable();
        let (keys, slots) = members.into_iter().unzip();
        TileIndex { keys, slots }
    }

    /// All slots of a tile.
    pub fn in_tile(&self, tile: TileCoord) -> &[u32] {
        self.tile(tile).slots
    }

    /// All slots of a tile with their keys.
    pub fn tile(&self, tile: TileCoord) -> Cell<'_> {
        let (first, last) = MortonKey::range(tile);
        let from = self.keys.partition_point(|key| *key < first);
        let len = self.keys[from..].partition_point(|key| *key <= last);
        Cell { keys: &self.keys[from..from + len], slots: &self.slots[from..from + len] }
    }

    /// The cells of a tile that hold slots: the tile is cut into 2^depth × 2^depth of them.
    ///
    /// They come in Morton order and never cross a tile, so that the counts of all tiles of a zoom add up to
    /// the number of slots.
    pub fn cells(&self, tile: TileCoord, depth: u8) -> impl Iterator<Item = Cell<'_>> {
        let level = tile.z().saturating_add(depth);
        let mut rest = self.tile(tile);
        std::iter::from_fn(move || {
            let prefix = rest.keys.first()?.prefix(level);
            let len = rest.keys.partition_point(|key| key.prefix(level) == prefix);
            let (cell, after) = rest.split_at(len);
            rest = after;
            Some(cell)
        })
    }
}

/// Slots that stand in one square of the map, in Morton order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The key of each slot.
    pub keys: &'a [MortonKey],
    /// The slots.
    pub slots: &'a [u32],
}

impl<'a> Cell<'a> {
    /// Each slot with its key.
    pub fn members(&self) -> impl Iterator<Item = (u32, MortonKey)> + use<'a> {
        self.slots.iter().copied().zip(self.keys.iter().copied())
    }

    fn split_at(self, at: usize) -> (Cell<'a>, Cell<'a>) {
        let (keys, keys_after) = self.keys.split_at(at);
        let (slots, slots_after) = self.slots.split_at(at);
        (Cell { keys, slots }, Cell { keys: keys_after, slots: slots_after })
    }
}

/// What a map shows in place of several points: their number, their middle, and where they come apart.
///
/// Collected from the keys of those members of a cell that pass the caller's filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    count: u32,
    sum: [u64; 2],
    least: MortonKey,
    greatest: MortonKey,
}

impl Cluster {
    /// The cluster of these members; none if there are none.
    pub fn of(members: impl IntoIterator<Item = MortonKey>) -> Option<Cluster> {
        let mut members = members.into_iter();
        let first = members.next()?;
        let alone = Cluster { count: 1, sum: first.cell().map(u64::from), least: first, greatest: first };
        Some(members.fold(alone, Cluster::with))
    }

    fn with(self, key: MortonKey) -> Cluster {
        let [x, y] = key.cell().map(u64::from);
        Cluster {
            count: self.count + 1,
            sum: [self.sum[0] + x, self.sum[1] + y],
            least: self.least.min(key),
            greatest: self.greatest.max(key),
        }
    }

    /// Number of members.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The mean of the members in the Mercator square (see [`crate::tile::mercator`]), to within 1 cm.
    ///
    /// It lies in every square of the grid that holds all members.
    pub fn mean(&self) -> [f64; 2] {
        #[expect(clippy::cast_precision_loss, reason = "the quotient is below 2^32, which a double holds")]
        self.sum.map(|sum| ((sum / u64::from(self.count)) as f64 + 0.5) / 2_f64.powi(i32::from(GRID_BITS)))
    }

    /// The first zoom past `from` at which the members stand in more than one cell, tiles being cut
    /// 2^depth × 2^depth; not beyond `single_zoom`, from which no clusters are shown.
    pub fn expansion_zoom(&self, from: u8, depth: u8, single_zoom: u8) -> u8 {
        let shared_bits = (self.least.0 ^ self.greatest.0).leading_zeros();
        let shared_levels = u8::try_from(shared_bits / 2).unwrap_or(GRID_BITS);
        let apart = (shared_levels + 1).saturating_sub(depth);
        apart.max(from.saturating_add(1)).min(single_zoom)
    }
}

/// Puts the bits of a number at the even places of twice as many.
fn spread(bits: u32) -> u64 {
    let mut v = u64::from(bits);
    v = (v | v << 16) & 0x0000_FFFF_0000_FFFF;
    v = (v | v << 8) & 0x00FF_00FF_00FF_00FF;
    v = (v | v << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    v = (v | v << 2) & 0x3333_3333_3333_3333;
    (v | v << 1) & 0x5555_5555_5555_5555
}

/// Takes the bits at the even places together again.
fn gather(bits: u64) -> u32 {
    let mut v = bits & 0x5555_5555_5555_5555;
    v = (v | v >> 1) & 0x3333_3333_3333_3333;
    v = (v | v >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    v = (v | v >> 4) & 0x00FF_00FF_00FF_00FF;
    v = (v | v >> 8) & 0x0000_FFFF_0000_FFFF;
    #[expect(clippy::cast_possible_truncation, reason = "only the lower half is left")]
    let low = (v | v >> 16) as u32;
    low
}
