//! What may not stand in a publication: who the reporter is, and his own words. Pure.

use std::collections::HashSet;

use crate::city::search::fold;
use crate::error::FieldError;
use crate::grievance::sealed::Contact;

/// The most characters of a title.
pub(super) const TITLE_CHARS: usize = 80;
/// The most characters of a text.
pub(super) const PUBLISHED_CHARS: usize = 3_000;
/// So many characters in a row of the reporter's own are copied from him.
const COPIED_CHARS: usize = 15;
/// The fewest characters of a name that is looked for; one character alone is in any text.
const NAME_CHARS: usize = 2;
/// How many digits of a number from its end give it away, whatever stands before them.
const PHONE_DIGITS: usize = 8;

/// What is wrong with words that are to be published.
pub(super) fn faults(
    fields: &[(&'static str, &str)],
    contact: Option<&Contact>,
    original: &str,
    is_verbatim: bool,
) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    for (field, words) in fields {
        if contact.is_some_and(|contact| names(words, contact)) {
            let zh = "里面有反映人的姓名，请删去。";
            wrong.push(FieldError::new(*field, "name", zh, "has the reporter's name in it; remove it"));
        }
        if contact.is_some_and(|contact| has_phone(words, contact)) {
            let zh = "里面有反映人的电话，请删去。";
            wrong.push(FieldError::new(*field, "phone", zh, "has the reporter's number in it; remove it"));
        }
        if contact.is_some_and(|contact| has_mail(words, contact)) {
            let zh = "里面有反映人的邮箱，请删去。";
            wrong.push(FieldError::new(
                *field,
                "mail",
                zh,
                "has the reporter's mail address in it; remove it",
            ));
        }
        if !is_verbatim && copies(words, original) {
            let zh = format!(
                "有连续 {COPIED_CHARS} 个字与原文相同，请改写；确实要用原话，请写 \"verbatim\": true。"
            );
            let en = format!(
                "has {COPIED_CHARS} characters in a row of the original; write it anew, or say \"verbatim\": true"
            );
            wrong.push(FieldError::new(*field, "verbatim", zh, en));
        }
    }
    wrong
}

/// What counts when texts are compared: letters and digits, in half width and lower case.
fn plain(text: &str) -> Vec<char> {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn contains(text: &[char], part: &[char]) -> bool {
    !part.is_empty() && text.windows(part.len()).any(|window| window == part)
}

fn names(words: &str, contact: &Contact) -> bool {
    let name = plain(contact.name.as_deref().unwrap_or_default());
    name.len() >= NAME_CHARS && contains(&plain(words), &name)
}

/// The digits alone, so that spaces and hyphens between them hide nothing.
fn digits(text: &str) -> Vec<char> {
    plain(text).into_iter().filter(char::is_ascii_digit).collect()
}

fn has_phone(words: &str, contact: &Contact) -> bool {
    let phone = digits(contact.phone.as_deref().unwrap_or_default());
    let last = &phone[phone.len().saturating_sub(PHONE_DIGITS)..];
    contains(&digits(words), last)
}

fn has_mail(words: &str, contact: &Contact) -> bool {
    contains(&plain(words), &plain(contact.mail.as_deref().unwrap_or_default()))
}

fn copies(words: &str, original: &str) -> bool {
    let original = plain(original);
    let runs: HashSet<&[char]> = original.windows(COPIED_CHARS).collect();
    plain(words).windows(COPIED_CHARS).any(|run| runs.contains(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(words: &str, is_verbatim: bool) -> Vec<&'static str> {
        let contact = Contact {
            name: Some("王建国".to_owned()),
            phone: Some("+8613800001234".to_owned()),
            mail: Some("Wang.JG@example.cn".to_owned()),
        };
        let original = "我在河北大街站点送餐，已经连跑六个小时不让休息，请管一管。";
        let faults = faults(&[("text", words)], Some(&contact), original, is_verbatim);
        faults.iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn neither_the_reporter_nor_his_words_are_published() {
        for (words, expected) in [
            ("站点已经安排每天休息", vec![]),
            ("王建国反映站点不让休息", vec!["name"]),
            ("王 建国反映", vec!["name"]),
            ("老王反映", vec![]),
            ("请拨 138-0000-1234", vec!["phone"]),
            ("请拨１３８００００１２３４", vec!["phone"]),
            ("0000 1234", vec!["phone"]),
            ("编号 0001234", vec![]),
            ("写信到 wang.jg@Example.cn", vec!["mail"]),
            ("写信到 li@example.cn", vec![]),
            // Fourteen characters in a row of the original, and fifteen.
            ("送餐已经连跑六个小时不让休", vec![]),
            ("送餐，已经连跑六个小时不让休息", vec![]),
            ("送餐已经连跑六个小时不让休息请", vec!["verbatim"]),
            ("王建国：送餐已经连跑六个小时不让休息请管一管", vec!["name", "verbatim"]),
        ] {
            assert_eq!(codes(words, false), expected, "{words}");
        }
        assert!(codes("送餐已经连跑六个小时不让休息请", true).is_empty(), "said to be meant");
    }

    #[test]
    fn without_a_contact_nobody_is_named() {
        assert!(faults(&[("text", "13800001234")], None, "短", false).is_empty());
        assert!(faults(&[("text", "任何话")], Some(&Contact::default()), "短", false).is_empty());
    }
}
