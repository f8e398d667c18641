//! Splits a free text into the few kinds of words that opening hours are made of.

use super::times::{Clock, Period};

/// Bits of weekdays, Monday lowest.
pub(super) const EVERY_DAY: u8 = 0b111_1111;
pub(super) const WORKING_WEEK: u8 = 0b001_1111;
const WEEKEND: u8 = 0b110_0000;

/// Weekdays, and whether public holidays are among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct DaySet {
    pub(super) weekdays: u8,
    pub(super) holidays: bool,
}

/// From a month and day to another; without days, whole months.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dates {
    pub(super) from: (u32, Option<u32>),
    pub(super) to: (u32, Option<u32>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token {
    Clock(Clock),
    Dash,
    AllDay,
    Days(DaySet),
    Dates(Dates),
    /// 夏季 and the like, which mean nothing without dates.
    SeasonName,
    Closed,
    /// Public holidays are like other days.
    HolidaysToo,
    /// Joins two words of a list: 、和及与.
    Join,
    /// Any other separation.
    Break,
    Open,
    Close,
}

const WEEKEND_DAYS: Token = Token::Days(DaySet { weekdays: WEEKEND, holidays: false });
const ALL_DAYS: Token = Token::Days(DaySet { weekdays: EVERY_DAY, holidays: false });
const HOLIDAYS: Token = Token::Days(DaySet { weekdays: 0, holidays: true });

/// Words with their meaning; where one begins like another the longer stands first. `None`: says nothing.
const WORDS: [(&str, Option<Token>); 81] = [
    ("节假日不休息", Some(Token::HolidaysToo)),
    ("节假日不休", Some(Token::HolidaysToo)),
    ("节假日无休", Some(Token::HolidaysToo)),
    ("节假日照常", Some(Token::HolidaysToo)),
    ("节假日正常", Some(Token::HolidaysToo)),
    ("国家法定节假日", Some(HOLIDAYS)),
    ("法定节假日", Some(HOLIDAYS)),
    ("国家法定假日", Some(HOLIDAYS)),
    ("法定假日", Some(HOLIDAYS)),
    ("法定假期", Some(HOLIDAYS)),
    ("公众假期", Some(HOLIDAYS)),
    ("节假日", Some(HOLIDAYS)),
    ("双休日", Some(WEEKEND_DAYS)),
    ("周末", Some(WEEKEND_DAYS)),
    ("工作日", Some(Token::Days(DaySet { weekdays: WORKING_WEEK, holidays: false }))),
    ("全年无休", Some(ALL_DAYS)),
    ("一年365天", Some(ALL_DAYS)),
    ("365天", Some(ALL_DAYS)),
    ("全年", Some(ALL_DAYS)),
    ("每天", Some(ALL_DAYS)),
    ("每日", Some(ALL_DAYS)),
    ("天天", Some(ALL_DAYS)),
    ("全天24小时", Some(Token::AllDay)),
    ("全天候", Some(Token::AllDay)),
    ("全天", Some(Token::AllDay)),
    ("7*24小时", Some(Token::AllDay)),
    ("7x24小时", Some(Token::AllDay)),
    ("7×24小时", Some(Token::AllDay)),
    ("24小时不打烊", Some(Token::AllDay)),
    ("24小时", Some(Token::AllDay)),
    ("24h", Some(Token::AllDay)),
    ("24H", Some(Token::AllDay)),
    ("二十四小时", Some(Token::AllDay)),
    ("夏令时", Some(Token::SeasonName)),
    ("冬令时", Some(Token::SeasonName)),
    ("夏季", Some(Token::SeasonName)),
    ("冬季", Some(Token::SeasonName)),
    ("春季", Some(Token::SeasonName)),
    ("秋季", Some(Token::SeasonName)),
    ("夏天", Some(Token::SeasonName)),
    ("冬天", Some(Token::SeasonName)),
    ("供暖季", Some(Token::SeasonName)),
    ("供暖期", Some(Token::SeasonName)),
    ("采暖季", Some(Token::SeasonName)),
    ("不对外开放", Some(Token::Closed)),
    ("不开放", Some(Token::Closed)),
    ("不营业", Some(Token::Closed)),
    ("不上班", Some(Token::Closed)),
    ("休息", Some(Token::Closed)),
    ("关闭", Some(Token::Closed)),
    ("关门", Some(Token::Closed)),
    ("闭馆", Some(Token::Closed)),
    ("休馆", Some(Token::Closed)),
    ("闭店", Some(Token::Closed)),
    ("停业", Some(Token::Closed)),
    ("公休", Some(Token::Closed)),
    ("除外", Some(Token::Closed)),
    ("开放时间", None),
    ("营业时间", None),
    ("服务时间", None),
    ("工作时间", None),
    ("上班时间", None),
    ("开门时间", None),
    ("时间", None),
    ("对外开放", None),
    ("开放", None),
    ("营业", None),
    ("服务", None),
    ("均", None),
    ("为", None),
    (":", None),
    ("、", Some(Token::Join)),
    ("和", Some(Token::Join)),
    ("及", Some(Token::Join)),
    ("与", Some(Token::Join)),
    (",", Some(Token::Break)),
    (";", Some(Token::Break)),
    (" ", Some(Token::Break)),
    ("-", Some(Token::Dash)),
    ("(", Some(Token::Open)),
    (")", Some(Token::Close)),
];

const PERIODS: [(&str, Period); 15] = [
    ("凌晨", Period::SmallHours),
    ("清晨", Period::Morning),
    ("早晨", Period::Morning),
    ("早上", Period::Morning),
    ("上午", Period::Morning),
    ("早", Period::Morning),
    ("中午", Period::Noon),
    ("下午", Period::Afternoon),
    ("傍晚", Period::Afternoon),
    ("晚上", Period::Evening),
    ("晚间", Period::Evening),
    ("夜间", Period::Evening),
    ("夜里", Period::Evening),
    ("夜晚", Period::Evening),
    ("晚", Period::Evening),
];

/// The tokens of a text, or `None` if a word of it is not known.
pub(super) fn read(text: &str) -> Option<Vec<Token>> {
    let plain = normalised(text);
    let mut rest = plain.as_str();
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let (token, after) = next(rest)?;
        tokens.extend(token);
        rest = after;
    }
    Some(tokens)
}

