//! What clerks write in one cell, read without guessing: numbers with units, days, lists, telephone numbers.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

/// Cells that say nothing.
const BLANKS: [&str; 16] = [
    "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "未知", "不详", "n/a", "na", "null", "none", "nil",
];
/// Units and words around a number that do not change it.
const UNITS: [&str; 18] = [
    "平方米",
    "平米",
    "平方",
    "m²",
    "㎡",
    "m2",
    "sqm",
    "人次",
    "人",
    "座",
    "个",
    "席",
    "把",
    "张",
    "位",
    "平",
    "余",
    "左右",
];
/// Measure words after a count of things: 微波炉 2 台.
const MEASURES: [char; 13] = ['个', '台', '张', '把', '套', '部', '组', '间', '处', '座', '只', '件', '盏'];
/// The separators of a list.
const SEPARATORS: [char; 8] = ['、', '，', ',', ';', '；', '\n', '|', '。'];
/// Day 0 of Excel's serial numbers, from 1900-03-01 on, where its calendar has no error.
const SERIAL_EPOCH: (i32, u32, u32) = (1899, 12, 30);
/// Serial numbers of days from 1954 to 2119; other whole numbers are no days.
const SERIALS: std::ops::Range<u64> = 20_000..80_000;

/// The form of a character that takes half the width, where it has one (Unicode block FF00).
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A cell without spaces around it and without control characters, which no database and no page wants; what
/// [`neutral`] wrote is as it was before.
pub fn clean(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let kept = kept.collect::<String>();
    let kept = kept.trim();
    kept.strip_prefix('\'').filter(|_| is_live(kept)).unwrap_or(kept).to_owned()
}

/// A text that no spreadsheet takes for a formula: an apostrophe is put before one that could be (CSV injection,
/// OWASP), and before one that has an apostrophe there already, so that it can be taken away again.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if is_live(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a text begins like a formula, apostrophes before it left aside.
fn is_live(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A text with single spaces and no line ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a clean cell says nothing.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || BLANKS.contains(&text.to_lowercase().as_str())
}

/// A text for comparison: half width, lower case, without spaces.
pub fn fold(text: &str) -> String {
    text.chars().map(half_width).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A word for comparison: as [`fold`], and without the hyphens and underscores of `Wi-Fi` and `open_door`.
pub(super) fn fold_word(text: &str) -> String {
    fold(text).replace(['-', '_'], "")
}

/// Whether a spreadsheet may take the text for a formula: CSV injection, OWASP.
pub(super) fn looks_like_formula(text: &str) -> bool {
    match text.chars().next() {
        Some('=' | '@') => true,
        Some('+' | '-') => fold(text).parse::<f64>().is_err(),
        _ => false,
    }
}

/// Decimal degrees, with or without the sign of degrees behind them.
pub fn degrees(text: &str) -> Option<f64> {
    let folded = fold(text);
    let number = folded.strip_suffix('°').unwrap_or(&folded);
    number.parse().ok().filter(|n: &f64| n.is_finite())
}

/// Degrees, minutes and seconds of arc, such as 119°36'1.8"E or 东经119度36分1.8秒, as decimal degrees.
pub fn degrees_of_arc(text: &str) -> Option<f64> {
    let folded = fold(text);
    let is_mark = |c: char| "°度'′分\"″秒".contains(c);
    let bare = folded.trim_matches(|c: char| c.is_alphabetic() && !is_mark(c));
    let parts: Vec<&str> = bare.split(is_mark).filter(|part| !part.is_empty()).collect();
    if !bare.contains(is_mark) || !(1..=3).contains(&parts.len()) {
        return None;
    }
    let numbers: Vec<f64> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_arc =
        numbers.iter().all(|n| n.is_finite() && *n >= 0.0) && numbers.iter().skip(1).all(|n| *n < 60.0);
    let sum = numbers.iter().rev().fold(0.0, |sum, n| sum / 60.0 + n);
    (is_arc && sum <= 180.0).then_some(sum)
}

/// A number of at least 0 with a unit or none: `20座`, `约 1,200 平方米`.
pub(super) fn quantity(text: &str) -> Option<f64> {
    let folded = fold(text);
    let mut number = folded.trim_start_matches('约');
    while let Some(rest) = UNITS.iter().find_map(|unit| number.strip_suffix(unit)) {
        number = rest;
    }
    let plain = if has_thousands(number) { number.replace(',', "") } else { number.to_owned() };
    plain.parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)
}

