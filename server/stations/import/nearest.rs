//! What somebody may have meant by a text that is not understood: the nearest known words, and hours in a form that is.

use super::values::fold_word;
use crate::language::Language;
use crate::stations::hours::{FreeText, parse_free_text};
use crate::vocabulary::{Coded, Vocabularies};

/// So many words are suggested.
const WORDS: usize = 3;
/// From this share of common characters on a word may have been meant.
const ALIKE: f64 = 0.3;

/// The known words that are most like a text, the likeliest first.
pub(super) fn words<C: Coded>(text: &str, vocabularies: &Vocabularies, language: Language) -> Vec<String> {
    let text = fold_word(text);
    let likeness = |code: C| {
        let term = vocabularies.term(code);
        let known = term.iter().flat_map(|t| [&t.zh, &t.en].into_iter().chain(&t.synonyms));
        known.map(|word| dice(&text, &fold_word(word))).fold(dice(&text, &fold_word(code.code())), f64::max)
    };
    let mut found: Vec<(f64, C)> = C::all().iter().map(|code| (likeness(*code), *code)).collect();
    found.retain(|(likeness, _)| *likeness >= ALIKE);
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().take(WORDS).map(|(_, code)| vocabularies.word(code, language).to_owned()).collect()
}

/// The share of common characters of two texts (Dice's coefficient).
#[expect(clippy::cast_precision_loss, reason = "words have some ten characters")]
fn dice(a: &str, b: &str) -> f64 {
    let mut left: Vec<char> = b.chars().collect();
    let all = a.chars().count() + left.len();
    let mut common = 0;
    for c in a.chars() {
        if let Some(at) = left.iter().position(|other| *other == c) {
            left.swap_remove(at);
            common += 1;
        }
    }
    if all == 0 { 0.0 } else { 2.0 * f64::from(common) / all as f64 }
}

/// Forms of opening hours that are understood, with the times that a text names; and none.
pub(super) fn hours(text: &str) -> Vec<String> {
    let times = times(text);
    let spans: Vec<String> = times.chunks_exact(2).map(|span| format!("{}-{}", span[0], span[1])).collect();
    let is_whole = times.len().is_multiple_of(2) && (1..=2).contains(&spans.len());
    let known = if is_whole {
        let spans = spans.join("，");
        vec![format!("每天 {spans}"), format!("周一至周五 {spans}")]
    } else {
        vec!["24小时".to_owned()]
    };
    let is_certain = |text: &String| matches!(parse_free_text(text), FreeText::Certain { .. });
    known.into_iter().filter(is_certain).chain([String::new()]).collect()
}

/// The times of day in a text, such as 8:30, 8：30 or 8点半.
fn times(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let Some((hour, next)) = number(&chars, at) else {
            at += 1;
            continue;
        };
        // 下午, 晚, 晚上 and 夜 before a small number mean the second half of the day.
        let before: String = chars[at.saturating_sub(2)..at].iter().collect();
        let is_late = ["下午", "晚", "夜"].iter().any(|word| before.contains(word));
        let hour = if is_late && (1..12).contains(&hour) { hour + 12 } else { hour };
        at = next;
        let mark = chars.get(at).copied();
        let minute = match mark {
            Some(':' | '：') => number(&chars, at + 1),
            Some('点' | '點' | '时' | '時') if chars.get(at + 1) == Some(&'半') => Some((30, at + 2)),
            Some('点' | '點' | '时' | '時') => Some(number(&chars, at + 1).unwrap_or((0, at + 1))),
            _ => None,
        };
        if let Some((minute, next)) = minute.filter(|(minute, _)| hour <= 24 && *minute < 60) {
            found.push(format!("{hour}:{minute:02}"));
            at = next;
        }
    }
    found
}

/// A number of one or two digits, and where it ends.
fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = chars.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let text: String = chars[at..at + digits].iter().collect();
    Some((text.parse().ok().filter(|_| digits <= 2)?, at + digits))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::tests::shipped;
    use super::*;
    use crate::calendar::Calendar;
    use crate::stations::codes::{FacilityCode, Host};
    use crate::stations::hours::Hours;

    #[test]
    fn the_nearest_words_come_first() {
        let vocabularies = shipped();
        let near = |text: &str| words::<FacilityCode>(text, &vocabularies, Language::ZhCn);
        assert_eq!(near("微波爐子")[0], "微波炉");
        assert_eq!(near("按摩椅")[0], "座椅");
        assert!(near("XYZQ").is_empty(), "{:?}", near("XYZQ"));
        assert!(near("充电").len() <= WORDS);
        assert!(!words::<Host>("银行大厅", &vocabularies, Language::ZhCn).is_empty());
    }

    #[test]
    fn every_suggestion_of_hours_is_understood() {
        for text in ["早8:30到晚5点半", "8:30-12:00 14点-18时 看情况", "同网点营业时间", "8:30 起", ""]
        {
            for suggestion in hours(text).iter().filter(|s| !s.is_empty()) {
                let is_certain = matches!(parse_free_text(suggestion), FreeText::Certain { .. })
                    || Hours::parse(suggestion, &Calendar::default()).is_ok();
                assert!(is_certain, "{text}: {suggestion}");
            }
        }
        assert_eq!(hours("早8:30到晚5点半")[0], "每天 8:30-17:30");
    }
}
