//! What the positions themselves say about the coordinate system they are written in.
//!
//! Rows that lie where they should under one system only tell the systems apart:
//!
//! - **Numbers that are registered.** The registered position is known, and a wrong system moves every row by some
//!   500 m (GCJ-02) or 1.2 km (BD-09) in one direction. A row speaks for another system where reading it so brings
//!   it to a third of its distance or nearer. Were the declared system right and the station moved, the direction
//!   would be any: a point that near lies within asin(1/3) = 19.5° of it, so chance does this to at most one row
//!   in nine ([`BY_CHANCE`]). A row that lies where it is registered speaks for the declared system.
//! - **The ground.** Every other row speaks for the one of two systems under which it lies on land in the district
//!   that it names, or in any loaded one, where the other puts it into the sea or another district. Were both
//!   systems equally good, each would win half of them (McNemar 1947, exact form).
//!
//! Each kind is a binomial tail; both together are one by Fisher's method (Fisher 1925) for two: with k the product
//! of the two, p = k (1 - ln k). Around Qinhuangdao the districts are blind to the systems, so it is the numbers
//! that decide there.

use serde::Serialize;
use spatial::{Datum, Position};

use super::place::Gazetteer;
use super::problem::Issue;
use crate::basemap;
use crate::ids::Adcode;

/// So many rows, evenly spread over the file, are looked at.
const SAMPLE: usize = 1_000;
/// Fewer rows than these stop nobody, however sure they are.
const FEWEST: usize = 5;
/// Below this probability somebody has to confirm the declared system.
const DOUBT: f64 = 0.01;
/// How often chance brings a row to a third of its distance: asin(1/3) / π, rounded up.
const BY_CHANCE: f64 = 1.0 / 9.0;
/// Nearer than this to where it is registered a row lies where it should: in the courtyard of the same building.
const AT_HOME_M: f64 = 100.0;
/// A system explains an offset that it makes so many times smaller.
const EXPLAINED: f64 = 3.0;

/// The declared system, the one that fits best, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crs {
    /// The system that was declared.
    pub declared: &'static str,
    /// The declared one, unless another is doubted for it and more rows speak for that one.
    pub best: &'static str,
    /// Whether a person has to confirm the declared system.
    pub doubtful: bool,
    /// How probable such rows are if the declared system is right; absent where no row tells systems apart.
    pub p: Option<f64>,
    /// What speaks for each system.
    pub evidence: Vec<Evidence>,
}

/// How the positions lie when they are read as written in one system.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Evidence {
    /// The system.
    pub crs: &'static str,
    /// Rows looked at.
    pub rows: usize,
    /// Of these, rows in the district that they name, or in any loaded one where they name none (2 km around it
    /// included).
    pub inside: usize,
    /// Rows in another district than they name, or in none.
    pub outside: usize,
    /// Rows in the sea, as far as the built-in map knows it.
    pub in_sea: usize,
    /// Rows with a registered number.
    pub codes: usize,
    /// The median distance of these from where they are registered, in metres.
    pub offset_m: Option<f64>,
}

/// A row with a position as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// In the declared system.
    pub(super) written: Position,
    /// The district that the row names.
    pub(super) named: Option<Adcode>,
    /// Where the station of its number is registered.
    pub(super) registered: Option<Position>,
}

/// How one row lies under each system, in the order of [`Datum::ALL`].
struct Look {
    fits: [bool; 3],
    in_sea: [bool; 3],
    offset_m: Option<[f64; 3]>,
}

/// Weighs the declared system against the others.
pub(super) fn weigh(declared: Datum, rows: &[Placed], gazetteer: &Gazetteer) -> (Crs, Option<Issue>) {
    let step = rows.len().div_ceil(SAMPLE).max(1);
    let looks: Vec<Look> = rows.iter().step_by(step).map(|row| look(row, gazetteer)).collect();
    let others = Datum::ALL.into_iter().filter(|datum| *datum != declared);
    let weighed = others.filter_map(|other| Some((other, against(declared, other, &looks)?)));
    let strongest = weighed.min_by(|(_, a), (_, b)| a.p.total_cmp(&b.p));
    let doubted = strongest.filter(|(_, against)| against.wins >= FEWEST && against.p < DOUBT);
    let better = doubted.filter(|(_, against)| 2 * against.wins > against.of);
    let crs = Crs {
        declared: declared.as_str(),
        best: better.map_or(declared, |(datum, _)| datum).as_str(),
        doubtful: doubted.is_some(),
        p: strongest.map(|(_, against)| against.p),
        evidence: Datum::ALL.iter().enumerate().map(|(i, datum)| evidence(*datum, i, &looks)).collect(),
    };
    let issue = doubted.map(|(better, Against { wins, of, p })| Issue::BetterDatum {
        declared,
        better,
        rows: wins,
        of,
        p,
    });
    (crs, issue)
}