/// Whether every comma of a number separates three digits.
fn has_thousands(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
}

/// A day: `2023-08-01`, `2023/8/1`, `2023.8.1`, `2023年8月1日`, `20230801`, with a time behind it or not, or
/// Excel's serial number of a day. A month alone is no day.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text: String = text.trim().chars().map(half_width).collect();
    let date = text.split([' ', 'T']).next()?;
    if !date.is_empty() && date.bytes().all(|b| b.is_ascii_digit()) {
        return day_of_digits(date);
    }
    let parts: Vec<&str> = date.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts[..] else { return None };
    (year.len() == 4).then_some(())?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn day_of_digits(digits: &str) -> Option<NaiveDate> {
    match digits.len() {
        8 => NaiveDate::from_ymd_opt(
            digits[..4].parse().ok()?,
            digits[4..6].parse().ok()?,
            digits[6..].parse().ok()?,
        ),
        5 => {
            let serial = digits.parse().ok().filter(|n| SERIALS.contains(n))?;
            let (year, month, day) = SERIAL_EPOCH;
            NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(Days::new(serial))
        }
        _ => None,
    }
}

/// One or several telephone numbers of 3 to 15 digits (ITU-T E.164), extensions included.
pub(in crate::stations) fn phone(text: &str) -> Option<String> {
    let text: String = text.chars().map(half_width).collect();
    let allowed = |c: char| c.is_ascii_digit() || " +-()/,;、转".contains(c);
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let several = text.split(['/', ',', ';', '、']);
    (text.chars().all(allowed) && several.map(digits).all(|n| (3..=20).contains(&n))).then_some(text)
}

/// The items of a list that says something, without the 等 that ends it.
pub(super) fn items(text: &str) -> Vec<&str> {
    let parts = text.split(SEPARATORS).map(|part| part.trim().trim_end_matches('等').trim_end());
    parts.filter(|part| !is_blank(part)).collect()
}

