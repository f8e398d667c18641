//! A file of service points: from a sheet to points, or to what is wrong with it. Pure.

use std::collections::BTreeMap;

use spatial::{Datum, Position};

use super::store::PointRow;
use crate::city::City;
use crate::error::Error;
use crate::planning::layers::columns::{ColumnTold, Columns, Field as Known};
use crate::planning::layers::faults::{Fault, Faults, Warnings, fault};
use crate::planning::layers::place::{angle, are_swapped, position, swapped};
use crate::stations::import::{HoursCell, HoursReader, Sheet, SheetRow};

/// The most points of a layer.
pub(super) const POINTS: usize = 50_000;
/// The most characters of a name, an address, a telephone number and hours.
const NAME_CHARS: usize = 100;
const ADDRESS_CHARS: usize = 200;
const PHONE_CHARS: usize = 60;
const HOURS_CHARS: usize = 500;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Lon,
    Lat,
    Address,
    Phone,
    Hours,
}

/// The fields with their names and other headings.
const FIELDS: [(Field, &str, &[&str]); 6] = [
    (Field::Name, "name", &["名称", "机构名称", "网点名称", "单位名称"]),
    (Field::Lon, "lon", &["lng", "long", "longitude", "x", "经度"]),
    (Field::Lat, "lat", &["latitude", "y", "纬度"]),
    (Field::Address, "address", &["地址", "详细地址"]),
    (Field::Phone, "phone", &["电话", "联系电话", "tel", "telephone"]),
    (
        Field::Hours,
        "hours",
        &["开放时间", "营业时间", "办公时间", "服务时间", "工作时间", "openinghours", "opening_hours"],
    ),
];

impl Known for Field {
    fn recognised(heading: &str) -> Option<Self> {
        let is_it =
            |(_, name, others): &&(Field, &str, &[&str])| *name == heading || others.contains(&heading);
        FIELDS.iter().find(is_it).map(|(field, ..)| *field)
    }

    fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, known, _)| *known == name).map(|(field, ..)| *field)
    }

    fn name(self) -> String {
        FIELDS
            .iter()
            .find(|(field, ..)| *field == self)
            .map(|(_, name, _)| (*name).to_owned())
            .unwrap_or_default()
    }

    fn names() -> String {
        FIELDS.map(|(_, name, _)| name).join(", ")
    }
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The coordinate system of its positions.
    pub(super) crs: Datum,
    /// What columns say, by their headings.
    pub(super) mapping: BTreeMap<String, Option<String>>,
}

/// What a file comes to.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) points: Vec<PointRow>,
    pub(super) rows: usize,
    /// How many points have hours that are certain.
    pub(super) with_hours: usize,
    /// How many points have hours whose meaning is not.
    pub(super) uncertain: usize,
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
    let columns = Columns::read(sheet, &wanted.mapping).map_err(Error::Refused)?;
    let mut faults = Faults::of(sheet);
    check(&columns, sheet, &mut faults);
    let reading = Reading { columns: &columns, crs: wanted.crs, city, hours: HoursReader::default() };
    let (mut points, mut positions) = (Vec::new(), Vec::new());
    if faults.is_empty() {
        for row in &sheet.rows {
            match reading.point(row, &mut faults) {
                Ok((point, position)) => {
                    points.push(point);
                    positions.push(position);
                }
                Err((field, fault)) => faults.error(row.number, &columns.called(field), fault),
            }
        }
    }
    let outside = points.iter().filter(|point| point.district.is_none()).count();
    if faults.is_empty() && outside == points.len() && are_swapped(city, positions.into_iter()) {
        faults.of_file(swapped());
    }
    let warnings = faults.or_refused()?;
    let with_hours = points.iter().filter(|point| point.hours.is_some()).count();
    let uncertain =
        points.iter().filter(|point| point.hours.is_none() && !point.hours_text.is_empty()).count();
    let (rows, columns) = (sheet.rows.len(), columns.told());
    Ok(Brought { points, rows, with_hours, uncertain, outside, warnings, columns })
}

