//! A real registry of another city: 1,587 charging stations of Shenzhen in GCJ-02, where it is at hand.

use std::path::Path;

use super::super::field::Field;
use super::super::read::read_sheet;
use super::*;

#[test]
fn a_real_registry_is_read_and_planned() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registries/shenzhen_ev_urbanev_gcj02.csv");
    if !path.exists() {
        eprintln!("skipped: {} is absent", path.display());
        return;
    }
    let sheet = read_sheet(&path, &Bounds::COMMAND_LINE).unwrap();
    let map = [Field::Code, Field::Name].map(|field| ("station_id".to_owned(), field));
    let options = Options { crs: Datum::Gcj02, map: map.into(), ..options() };
    let plan = plan_sheet(&sheet, &options, &[]);
    let report = &plan.report;
    assert_eq!((report.rows, report.created, report.warnings, report.errors), (1587, 1587, 1587, 0));
    assert_eq!(codes(&plan).iter().filter(|code| **code == "district_missing").count(), 1587);
    assert_eq!((report.shared_points, report.duplicates.len()), (118, 248));
    let again = plan_sheet(&sheet, &options, &commit(&plan, &[]));
    assert_eq!((again.report.unchanged, again.report.created, again.report.updated), (1587, 0, 0));
}
