//! Reading a filter: recursive descent over the tokens, as deep as [`MAX_DEPTH`].

use super::condition::{Comparison, Condition, Scalar};
use super::fault::Fault;
use super::pattern::Pattern;
use super::token::{Placed, Token, tokens};
use super::value::{Kind, Value, folded};
use crate::ogc::crs::Crs;
use crate::time::Zone;

/// The most bytes of a filter.
pub const MAX_TEXT: usize = 4_096;
/// How deep brackets, NOT and collections of geometries may be inside each other.
pub const MAX_DEPTH: usize = 32;

/// Reads a filter whose geometries are in a system, and whose days are those of a zone.
pub fn parse(text: &str, crs: Crs, zone: Zone) -> Result<Condition, Fault> {
    if text.len() > MAX_TEXT {
        let zh = format!("最长 {MAX_TEXT} 字节，请缩短。");
        return Err(Fault::new(1, "too_long", zh, format!("at most {MAX_TEXT} bytes; shorten it")));
    }
    let (tokens, end) = (tokens(text)?, text.chars().count() + 1);
    let mut parser = Parser { tokens: &tokens, next: 0, end, depth: 0, crs, zone };
    let condition = parser.any()?;
    if parser.next < tokens.len() {
        return Err(parser.expected("AND、OR 或结尾", "AND, OR or the end"));
    }
    Ok(condition)
}

/// Where the reading is.
pub(super) struct Parser<'t> {
    pub(super) tokens: &'t [Placed],
    pub(super) next: usize,
    /// The number of the character after the last.
    end: usize,
    depth: usize,
    pub(super) crs: Crs,
    pub(super) zone: Zone,
}

