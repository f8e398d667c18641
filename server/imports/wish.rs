//! What people say of an import, as the body of a request, and whether it can be.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::model::{Import, Wishes};
use super::planning::Planned;
use crate::city::City;
use crate::error::{Error, FieldError};
use crate::ids::{Adcode, StationId};
use crate::stations::import::{Decision, Field, Mapping, Other, Pin};

/// The most corrections of one request, of each kind, and of one import in all.
pub(super) const MOST: usize = 5_000;
/// The most characters of a corrected cell.
const CELL_CHARS: usize = 2_000;

/// What is said with a file, as JSON in the form's field `options`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewImportOptions)]
pub(super) struct Sent {
    /// The coordinate system of its positions: `wgs84`, `gcj02` or `bd09`.
    crs: Option<String>,
    /// Columns by their headings, each with the field or the fields that it feeds; none: it is left out.
    #[serde(default)]
    #[schema(value_type = Object)]
    map: BTreeMap<String, OneOrMany>,
    /// The district of rows that name none.
    pub(super) district: Option<Adcode>,
    /// Whether the stations become public at once.
    publish: Option<bool>,
}

/// A field, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Field),
    Many(Vec<Field>),
}

/// What changes in an import. What is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportPatch)]
pub(super) struct Patch {
    /// The coordinate system of its positions. Another one has to be confirmed anew where it is doubtful.
    crs: Option<String>,
    /// A person confirms the coordinate system.
    crs_confirmed: Option<bool>,
    /// Columns, counted from 0, each with all the fields that it feeds; none: it is left out.
    #[schema(value_type = Option<Object>)]
    map: Option<BTreeMap<usize, Vec<Field>>>,
    /// The district of rows that name none; null takes it away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Adcode>)]
    district: Option<Nullable<Adcode>>,
    /// Whether the stations become public at once.
    publish: Option<bool>,
    /// Cells with another text.
    #[serde(default)]
    fixes: Vec<Fix>,
    /// What a person decides on pairs that may be one station.
    #[serde(default)]
    decisions: Vec<Decide>,
    /// Rows that are left out, or not any more.
    #[serde(default)]
    skips: Vec<Skip>,
    /// Where rows stand.
    #[serde(default)]
    pins: Vec<Place>,
}

/// A cell with another text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportFix)]
struct Fix {
    /// The row as the sheet numbers it.
    row: u32,
    /// The column, counted from 0.
    column: usize,
    /// The text; null brings the file's own back.
    #[schema(max_length = 2000)]
    value: Option<String>,
}

/// A decision on a row and another row or a registered station.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportDecide)]
struct Decide {
    row: u32,
    /// The other row.
    other_row: Option<u32>,
    /// The registered station.
    #[schema(value_type = Option<String>, format = Uuid)]
    station_id: Option<StationId>,
    /// What is decided; null takes it back.
    decision: Option<Decision>,
}

/// A row that is left out, or not any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportSkip)]
struct Skip {
    row: u32,
    skip: bool,
}

/// Where a row stands, in degrees of a coordinate system.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportPin)]
struct Place {
    row: u32,
    /// Null takes the pin away.
    lat: Option<f64>,
    lon: Option<f64>,
    /// WGS-84 where it is left out.
    crs: Option<String>,
}

/// A position that somebody sets on the map.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ParkedPin)]
pub(super) struct Pinned {
    #[schema(minimum = -90, maximum = 90)]
    lat: f64,
    #[schema(minimum = -180, maximum = 180)]
    lon: f64,
    /// WGS-84 where it is left out.
    crs: Option<String>,
}

/// A value that is given, be it null.
#[derive(Debug, Clone, Copy)]
struct Nullable<T>(Option<T>);

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Nullable<T>>, D::Error> {
    Option::deserialize(from).map(|value| Some(Nullable(value)))
}

impl Pinned {
    /// The pin, on land or sea but somewhere.
    pub(super) fn pin(&self) -> Result<Pin, Error> {
        let mut errors = Vec::new();
        let found = pin("", self.lat, self.lon, self.crs.as_deref(), &mut errors);
        found.filter(|_| errors.is_empty()).ok_or(Error::Refused(errors))
    }
}