/// The system that explains why a row lies far from where its number is registered, and both distances in metres.
pub(super) fn explained(declared: Datum, row: &Placed) -> Option<(Datum, f64, f64)> {
    let own = offset_m(declared, row)?;
    let others = Datum::ALL.into_iter().filter(|datum| *datum != declared);
    let near = others.filter_map(|other| Some((other, own, offset_m(other, row)?)));
    let nearest = near.min_by(|(.., a), (.., b)| a.total_cmp(b));
    nearest.filter(|(_, own, other)| is_explained(*own, *other))
}

fn is_explained(own_m: f64, other_m: f64) -> bool {
    own_m > AT_HOME_M && other_m * EXPLAINED <= own_m
}

fn offset_m(datum: Datum, row: &Placed) -> Option<f64> {
    Some(datum.to_wgs84(row.written).geodesic_m(row.registered?))
}

fn look(row: &Placed, gazetteer: &Gazetteer) -> Look {
    let read = Datum::ALL.map(|datum| datum.to_wgs84(row.written));
    let in_sea = read.map(|position| basemap::is_sea(position) == Some(true));
    let found = read.map(|position| gazetteer.containing(position).map(|district| district.adcode));
    let fits = found.map(|found| found.is_some() && (row.named.is_none() || found == row.named));
    Look { fits, in_sea, offset_m: row.registered.map(|at| read.map(|position| position.geodesic_m(at))) }
}

/// What speaks against a declared system.
#[derive(Debug, Clone, Copy)]
struct Against {
    /// Rows that speak for the other system.
    wins: usize,
    /// Rows that speak for either.
    of: usize,
    p: f64,
}

/// Weighs one other system; none where no row tells the two apart.
fn against(declared: Datum, other: Datum, looks: &[Look]) -> Option<Against> {
    let [own, other] = [declared, other].map(|datum| datum as usize);
    let (mut codes, mut ground) = ([0, 0], [0, 0]);
    for look in looks {
        if let Some(offsets) = look.offset_m {
            let wins = is_explained(offsets[own], offsets[other]);
            codes[usize::from(wins)] += 1;
            continue;
        }
        let lies_well = |at: usize| look.fits[at] && !look.in_sea[at];
        if lies_well(own) != lies_well(other) {
            ground[usize::from(lies_well(other))] += 1;
        }
    }
    let tails = [(codes, BY_CHANCE), (ground, 0.5)].into_iter().filter(|([lost, won], _)| lost + won > 0);
    let tails: Vec<f64> = tails.map(|([lost, won], chance)| tail(won, lost + won, chance)).collect();
    let wins = codes[1] + ground[1];
    (!tails.is_empty()).then(|| Against { wins, of: wins + codes[0] + ground[0], p: joined(&tails) })
}

/// The probability of at least `least` of `of` where each comes with `chance`.
#[expect(clippy::cast_precision_loss, reason = "at most a thousand rows")]
fn tail(least: usize, of: usize, chance: f64) -> f64 {
    // Each term from the one before it, as logarithms, because a thousand rows leave the range of numbers.
    let mut term = of as f64 * (1.0 - chance).ln();
    let mut sum = 0.0;
    for k in 0..=of {
        if k >= least {
            sum += term.exp();
        }
        term += ((of - k) as f64 / (k + 1) as f64).ln() + (chance / (1.0 - chance)).ln();
    }
    sum.min(1.0)
}

/// Fisher's method for one or two independent probabilities.
fn joined(tails: &[f64]) -> f64 {
    let product: f64 = tails.iter().product();
    match tails.len() {
        1 => product,
        _ if product <= 0.0 => 0.0,
        _ => product * (1.0 - product.ln()),
    }
}

