//! Outlines: rounded rectangles, arches, and the paths of SVG icons.

use std::f64::consts::PI;

/// How far a control point lies for a quarter of a circle of radius 1: 4/3 · (√2 − 1).
const ROUND: f32 = 0.552_284_8;

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    Curve([f32; 2], [f32; 2], [f32; 2]),
    Close,
}

/// An outline of lines and cubic curves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Path {
    pub(super) steps: Vec<Step>,
}

impl Path {
    /// A rectangle with round corners: left, top, width, height, radius.
    pub fn rounded(x: f32, y: f32, w: f32, h: f32, r: f32) -> Self {
        let (r, k) = (r.min(w / 2.0).min(h / 2.0), r.min(w / 2.0).min(h / 2.0) * (1.0 - ROUND));
        let (right, bottom) = (x + w, y + h);
        Self {
            steps: vec![
                Step::Move([x + r, y]),
                Step::Line([right - r, y]),
                Step::Curve([right - k, y], [right, y + k], [right, y + r]),
                Step::Line([right, bottom - r]),
                Step::Curve([right, bottom - k], [right - k, bottom], [right - r, bottom]),
                Step::Line([x + r, bottom]),
                Step::Curve([x + k, bottom], [x, bottom - k], [x, bottom - r]),
                Step::Line([x, y + r]),
                Step::Curve([x, y + k], [x + k, y], [x + r, y]),
                Step::Close,
            ],
        }
    }

    /// A door: an arch whose top is round with corners of radius `r`, standing on its bottom.
    pub fn arch(x: f32, y: f32, w: f32, h: f32, r: f32) -> Self {
        let (right, bottom, k) = (x + w, y + h, r * (1.0 - ROUND));
        Self {
            steps: vec![
                Step::Move([x, bottom]),
                Step::Line([x, y + r]),
                Step::Curve([x, y + k], [x + k, y], [x + r, y]),
                Step::Line([right - r, y]),
                Step::Curve([right - k, y], [right, y + k], [right, y + r]),
                Step::Line([right, bottom]),
                Step::Close,
            ],
        }
    }

    /// The path of an SVG `d` attribute with the commands M L H V C S A Z; none where it has another one.
    pub fn svg(d: &str) -> Option<Self> {
        let mut reader = Reader {
            rest: d.trim_start(),
            at: [0.0; 2],
            start: [0.0; 2],
            control: None,
            path: Self::default(),
        };
        let mut command = None;
        while let Some(first) = reader.rest.chars().next() {
            if first.is_ascii_alphabetic() {
                command = Some(first);
                reader.rest = reader.rest[1..].trim_start();
            }
            let now = command?;
            reader.step(now)?;
            command = match now {
                'M' => Some('L'),
                'm' => Some('l'),
                'Z' | 'z' => None,
                other => Some(other),
            };
        }
        Some(reader.path)
    }

    /// The same outline, larger by a factor and then moved.
    #[must_use]
    pub fn placed(&self, scale: f32, [dx, dy]: [f32; 2]) -> Self {
        let put = |[x, y]: [f32; 2]| [x * scale + dx, y * scale + dy];
        let steps = self.steps.iter().map(|step| match *step {
            Step::Move(p) => Step::Move(put(p)),
            Step::Line(p) => Step::Line(put(p)),
            Step::Curve(a, b, p) => Step::Curve(put(a), put(b), put(p)),
            Step::Close => Step::Close,
        });
        Self { steps: steps.collect() }
    }
}

/// Reads a `d` attribute.
struct Reader<'a> {
    rest: &'a str,
    at: [f32; 2],
    start: [f32; 2],
    /// The second control point of the curve before, for `S`.
    control: Option<[f32; 2]>,
    path: Path,
}