impl Sent {
    /// What is said of the list with these headings.
    pub(super) fn wishes(
        &self,
        headings: &[String],
        city: &City,
        base: Wishes,
    ) -> Result<(Wishes, Option<Adcode>), Error> {
        let mut errors = Vec::new();
        let mut wishes = base;
        if let Some(crs) = self.crs.as_deref().and_then(|text| datum("options.crs", text, &mut errors)) {
            wishes = with_crs(wishes, crs);
        }
        for (heading, fields) in &self.map {
            let fields = match fields {
                OneOrMany::One(field) => vec![*field],
                OneOrMany::Many(fields) => fields.clone(),
            };
            match headings.iter().position(|h| h == heading.trim()) {
                Some(column) => feed(&mut wishes.columns, column, fields),
                None => {
                    errors.push(unknown("options.map", "没有这个标题的列。", "no column has this heading"));
                }
            }
        }
        errors.extend(self.district.and_then(|code| unloaded("options.district", code, city)));
        wishes.publish = self.publish.unwrap_or(wishes.publish);
        if errors.is_empty() { Ok((wishes, self.district)) } else { Err(Error::Refused(errors)) }
    }
}

impl Patch {
    /// The import with what changes, or everything that is wrong.
    pub(super) fn apply(&self, import: &Import, planned: &Planned, city: &City) -> Result<Import, Error> {
        let mut next = import.clone();
        let mut errors = Vec::new();
        self.options(&mut next, planned, city, &mut errors);
        self.cells(&mut next, planned, &mut errors);
        self.decided(&mut next, planned, &mut errors);
        let kept = &next.corrections;
        let most = kept.fixes.len().max(kept.pins.len()).max(kept.skips.len()).max(kept.decisions.len());
        if most > MOST {
            let (zh, en) = (
                format!("每一种改动最多 {MOST} 处，请在文件里改好再上传。"),
                format!("at most {MOST} corrections of a kind; mend the file"),
            );
            errors.push(FieldError::new("fixes", "too_many", zh, en));
        }
        if errors.is_empty() { Ok(next) } else { Err(Error::Refused(errors)) }
    }

    fn options(&self, next: &mut Import, planned: &Planned, city: &City, errors: &mut Vec<FieldError>) {
        let wishes = &mut next.wishes;
        if let Some(crs) = self.crs.as_deref().and_then(|text| datum("crs", text, errors)) {
            *wishes = with_crs(std::mem::take(wishes), crs);
        }
        wishes.crs_confirmed = self.crs_confirmed.unwrap_or(wishes.crs_confirmed);
        wishes.publish = self.publish.unwrap_or(wishes.publish);
        for (column, fields) in self.map.iter().flatten() {
            if *column >= planned.sheet.header.headings.len() {
                errors.push(unknown(&format!("map.{column}"), "没有这一列。", "there is no such column"));
                continue;
            }
            keep_others(&mut wishes.columns, *column, fields, &planned.plan.mapping);
            feed(&mut wishes.columns, *column, fields.clone());
        }
        if let Some(Nullable(district)) = self.district {
            errors.extend(district.and_then(|code| unloaded("district", code, city)));
            next.district = district;
        }
    }

    fn cells(&self, next: &mut Import, planned: &Planned, errors: &mut Vec<FieldError>) {
        let has_row = |row: u32| planned.sheet.rows.iter().any(|r| r.number == row);
        for (i, fix) in self.fixes.iter().enumerate() {
            let name = format!("fixes[{i}]");
            if !has_row(fix.row) || fix.column >= planned.sheet.header.headings.len() {
                errors.push(unknown(&name, "表里没有这一格。", "the sheet has no such cell"));
            } else if fix.value.as_ref().is_some_and(|text| text.chars().count() > CELL_CHARS) {
                let (zh, en) =
                    (format!("最多 {CELL_CHARS} 个字。"), format!("at most {CELL_CHARS} characters"));
                errors.push(FieldError::new(format!("{name}.value"), "too_long", zh, en));
            } else if let Some(text) = &fix.value {
                next.corrections.fixes.insert((fix.row, fix.column), text.clone());
            } else {
                next.corrections.fixes.remove(&(fix.row, fix.column));
            }
        }
        for (i, skip) in self.skips.iter().enumerate() {
            if !has_row(skip.row) {
                errors.push(unknown(
                    &format!("skips[{i}].row"),
                    "表里没有这一行。",
                    "the sheet has no such row",
                ));
            } else if skip.skip {
                next.corrections.skips.insert(skip.row);
            } else {
                next.corrections.skips.remove(&skip.row);
            }
        }
        for (i, place) in self.pins.iter().enumerate() {
            let name = format!("pins[{i}]");
            if !has_row(place.row) {
                errors.push(unknown(&format!("{name}.row"), "表里没有这一行。", "the sheet has no such row"));
                continue;
            }
            let (Some(lat), Some(lon)) = (place.lat, place.lon) else {
                next.corrections.pins.remove(&place.row);
                continue;
            };
            if let Some(pin) = pin(&format!("{name}."), lat, lon, place.crs.as_deref(), errors) {
                next.corrections.pins.insert(place.row, pin);
            }
        }
    }

