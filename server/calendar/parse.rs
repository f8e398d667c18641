//! Reads the exceptions of the calendar from `date,kind,name` lines.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{CalendarDay, DayKind};

/// Years outside this range are slips of the pen: the rules for make-up workdays began in 1999.
const YEARS: std::ops::RangeInclusive<i32> = 1999..=2100;

/// A line of a calendar file that cannot be used; lines are counted from 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CalendarError {
    /// The first line must name the columns.
    #[error("line 1: expected the header \"date,kind,name\"")]
    Header,
    /// A line has other than three fields.
    #[error("line {0}: expected three fields: date,kind,name")]
    Fields(usize),
    /// Not a date of a year from 1999 to 2100, written `2026-01-01`.
    #[error("line {line}: \"{text}\" is no date of the years 1999 to 2100")]
    Date {
        /// The line.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// Neither `off` nor `work`.
    #[error("line {line}: \"{text}\" is neither \"off\" nor \"work\"")]
    Kind {
        /// The line.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A make-up workday must be a Saturday or Sunday.
    #[error("line {0}: a make-up workday is a Saturday or Sunday")]
    WorkdayInWeek(usize),
    /// The same day twice.
    #[error("line {line}: {date} stands there twice")]
    Twice {
        /// The second line with the day.
        line: usize,
        /// The day.
        date: NaiveDate,
    },
}

/// The exceptions in a calendar file, by date. The first line is the header `date,kind,name`; empty lines
/// and a byte order mark are passed over.
pub fn parse_days(csv: &str) -> Result<Vec<CalendarDay>, CalendarError> {
    let mut lines = csv.trim_start_matches('\u{feff}').lines().map(str::trim).zip(1..);
    if lines.next().is_none_or(|(header, _)| header != "date,kind,name") {
        return Err(CalendarError::Header);
    }
    let mut days = std::collections::BTreeMap::new();
    for (line, number) in lines.filter(|(line, _)| !line.is_empty()) {
        let day = parse_line(line, number)?;
        if let Some(twice) = days.insert(day.date, day) {
            return Err(CalendarError::Twice { line: number, date: twice.date });
        }
    }
    Ok(days.into_values().collect())
}

fn parse_line(text: &str, line: usize) -> Result<CalendarDay, CalendarError> {
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let [date, kind, name] = fields[..] else { return Err(CalendarError::Fields(line)) };
    let date = date
        .parse::<NaiveDate>()
        .ok()
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or_else(|| CalendarError::Date { line, text: date.to_owned() })?;
    let kind = match kind {
        "off" => DayKind::Off,
        "work" => DayKind::Work,
        other => return Err(CalendarError::Kind { line, text: other.to_owned() }),
    };
    if kind == DayKind::Work && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        return Err(CalendarError::WorkdayInWeek(line));
    }
    Ok(CalendarDay { date, kind, name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(lines: &str) -> String {
        parse_days(&format!("date,kind,name\n{lines}")).unwrap_err().to_string()
    }

    #[test]
    fn lines_are_read_and_sorted() {
        let days = parse_days("\u{feff}date,kind,name\r\n2027-02-06,off,春节\r\n\r\n2027-01-01,off,元旦\n");
        let days = days.unwrap();
        assert_eq!(days.len(), 2);
        assert_eq!((days[0].name.as_str(), days[0].kind), ("元旦", DayKind::Off));
    }

    #[test]
    fn every_fault_names_its_line() {
        assert_eq!(parse_days("").unwrap_err(), CalendarError::Header);
        assert_eq!(parse_days("2026-01-01,off,元旦").unwrap_err(), CalendarError::Header);
        assert_eq!(error("2026-01-01,off"), "line 2: expected three fields: date,kind,name");
        assert_eq!(error("2026-02-30,off,x"), "line 2: \"2026-02-30\" is no date of the years 1999 to 2100");
        assert_eq!(error("9026-02-03,off,x"), "line 2: \"9026-02-03\" is no date of the years 1999 to 2100");
        assert_eq!(error("2026-01-01,free,x"), "line 2: \"free\" is neither \"off\" nor \"work\"");
        assert_eq!(error("2026-01-05,work,元旦"), "line 2: a make-up workday is a Saturday or Sunday");
        assert_eq!(
            error("2026-01-01,off,元旦\n2026-01-01,off,元旦"),
            "line 3: 2026-01-01 stands there twice"
        );
    }
}