fn next(text: &str) -> Option<(Option<Token>, &str)> {
    let word = || WORDS.iter().find_map(|(word, token)| Some((*token, text.strip_prefix(word)?)));
    weekdays(text)
        .or_else(|| dates(text))
        .map(|(token, rest)| (Some(token), rest))
        .or_else(word)
        .or_else(|| clock(text).map(|(clock, rest)| (Some(Token::Clock(clock)), rest)))
}

/// One way of writing: half-width, simplified, one dash; breaks beside a dash say nothing.
fn normalised(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        let letter = simplified(letter);
        let after_dash = plain.ends_with('-');
        if letter == '-' {
            plain.truncate(plain.trim_end_matches([' ', '-']).len());
        }
        if !(after_dash && letter == ' ') {
            plain.push(letter);
        }
    }
    plain
}

fn simplified(letter: char) -> char {
    match letter {
        '—' | '–' | '−' | '～' | '~' | '－' | '‐' | '‑' | '─' | '―' | '〜' | '至' | '到' => {
            '-'
        }
        '\u{3000}' | '\t' | '\n' | '\r' | '\u{a0}' => ' ',
        '。' | '|' => ';',
        '【' | '[' | '〔' => '(',
        '】' | ']' | '〕' => ')',
        '∶' | '︰' => ':',
        '時' => '时',
        '點' => '点',
        '週' => '周',
        '禮' => '礼',
        '號' | '号' => '日',
        '間' => '间',
        '開' => '开',
        '業' => '业',
        '營' => '营',
        '節' => '节',
        '閉' => '闭',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// 周一, 星期一至五, 周六日, 周一、三、五.
fn weekdays(text: &str) -> Option<(Token, &str)> {
    let (first, mut rest) = named_weekday(text)?;
    if let Some((last, after)) =
        rest.strip_prefix('-').and_then(|to| named_weekday(to).or_else(|| weekday(to)))
    {
        if first >= last {
            return None;
        }
        let weekdays = (first..=last).fold(0, |mask, day| mask | 1 << day);
        return Some((Token::Days(DaySet { weekdays, holidays: false }), after));
    }
    let mut mask = 1 << first;
    while let Some((day, after)) = weekday(rest.strip_prefix('、').unwrap_or(rest)) {
        mask |= 1 << day;
        rest = after;
    }
    Some((Token::Days(DaySet { weekdays: mask, holidays: false }), rest))
}

fn named_weekday(text: &str) -> Option<(u8, &str)> {
    let text = text.strip_prefix('每').unwrap_or(text);
    weekday(["周", "星期", "礼拜"].iter().find_map(|name| text.strip_prefix(name))?)
}

/// The numeral of a weekday that is not the beginning of another number.
fn weekday(text: &str) -> Option<(u8, &str)> {
    let mut letters = text.chars();
    let numeral = letters.next()?;
    let day = match numeral {
        '日' | '天' => 6,
        other => u8::try_from("一二三四五六".chars().position(|letter| letter == other)?).ok()?,
    };
    let rest = letters.as_str();
    (!rest.starts_with(['十', '点', '时', '月'])).then_some((day, rest))
}

/// 6月1日-9月30日, 11月15日-次年3月15日, 6月-9月, 6-9月.
fn dates(text: &str) -> Option<(Token, &str)> {
    let (from, rest) = day_of_year(text).or_else(|| {
        let (month, rest) = number(text)?;
        Some(((month, None), rest))
    })?;
    let rest = rest.strip_prefix('-')?;
    let rest = ["次年", "翌年", "第二年"].iter().find_map(|next| rest.strip_prefix(next)).unwrap_or(rest);
    let (to, rest) = day_of_year(rest)?;
    let whole_months = from.1.is_none() && to.1.is_none();
    (whole_months || (from.1.is_some() && to.1.is_some())).then_some((Token::Dates(Dates { from, to }), rest))
}

fn day_of_year(text: &str) -> Option<((u32, Option<u32>), &str)> {
    let (month, rest) = number(text)?;
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    match number(rest).and_then(|(day, after)| Some((day, after.strip_prefix('日')?))) {
        Some((day, after)) => Some(((month, Some(day)), after)),
        None => Some(((month, None), rest)),
    }
}

/// 8:30, 8点, 8点半, 8时30分, 下午2:00, 次日6:00; 8 alone only before a dash and an hour with its unit.
fn clock(text: &str) -> Option<(Clock, &str)> {
    let mut rest = text;
    let mut period = None;
    let mut next_day = false;
    loop {
        if let Some(after) = ["次日", "翌日", "第二天"].iter().find_map(|word| rest.strip_prefix(word))
        {
            (next_day, rest) = (true, after);
        } else if let Some((found, after)) =
            PERIODS.iter().find_map(|(word, found)| Some((*found, rest.strip_prefix(word)?)))
        {
            if period.replace(found).is_some() {
                return None;
            }
            rest = after;
        } else if period.is_some() || next_day {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
            break;
        } else {
            break;
        }
    }
    let (hour, rest) = number(rest)?;
    let (minute, rest) = if let Some(rest) = rest.strip_prefix(':') {
        two_digits(rest)?
    } else if let Some(rest) = rest.strip_prefix(['点', '时']) {
        minute_after_hour(rest)
    } else {
        let (_, unit) = number(rest.strip_prefix('-')?)?;
        unit.starts_with(['点', '时']).then_some((0, rest))?
    };
    let minute = u16::try_from(hour * 60 + minute).ok().filter(|_| minute < 60)?;
    Some((Clock::new(minute, period, next_day)?, rest))
}

fn minute_after_hour(text: &str) -> (u32, &str) {
    if let Some(rest) = text.strip_prefix('半') {
        return (30, rest);
    }
    if let Some((minute, rest)) =
        number(text).and_then(|(minute, rest)| Some((minute, rest.strip_prefix('分')?)))
    {
        return (minute, rest);
    }
    (0, text.strip_prefix(['钟', '整']).unwrap_or(text))
}

/// One or two digits that are not part of a longer number.
fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then_some(())?;
    Some((text[..digits].parse().ok()?, &text[digits..]))
}

fn two_digits(text: &str) -> Option<(u32, &str)> {
    let (minute, rest) = number(text)?;
    (text.len() - rest.len() == 2 && !rest.starts_with([':', '分'])).then_some((minute, rest))
}