    fn decided(&self, next: &mut Import, planned: &Planned, errors: &mut Vec<FieldError>) {
        for (i, wish) in self.decisions.iter().enumerate() {
            match wish.pair(planned) {
                Ok((row, other)) => next.corrections.decide(row, other, wish.decision),
                Err((code, zh, en)) => errors.push(FieldError::new(format!("decisions[{i}]"), code, zh, en)),
            }
        }
    }
}

type Fault = (&'static str, &'static str, &'static str);

impl Decide {
    /// The row and the other, of two rows the later one first.
    fn pair(&self, planned: &Planned) -> Result<(u32, Other), Fault> {
        const UNKNOWN: Fault = ("unknown", "表里没有这一行。", "the sheet has no such row");
        let find = |row: u32| planned.plan.rows.iter().find(|r| r.number == row).ok_or(UNKNOWN);
        let own = find(self.row)?;
        match (self.other_row, self.station_id) {
            (Some(other), None) if other != self.row => {
                find(other)?;
                Ok((self.row.max(other), Other::Row(self.row.min(other))))
            }
            (None, Some(id)) => {
                if planned.seen(id).is_none() {
                    return Err(("unknown", "没有这个站点，或者您看不到它。", "there is no such station"));
                }
                let is_other =
                    own.station.is_some_and(|own| own != id) && planned.is_registered_row(self.row);
                if is_other && self.decision.is_some_and(|d| d != Decision::Different) {
                    return Err((
                        "both_registered",
                        "这一行和对方都已登记，不能在导入里合成一个；请在站点页面撤掉其中一个。",
                        "both are registered; retire one of them instead",
                    ));
                }
                Ok((self.row, Other::Station(id)))
            }
            _ => Err((
                "which",
                "请写明是另一行，还是已登记的站点。",
                "name another row, or a registered station",
            )),
        }
    }
}

/// Whoever says what one column feeds means the others as they are: what a heading was recognised as stays.
fn keep_others(
    columns: &mut BTreeMap<usize, Vec<Field>>,
    column: usize,
    fields: &[Field],
    mapping: &Mapping,
) {
    for field in fields {
        if let Some(other) = mapping.column(*field).filter(|other| *other != column) {
            let kept = columns.entry(other).or_insert_with(|| mapping.fields(other).collect());
            kept.retain(|f| f != field);
        }
    }
}

/// Lets a column feed fields, which no other column said so feeds any more.
fn feed(columns: &mut BTreeMap<usize, Vec<Field>>, column: usize, mut fields: Vec<Field>) {
    fields.sort_unstable();
    fields.dedup();
    for others in columns.values_mut() {
        others.retain(|field| !fields.contains(field));
    }
    columns.insert(column, fields);
}

fn with_crs(wishes: Wishes, crs: spatial::Datum) -> Wishes {
    let crs_confirmed = wishes.crs_confirmed && wishes.crs == crs;
    Wishes { crs, crs_confirmed, ..wishes }
}

fn datum(field: &str, text: &str, errors: &mut Vec<FieldError>) -> Option<spatial::Datum> {
    let read = text.parse().ok();
    if read.is_none() {
        let (zh, en) = ("要写 wgs84、gcj02 或 bd09。", "must be wgs84, gcj02 or bd09");
        errors.push(FieldError::new(field, "unreadable", zh, en));
    }
    read
}

fn pin(field: &str, lat: f64, lon: f64, crs: Option<&str>, errors: &mut Vec<FieldError>) -> Option<Pin> {
    let crs = match crs {
        None => spatial::Datum::Wgs84,
        Some(text) => datum(&format!("{field}crs"), text, errors)?,
    };
    let pin = Pin { lon, lat, crs };
    let is_place = pin.position().is_some() && (lon, lat) != (0.0, 0.0);
    if !is_place {
        let (zh, en) = ("这不是一个位置，请在地图上标出来。", "this is no position; set the pin on the map");
        errors.push(FieldError::new(format!("{field}lat"), "out_of_range", zh, en));
    }
    is_place.then_some(pin)
}

fn unknown(field: &str, zh: &str, en: &str) -> FieldError {
    FieldError::new(field, "unknown", zh, en)
}

fn unloaded(field: &str, code: Adcode, city: &City) -> Option<FieldError> {
    let zh = "没有登记这个区县。";
    city.district(code)
        .is_none()
        .then(|| FieldError::new(field, "unknown_district", zh, "no such district is loaded"))
}
