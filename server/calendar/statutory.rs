//! The statutory holidays themselves, known for years ahead, around which notices lay the days off.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};

/// `year,holiday,date`: one row for the principal day of each holiday, lunar ones computed.
const STATUTORY: &str = include_str!("../../data/calendar/statutory.csv");

/// Days before and after Spring Festival and National Day that a notice may touch.
const WIDE_DAYS: u64 = 10;
/// Days before and after any other holiday that a notice may touch.
const NARROW_DAYS: u64 = 4;

/// Each holiday with its window in days, by date.
static HOLIDAYS: LazyLock<Vec<(NaiveDate, u64)>> = LazyLock::new(|| {
    let mut holidays: Vec<_> = STATUTORY.lines().skip(1).filter_map(parse_line).collect();
    holidays.sort_unstable();
    holidays
});

fn parse_line(line: &str) -> Option<(NaiveDate, u64)> {
    let (name, date) = line.split_once(',')?.1.split_once(',')?;
    let window = if matches!(name, "春节" | "国庆节") { WIDE_DAYS } else { NARROW_DAYS };
    Some((date.trim().parse().ok()?, window))
}

/// Whether the date lies within the window of a statutory holiday. Outside the years of the table
/// (2023 to 2050) no date is known to be far from one.
pub(super) fn is_near_holiday(date: NaiveDate) -> bool {
    let covered = HOLIDAYS
        .first()
        .zip(HOLIDAYS.last())
        .is_some_and(|(first, last)| (first.0.year()..=last.0.year()).contains(&date.year()));
    if !covered {
        return true;
    }
    let earliest = date.checked_sub_days(Days::new(WIDE_DAYS)).unwrap_or(date);
    HOLIDAYS[HOLIDAYS.partition_point(|(holiday, _)| *holiday < earliest)..]
        .iter()
        .take_while(|(holiday, _)| (*holiday - date).num_days() <= WIDE_DAYS.cast_signed())
        .any(|(holiday, window)| (*holiday - date).num_days().unsigned_abs() <= *window)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, DayKind};

    fn date_of(year: i32, holiday: &str) -> String {
        let start = format!("{year},{holiday},");
        STATUTORY.lines().find_map(|line| line.strip_prefix(&start)).unwrap().to_owned()
    }

    #[test]
    fn the_table_has_seven_holidays_for_28_years() {
        assert_eq!(HOLIDAYS.len(), 7 * 28);
        assert_eq!(STATUTORY.lines().next(), Some("year,holiday,date"));
        for (line, number) in STATUTORY.lines().skip(1).zip(2..) {
            let (date, _) = parse_line(line).unwrap_or_else(|| panic!("line {number}"));
            assert!(line.starts_with(&date.year().to_string()), "line {number}");
        }
    }

    /// The days named in the notices of the State Council for 2023 to 2026, and Spring Festival 2027.
    #[test]
    fn lunar_holidays_stand_on_their_published_dates() {
        let spring = ["2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"];
        let clear = ["2023-04-05", "2024-04-04", "2025-04-04", "2026-04-05"];
        let dragon = ["2023-06-22", "2024-06-10", "2025-05-31", "2026-06-19"];
        let moon = ["2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25"];
        for (holiday, dates) in
            [("春节", &spring[..]), ("清明节", &clear), ("端午节", &dragon), ("中秋节", &moon)]
        {
            for (date, year) in dates.iter().zip(2023..) {
                assert_eq!(date_of(year, holiday), *date, "{holiday}");
            }
        }
    }

    #[test]
    fn every_day_off_of_the_notices_lies_in_a_window() {
        for day in Calendar::built_in_days().iter().filter(|day| day.kind == DayKind::Off) {
            assert!(is_near_holiday(day.date), "{} {}", day.date, day.name);
        }
    }

    #[test]
    fn a_year_outside_the_table_is_never_known_to_be_ordinary() {
        assert!(is_near_holiday(NaiveDate::from_ymd_opt(2051, 7, 15).unwrap()));
        assert!(is_near_holiday(NaiveDate::from_ymd_opt(2050, 1, 4).unwrap()));
        assert!(!is_near_holiday(NaiveDate::from_ymd_opt(2050, 7, 15).unwrap()));
    }
}
