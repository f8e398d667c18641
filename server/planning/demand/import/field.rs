//! What a column of a file of demand says.

use crate::planning::layers::columns::Field as Known;
use crate::stations::import::folded;

/// The name of the hour from 3:00 on, because `h3` is a cell.
pub(super) const HOUR_3: &str = "h03";
/// The hours of a day.
pub(super) const HOURS: usize = 24;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::planning::demand) enum Field {
    Lon,
    Lat,
    /// How many people.
    Weight,
    Trade,
    /// A cell of H3, in place of a position.
    Cell,
    /// A polygon, in place of a position.
    Area,
    /// How many people at an hour of the day.
    Hour(usize),
}

/// The fields but the hours, each with its name and other headings.
const FIELDS: [(Field, &str, &[&str]); 6] = [
    (Field::Lon, "lon", &["lng", "long", "longitude", "x", "经度"]),
    (Field::Lat, "lat", &["latitude", "y", "纬度"]),
    (Field::Weight, "weight", &["人数", "people", "population", "count", "数量", "人口", "权重"]),
    (Field::Trade, "trade", &["工种", "职业", "occupation"]),
    (Field::Cell, "h3", &["h3index", "h3_index", "h3cell", "h3_cell", "格", "格网", "网格"]),
    (Field::Area, "geometry", &[]),
];

impl Known for Field {
    fn recognised(heading: &str) -> Option<Self> {
        let is_it = |(_, name, others): &&(Field, &str, &[&str])| {
            *name == heading || others.iter().any(|other| folded(other) == heading)
        };
        FIELDS.iter().find(is_it).map(|(field, ..)| *field).or_else(|| hour(heading))
    }

    fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, known, _)| *known == name).map(|(field, ..)| *field).or_else(|| hour(name))
    }

    fn name(self) -> String {
        let known = FIELDS.iter().find(|(field, ..)| *field == self).map(|(_, name, _)| (*name).to_owned());
        known.unwrap_or_else(|| match self {
            // `h3` is the cell.
            Self::Hour(3) => HOUR_3.to_owned(),
            Self::Hour(hour) => format!("h{hour}"),
            _ => String::new(),
        })
    }

    fn names() -> String {
        let names = FIELDS.map(|(_, name, _)| name).join(", ");
        format!("{names}, h0 … h23 (h03)")
    }
}

/// Whether the heading `h3` is an hour, because it stands among hours.
pub(super) fn is_hour_3(headings: &[String]) -> bool {
    let has = |name: &str| headings.iter().any(|heading| folded(heading) == name);
    has("h2") && has("h3") && has("h4")
}

/// `h0` to `h23`.
fn hour(name: &str) -> Option<Field> {
    let hour = name.strip_prefix('h').filter(|n| !n.starts_with('+'))?.parse().ok()?;
    (hour < HOURS).then_some(Field::Hour(hour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages() {
        for (heading, field) in [
            ("lon", Some(Field::Lon)),
            ("经度", Some(Field::Lon)),
            ("人数", Some(Field::Weight)),
            ("population", Some(Field::Weight)),
            ("格", Some(Field::Cell)),
            ("h0", Some(Field::Hour(0))),
            ("h23", Some(Field::Hour(23))),
            ("h3", Some(Field::Cell)),
            ("h24", None),
            ("schools", None),
        ] {
            assert_eq!(Field::recognised(heading), field, "{heading}");
        }
        assert_eq!((Field::named("h3"), Field::named("h03")), (Some(Field::Cell), Some(Field::Hour(3))));
        assert_eq!(Field::Hour(7).name(), "h7");
    }
}
