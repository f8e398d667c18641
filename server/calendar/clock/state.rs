//! Whether something is in time, and how much is left.

use chrono::{DateTime, TimeDelta, Utc};

use super::limit::Unit;
use super::run::within;
use super::{Clock, Due};
use crate::code::codes;
use crate::error::Words;

codes! {
    /// Whether something is in time. `due_today` is in time too, and its last day has come.
    Standing { OnTime = "on_time", DueToday = "due_today", Overdue = "overdue" }
}

/// How something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Whether it is in time.
    pub standing: Standing,
    /// Minutes left, or since it was due where negative: of working time, or of all time where the limit is counted in
    /// all minutes. Begun minutes are whole.
    pub left_minutes: i64,
    /// The same in words, such as 还剩 3 小时 25 分. A day of it is a day's working hours, or 24 hours.
    pub words: Words,
}

impl Clock<'_> {
    /// How something stands at an instant; where its clock has ended, as it stood then.
    pub fn state(&self, due: &Due, now: DateTime<Utc>) -> State {
        let now = within(due.ended.map_or(now, |ended| ended.min(now)));
        let standing = match () {
            () if now > due.at => Standing::Overdue,
            () if self.date(now) == due.day() => Standing::DueToday,
            () => Standing::OnTime,
        };
        let (from, to) = (now.min(due.at), now.max(due.at));
        let (time, day_minutes) = match due.unit {
            Unit::Minutes => (to - from, 24 * 60),
            _ => (self.worked(from, to), self.shifts.minutes().into()),
        };
        let minutes = begun_minutes(time);
        let words = told(due, standing, minutes, day_minutes);
        State { standing, left_minutes: if now > due.at { -minutes } else { minutes }, words }
    }
}

fn begun_minutes(time: TimeDelta) -> i64 {
    let whole = time.num_minutes();
    whole + i64::from(TimeDelta::minutes(whole) < time)
}

fn told(due: &Due, standing: Standing, minutes: i64, day_minutes: i64) -> Words {
    let Words { zh, en } = amount(minutes, day_minutes);
    match (standing, due.ended.is_some(), minutes) {
        (Standing::Overdue, _, 0) => Words::new("已超期", "overdue"),
        (Standing::Overdue, ..) => Words::new(format!("超 {zh}"), format!("{en} over")),
        (_, true, _) => Words::new("按时完成", "done in time"),
        (_, _, 0) => Words::new("马上到期", "due now"),
        _ if due.paused => {
            Words::new(format!("已暂停，恢复后还剩 {zh}"), format!("paused, {en} left after that"))
        }
        _ => Words::new(format!("还剩 {zh}"), format!("{en} left")),
    }
}

/// An amount of time: days and hours, or hours and minutes.
pub(super) fn amount(minutes: i64, day_minutes: i64) -> Words {
    let (days, rest) = (minutes / day_minutes, minutes % day_minutes);
    let (hours, minutes) = (rest / 60, if days > 0 { 0 } else { rest % 60 });
    let units = [(days, "天", "day"), (hours, "小时", "hour"), (minutes, "分", "minute")];
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (number, unit, english) in units.into_iter().filter(|(number, ..)| *number > 0) {
        zh.push(format!("{number} {unit}"));
        en.push(format!("{number} {english}{}", if number == 1 { "" } else { "s" }));
    }
    Words::new(zh.join(" "), en.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::calendar::clock::tests::{SHANGHAI, at, run, shifts};

    #[test]
    fn the_state_tells_working_time_left_and_over() {
        let (calendar, shifts) = (Calendar::built_in(), shifts());
        let clock = Clock { calendar: &calendar, zone: SHANGHAI, shifts: &shifts };
        for line in [
            "1 working_days | 2026-11-23 10:00 | 2026-11-24 14:35 | due_today | 205 | 还剩 3 小时 25 分 | 3 hours 25 minutes left",
            "1 working_days | 2026-11-23 10:00 | 2026-11-24 18:00 | due_today | 0 | 马上到期 | due now",
            "1 working_days | 2026-11-23 10:00 | 2026-11-24 22:00 | overdue | 0 | 已超期 | overdue",
            "1 working_days | 2026-11-23 10:00 | 2026-11-25 18:00 | overdue | -420 | 超 1 天 | 1 day over",
            "1 working_days | 2026-11-27 10:00 | 2026-11-29 10:00 | on_time | 420 | 还剩 1 天 | 1 day left",
            "3 working_days | 2026-02-13 10:00 | 2026-02-14 17:00 | on_time | 900 | 还剩 2 天 1 小时 | 2 days 1 hour left",
            "120 minutes | 2026-11-24 23:00 | 2026-11-24 23:30 | on_time | 90 | 还剩 1 小时 30 分 | 1 hour 30 minutes left",
            "120 minutes | 2026-11-24 23:00 | 2026-11-26 01:30 | overdue | -1470 | 超 1 天 | 1 day over",
        ] {
            let fields: Vec<&str> = line.split(" | ").collect();
            let [amount, begins, now, standing, left, zh, en] = fields[..] else { panic!("{line}") };
            let state = clock.state(&clock.due(&run(amount, begins), at(now)), at(now));
            assert_eq!(
                (state.standing.as_str(), state.left_minutes.to_string().as_str()),
                (standing, left),
                "{line}"
            );
            assert_eq!((state.words.zh.as_str(), state.words.en.as_str()), (zh, en), "{line}");
        }
    }
}
