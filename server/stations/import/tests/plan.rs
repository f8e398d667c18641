//! Whole sheets against a registry: what is created, changed, left, and suspected.

use super::*;

const TWO: &str =
    "编号,名称,经度,纬度,区县,电话\nA1,甲驿站,119.55,39.9,130304,12345\n,乙驿站,119.56,39.9,130304,\n";

#[test]
fn the_same_file_twice_changes_nothing() {
    let first = plan_text(TWO, &[]);
    assert_eq!((first.report.created, first.report.ok), (2, 2));
    let registry = commit(&first, &[]);
    let again = plan_text(TWO, &registry);
    assert_eq!((again.report.unchanged, again.report.created, again.report.updated), (2, 0, 0));
    assert_eq!(codes(&again), [""; 0]);
    assert_eq!(again.report.absent.count, 0);
}

#[test]
fn the_same_file_of_a_shifted_system_changes_nothing_either() {
    let options = Options { crs: Datum::Bd09, ..options() };
    let registry = commit(&plan_sheet(&sheet(TWO), &options, &[]), &[]);
    assert_eq!(plan_sheet(&sheet(TWO), &options, &registry).report.unchanged, 2);
}

#[test]
fn twins_without_a_code_are_made_once() {
    let twins = "名称,经度,纬度,区县\n甲,119.55,39.9,130304\n甲,119.55,39.9,130304\n";
    let first = plan_text(twins, &[]);
    assert_eq!(first.report.created, 2);
    assert_eq!(plan_text(twins, &commit(&first, &[])).report.unchanged, 2);
}

#[test]
fn an_update_shows_its_fields_and_leaves_absent_columns() {
    let registry = commit(&plan_text(TWO, &[]), &[]);
    let plan = plan_text("编号,名称,经度,纬度,面积\nA1,甲新站,119.55,39.9,40\n", &registry);
    let update = &plan.report.updates[0];
    let changes: Vec<_> =
        update.changes.iter().map(|c| (c.field.as_str(), c.old.as_deref(), c.new.as_deref())).collect();
    assert_eq!(changes, [("name", Some("甲驿站"), Some("甲新站")), ("area_m2", None, Some("40"))]);
    let after = commit(&plan, &registry);
    assert_eq!(after[0].facts.phone.as_deref(), Some("12345"), "the column was absent");
    assert_eq!(after[0].facts.district, registry[0].facts.district);
}

#[test]
fn an_empty_cell_clears_and_an_unusable_one_does_not() {
    let registry = commit(&plan_text(TWO, &[]), &[]);
    let row = |phone: &str| format!("编号,名称,经度,纬度,电话\nA1,甲驿站,119.55,39.9,{phone}\n");
    let cleared = plan_text(&row(""), &registry);
    assert_eq!(commit(&cleared, &registry)[0].facts.phone, None);
    let unusable = plan_text(&row("张三"), &registry);
    assert_eq!(
        (unusable.report.unchanged, codes(&unusable)),
        (1, vec!["district_derived", "phone_unreadable"])
    );
}

#[test]
fn what_is_known_of_a_facility_outlives_an_import() {
    let text = "编号,名称,经度,纬度,区县,设施\nA1,甲,119.55,39.9,130304,饮水、微波炉2台\n";
    let mut registry = commit(&plan_text(text, &[]), &[]);
    registry[0].facts.facilities[0].note = Some("冬天有热水".into());
    assert_eq!(plan_text(text, &registry).report.unchanged, 1);
    let more = plan_text(&text.replace("饮水", "冰箱、饮水"), &registry);
    let facilities = &commit(&more, &registry)[0].facts.facilities;
    assert_eq!(facilities.len(), 3);
    assert!(facilities.iter().any(|f| f.note.is_some()), "{facilities:?}");
}

#[test]
fn a_registered_station_needs_no_position_again() {
    let registry = commit(&plan_text(TWO, &[]), &[]);
    let plan = plan_text("编号,名称,地址\nA1,甲驿站,海宁路1号\nB2,丙驿站,海宁路2号\n", &registry);
    assert_eq!((plan.report.updated, plan.report.parked), (1, 1));
    assert_eq!(commit(&plan, &registry)[0].facts.position, registry[0].facts.position);
}

#[test]
fn stations_that_the_file_lacks_are_listed_and_left() {
    let registry = commit(&plan_text(TWO, &[]), &[]);
    let other = "编号,名称,经度,纬度,区县\nB1,丙驿站,119.58,39.9,130304\n";
    let absent = plan_text(other, &registry).report.absent;
    assert_eq!((absent.count, absent.codes), (1, vec!["A1".to_owned()]));
    let elsewhere = Options { district: Some("130302".parse().unwrap()), ..options() };
    assert_eq!(plan_sheet(&sheet(other), &elsewhere, &registry).report.absent.count, 0);
}

