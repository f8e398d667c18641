//! A file of demand: from a sheet to points, or to what is wrong with it. Pure.

mod area;
mod field;
mod row;

use std::collections::{BTreeMap, HashMap};

use spatial::{Datum, Position};

pub(super) use self::row::{trade, unknown_trade};

use self::field::{Field, HOUR_3, HOURS, is_hour_3};
use self::row::{People, Reading, Where};
use super::model::{DemandPoint, WEEK_HOURS};
use crate::city::City;
use crate::error::Error;
use crate::planning::layers::columns::{ColumnTold, Columns};
use crate::planning::layers::faults::{Faults, Warnings, fault};
use crate::planning::layers::place::{are_swapped, swapped};
use crate::stations::import::Sheet;
use crate::stations::model::Trade;

/// The most points of a layer, areas spread.
pub(super) const POINTS: usize = 1_000_000;
/// The most corners of all areas of a file.
const CORNERS: usize = 2_000_000;

/// How a file is to be read.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The coordinate system of its positions.
    pub(super) crs: Datum,
    /// What people do whose row says nothing.
    pub(super) trade: Option<Trade>,
    /// What columns say, by their headings.
    pub(super) mapping: BTreeMap<String, Option<String>>,
}

/// What a file comes to.
#[derive(Debug)]
pub(super) struct Brought {
    /// Its points, in its order.
    pub(super) points: Vec<DemandPoint>,
    /// By trade, `""` for people without one, the share that is there at each hour of the week, where it says so.
    pub(super) profiles: BTreeMap<String, Vec<f64>>,
    /// How many rows it has.
    pub(super) rows: usize,
    /// How many points are in no district nor within 2 km of one.
    pub(super) outside: usize,
    pub(super) warnings: Warnings,
    pub(super) columns: Vec<ColumnTold>,
}

/// Reads a file.
///
/// # Errors
/// [`Error::Refused`] with each row that has an error, the first hundred told.
pub(super) fn read(sheet: &Sheet, wanted: &Wanted, city: &City) -> Result<Brought, Error> {
    let mut said = wanted.mapping.clone();
    let headings = &sheet.header.headings;
    if is_hour_3(headings) && !said.contains_key("h3") {
        said.insert("h3".to_owned(), Some(HOUR_3.to_owned()));
    }
    let columns = Columns::read(sheet, &said).map_err(Error::Refused)?;
    let mut faults = Faults::of(sheet);
    let by_hour = check(&columns, sheet, &mut faults);
    let reading = Reading {
        columns: &columns,
        crs: wanted.crs,
        trade: wanted.trade,
        vocabularies: &city.vocabularies,
        by_hour,
    };
    let mut all = Gathered { city, faults, points: Vec::new(), hours: HashMap::new(), corners: 0 };
    if all.faults.is_empty() {
        all.rows(&reading, sheet);
    }
    let outside = all.points.iter().filter(|point| point.district.is_none()).count();
    if all.faults.is_empty() && outside == all.points.len() {
        all.doubt();
    }
    let warnings = all.faults.or_refused()?;
    let profiles = all.hours.into_iter().map(|(trade, hours)| (name(trade), hours.shares())).collect();
    Ok(Brought {
        points: all.points,
        profiles,
        rows: sheet.rows.len(),
        outside,
        warnings,
        columns: columns.told(),
    })
}

fn name(trade: Option<Trade>) -> String {
    trade.map_or("", Trade::as_str).to_owned()
}

/// Whether people are by the hour; notes what the columns lack.
fn check(columns: &Columns<Field>, sheet: &Sheet, faults: &mut Faults) -> bool {
    let known = sheet.header.headings.join(", ");
    let missing: Vec<usize> = (0..HOURS).filter(|hour| !columns.has(Field::Hour(*hour))).collect();
    let by_hour = missing.len() < HOURS;
    if by_hour && !missing.is_empty() {
        let lacking = missing.iter().map(|hour| format!("h{hour}")).collect::<Vec<_>>().join(", ");
        let (zh, en) =
            (format!("缺少这些小时的列：{lacking}"), format!("lacks the columns of these hours: {lacking}"));
        faults.of_file(fault("missing_column", zh, en));
    }
    if !by_hour && !columns.has(Field::Weight) {
        let (zh, en) = (
            format!("没有人数列（weight、人数）。文件里有：{known}；可用 mapping 指明。"),
            format!(
                "no column says how many people (weight); it has: {known}; say in `mapping` which one does"
            ),
        );
        faults.of_file(fault("missing_column", zh, en));
    }
    let is_placed = [Field::Lon, Field::Lat].iter().all(|field| columns.has(*field))
        || columns.has(Field::Cell)
        || columns.has(Field::Area);
    if !is_placed {
        let (zh, en) = (
            format!("没有位置列（lon 和 lat，或 h3）。文件里有：{known}；可用 mapping 指明。"),
            format!(
                "no columns say where (lon and lat, or h3); it has: {known}; say in `mapping` which ones do"
            ),
        );
        faults.of_file(fault("missing_column", zh, en));
    }
    by_hour
}

