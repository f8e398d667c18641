//! What the positions themselves say about the coordinate system they are written in.
//!
//! The count of rows within their districts cannot tell the systems apart everywhere: around Qinhuangdao
//! nearly all rows of one system also lie inside when read as another. So it only ever warns, and only where
//! another system is clearly better.

use serde::Serialize;
use spatial::{Datum, Position};

use super::place::Gazetteer;
use super::problem::Issue;
use crate::ids::Adcode;

/// So many rows, evenly spread over the file, are read under each system.
const SAMPLE: usize = 1_000;
/// Another system is better when it puts so many rows more into their districts.
const MORE_ROWS: usize = 5;
/// And one row in so many of those looked at.
const ONE_IN: usize = 10;

/// The declared system, the one that fits best, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crs {
    /// The system that was declared.
    pub declared: &'static str,
    /// The declared one, unless another fits clearly better.
    pub best: &'static str,
    /// What speaks for each system.
    pub evidence: Vec<Evidence>,
}

/// How the positions lie when they are read as written in one system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The system.
    pub crs: &'static str,
    /// Rows looked at.
    pub rows: usize,
    /// Of these, rows within a loaded district (2 km around it included).
    pub in_any_district: usize,
    /// Rows looked at that name a district.
    pub naming: usize,
    /// Of these, rows within the district they name.
    pub in_named_district: usize,
}

impl Evidence {
    /// Rows that lie where they should: in the district they name, or in any if they name none.
    fn inside(&self) -> usize {
        if self.naming > 0 { self.in_named_district } else { self.in_any_district }
    }

    fn of(&self) -> usize {
        if self.naming > 0 { self.naming } else { self.rows }
    }
}

/// Weighs the declared system against the others. `rows` are positions as written, with the district named.
pub(super) fn weigh(
    declared: Datum,
    rows: &[(Position, Option<Adcode>)],
    gazetteer: &Gazetteer,
) -> (Crs, Option<Issue>) {
    let step = rows.len().div_ceil(SAMPLE).max(1);
    let sample: Vec<_> = rows.iter().step_by(step).collect();
    let evidence: Vec<(Datum, Evidence)> =
        Datum::ALL.iter().map(|datum| (*datum, look(*datum, &sample, gazetteer))).collect();
    let own = evidence.iter().find(|(datum, _)| *datum == declared).map_or(0, |(_, e)| e.inside());
    // Of equals the declared one is best, then the one named first.
    let best = evidence.iter().rev().max_by_key(|(datum, e)| (e.inside(), *datum == declared));
    let better = best.filter(|(_, e)| e.inside() >= own + MORE_ROWS.max(e.of() / ONE_IN));
    let issue = better.map(|(datum, e)| Issue::BetterDatum {
        declared,
        better: *datum,
        inside: own,
        better_inside: e.inside(),
        of: e.of(),
    });
    let best = better.map_or(declared, |(datum, _)| *datum).as_str();
    let evidence = evidence.into_iter().map(|(_, e)| e).collect();
    (Crs { declared: declared.as_str(), best, evidence }, issue)
}

fn look(datum: Datum, sample: &[&(Position, Option<Adcode>)], gazetteer: &Gazetteer) -> Evidence {
    let mut evidence = Evidence {
        crs: datum.as_str(),
        rows: sample.len(),
        in_any_district: 0,
        naming: 0,
        in_named_district: 0,
    };
    for (written, named) in sample {
        let found = gazetteer.containing(datum.to_wgs84(*written)).map(|district| district.adcode);
        evidence.in_any_district += usize::from(found.is_some());
        evidence.naming += usize::from(named.is_some());
        evidence.in_named_district += usize::from(named.is_some() && found == *named);
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::super::place::tests::districts;
    use super::*;

    fn rows(datum: Datum, lon: f64, count: u32, named: Option<&str>) -> Vec<(Position, Option<Adcode>)> {
        let at = |i: u32| Position::new(lon, 39.81 + f64::from(i) * 0.001).unwrap();
        (0..count).map(|i| (datum.from_wgs84(at(i)), named.map(|n| n.parse().unwrap()))).collect()
    }

    /// The system found best, and whether there is a warning.
    fn best(declared: Datum, rows: &[(Position, Option<Adcode>)]) -> (&'static str, bool) {
        let districts = districts();
        let (crs, issue) = weigh(declared, rows, &Gazetteer::new(&districts));
        (crs.best, issue.is_some())
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
}