#[test]
fn a_code_twice_is_an_error_of_both_rows_and_stops_everything() {
    let plan = plan_text(
        "编号,名称,经度,纬度,区县\nA,甲,119.55,39.9,130304\nA,乙,119.56,39.9,130304\nB,丙,119.57,39.9,130304\n",
        &[],
    );
    assert_eq!(codes(&plan), ["code_twice", "code_twice"]);
    let details: Vec<_> = plan.report.problems.iter().map(|p| p.detail.as_str()).collect();
    assert!(details[0].contains("row 3") && details[1].contains("row 2"), "{details:?}");
    assert_eq!((plan.report.errors, plan.report.ok, plan.report.created), (2, 1, 0));
    assert!(plan.actions.is_empty());
}

#[test]
fn neighbours_are_suspected() {
    let registry = commit(
        &plan_text("名称,经度,纬度,区县,地址\n工商银行驿站,119.55,39.9,130304,海宁路 9 号\n", &[]),
        &[],
    );
    let id = registry[0].id;
    let cases = [
        ("邮政局驿站,119.55,39.9,130304,", "same_point"),
        ("工商银行工会驿站,119.5503,39.9,130304,", "similar_name"),
        ("邮政局驿站,119.58,39.95,130304,海宁路9号", "same_address"),
    ];
    for (row, reason) in cases {
        let plan = plan_text(&format!("名称,经度,纬度,区县,地址\n{row}\n"), &registry);
        assert_eq!(codes(&plan), [reason], "{row}");
        let duplicate = &plan.report.duplicates[0];
        assert_eq!((duplicate.row, duplicate.other_row, duplicate.station_id), (2, None, Some(id)));
    }
    for row in ["工商银行驿站,119.551,39.9,130304,", "邮政局驿站,119.5503,39.9,130304,海宁路19号"]
    {
        assert_eq!(
            codes(&plan_text(&format!("名称,经度,纬度,区县,地址\n{row}\n"), &registry)),
            [""; 0],
            "{row}"
        );
    }
}

#[test]
fn rows_on_one_point_name_one_another() {
    let row = |name: &str| format!("{name},119.55,39.9,130304\n");
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];
    let text: String = std::iter::once("名称,经度,纬度,区县\n".to_owned()).chain(names.map(row)).collect();
    let plan = plan_text(&text, &[]);
    assert_eq!((plan.report.shared_points, plan.report.duplicates.len()), (1, 8));
    assert!(plan.report.problems[0].detail.contains("row 3, row 4, row 5, row 6, row 7, 2 more"), "{plan:?}");
    assert_eq!(plan.report.duplicates[1].other_row, Some(2));
}

#[test]
fn a_sheet_without_the_needed_columns_is_refused_once() {
    let plan = plan_text("颜色,味道\n红,甜\n绿,酸\n", &[]);
    assert_eq!(codes(&plan), ["name_column_missing", "position_columns_missing"]);
    assert_eq!((plan.report.errors, plan.report.rows, plan.actions.len()), (1, 2, 0));
    assert_eq!(plan.report.problems[0].row, Some(1));
}

#[test]
fn progress_ends_with_all_rows() {
    let seen = std::cell::RefCell::new(Vec::new());
    let (vocabularies, districts) = (shipped(), districts());
    let context =
        Context { vocabularies: &vocabularies, districts: &districts, stations: &[], rights: &Everything };
    plan(&sheet(TWO), &options(), &context, &|done, all| seen.borrow_mut().push((done, all)));
    assert_eq!(seen.into_inner(), [(0, 2), (2, 2)]);
}

#[test]
fn a_report_reads_well_as_json_and_as_text() {
    let report = plan_text("编号,名称,经度,纬度,天气\nA1,甲驿站,119.55,39.9,晴\n", &[]).report;
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["format"], "csv");
    assert_eq!(json["encoding"], "utf-8");
    assert_eq!(json["mapping"][4], serde_json::json!({"column": "天气", "field": null}));
    assert_eq!(json["crs"]["declared"], "wgs84");
    assert_eq!(json["problems"][0]["level"], "warning");
    assert_eq!(json["problems"][0]["code"], "district_derived");
    let text = report.text(Language::En);
    for part in ["编号 → code", "Columns left out: 天气", "1 rows", "1 new", "[warning] Row 2: "] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn the_command_line_has_its_own_remedies() {
    let text = plan_text("颜色,味道\n红,甜\n", &[]).report.text(Language::En);
    for part in ["[error] Row 1: No column holds the names", "--map \"column=field\""] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let fine = plan_text(TWO, &[]).report.text(Language::En);
    assert!(!fine.contains("--map"), "{fine}");
}

#[test]
fn long_reports_are_cut() {
    let rows: Vec<String> = (0..80).map(|i| format!("甲{i},119.5{i:02},39.9")).collect();
    let text = plan_text(&format!("名称,经度,纬度\n{}", rows.join("\n")), &[]).report.text(Language::En);
    assert_eq!(text.lines().filter(|line| line.starts_with("[warning]")).count(), 50);
    assert!(text.ends_with("And 30 more.\n"), "{text}");
}
