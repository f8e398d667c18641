//! The words and signs of a filter text (CQL2 text, OGC 21-065r2, annex B).

use super::fault::Fault;

/// A piece of a filter text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A keyword, or the name of a property or function.
    Word(String),
    /// A name between double quotes, which is never a keyword.
    Name(String),
    /// A text between single quotes.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A bracket, comma or comparison.
    Sign(&'static str),
}

/// A token with the number of its first character, counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// The token.
    pub(super) token: Token,
    /// Where it begins.
    pub(super) at: usize,
}

/// The signs, longer ones before those that they begin with.
const SIGNS: [&str; 9] = ["<>", "<=", ">=", "<", ">", "=", "(", ")", ","];

/// Parts a text into its tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = &chars[at..];
        let (token, length) = next(rest).ok_or_else(|| unreadable(rest, at + 1))?;
        found.push(Placed { token, at: at + 1 });
        at += length;
    }
    Ok(found)
}

/// The first token and how many characters it takes.
fn next(rest: &[char]) -> Option<(Token, usize)> {
    match rest.first()? {
        '\'' => quoted(rest, '\'').map(|(text, length)| (Token::Text(text), length)),
        '"' => quoted(rest, '"').map(|(name, length)| (Token::Name(name), length)),
        '+' | '-' | '.' | '0'..='9' => number(rest),
        c if is_start(*c) => {
            let length = rest.iter().take_while(|c| is_start(**c) || c.is_numeric() || **c == '.').count();
            Some((Token::Word(rest[..length].iter().collect()), length))
        }
        _ => {
            let sign =
                SIGNS.into_iter().find(|sign| sign.chars().eq(rest.iter().copied().take(sign.len())))?;
            Some((Token::Sign(sign), sign.len()))
        }
    }
}

fn is_start(c: char) -> bool {
    c == '_' || c == ':' || c.is_alphabetic()
}

/// What stands between quotes; two of them, or a backslash before one, are one that belongs to it.
fn quoted(rest: &[char], quote: char) -> Option<(String, usize)> {
    let (mut text, mut at) = (String::new(), 1);
    loop {
        let (c, after) = (*rest.get(at)?, rest.get(at + 1).copied());
        if after == Some(quote) && (c == quote || c == '\\') {
            text.push(quote);
            at += 2;
        } else if c == quote {
            return Some((text, at + 1));
        } else {
            text.push(c);
            at += 1;
        }
    }
}

fn number(rest: &[char]) -> Option<(Token, usize)> {
    let is_part = |i: usize, c: char| {
        let follows_e = i > 0 && matches!(rest[i - 1], 'e' | 'E');
        c.is_ascii_digit()
            || matches!(c, '.' | 'e' | 'E')
            || (matches!(c, '+' | '-') && (i == 0 || follows_e))
    };
    let length = rest.iter().enumerate().take_while(|(i, c)| is_part(*i, **c)).count();
    let text: String = rest[..length].iter().collect();
    let number: f64 = text.parse().ok()?;
    number.is_finite().then_some((Token::Number(number), length))
}

fn unreadable(rest: &[char], at: usize) -> Fault {
    match rest[0] {
        '\'' | '"' => Fault::syntax(at, "引号没有配对。", "a quote is not closed"),
        _ => Fault::syntax(at, "这里的字符读不懂。", "this character or number cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted() {
        let told = tokens("NOT name<>'it''s' AND\t\"in\" >= -1.5e3,(a.b)").unwrap();
        let tokens: Vec<_> = told.iter().map(|placed| placed.token.clone()).collect();
        let word = |text: &str| Token::Word(text.to_owned());
        assert_eq!(
            tokens,
            [
                word("NOT"),
                word("name"),
                Token::Sign("<>"),
                Token::Text("it's".to_owned()),
                word("AND"),
                Token::Name("in".to_owned()),
                Token::Sign(">="),
                Token::Number(-1500.0),
                Token::Sign(","),
                Token::Sign("("),
                word("a.b"),
                Token::Sign(")"),
            ]
        );
        assert_eq!(told[3].at, 11);
    }

    #[test]
    fn what_is_no_token_is_refused_where_it_stands() {
        for (text, at) in
            [("a = 'b", 5), ("a ; b", 3), ("\"a", 1), ("a = 1e999", 5), ("a = 1-2", 6), ("-", 1)]
        {
            let read = tokens(text);
            // Two numbers without a sign between them are told apart; the parser refuses them.
            if text == "a = 1-2" {
                assert_eq!(read.unwrap().len(), 4);
            } else {
                assert_eq!(read.unwrap_err().at, at, "{text}");
            }
        }
    }
}
