//! Packages for the upload to Amap, Baidu and Tencent: one register, many maps.
//!
//! Each is a workbook with the public stations that are in use and are real places, in the service's own coordinate
//! system, at the door where that is another place than the station, under the name on the signboard.
//!
//! | service | system | columns |
//! | --- | --- | --- |
//! | Tencent | GCJ-02 | 名称, 经度, 纬度, 区, 详细地址, 类目, 电话, 介绍 and 营业时间 |
//! | Amap | GCJ-02 | 名称, 分类, 地址, 经度, 纬度, 电话, 营业时间, 区县, 描述 |
//! | Baidu | BD-09 | 名称, 分类, 地址, 纬度, 经度, 电话, 营业时间, 区县, 描述 |
//!
//! Tencent's columns are the fields that its public interface for new places takes (`create_map_poi`: name,
//! longitude, latitude, district, address, category, telephone with `;` between numbers, introduct), without the
//! pictures and licences that the uploader adds. Amap and Baidu publish no template for a batch: they hand one out
//! after the uploader has signed in. For these the columns are assumed, in the order in which their forms for a
//! single place ask and in the order of coordinates of their interfaces; they are copied over by column.

use spatial::Datum;

use super::{Export, Format};
use crate::error::Error;
use crate::language::Language;
use crate::stations::export::cells::rounded;
use crate::stations::hours::Hours;
use crate::stations::model::{Facts, Station, Status};
use crate::table::{Cell, Column, workbook};

/// What the services file a rest station under, from the general to the particular.
const CATEGORY: &str = "生活服务:公共服务:户外劳动者驿站";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Category,
    Address,
    District,
    Lon,
    Lat,
    Phone,
    Hours,
    About,
}

const AMAP: [(&str, Part); 9] = [
    ("名称", Part::Name),
    ("分类", Part::Category),
    ("地址", Part::Address),
    ("经度", Part::Lon),
    ("纬度", Part::Lat),
    ("电话", Part::Phone),
    ("营业时间", Part::Hours),
    ("区县", Part::District),
    ("描述", Part::About),
];
const BAIDU: [(&str, Part); 9] = [
    ("名称", Part::Name),
    ("分类", Part::Category),
    ("地址", Part::Address),
    ("纬度", Part::Lat),
    ("经度", Part::Lon),
    ("电话", Part::Phone),
    ("营业时间", Part::Hours),
    ("区县", Part::District),
    ("描述", Part::About),
];
const TENCENT: [(&str, Part); 9] = [
    ("名称", Part::Name),
    ("经度", Part::Lon),
    ("纬度", Part::Lat),
    ("区", Part::District),
    ("详细地址", Part::Address),
    ("类目", Part::Category),
    ("电话", Part::Phone),
    ("介绍", Part::About),
    ("营业时间", Part::Hours),
];

/// The package of a map service.
pub(super) fn package(export: &Export<'_>, stations: &[Station]) -> Result<Vec<u8>, Error> {
    let columns = match export.format {
        Format::Baidu => &BAIDU,
        Format::Tencent => &TENCENT,
        _ => &AMAP,
    };
    let headings: Vec<_> = columns
        .iter()
        .map(|(name, part)| Column { heading: (*name).to_owned(), width: width(*part) })
        .collect();
    let crs = export.format.own_crs().unwrap_or(export.crs);
    let shown = stations.iter().filter(|s| s.status == Status::Open && !s.demonstration);
    let rows = shown.map(|s| columns.iter().map(|(_, part)| cell(export, &s.facts, *part, crs)).collect());
    workbook(&headings, rows)
}

fn cell(export: &Export<'_>, f: &Facts, part: Part, crs: Datum) -> Cell {
    let [lon, lat] = rounded(crs.from_wgs84(f.way_in()));
    match part {
        Part::Name => Cell::text(Some(f.signboard.as_deref().unwrap_or(&f.name))),
        Part::Category => Cell::text(Some(CATEGORY)),
        Part::Address => Cell::text(f.address.as_deref()),
        Part::District => {
            Cell::text(f.district.and_then(|code| Some(export.city.district(code)?.name.as_str())))
        }
        Part::Lon => Cell::Number(lon),
        Part::Lat => Cell::Number(lat),
        Part::Phone => Cell::text(f.phone.as_deref().map(numbers)),
        Part::Hours => Cell::text(hours(export, f)),
        Part::About => Cell::text(Some(about(export, f))),
    }
}

/// Telephone numbers with `;` between them.
fn numbers(phone: &str) -> String {
    let several = phone.split(['/', ',', ';', '、', '，', '；']).map(str::trim);
    several.filter(|number| !number.is_empty()).collect::<Vec<_>>().join(";")
}

/// The opening hours in Chinese words.
fn hours(export: &Export<'_>, f: &Facts) -> Option<String> {
    let certain = f.hours.as_deref().and_then(|grammar| Hours::parse(grammar, &export.city.calendar).ok());
    certain.map(|hours| hours.describe(Language::ZhCn)).or_else(|| f.hours_text.clone())
}

/// What is there, in one line.
fn about(export: &Export<'_>, f: &Facts) -> String {
    let word = |code| export.city.vocabularies.word(code, Language::ZhCn);
    let named: Vec<&str> = f.facilities.iter().map(|facility| word(facility.code)).collect();
    if named.is_empty() {
        "户外劳动者服务站点".to_owned()
    } else {
        format!("户外劳动者服务站点：{}", named.join("、"))
    }
}

fn width(part: Part) -> f64 {
    match part {
        Part::Address | Part::About => 40.0,
        Part::Name | Part::Category | Part::Hours => 28.0,
        _ => 14.0,
    }
}
