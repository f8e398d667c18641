//! Numbers of resident identity cards (GB 11643-1999): 18 characters, of which the last is a check on the others.

/// The weight of each of the first 17 digits: 2^(18 - place) modulo 11 (GB 11643-1999, annex A).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The last character for each remainder of the weighted sum modulo 11.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// A number whose check is right, in capitals; `None` for any other text.
pub(super) fn read(typed: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        'ｘ' | 'Ｘ' => 'X',
        other => other.to_ascii_uppercase(),
    };
    let number: String = typed.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let (digits, check) = number.split_at_checked(WEIGHTS.len())?;
    let digits: Option<Vec<u32>> = digits.chars().map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits?.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = CHECKS.iter().cycle().nth(usize::try_from(sum % 11).ok()?)?;
    (check.chars().eq([*expected])).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        // The two examples of the standard.
        for (typed, number) in [
            ("11010519491231002X", "11010519491231002X"),
            ("11010519491231002x", "11010519491231002X"),
            (" 440524 18800101 0014 ", "440524188001010014"),
            ("４４０５２４１８８００１０１００１４", "440524188001010014"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(number), "{typed}");
        }
    }

    #[test]
    fn a_wrong_digit_and_two_that_changed_places_are_noticed() {
        let good = "440524188001010014";
        for at in 0..17 {
            let mut digits: Vec<char> = good.chars().collect();
            digits[at] = if digits[at] == '9' { '0' } else { char::from(digits[at] as u8 + 1) };
            assert_eq!(read(&digits.iter().collect::<String>()), None, "{at}");
        }
        for wrong in
            ["", "X", "44052418800101001", "4405241880010100144", "440524188001010X14", "445024188001010014"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
