//! What somebody says who wants to join, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::code::codes;

codes! {
    /// How far a request has come. An erased one holds nobody any more and only counts.
    State { New = "new", Contacted = "contacted", Joined = "joined", Declined = "declined", Erased = "erased" }
}

impl State {
    /// Whether nothing more is done about it.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Joined | Self::Declined)
    }
}

/// Who wants to join. It is sealed wherever it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The digits of the number, a `+` before them where it is not Chinese.
    pub phone: String,
    /// Where the person works.
    pub unit: Option<String>,
}

/// The fewest and the most digits of a number (ITU-T E.164 has at most 15).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// The digits of a number however it was typed, without the code of China; `None` where it is no number.
pub fn digits_of(phone: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '＋' => '+',
        _ => c,
    };
    let typed: String = phone.chars().map(narrow).filter(|c| !" -()（）".contains(*c)).collect();
    let plain = typed.strip_prefix("+86").unwrap_or(&typed);
    let digits = plain.strip_prefix('+').unwrap_or(plain);
    let fits = DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for typed in
            ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００", "(138)00138000"]
        {
            assert_eq!(digits_of(typed).as_deref(), Some("13800138000"), "{typed}");
        }
        assert_eq!(digits_of("0335-1234567").as_deref(), Some("03351234567"));
        assert_eq!(digits_of("+852 2345 6789").as_deref(), Some("+85223456789"));
        for wrong in ["", "12351", "138001380001234567", "一三八", "138x0013800", "13800138000/139", "+"] {
            assert_eq!(digits_of(wrong), None, "{wrong}");
        }
    }
}