fn evidence(datum: Datum, at: usize, looks: &[Look]) -> Evidence {
    let count = |is: &dyn Fn(&Look) -> bool| looks.iter().filter(|look| is(look)).count();
    let mut offsets: Vec<f64> = looks.iter().filter_map(|look| Some(look.offset_m?[at])).collect();
    offsets.sort_by(f64::total_cmp);
    Evidence {
        crs: datum.as_str(),
        rows: looks.len(),
        inside: count(&|look| look.fits[at]),
        outside: count(&|look| !look.fits[at]),
        in_sea: count(&|look| look.in_sea[at]),
        codes: offsets.len(),
        offset_m: offsets.get(offsets.len() / 2).map(|metres| metres.round()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::districts;
    use super::*;

    fn rows(datum: Datum, lon: f64, count: u32, named: Option<&str>) -> Vec<Placed> {
        let at = |i: u32| Position::new(lon, 39.91 + f64::from(i) * 0.001).unwrap();
        let named = named.map(|n| n.parse().unwrap());
        (0..count).map(|i| Placed { written: datum.from_wgs84(at(i)), named, registered: None }).collect()
    }

    /// The same rows with registered numbers.
    fn registered(datum: Datum, count: u32) -> Vec<Placed> {
        let home = |row: Placed| Placed { registered: Some(datum.to_wgs84(row.written)), ..row };
        rows(datum, 119.55, count, Some("130304")).into_iter().map(home).collect()
    }

    /// The system found best, and whether a person has to confirm.
    fn best(declared: Datum, rows: &[Placed]) -> (&'static str, bool) {
        let districts = districts();
        let (crs, issue) = weigh(declared, rows, &Gazetteer::new(&districts));
        assert_eq!(crs.doubtful, issue.is_some());
        (crs.best, crs.doubtful)
    }

    #[test]
    fn a_system_that_puts_rows_into_the_next_district_is_doubted() {
        // 100 m west of the border between two districts: read as WGS-84 they lie 400 m east of it.
        let shifted = rows(Datum::Gcj02, 119.5988, 20, Some("130304"));
        assert_eq!(best(Datum::Wgs84, &shifted), ("gcj02", true));
        assert_eq!(best(Datum::Gcj02, &shifted), ("gcj02", false));
    }

    #[test]
    fn the_declared_system_stands_where_nothing_speaks_against_it() {
        let inside = rows(Datum::Wgs84, 119.55, 20, Some("130304"));
        assert_eq!(best(Datum::Bd09, &inside), ("bd09", false));
        let few = rows(Datum::Gcj02, 119.5988, 4, Some("130304"));
        assert_eq!(best(Datum::Wgs84, &few), ("wgs84", false));
        assert_eq!(best(Datum::Gcj02, &[]), ("gcj02", false));
    }

    #[test]
    fn five_registered_numbers_decide_and_four_do_not() {
        for written in Datum::ALL {
            for declared in Datum::ALL {
                let is_wrong = written != declared;
                assert_eq!(best(declared, &registered(written, 5)).1, is_wrong, "{written} as {declared}");
                assert!(!best(declared, &registered(written, 4)).1, "{written} as {declared}");
                if is_wrong {
                    assert_eq!(best(declared, &registered(written, 5)).0, written.as_str());
                }
            }
        }
    }

    #[test]
    fn some_rows_of_another_system_among_many_are_noticed_and_named() {
        let mut mixed = registered(Datum::Wgs84, 8);
        mixed.extend(registered(Datum::Bd09, 6));
        assert_eq!(best(Datum::Wgs84, &mixed), ("wgs84", true), "most rows are as declared");
        assert!(mixed[..8].iter().all(|row| explained(Datum::Wgs84, row).is_none()));
        for row in &mixed[8..] {
            let (datum, own_m, other_m) = explained(Datum::Wgs84, row).unwrap();
            assert_eq!(datum, Datum::Bd09);
            assert!(own_m > 500.0 && other_m < 1.0, "{own_m} {other_m}");
        }
    }

    #[test]
    fn stations_that_moved_in_any_direction_are_no_doubt() {
        let moved = |(i, row): (usize, Placed)| {
            let angle = f64::from(u32::try_from(i).unwrap()) * 0.7;
            let home = row.written;
            let lon = home.lon() + 0.006 * angle.sin();
            let written = Position::new(lon, home.lat() + 0.006 * angle.cos()).unwrap();
            Placed { written, ..row }
        };
        let moved: Vec<_> = registered(Datum::Wgs84, 18).into_iter().enumerate().map(moved).collect();
        assert!(!best(Datum::Wgs84, &moved).1);
    }

    #[test]
    fn the_tails_are_those_of_the_tables() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
        near(tail(0, 9, 0.5), 1.0);
        near(tail(7, 7, 0.5), 1.0 / 128.0);
        near(tail(8, 10, 0.5), 56.0 / 1024.0);
        near(tail(5, 5, BY_CHANCE), BY_CHANCE.powi(5));
        assert!(tail(600, 1_000, 0.5) > 0.0 && tail(600, 1_000, 0.5) < 1e-9);
        near(joined(&[0.05]), 0.05);
        // The survival function of chi-squared with four degrees at -2 ln(0.05 * 0.1).
        near(joined(&[0.05, 0.1]), 0.005 * (1.0 - 0.005_f64.ln()));
    }
}