/// What was gathered of a file so far.
struct Gathered<'a> {
    city: &'a City,
    faults: Faults,
    points: Vec<DemandPoint>,
    hours: HashMap<Option<Trade>, Hours>,
    corners: usize,
}

impl Gathered<'_> {
    fn rows(&mut self, reading: &Reading<'_>, sheet: &Sheet) {
        for row in &sheet.rows {
            let people = match reading.people(row) {
                Ok(Some(people)) if people.most > 0.0 => people,
                Ok(_) => {
                    let (zh, en) = ("没有人，跳过。", "nobody is here; passed over");
                    let column = reading.columns.called(reading.counted());
                    self.faults.warn(row.number, column, fault("nobody", zh, en));
                    continue;
                }
                Err((field, fault)) => {
                    self.faults.error(row.number, &reading.columns.called(field), fault);
                    continue;
                }
            };
            let found = reading.trade_of(row).and_then(|trade| Ok((trade, reading.place(row)?)));
            let taken = found.and_then(|(trade, place)| self.take(&people, trade, place));
            if let Err((field, fault)) = taken {
                self.faults.error(row.number, &reading.columns.called(field), fault);
            }
            if self.points.len() > POINTS || self.corners > CORNERS {
                return self.too_many();
            }
        }
        if self.points.is_empty() && self.faults.is_empty() {
            self.faults.of_file(fault("nobody", "没有一行有人数。", "no row has any people"));
        }
    }

    fn too_many(&mut self) {
        let (zh, en) = (
            format!("面铺成六边形之后，一个图层最多 {POINTS} 个点、{CORNERS} 个顶点。请拆成几个图层。"),
            format!(
                "a layer has at most {POINTS} points once areas are spread, and {CORNERS} corners; split it"
            ),
        );
        self.faults.of_file(fault("too_many", zh, en));
    }

    fn take(&mut self, people: &People, trade: Option<Trade>, place: Where) -> Result<(), row::Wrong> {
        let points = match place {
            Where::At(position) => vec![position],
            Where::In(area) => {
                self.corners += area.corners;
                let room = POINTS.saturating_sub(self.points.len());
                area.points(room).map_err(|fault| (Field::Area, fault))?
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a million points")]
        let each = people.most / points.len() as f64;
        self.points.extend(points.into_iter().map(|position| self::point(self.city, position, each, trade)));
        if let Some(hours) = &people.by_hour {
            self.hours.entry(trade).or_default().add(people.most, hours);
        }
        Ok(())
    }

    /// Positions of which none is in the city may have longitude and latitude exchanged.
    fn doubt(&mut self) {
        if are_swapped(self.city, self.points.iter().map(|point| point.position)) {
            self.faults.of_file(swapped());
        }
    }
}

fn point(city: &City, position: Position, people: f64, trade: Option<Trade>) -> DemandPoint {
    let district = city.district_at(position).map(|district| district.adcode);
    DemandPoint { position, people, trade, district }
}

impl Reading<'_> {
    /// The field that says how many people there are.
    fn counted(&self) -> Field {
        if self.by_hour { Field::Hour(0) } else { Field::Weight }
    }
}

/// People by the hour of the day, summed over rows.
#[derive(Debug, Clone, Default)]
struct Hours {
    most: f64,
    at: [f64; HOURS],
}

impl Hours {
    fn add(&mut self, most: f64, hours: &[f64; HOURS]) {
        self.most += most;
        for (sum, people) in self.at.iter_mut().zip(hours) {
            *sum += people;
        }
    }

    /// The share at each hour of a week.
    fn shares(&self) -> Vec<f64> {
        let share = |hour: usize| (self.at[hour % HOURS] / self.most).clamp(0.0, 1.0);
        (0..WEEK_HOURS).map(share).collect()
    }
}

#[cfg(test)]
mod tests;