impl Parser<'_> {
    /// Parts joined by OR.
    fn any(&mut self) -> Result<Condition, Fault> {
        let mut parts = vec![self.all()?];
        while self.word("OR") {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    /// Parts joined by AND.
    fn all(&mut self) -> Result<Condition, Fault> {
        let mut parts = vec![self.part()?];
        while self.word("AND") {
            parts.push(self.part()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
    }

    fn part(&mut self) -> Result<Condition, Fault> {
        if self.word("NOT") {
            let inner = self.deeper(Self::part)?;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.sign("(") {
            let inner = self.deeper(Self::any)?;
            self.must_sign(")")?;
            return Ok(inner);
        }
        if self.is_called("S_INTERSECTS") {
            return self.intersects();
        }
        self.predicate()
    }

    /// What is said of one value.
    fn predicate(&mut self) -> Result<Condition, Fault> {
        let at = self.at();
        let (value, kind) = self.scalar()?;
        if self.word("IS") {
            let negated = self.word("NOT");
            self.must_word("NULL")?;
            // A station always has a place.
            let none = if kind == Kind::Geometry { Scalar::Literal(Value::Truth(true)) } else { value };
            return Ok(Self::perhaps_not(negated, Condition::IsNull(none)));
        }
        if kind == Kind::Geometry {
            let en = "a geometry is asked about by S_INTERSECTS or IS NULL";
            return Err(Fault::new(at, "wrong_kind", "位置只能用 S_INTERSECTS 或 IS NULL 提问。", en));
        }
        if let Some(comparison) = self.comparison() {
            return self.compared(value, kind, comparison, at);
        }
        let negated = self.word("NOT");
        let said = match () {
            () if self.word("LIKE") => self.like(value, kind, at)?,
            // Clients from before the standard write it for LIKE between texts in CASEI.
            () if self.word("ILIKE") => self.like(Scalar::Folded(Box::new(value)), kind, at)?,
            () if self.word("BETWEEN") => self.between(value, kind, at)?,
            () if self.word("IN") => self.listed(value, kind, at)?,
            () if kind == Kind::Truth && !negated => return Ok(Condition::Truth(value)),
            () => return Err(self.expected("比较（如 =、LIKE、IN）", "a comparison such as =, LIKE or IN")),
        };
        Ok(Self::perhaps_not(negated, said))
    }

    fn perhaps_not(negated: bool, condition: Condition) -> Condition {
        if negated { Condition::Not(Box::new(condition)) } else { condition }
    }

    fn compared(&mut self, left: Scalar, kind: Kind, how: Comparison, at: usize) -> Result<Condition, Fault> {
        let (right, other) = self.scalar()?;
        let (left, right, kind) = self.agreed((left, kind), (right, other), at)?;
        if kind == Kind::Truth && !matches!(how, Comparison::Equal | Comparison::Unequal) {
            let en = "yes and no have no order; use = or <>";
            return Err(Fault::new(at, "wrong_kind", "是与否不分大小，请用 = 或 <>。", en));
        }
        Ok(Condition::Compare(left, how, right))
    }

    fn like(&mut self, value: Scalar, kind: Kind, at: usize) -> Result<Condition, Fault> {
        if kind != Kind::Text {
            return Err(Fault::new(at, "wrong_kind", "LIKE 只用于文字。", "LIKE is for texts"));
        }
        let is_folded = matches!(value, Scalar::Folded(_));
        let (pattern, is_pattern_folded) = self.pattern_text()?;
        let pattern = if is_folded || is_pattern_folded { folded(&pattern) } else { pattern };
        Ok(Condition::Like(value, Pattern::new(&pattern)))
    }

    /// The text of a pattern, and whether it stands in CASEI.
    fn pattern_text(&mut self) -> Result<(String, bool), Fault> {
        if self.is_called("CASEI") {
            self.next += 1;
            self.must_sign("(")?;
            let text = self.deeper(Self::pattern_text)?.0;
            self.must_sign(")")?;
            return Ok((text, true));
        }
        let Some(Token::Text(text)) = self.peek().cloned() else {
            return Err(self.expected("单引号里的文字", "a text in single quotes"));
        };
        self.next += 1;
        Ok((text, false))
    }

    fn between(&mut self, value: Scalar, kind: Kind, at: usize) -> Result<Condition, Fault> {
        if kind == Kind::Truth {
            return Err(Fault::new(at, "wrong_kind", "是与否不分大小。", "yes and no have no order"));
        }
        let least = self.scalar()?;
        self.must_word("AND")?;
        let most = self.scalar()?;
        let (value, least, kind) = self.agreed((value, kind), least, at)?;
        let (value, most, _) = self.agreed((value, kind), most, at)?;
        Ok(Condition::Between(value, least, most))
    }

    fn listed(&mut self, value: Scalar, kind: Kind, at: usize) -> Result<Condition, Fault> {
        self.must_sign("(")?;
        let (mut value, mut list) = (value, Vec::new());
        loop {
            let one = self.scalar()?;
            let (same, one, _) = self.agreed((value, kind), one, at)?;
            value = same;
            list.push(one);
            if !self.sign(",") {
                break;
            }
        }
        self.must_sign(")")?;
        Ok(Condition::In(value, list))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let Some(Token::Sign(sign)) = self.peek() else { return None };
        let comparison = match *sign {
            "=" => Comparison::Equal,
            "<>" => Comparison::Unequal,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Greater,
            ">=" => Comparison::AtLeast,
            _ => return None,
        };
        self.next += 1;
        Some(comparison)
    }

    /// Reads something inside something else, where that is not too deep.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == MAX_DEPTH {
            let zh = format!("最多嵌套 {MAX_DEPTH} 层。");
            return Err(Fault::new(self.at(), "too_deep", zh, format!("at most {MAX_DEPTH} levels deep")));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// The next token.
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    /// The number of the next character.
    pub(super) fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |placed| placed.at)
    }

    /// Whether the next token is a keyword, in either case; then it is taken.
    pub(super) fn word(&mut self, keyword: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(is);
        is
    }

    pub(super) fn must_word(&mut self, keyword: &str) -> Result<(), Fault> {
        if self.word(keyword) { Ok(()) } else { Err(self.expected(keyword, keyword)) }
    }

    /// Whether the next token is a sign; then it is taken.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.next += usize::from(is);
        is
    }

    pub(super) fn must_sign(&mut self, sign: &str) -> Result<(), Fault> {
        if self.sign(sign) { Ok(()) } else { Err(self.expected(sign, sign)) }
    }

    /// Whether the next two tokens are a function's name and its bracket; neither is taken.
    pub(super) fn is_called(&self, function: &str) -> bool {
        let named = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(function));
        let bracket = self.tokens.get(self.next + 1).map(|placed| &placed.token);
        named && bracket == Some(&Token::Sign("("))
    }

    /// Says what should stand here.
    pub(super) fn expected(&self, zh: &str, en: &str) -> Fault {
        Fault::syntax(self.at(), format!("这里应为{zh}。"), format!("expected {en}"))
    }
}
