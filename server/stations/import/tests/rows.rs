//! Single rows: what each cell becomes, and what is said about it.

use proptest::prelude::*;

use super::super::field::Field;
use super::super::sheet::{Format, Header, SheetRow};
use super::*;
use crate::stations::model::{Access, Build, FacilityCode, Form, Host, Trade};

/// The facts of a sheet's only row.
fn facts(text: &str) -> Facts {
    match &plan_text(text, &[]).actions[..] {
        [Action::Create { facts, .. }] => Facts::clone(facts),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_full_row_becomes_facts() {
    let text = "编号,站点名称,招牌名称,区县,地址,经度,纬度,建设方式,共建单位,依托单位,站点形式,开放时间,服务设施,进入方式,联系电话,启用日期,座位数,面积（㎡）,服务对象,备注\n\
                BDH-001,工行驿站,工商银行,北戴河,海宁路1号,119.55,39.9,共建,工商银行,银行,独立房间,Mo-Fr 09:00-17:00; PH off,饮水、微波炉2台,扫码,0335-3012345,2023年8月1日,20座,35.5平方米,快递员、骑手,好找\n";
    let plan = plan_text(text, &[]);
    assert_eq!(codes(&plan), [""; 0], "{:?}", plan.report.problems);
    let facts = facts(text);
    assert_eq!(facts.code.as_deref(), Some("BDH-001"));
    assert_eq!((facts.name.as_str(), facts.signboard.as_deref()), ("工行驿站", Some("工商银行")));
    assert_eq!(facts.district.map(|d| d.to_string()).as_deref(), Some("130304"));
    assert_eq!((facts.position.lon(), facts.position.lat(), facts.crs), (119.55, 39.9, Datum::Wgs84));
    assert_eq!((facts.build, facts.host), (Some(Build::CoBuilt), Some(Host::Bank)));
    assert_eq!((facts.partner.as_deref(), facts.form), (Some("工商银行"), Some(Form::Room)));
    assert_eq!((facts.hours.as_deref(), facts.hours_text), (Some("Mo-Fr 09:00-17:00; PH off"), None));
    let facilities: Vec<_> = facts.facilities.iter().map(|f| (f.code, f.count)).collect();
    assert_eq!(facilities, [(FacilityCode::Water, None), (FacilityCode::Microwave, Some(2))]);
    assert_eq!((facts.access, facts.trades), (vec![Access::Scan], vec![Trade::Courier, Trade::FoodRider]));
    assert_eq!(
        (facts.phone.as_deref(), facts.capacity, facts.area_m2),
        (Some("0335-3012345"), Some(20), Some(35.5))
    );
    assert_eq!(facts.opened_on.map(|d| d.to_string()).as_deref(), Some("2023-08-01"));
    assert_eq!((facts.address.as_deref(), facts.notes.as_deref()), (Some("海宁路1号"), Some("好找")));
}

/// The codes of problems of one row with a name, a position in a district and one more column.
fn said_of(column: &str, cell: &str) -> Vec<&'static str> {
    let quoted = cell.replace('"', "\"\"");
    codes(&plan_text(&format!("名称,经度,纬度,区县,{column}\n甲,119.55,39.9,130304,\"{quoted}\"\n"), &[]))
}

#[test]
fn each_cell_is_judged_by_the_rules_of_its_field() {
    let long = "长".repeat(201);
    let cases: [(&str, &str, &[&str]); 24] = [
        ("建设方式", "承包", &["word_unknown"]),
        ("依托单位", "某某大厦", &["word_unknown"]),
        ("依托单位", "无", &[]),
        ("进入方式", "扫码、翻墙", &["word_unknown"]),
        ("服务设施", "饮水、观星台、滑梯", &["facility_unknown", "facility_unknown"]),
        ("开放时间", "看心情", &["hours_uncertain"]),
        ("开放时间", "08:30-12:00,14:30-18:00", &[]),
        ("开放时间", "24/7", &[]),
        ("联系电话", "张三", &["phone_unreadable"]),
        ("联系电话", "+86 335 3012345", &[]),
        ("启用日期", "2023年8月", &["day_unreadable"]),
        ("启用日期", "45139", &[]),
        ("座位数", "很多", &["number_unreadable"]),
        ("座位数", "99999", &["number_implausible"]),
        ("面积", "5726523.056", &["number_implausible"]),
        ("面积", "约30平方米", &[]),
        ("地址", &long, &["too_long"]),
        ("地址", "=HYPERLINK(1)", &["looks_like_formula"]),
        ("备注", "@me", &["looks_like_formula"]),
        ("备注", "-5", &[]),
        ("备注", "-abc", &["looks_like_formula"]),
        ("招牌名称", "+1+cmd", &["looks_like_formula"]),
        ("服务对象", "无", &[]),
        ("站点形式", "房间", &[]),
    ];
    for (column, cell, expected) in cases {
        assert_eq!(said_of(column, cell), expected, "{column} {cell}");
    }
}

#[test]
fn unusable_values_are_left_out_and_unknown_facilities_kept() {
    let facts = facts(
        "名称,经度,纬度,区县,服务设施,开放时间,面积,依托单位\n甲,119.55,39.9,130304,饮水；观星台,看心情,5000000,某大厦\n",
    );
    assert_eq!(facts.other_facilities, ["观星台"]);
    assert_eq!((facts.hours, facts.hours_text.as_deref()), (None, Some("看心情")));
    assert_eq!((facts.area_m2, facts.host), (None, None));
}

#[test]
fn positions_are_judged() {
    let cases: [(&str, &str, &[&str]); 14] = [
        ("119.55", "39.9", &[]),
        ("39.9", "119.55", &["swapped"]),
        ("0", "0", &["position_zero"]),
        ("NaN", "39.9", &["not_degrees"]),
        ("119°33′", "39°54′", &["not_degrees", "not_degrees"]),
        ("1195.5", "39.9", &["out_of_range"]),
        ("119.55", "399", &["out_of_range"]),
        ("119.55", "95", &["out_of_range"]),
        ("", "39.9", &["position_missing"]),
        ("119.55", "", &["position_missing"]),
        ("", "", &["position_missing"]),
        ("inf", "1e999", &["not_degrees", "not_degrees"]),
        ("114.06", "22.54", &["district_differs"]),
        ("119.65", "39.9", &["district_differs"]),
    ];
    for (lon, lat, expected) in cases {
        let plan = plan_text(&format!("名称,经度,纬度,区县\n甲,{lon},{lat},北戴河\n"), &[]);
        assert_eq!(codes(&plan), expected, "{lon} {lat}");
    }
    let swapped = plan_text("名称,经度,纬度\n甲,39.9,119.55\n", &[]);
    let problem = &swapped.report.problems[0];
    assert_eq!((problem.row, problem.column.as_deref()), (Some(2), Some("纬度")));
    assert!(problem.detail.contains("经度") && problem.detail.contains("Exchange"), "{}", problem.detail);
}

#[test]
fn a_row_with_only_an_address_is_set_aside() {
    let plan = plan_text("名称,地址,经度,纬度\n甲,海宁路1号,,\n乙,,119.55,39.9\n", &[]);
    assert_eq!(codes(&plan), ["parked", "district_derived"]);
    let report = &plan.report;
    assert_eq!((report.rows, report.warnings, report.parked, report.created), (2, 2, 1, 1));
}

#[test]
fn the_district_is_that_of_the_row_of_the_import_or_of_the_position() {
    let district = |text: &str, whole: Option<&str>| {
        let options = Options { district: whole.map(|d| d.parse().unwrap()), ..options() };
        let plan = plan_sheet(&sheet(text), &options, &[]);
        let Action::Create { facts, .. } = &plan.actions[0] else { panic!("{plan:?}") };
        (facts.district.map(|d| d.to_string()), codes(&plan))
    };
    let some = |adcode: &str| Some(adcode.to_owned());
    assert_eq!(
        district("名称,经度,纬度\n甲,119.55,39.9\n", None),
        (some("130304"), vec!["district_derived"])
    );
    assert_eq!(district("名称,经度,纬度\n甲,114.1,22.5\n", None), (None, vec!["district_missing"]));
    assert_eq!(district("名称,经度,纬度\n甲,119.55,39.9\n", Some("130304")), (some("130304"), vec![]));
    let unknown = district("名称,经度,纬度,区县\n甲,119.55,39.9,月球区\n", None);
    assert_eq!(unknown, (some("130304"), vec!["district_unknown", "district_derived"]));
    let options = Options { district: Some("440305".parse().unwrap()), ..options() };
    let refused = plan_sheet(&sheet("名称,经度,纬度\n甲,119.55,39.9\n"), &options, &[]);
    assert_eq!((codes(&refused), refused.report.errors), (vec!["district_not_loaded"], 1));
}

#[test]
fn positions_are_converted_from_the_declared_system() {
    let here = spatial::Position::new(119.55, 39.9).unwrap();
    for crs in Datum::ALL {
        let written = crs.from_wgs84(here);
        let text = format!("名称,经度,纬度\n甲,{},{}\n", written.lon(), written.lat());
        let plan = plan_sheet(&sheet(&text), &Options { crs, ..options() }, &[]);
        let Action::Create { facts, .. } = &plan.actions[0] else { panic!("{plan:?}") };
        assert!(facts.position.geodesic_m(here) < 0.01, "{crs}");
        assert_eq!(facts.crs, crs);
    }
}

#[test]
fn every_problem_is_worded_in_both_languages() {
    let text = "名称,经度,纬度,区县,地址,依托单位,服务设施,开放时间,面积,编号\n\
                ,119.55,39.9,,x,,,,,\n甲,39.9,119.5,月球,,大厦,滑梯,随缘,9999999,A\n乙,,,,路,,,,,A\n丙,114,22,,=1,,,,大,\n";
    let sheet = sheet(text);
    for language in Language::ALL {
        for problem in plan_sheet(&sheet, &Options { language, ..options() }, &[]).report.problems {
            let is_chinese = problem.detail.contains('。');
            assert_eq!(is_chinese, language == Language::ZhCn, "{problem:?}");
            let (row, told) = (problem.row.unwrap(), problem.told(language));
            let place = language.of(format!("第 {row} 行"), format!("Row {row}"));
            assert!(told.starts_with(&place) && told.ends_with(&problem.detail), "{told}");
            assert!(
                !problem.detail.contains(&place) && !problem.detail.contains(problem.code),
                "{problem:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_cells_never_panic(cells in prop::collection::vec("\\PC{0,30}|[-0-9.,年月日:/ ]{0,12}", 40)) {
        let headings = Field::ALL.iter().map(|f| f.as_str().to_owned()).collect();
        let header = Header {
            format: Format::Csv, encoding: None, heading_row: Some(1), headings,
        };
        let rows = cells.chunks(20).zip(2..).map(|(cells, number)| {
            SheetRow::new(number, cells.to_vec())
        });
        let report = plan_sheet(&Sheet { header, rows: rows.collect() }, &options(), &[]).report;
        prop_assert_eq!(report.ok + report.warnings + report.errors, report.rows);
        prop_assert!(!report.text(Language::ZhCn).is_empty());
    }
}
