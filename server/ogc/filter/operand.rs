//! Reading the sides of a comparison, and making both of one kind.

use super::condition::Scalar;
use super::fault::Fault;
use super::parse::Parser;
use super::token::Token;
use super::value::{Kind, Value, fitted, read};
use crate::ogc::field::Field;

/// A side with its kind.
type Side = (Scalar, Kind);

impl Parser<'_> {
    /// A property, a literal, or a text in CASEI.
    pub(super) fn scalar(&mut self) -> Result<Side, Fault> {
        if self.is_called("CASEI") {
            return self.case_insensitive();
        }
        for (function, kind) in [("DATE", Kind::Date), ("TIMESTAMP", Kind::Instant)] {
            if self.is_called(function) {
                return self.instance(kind);
            }
        }
        let at = self.at();
        let token = self.peek().cloned();
        let literal = |value: Value<'static>| {
            let kind = value.kind();
            Ok((Scalar::Literal(value), kind))
        };
        self.next += 1;
        match token {
            Some(Token::Text(text)) => literal(Value::text(text)),
            Some(Token::Number(number)) => literal(Value::Number(number)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("TRUE") => literal(Value::Truth(true)),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("FALSE") => literal(Value::Truth(false)),
            Some(Token::Word(name) | Token::Name(name)) => self.property(&name, at),
            _ => {
                self.next -= 1;
                Err(self.expected(
                    "属性名、数字或单引号里的文字",
                    "a property, a number or a text in single quotes",
                ))
            }
        }
    }

    fn property(&self, name: &str, at: usize) -> Result<Side, Fault> {
        if let Some(field) = Field::named(name) {
            return Ok((Scalar::Property(field), field.kind()));
        }
        let shown: String = name.chars().take(40).collect();
        if self.peek() == Some(&Token::Sign("(")) {
            let known = "CASEI, DATE, TIMESTAMP, S_INTERSECTS";
            let zh = format!("不支持函数 {shown}。可用：{known}");
            return Err(Fault::new(at, "unsupported", zh, format!("no function {shown:?}; known: {known}")));
        }
        let zh = format!("没有属性 {shown}。可用的属性见 queryables。");
        let en = format!("there is no property {shown:?}; see the queryables");
        Err(Fault::new(at, "unknown_property", zh, en))
    }

    fn case_insensitive(&mut self) -> Result<Side, Fault> {
        self.next += 1;
        self.must_sign("(")?;
        let at = self.at();
        let (inner, kind) = self.deeper(Self::scalar)?;
        if kind != Kind::Text {
            return Err(Fault::new(at, "wrong_kind", "CASEI 只用于文字。", "CASEI is for texts"));
        }
        self.must_sign(")")?;
        Ok((Scalar::Folded(Box::new(inner)), kind))
    }

    /// `DATE('…')` or `TIMESTAMP('…')`.
    fn instance(&mut self, kind: Kind) -> Result<Side, Fault> {
        self.next += 1;
        self.must_sign("(")?;
        let at = self.at();
        let Some(Token::Text(text)) = self.peek().cloned() else {
            return Err(self.expected("单引号里的时间", "a time in single quotes"));
        };
        self.next += 1;
        let value = read(kind, &text, self.zone).ok_or_else(|| no_time(at))?;
        self.must_sign(")")?;
        Ok((Scalar::Literal(value), kind))
    }

    /// Both sides, of one kind; a literal is made to fit the other side.
    pub(super) fn agreed(
        &self,
        (a, kind_a): Side,
        (b, kind_b): Side,
        at: usize,
    ) -> Result<(Scalar, Scalar, Kind), Fault> {
        if kind_a == kind_b && kind_a != Kind::Geometry {
            return Ok((a, b, kind_a));
        }
        let zone = self.zone;
        match (a, b) {
            (a, Scalar::Literal(value)) => match fitted(value, kind_a, zone) {
                Some(value) => Ok((a, Scalar::Literal(value), kind_a)),
                None => Err(unlike(at, kind_a)),
            },
            (Scalar::Literal(value), b) => match fitted(value, kind_b, zone) {
                Some(value) => Ok((Scalar::Literal(value), b, kind_b)),
                None => Err(unlike(at, kind_b)),
            },
            _ => Err(unlike(at, kind_a)),
        }
    }
}

fn no_time(at: usize) -> Fault {
    Fault::new(
        at,
        "unreadable",
        "要写日期 2026-11-24，或带时区的时间 2026-11-24T10:00:00+08:00。",
        "must be a date such as 2026-11-24, or an RFC 3339 time such as 2026-11-24T10:00:00+08:00",
    )
}

/// Two sides that cannot be compared, named by the kind of one.
fn unlike(at: usize, kind: Kind) -> Fault {
    let (zh, en) = match kind {
        Kind::Text => ("文字", "a text in single quotes"),
        Kind::Number => ("数字", "a number"),
        Kind::Truth => ("TRUE 或 FALSE", "TRUE or FALSE"),
        Kind::Instant => ("TIMESTAMP('2026-11-24T10:00:00Z')", "TIMESTAMP('2026-11-24T10:00:00Z')"),
        Kind::Date => ("DATE('2026-11-24')", "DATE('2026-11-24')"),
        Kind::Geometry => ("S_INTERSECTS", "S_INTERSECTS"),
    };
    Fault::new(
        at,
        "wrong_kind",
        format!("两边不能比较，应与{zh}比较。"),
        format!("both sides must be of one kind: {en}"),
    )
}
