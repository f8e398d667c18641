//! The patterns of LIKE: `%` is any run of characters, `_` is one, a backslash takes the next as it is.

/// A pattern, read once.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Run,
    One,
    Char(char),
}

impl Pattern {
    /// Reads a pattern; a backslash at the end is itself.
    pub fn new(text: &str) -> Self {
        let (mut pieces, mut chars) = (Vec::new(), text.chars());
        while let Some(c) = chars.next() {
            match c {
                // Two runs are one, so that matching goes back to the last of them only.
                '%' if pieces.last() == Some(&Piece::Run) => {}
                '%' => pieces.push(Piece::Run),
                '_' => pieces.push(Piece::One),
                '\\' => pieces.push(Piece::Char(chars.next().unwrap_or('\\'))),
                c => pieces.push(Piece::Char(c)),
            }
        }
        Self(pieces)
    }

    /// Whether a whole text is as the pattern says. Takes at most the square of the text's length in steps.
    pub fn fits(&self, text: &str) -> bool {
        let (pieces, mut rest) = (&self.0, text.chars());
        let mut at = 0;
        // The run that was met last, and what was left of the text when it had taken its least.
        let mut run: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            match (pieces.get(at), rest.clone().next()) {
                (Some(Piece::Run), _) => {
                    run = Some((at, rest.clone()));
                    at += 1;
                }
                (None, None) => return true,
                (Some(piece), Some(c)) if *piece == Piece::One || *piece == Piece::Char(c) => {
                    rest.next();
                    at += 1;
                }
                // The run takes one more, and what comes after it is tried again.
                _ => {
                    let Some((from, taken)) = &mut run else { return false };
                    if taken.next().is_none() {
                        return false;
                    }
                    at = *from + 1;
                    rest = taken.clone();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of LIKE, slow and plain.
    fn plain(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('%', rest)) => (0..=text.len()).any(|n| plain(rest, &text[n..])),
            Some(('_', rest)) => !text.is_empty() && plain(rest, &text[1..]),
            Some((c, rest)) => text.first() == Some(c) && plain(rest, &text[1..]),
        }
    }

    #[test]
    fn a_pattern_is_read_as_the_standard_says() {
        for (pattern, text, fits) in [
            ("%驿站%", "港城驿站一号", true),
            ("驿_", "驿站", true),
            ("驿_", "驿", false),
            (r"100\%", "100%", true),
            (r"100\%", "1000", false),
            (r"a\_b", "a_b", true),
            (r"a\_b", "axb", false),
            ("", "", true),
            ("%", "", true),
            ("%%a", "ba", true),
            (r"a\", r"a\", true),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_definition(pattern in "[ab%_驿]{0,8}", text in "[ab驿]{0,10}") {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            prop_assert_eq!(Pattern::new(&pattern).fits(&text), plain(&chars(&pattern), &chars(&text)));
        }
    }
}
