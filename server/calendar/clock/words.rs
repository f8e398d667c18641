//! How a deadline came to be, in a sentence.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::Due;
use super::state::amount;
use crate::calendar::{Counted, Why};
use crate::error::Words;

/// Days in a row that are alike.
struct Alike<'a> {
    first: &'a Counted,
    last: &'a Counted,
    /// How many of them count.
    days: usize,
    /// How many of their minutes count.
    minutes: i64,
}

/// Says dates without what was said before.
#[derive(Default)]
struct Dates {
    before: Option<NaiveDate>,
}

impl Due {
    /// How it came to be, with days that are alike put together, and whether it may still move.
    pub fn words(&self) -> Words {
        let mut dates = Dates::default();
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for alike in alike(&self.days) {
            let days = dates.span(alike.first.date, alike.last.date);
            let Words { zh: what, en: what_en } = self.told(&alike, &days);
            zh.push(what);
            en.push(what_en);
        }
        let end = self.ending(&dates);
        let awaits = self.awaits.map_or(Words::new("", ""), |year| {
            Words::new(
                format!("{year} 年放假安排还没公布，期限可能调整。"),
                format!(" The days off of {year} are not published yet, so it may move."),
            )
        });
        Words::new(
            format!("{}；{}。{}", zh.join("；"), end.zh, awaits.zh),
            format!("{}; {}.{}", en.join("; "), end.en, awaits.en),
        )
    }

    /// What days that are alike are, and how much of them counts.
    fn told(&self, alike: &Alike<'_>, days: &Words) -> Words {
        let (day, Words { zh, en }) = (alike.first, days);
        let Some(much) = alike.amount() else { return self.left_out(day, days) };
        let (much, much_en) = (much.zh, much.en);
        let mut told = match &day.why {
            Why::MadeUp(_) => Words::new(
                format!("{zh}是{}，但调休上班，算 {much}", weekday(day.date)),
                format!("{en}: {} worked for a holiday, {much_en}", day.date.format("%A")),
            ),
            Why::EveryDay if alike.minutes > 0 => {
                Words::new(format!("{zh}日夜都算，共 {much}"), format!("{en}: day and night, {much_en}"))
            }
            Why::EveryDay => {
                Words::new(format!("{zh}每天都算，共 {much}"), format!("{en}: every day, {much_en}"))
            }
            _ => Words::new(format!("{zh}是工作日，算 {much}"), format!("{en}: worked, {much_en}")),
        };
        if day.paused {
            told.zh += "（中间暂停过）";
            told.en += " with a pause";
        }
        told
    }

    /// Why days do not count.
    fn left_out(&self, day: &Counted, days: &Words) -> Words {
        let Words { zh, en } = days;
        let is_last = self.days.last().is_some_and(|last| last.date == day.date);
        match &day.why {
            _ if day.paused => {
                Words::new(format!("{zh}暂停，不算"), format!("{en}: the clock stood still, not counted"))
            }
            Why::Begun if self.is_from_midnight => Words::new(
                format!("{zh}收到，从当天结束时起算"),
                format!("{en}: received, counted from the end of that day"),
            ),
            Why::Begun => Words::new(format!("{zh}收到，当天不算"), format!("{en}: received, not counted")),
            Why::Weekend => Words::new(format!("{zh}是周末，不算"), format!("{en}: weekend, not counted")),
            Why::Holiday(name) => {
                Words::new(format!("{zh}{name}放假，不算"), format!("{en}: holiday, not counted"))
            }
            _ if is_last => Words::new(format!("顺延到{zh}"), format!("moved to {en}")),
            _ => Words::new(format!("{zh}不算"), format!("{en}: not counted")),
        }
    }

    fn ending(&self, dates: &Dates) -> Words {
        let at = dates.instant(self.zone.local(self.at));
        let mut words = Words::new(format!("{} 到期", at.zh), format!("due on {}", at.en));
        if self.is_extended() {
            let first = dates.instant(self.zone.local(self.first_at));
            words.zh = format!("延期后{}，原定{}", words.zh, first.zh);
            words.en = format!("extended, {} instead of {}", words.en, first.en);
        }
        if self.paused {
            words.zh = format!("现在暂停，如果现在恢复，{}", words.zh);
            words.en = format!("paused; if the clock ran on now, {}", words.en);
        }
        words
    }
}

fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// Days in a row that are alike, put together.
fn alike(days: &[Counted]) -> impl Iterator<Item = Alike<'_>> {
    let is_counted = |day: &Counted| day.number.is_some() || day.minutes.is_some_and(|minutes| minutes > 0);
    let is_like = move |a: &Counted, b: &Counted| {
        let (a_counts, b_counts) = (is_counted(a), is_counted(b));
        // Of days that a pause leaves out it does not matter what they are.
        a.paused == b.paused && a_counts == b_counts && (a.why == b.why || (a.paused && !a_counts))
    };
    let chunks = days.chunk_by(is_like);
    chunks.filter_map(|days| {
        Some(Alike {
            first: days.first()?,
            last: days.last()?,
            days: days.iter().filter(|day| day.number.is_some()).count(),
            minutes: days.iter().filter_map(|day| day.minutes).sum(),
        })
    })
}

