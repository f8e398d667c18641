//! Cutting lines and rings to a rectangle.

/// A place in the plane.
pub type Place = [f64; 2];

/// A rectangle of the plane, its edges included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Least `x` and `y`.
    pub min: Place,
    /// Greatest `x` and `y`.
    pub max: Place,
}

impl Rect {
    /// Whether the place is in the rectangle.
    pub fn contains(&self, place: Place) -> bool {
        (0..2).all(|axis| (self.min[axis]..=self.max[axis]).contains(&place[axis]))
    }

    /// The part of a ring inside, not closed, by the algorithm of Sutherland and Hodgman (1974).
    ///
    /// Several parts of a concave ring stay joined along the edge of the rectangle, which a filled area does
    /// not show. Empty if nothing is inside.
    pub fn clip_ring(&self, ring: &[Place]) -> Vec<Place> {
        let mut kept = ring.to_vec();
        for axis in 0..2 {
            kept = clip_half_plane(&kept, axis, self.min[axis], |value, edge| value >= edge);
            kept = clip_half_plane(&kept, axis, self.max[axis], |value, edge| value <= edge);
        }
        kept
    }

    /// The parts of a line inside, in order; parts of a single place are left out.
    pub fn clip_line(&self, line: &[Place]) -> Vec<Vec<Place>> {
        let mut parts: Vec<Vec<Place>> = Vec::new();
        for pair in line.windows(2) {
            let Some([from, to]) = self.clip_segment(pair[0], pair[1]) else { continue };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&from) => part.push(to),
                _ => parts.push(vec![from, to]),
            }
        }
        parts.retain(|part| part.iter().any(|place| place.iter().ne(&part[0])));
        parts
    }

    /// The part of a segment inside, by the algorithm of Liang and Barsky (1984).
    fn clip_segment(&self, from: Place, to: Place) -> Option<[Place; 2]> {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for axis in 0..2 {
            let run = to[axis] - from[axis];
            let (near, far) = if run < 0.0 { (self.max, self.min) } else { (self.min, self.max) };
            if run == 0.0 {
                if from[axis] < self.min[axis] || from[axis] > self.max[axis] {
                    return None;
                }
            } else {
                enter = enter.max((near[axis] - from[axis]) / run);
                leave = leave.min((far[axis] - from[axis]) / run);
            }
        }
        if enter > leave {
            return None;
        }
        let at = |share: f64| self.nearest_inside(between(from, to, share));
        let start = if enter > 0.0 { at(enter) } else { from };
        let end = if leave < 1.0 { at(leave) } else { to };
        Some([start, end])
    }

    /// Takes away what rounding put beyond an edge.
    fn nearest_inside(&self, place: Place) -> Place {
        [place[0].clamp(self.min[0], self.max[0]), place[1].clamp(self.min[1], self.max[1])]
    }
}

fn between(from: Place, to: Place, share: f64) -> Place {
    [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/// The part of a ring on the inner side of the line where the coordinate of `axis` is `edge`.
fn clip_half_plane(ring: &[Place], axis: usize, edge: f64, inner: impl Fn(f64, f64) -> bool) -> Vec<Place> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut previous) = ring.last().copied() else { return kept };
    for place in ring.iter().copied() {
        if inner(place[axis], edge) != inner(previous[axis], edge) {
            let share = (edge - previous[axis]) / (place[axis] - previous[axis]);
            let mut crossing = between(previous, place, share);
            crossing[axis] = edge;
            kept.push(crossing);
        }
        if inner(place[axis], edge) {
            kept.push(place);
        }
        previous = place;
    }
    kept
}