/// A thing and how many there are of it: `微波炉2台`, `座椅（10个）`, `冰箱×2`. Without a number there is no count.
pub(super) fn counted(item: &str) -> (String, Option<u32>) {
    let folded: String = item.chars().map(half_width).collect();
    let item = folded.trim().trim_end_matches(')');
    let number = item.trim_end_matches(MEASURES).trim_end();
    let thing = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let word = thing.trim_end().trim_end_matches(['(', '×', 'x', '*', ':']).trim_end();
    match number[thing.len()..].parse() {
        Ok(count) if !word.is_empty() => (word.to_owned(), Some(count)),
        _ => (folded.trim().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_in_common_forms() {
        let first_of_august = NaiveDate::from_ymd_opt(2023, 8, 1);
        for text in [
            "2023-08-01",
            "2023/8/1",
            "2023.8.1",
            "2023年8月1日",
            "20230801",
            "45139",
            "2023-08-01 00:00",
            "２０２３年８月１日",
            "2023-08-01T09:30:00+08:00",
            " 2023/08/01 ",
        ] {
            assert_eq!(day(text), first_of_august, "{text}");
        }
        for text in [
            "",
            "2023年8月",
            "23-8-1",
            "2023-13-01",
            "8/1/2023",
            "2023",
            "123456",
            "99999",
            "去年",
            "-",
            "2023-02-29",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn quantities_keep_their_number_and_lose_their_unit() {
        let cases = [
            ("20", Some(20.0)),
            ("20座", Some(20.0)),
            ("约30人", Some(30.0)),
            ("1,200 平方米", Some(1200.0)),
            ("35.5㎡", Some(35.5)),
            ("35 m2", Some(35.0)),
            ("５０", Some(50.0)),
            ("12 sqm", Some(12.0)),
            ("5726523.056", Some(5_726_523.056)),
            ("20-30", None),
            ("三十", None),
            ("-5", None),
            ("1,2", None),
            ("NaN", None),
            ("inf", None),
            ("", None),
            ("20把椅子", None),
            ("30余平方米", Some(30.0)),
        ];
        for (text, number) in cases {
            assert_eq!(quantity(text), number, "{text}");
        }
    }

    #[test]
    fn degrees_are_decimal_or_nothing() {
        let cases = [
            ("119.6001", Some(119.6001)),
            ("１１９.６", Some(119.6)),
            ("39.9°", Some(39.9)),
            ("-12", Some(-12.0)),
            ("119°36′", None),
            ("119度36分", None),
            ("119,6", None),
            ("NaN", None),
            ("inf", None),
            ("东经119", None),
        ];
        for (text, number) in cases {
            assert_eq!(degrees(text), number, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_have_digits() {
        for text in [
            "0335-3012345",
            "13800138000",
            "12351",
            "+86 335 3012345",
            "（0335）3012345转8",
            "3012345、13800138000",
        ] {
            assert!(phone(text).is_some(), "{text}");
        }
        for text in ["张三", "张三13800138000", "12", "", "138001380001380013800", "3012345、"] {
            assert!(phone(text).is_none(), "{text}");
        }
    }

    #[test]
    fn lists_are_split_and_counts_read() {
        assert_eq!(
            items("饮水、微波炉，冰箱,座椅;WiFi\n雨具等"),
            ["饮水", "微波炉", "冰箱", "座椅", "WiFi", "雨具"]
        );
        assert!(items("无").is_empty() && items(" ").is_empty() && items("、，").is_empty());
        let cases = [
            ("微波炉2台", "微波炉", Some(2)),
            ("座椅（10个）", "座椅", Some(10)),
            ("冰箱×2", "冰箱", Some(2)),
            ("座椅 10", "座椅", Some(10)),
            ("微波炉", "微波炉", None),
            ("12351", "12351", None),
            ("", "", None),
        ];
        for (text, word, count) in cases {
            assert_eq!(counted(text), (word.to_owned(), count), "{text}");
        }
    }

    #[test]
    fn degrees_of_arc_are_read() {
        for (text, expected) in [
            ("119°36'1.8\"E", Some(119.600_5)),
            ("东经119度36分1.8秒", Some(119.600_5)),
            ("39°54′", Some(39.9)),
            ("119.6", None),
            ("119°61'", None),
            ("文化路", None),
        ] {
            let read = degrees_of_arc(text);
            let is_near = |(a, b): (f64, f64)| (a - b).abs() < 1e-9;
            assert_eq!(read.is_some(), expected.is_some(), "{text}");
            assert!(read.zip(expected).is_none_or(is_near), "{text}: {read:?}");
        }
    }

    #[test]
    fn what_was_neutralised_is_read_as_it_was() {
        for text in ["=1+1", "@SUM(A1)", "+86 335", "-5", "'=1", "''@x", "'甲", "甲", "", "'"] {
            assert_eq!(clean(&neutral(text)), text, "{text}");
        }
        for text in ["=1+1", "@SUM(A1)", "+86", "-x", "\t=1", "'=1"] {
            assert!(neutral(text).starts_with('\''), "{text}");
        }
        assert_eq!(clean("'甲'"), "'甲'", "an apostrophe of somebody's own stays");
    }

    #[test]
    fn formulas_are_suspected() {
        for text in ["=1+1", "@SUM", "+cmd", "-cmd|x"] {
            assert!(looks_like_formula(text), "{text}");
        }
        for text in ["-5", "+86", "甲", "", "a=b", "-39.9"] {
            assert!(!looks_like_formula(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_panics(text in "\\PC{0,40}") {
            let text = clean(&text);
            let _ = (day(&text), quantity(&text), degrees(&text), phone(&text), looks_like_formula(&text));
            for item in items(&text) { let _ = counted(item); }
        }
    }
}