impl Alike<'_> {
    /// How much counts: days, time, or both where an extension is of another kind. `None`: nothing.
    fn amount(&self) -> Option<Words> {
        let plural = if self.days == 1 { "" } else { "s" };
        let days = Words::new(format!("{} 天", self.days), format!("{} day{plural}", self.days));
        let time = amount(self.minutes, i64::MAX);
        match (self.days > 0, self.minutes > 0) {
            (true, true) => {
                Some(Words::new(format!("{}和 {}", days.zh, time.zh), format!("{} and {}", days.en, time.en)))
            }
            (true, false) => Some(days),
            (false, true) => Some(time),
            (false, false) => None,
        }
    }
}

impl Dates {
    fn span(&mut self, first: NaiveDate, last: NaiveDate) -> Words {
        let begins = self.date(first);
        if first == last {
            return begins;
        }
        let same_month = (first.year(), first.month()) == (last.year(), last.month());
        let ends = self.date(last);
        let begins_en = if same_month { first.day().to_string() } else { begins.en };
        Words::new(format!("{}至{}", begins.zh, ends.zh), format!("{begins_en} to {}", ends.en))
    }

    /// A day without its month in Chinese, and without its year, where those were said before.
    fn date(&mut self, date: NaiveDate) -> Words {
        let before = self.before.replace(date).unwrap_or(date);
        let is_first = before == date;
        let zh = if before.year() != date.year() {
            "%Y年%-m月%-d日"
        } else if before.month() != date.month() || is_first {
            "%-m月%-d日"
        } else {
            "%-d日"
        };
        let en = if before.year() == date.year() { "%-d %B" } else { "%-d %B %Y" };
        Words::new(date.format(zh).to_string(), date.format(en).to_string())
    }

    /// A day with its month, and the time.
    fn instant(&self, local: NaiveDateTime) -> Words {
        let is_same_year = self.before.is_none_or(|before| before.year() == local.year());
        let (zh, en) = if is_same_year { ("", "") } else { ("%Y年", " %Y") };
        let zh = local.format(&format!("{zh}%-m月%-d日 %H:%M")).to_string();
        Words::new(zh, local.format(&format!("%-d %B{en} at %H:%M")).to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::calendar::Calendar;
    use crate::calendar::clock::tests::{at, due_of, run};

    #[test]
    fn the_sentence_puts_days_that_are_alike_together() {
        let calendar = Calendar::built_in();
        let words = |amount: &str, begins: &str| due_of(&run(amount, begins), begins, &calendar).words();
        let told = words("3 working_days", "2026-02-13 10:00");
        assert_eq!(
            told.zh,
            "2月13日收到，当天不算；14日是周六，但调休上班，算 1 天；15日至23日春节放假，不算；24日至25日是工作日，算 2 天；\
             2月25日 18:00 到期。"
        );
        assert_eq!(
            told.en,
            "13 February: received, not counted; 14 February: Saturday worked for a holiday, 1 day; 15 to 23 February: \
             holiday, not counted; 24 to 25 February: worked, 2 days; due on 25 February at 18:00."
        );
        assert_eq!(
            words("120 working_minutes", "2026-11-27 17:00").zh,
            "11月27日是工作日，算 1 小时；28日至29日是周末，不算；30日是工作日，算 1 小时；11月30日 09:30 到期。"
        );
        assert_eq!(
            words("90 working_minutes", "2026-11-24 18:00").zh,
            "11月24日收到，当天不算；25日是工作日，算 1 小时 30 分；11月25日 10:00 到期。"
        );
        assert_eq!(
            words("7 days", "2026-02-10 10:00").zh,
            "2月10日收到，当天不算；11日至17日每天都算，共 7 天；18日至23日春节放假，不算；顺延到24日；2月24日 18:00 到期。"
        );
        assert_eq!(
            words("1440 minutes", "2026-02-14 17:00").zh,
            "2月14日至15日日夜都算，共 24 小时；2月15日 17:00 到期。"
        );
        assert_eq!(
            words("3 working_days", "2026-11-25 00:00").zh,
            "11月24日收到，从当天结束时起算；25日至27日是工作日，算 3 天；11月27日 18:00 到期。"
        );
        assert_eq!(
            words("120 minutes", "2026-11-25 00:00").en,
            "24 November: received, counted from the end of that day; 25 November: day and night, 2 hours; \
             due on 25 November at 02:00."
        );
        let mut paused = run("3 working_days", "2026-02-13 10:00");
        paused.pause(at("2026-02-14 15:00")).unwrap();
        assert_eq!(
            due_of(&paused, "2026-02-24 09:00", &calendar).words().zh,
            "2月13日收到，当天不算；14日是周六，但调休上班，算 1 天；15日至24日暂停，不算；25日至26日是工作日，算 2 天；\
             现在暂停，如果现在恢复，2月26日 18:00 到期。"
        );
    }
}
