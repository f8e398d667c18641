//! Properties of plans with corrections, over small sheets in which everything happens.

use proptest::prelude::*;

use super::super::corrections::{Corrections, Decision, Pin};
use super::super::plan::Becomes;
use super::super::problem::{Level, Other};
use super::super::sheet::SheetRow;
use super::*;

const HEADINGS: &str = "编号,名称,经度,纬度,区县,地址,开放时间,设施,电话\n";

/// One of a few texts for each column, so that rows meet; some of them are wrong.
fn cells() -> impl Strategy<Value = Vec<String>> {
    let one = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned);
    vec![
        one(&["", "", "A1", "A2", "A3"]),
        one(&["甲驿站", "甲工会驿站", "乙驿站", "丙驿站", ""]),
        one(&["119.55", "119.5503", "119.56", "39.9", "", "x", "=1+1"]),
        one(&["39.9", "39.91", "119.55", ""]),
        one(&["北戴河区", "海港区", "", "火星"]),
        one(&["海宁路1号", "海宁路2号", ""]),
        one(&["24小时", "看情况", ""]),
        one(&["饮水、微波炉", "按摩椅", "@饮水", ""]),
        one(&["12345", "张三", ""]),
    ]
}

fn sheets() -> impl Strategy<Value = Sheet> {
    prop::collection::vec(cells(), 1..7).prop_map(|rows| {
        let mut sheet = sheet(HEADINGS.trim_end());
        sheet.rows = (2..).zip(rows).map(|(number, cells)| SheetRow::new(number, cells)).collect();
        sheet
    })
}

fn decisions() -> impl Strategy<Value = Decision> {
    prop::sample::select(&[Decision::Same, Decision::Different, Decision::Merge][..])
}

/// Corrections of rows 2 to 8, whether these are there or not.
fn corrections() -> impl Strategy<Value = Corrections> {
    let row = || 2_u32..9;
    let fixes = prop::collection::btree_map((row(), 0_usize..10), "[甲乙0-9.=]{0,4}", 0..4);
    let pins = prop::collection::btree_map(row(), (119.5..119.6, 39.85..39.95), 0..2);
    let pairs = prop::collection::vec((row(), row(), decisions()), 0..4);
    (fixes, prop::collection::btree_set(row(), 0..2), pins, pairs).prop_map(|(fixes, skips, pins, pairs)| {
        let crs = Datum::Gcj02;
        let pins = pins.into_iter().map(|(row, (lon, lat))| (row, Pin { lon, lat, crs })).collect();
        let mut corrections = Corrections { fixes, skips, pins, ..Corrections::default() };
        for (a, b, decision) in pairs.into_iter().filter(|(a, b, _)| a != b) {
            corrections.decide(a.max(b), Other::Row(a.min(b)), Some(decision));
        }
        corrections
    })
}

fn with(corrections: Corrections) -> Options {
    Options { corrections, ..options() }
}

/// The corrections, with every row left out that has an error.
fn without_errors(sheet: &Sheet, mut corrections: Corrections) -> Corrections {
    loop {
        let plan = plan_sheet(sheet, &with(corrections.clone()), &[]);
        let wrong = plan.rows.iter().filter(|row| row.level == Some(Level::Error)).map(|row| row.number);
        let left = corrections.skips.len();
        corrections.skips.extend(wrong);
        if corrections.skips.len() == left {
            return corrections;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_becomes_one_thing(sheet in sheets(), corrections in corrections()) {
        let skipped = sheet.rows.iter().filter(|row| corrections.skips.contains(&row.number)).count();
        let plan = plan_sheet(&sheet, &with(corrections), &[]);
        let numbers = |rows: &[SheetRow]| rows.iter().map(|row| row.number).collect::<Vec<_>>();
        prop_assert_eq!(plan.rows.iter().map(|row| row.number).collect::<Vec<_>>(), numbers(&sheet.rows));
        let count = |becomes: Becomes| plan.rows.iter().filter(|row| row.becomes == becomes).count();
        prop_assert_eq!((count(Becomes::Skip), plan.report.skipped), (skipped, skipped));
        let report = &plan.report;
        prop_assert_eq!(report.ok + report.warnings + report.errors + report.skipped, report.rows);
        if report.errors == 0 {
            prop_assert_eq!((count(Becomes::Create), count(Becomes::Park)), (report.created, report.parked));
        } else {
            prop_assert!(plan.actions.is_empty());
        }
    }

    #[test]
    fn a_corrected_cell_is_a_cell_of_the_file(sheet in sheets(), corrections in corrections()) {
        let fixes = Corrections { fixes: corrections.fixes, ..Corrections::default() };
        let edited = fixes.applied(&sheet).into_owned();
        prop_assert_eq!(plan_sheet(&sheet, &with(fixes), &[]), plan_sheet(&edited, &options(), &[]));
    }

    #[test]
    fn the_same_file_with_the_same_corrections_changes_nothing(sheet in sheets(), corrections in corrections()) {
        let options = with(without_errors(&sheet, corrections));
        let first = plan_sheet(&sheet, &options, &[]);
        let registry = commit(&first, &[]);
        let again = plan_sheet(&sheet, &options, &registry);
        let report = &again.report;
        prop_assert_eq!((report.errors, report.created, report.updated), (0, 0, 0), "{:?} {:?}", first, again);
        prop_assert_eq!(report.unchanged, first.report.created);
    }
}