/// Notes what the columns lack, and whether there are too many rows or none.
fn check(columns: &Columns<Field>, sheet: &Sheet, faults: &mut Faults) {
    let known = sheet.header.headings.join(", ");
    for field in [Field::Name, Field::Lon, Field::Lat] {
        if !columns.has(field) {
            let name = field.name();
            let (zh, en) = (
                format!("没有 {name} 列。文件里有：{known}；可用 mapping 指明。"),
                format!("lacks a column for {name}; it has: {known}; say in `mapping` which one it is"),
            );
            faults.of_file(fault("missing_column", zh, en));
        }
    }
    if sheet.rows.is_empty() {
        faults.of_file(fault("no_rows", "文件里没有数据行。", "the file has no rows"));
    }
    if sheet.rows.len() > POINTS {
        let (zh, en) =
            (format!("一个图层最多 {POINTS} 个点。"), format!("a layer has at most {POINTS} points"));
        faults.of_file(fault("too_many", zh, en));
    }
}

/// How a file is read.
struct Reading<'a> {
    columns: &'a Columns<Field>,
    crs: Datum,
    city: &'a City,
    hours: HoursReader,
}

impl Reading<'_> {
    fn point(&self, row: &SheetRow, faults: &mut Faults) -> Result<(PointRow, Position), (Field, Fault)> {
        let name = self.text(row, Field::Name, NAME_CHARS)?;
        if name.is_empty() {
            return Err((Field::Name, fault("missing", "要写名称。", "is required")));
        }
        let address = self.text(row, Field::Address, ADDRESS_CHARS)?;
        let phone = self.text(row, Field::Phone, PHONE_CHARS)?;
        let hours_text = self.text(row, Field::Hours, HOURS_CHARS)?;
        let at = self.position(row)?;
        let hours = self.hours_of(&hours_text, row, faults);
        let district = self.city.district_at(at).map(|district| district.adcode.to_string());
        let point =
            PointRow { name, address, phone, lon: at.lon(), lat: at.lat(), district, hours_text, hours };
        Ok((point, at))
    }

    fn text(&self, row: &SheetRow, field: Field, most: usize) -> Result<String, (Field, Fault)> {
        let text = self.columns.cell(row, field);
        if text.chars().count() > most {
            return Err((
                field,
                fault("too_long", format!("最多 {most} 个字。"), format!("at most {most} characters")),
            ));
        }
        Ok(text)
    }

    fn position(&self, row: &SheetRow) -> Result<Position, (Field, Fault)> {
        let mut angles = [0.0; 2];
        for (to, field) in angles.iter_mut().zip([Field::Lon, Field::Lat]) {
            let text = self.columns.cell(row, field);
            if text.is_empty() {
                return Err((field, fault("missing", "要写经度和纬度。", "needs lon and lat")));
            }
            *to = angle(&text).map_err(|fault| (field, fault))?;
        }
        let [lon, lat] = angles;
        position(lon, lat, self.crs).map_err(|fault| (Field::Lat, fault))
    }

    /// Hours in the grammar where their meaning is certain.
    fn hours_of(&self, text: &str, row: &SheetRow, faults: &mut Faults) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let column = || self.columns.called(Field::Hours);
        match self.hours.read(text) {
            HoursCell::Certain { grammar, holidays_assumed_off } => {
                if holidays_assumed_off {
                    let (zh, en) = ("按节假日不开放理解。", "taken as shut on public holidays");
                    faults.warn(row.number, column(), fault("holidays_assumed_off", zh, en));
                }
                Some(grammar)
            }
            HoursCell::Uncertain => {
                let (zh, en) = (
                    "读不准，只保留原文，状态为未知。",
                    "its meaning is not certain: kept as text, its state is unknown",
                );
                faults.warn(row.number, column(), fault("hours_uncertain", zh, en));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stations::import::folded;

    #[test]
    fn every_heading_is_folded() {
        for (_, name, others) in FIELDS {
            assert!(others.iter().chain([&name]).all(|heading| folded(heading) == **heading), "{name}");
        }
    }
}