impl Reader<'_> {
    fn step(&mut self, command: char) -> Option<()> {
        let from = if command.is_ascii_lowercase() { self.at } else { [0.0; 2] };
        let before = self.control.take();
        match command.to_ascii_uppercase() {
            'M' => {
                let p = self.point(from)?;
                self.start = p;
                self.go(Step::Move(p), p);
            }
            'L' => {
                let p = self.point(from)?;
                self.go(Step::Line(p), p);
            }
            'H' => {
                let p = [self.number()? + from[0], self.at[1]];
                self.go(Step::Line(p), p);
            }
            'V' => {
                let p = [self.at[0], self.number()? + from[1]];
                self.go(Step::Line(p), p);
            }
            'C' | 'S' => {
                let mirrored = before.map_or(self.at, |b| [2.0 * self.at[0] - b[0], 2.0 * self.at[1] - b[1]]);
                let a = if command.eq_ignore_ascii_case(&'C') { self.point(from)? } else { mirrored };
                let (b, p) = (self.point(from)?, self.point(from)?);
                self.go(Step::Curve(a, b, p), p);
                self.control = Some(b);
            }
            'A' => self.arc(from)?,
            'Z' => {
                let start = self.start;
                self.go(Step::Close, start);
            }
            _ => return None,
        }
        Some(())
    }

    fn go(&mut self, step: Step, to: [f32; 2]) {
        self.path.steps.push(step);
        self.at = to;
    }

    fn point(&mut self, from: [f32; 2]) -> Option<[f32; 2]> {
        Some([self.number()? + from[0], self.number()? + from[1]])
    }

    /// The next number: `-.9-3.3` are two of them, and so are `1.5.01`.
    fn number(&mut self) -> Option<f32> {
        let (mut end, mut has_point) = (0, false);
        for (i, c) in self.rest.char_indices() {
            let is_part = match c {
                '+' | '-' => i == 0,
                '.' => !std::mem::replace(&mut has_point, true),
                c => c.is_ascii_digit(),
            };
            if !is_part {
                break;
            }
            end = i + 1;
        }
        let number = self.rest.get(..end)?.parse().ok()?;
        self.rest = self.rest[end..].trim_start_matches([' ', ',']);
        Some(number)
    }

    /// An arc as curves of at most a quarter each (SVG 1.1, appendix F.6.5; without rotation of the axes).
    fn arc(&mut self, from: [f32; 2]) -> Option<()> {
        let [rx, ry, _, large, sweep] =
            [self.number()?, self.number()?, self.number()?, self.number()?, self.number()?];
        let (p, end) = (self.at.map(f64::from), self.point(from)?);
        let q = end.map(f64::from);
        let (mut rx, mut ry) = (f64::from(rx), f64::from(ry));
        let half = [(p[0] - q[0]) / 2.0, (p[1] - q[1]) / 2.0];
        let grow = ((half[0] / rx).powi(2) + (half[1] / ry).powi(2)).sqrt().max(1.0);
        (rx, ry) = (rx * grow, ry * grow);
        let below = (rx * half[1]).powi(2) + (ry * half[0]).powi(2);
        let root = (((rx * ry).powi(2) - below) / below).max(0.0).sqrt();
        let side = if (large > 0.5) == (sweep > 0.5) { -root } else { root };
        let bent = [side * rx * half[1] / ry, -side * ry * half[0] / rx];
        let centre = [bent[0] + f64::midpoint(p[0], q[0]), bent[1] + f64::midpoint(p[1], q[1])];
        let angle = |v: [f64; 2]| ((v[1] - centre[1]) / ry).atan2((v[0] - centre[0]) / rx);
        let first = angle(p);
        let turn = match (sweep > 0.5, angle(q) - first) {
            (true, turn) if turn < 0.0 => turn + 2.0 * PI,
            (false, turn) if turn > 0.0 => turn - 2.0 * PI,
            (_, turn) => turn,
        };
        self.quarters(centre, [rx, ry], first, turn);
        self.at = end;
        Some(())
    }

    fn quarters(&mut self, centre: [f64; 2], radii: [f64; 2], first: f64, turn: f64) {
        let parts = (turn.abs() / (PI / 2.0)).ceil().max(1.0);
        let (step, mut at) = (turn / parts, first);
        let reach = 4.0 / 3.0 * (step / 4.0).tan();
        let mut left = parts;
        while left > 0.5 {
            let to = at + step;
            let put = |x: f64, y: f64| narrow([centre[0] + radii[0] * x, centre[1] + radii[1] * y]);
            let a = put(at.cos() - reach * at.sin(), at.sin() + reach * at.cos());
            let b = put(to.cos() + reach * to.sin(), to.sin() - reach * to.cos());
            self.path.steps.push(Step::Curve(a, b, put(to.cos(), to.sin())));
            (at, left) = (to, left - 1.0);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a printed page needs no more than f32 holds")]
fn narrow(point: [f64; 2]) -> [f32; 2] {
    point.map(|v| v as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_however_tightly_they_are_written() {
        let path = Path::svg("M5 5v7l-.9-3.3.01.5H4.5zM1 1 2 2").unwrap();
        let expected = [
            Step::Move([5.0, 5.0]),
            Step::Line([5.0, 12.0]),
            Step::Line([4.1, 8.7]),
            Step::Line([4.11, 9.2]),
            Step::Line([4.5, 9.2]),
            Step::Close,
            Step::Move([1.0, 1.0]),
            Step::Line([2.0, 2.0]),
        ];
        assert_eq!(path.steps.len(), expected.len());
        for (step, wanted) in path.steps.iter().zip(expected) {
            match (*step, wanted) {
                (Step::Move(a), Step::Move(b)) | (Step::Line(a), Step::Line(b)) => {
                    assert!((a[0] - b[0]).abs() < 1e-4 && (a[1] - b[1]).abs() < 1e-4, "{a:?} {b:?}");
                }
                (a, b) => assert_eq!(a, b),
            }
        }
        assert_eq!(Path::svg("M0 0Q1 1 2 2"), None);
        assert_eq!(Path::svg("5 5"), None);
    }

    #[test]
    fn an_arc_stays_on_its_circle() {
        let path = Path::svg("M0 10a10 10 0 0 1 20 0").unwrap();
        for step in &path.steps[1..] {
            let Step::Curve(_, _, [x, y]) = *step else { panic!("{step:?}") };
            assert!(((x - 10.0).hypot(y - 10.0) - 10.0).abs() < 1e-3, "{x} {y}");
            assert!(y <= 10.001, "over the top, not below: {y}");
        }
    }
}
